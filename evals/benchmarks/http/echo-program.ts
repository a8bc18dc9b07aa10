import express from 'express';
import { collectDefaultMetrics, register } from 'prom-client';

/** The least that Express 5 can do with a question: reads the JSON and sends it back, as its documentation has it. */
const app = express();
app.use(express.json());
app.post('/api/ask', (request, response) => void response.json(request.body));
// For who measures it; it is asked between the runs.
collectDefaultMetrics();
app.get('/metrics', async (_request, response) => {
  response.type(register.contentType).send(await register.metrics());
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`answers at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
