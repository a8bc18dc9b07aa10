import express from 'express';

/** Program: the hello of Express 5's documentation, on any free port. */
const server = express()
  .get('/readyz', (_request, response) => void response.send('Hello World!'))
  .listen(0, '127.0.0.1', () => {
    const address = server.address();
    console.log(`answers at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  });
