import { createServer, request } from 'node:http';

/** A raw gateway: passes every request on to the upstream named on the command line, and its answer back as it comes, unread. */
const upstream = process.argv[2] ?? '';

const server = createServer((asked, response) => {
  const { method, headers } = asked;
  const passed = request(new URL(asked.url ?? '/', upstream), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  asked.pipe(passed);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`answers at http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
