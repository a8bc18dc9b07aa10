import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { expressMessages } from './express-messages.ts';

/** An application that tells much of what Express adds to a request and a response. */
function tellingApp(): Express {
  const app = express();
  app.set('trust proxy', 1);
  app.use(express.json());
  app.use('/deep', (request, response, next) => {
    response.locals['base'] = request.baseUrl;
    next();
  });
  app.all('/deep/:name', (request, response) => {
    const { ip, hostname, protocol, path, query, params, body, method, subdomains, xhr, originalUrl } = request;
    const told = { ip, hostname, protocol, path, query, params, body, method, subdomains, xhr, originalUrl };
    const accepts = request.accepts(['json', 'html']);
    response
      .status(201)
      .vary('Accept')
      .cookie('a', 'b')
      .links({ next: '/b' })
      .json({ ...told, accepts, ...response.locals, isApp: request.app === app && response.app === app && request.res === response });
  });
  app.get('/moved', (_request, response) => response.redirect('/deep/a'));
  app.get('/text', (_request, response) => void response.send('text'));
  app.get('/failing', () => {
    throw Object.assign(new Error('refused'), { status: 418, expose: true });
  });
  app.use(tellError);
  return app;
}

/** Without the stack, which names the class of the request. */
const tellError: ErrorRequestHandler = ({ status, message }: { status: number; message: string }, _request, response, _next) => {
  response.status(status).json({ message });
};

type Told = { status: number | undefined; headers: IncomingMessage['headers']; body: string };

async function startListening(listen: ReturnType<typeof createServer>): Promise<number> {
  onTestFinished(() => void listen.close());
  await new Promise<void>((resolve) => listen.listen(0, '127.0.0.1', resolve));
  const address = listen.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const ask = (port: number, method: string, path: string, body?: string): Promise<Told> =>
  new Promise((resolve, reject) => {
    const headers = {
      host: 'a.b.example',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'https',
      'content-type': 'application/json',
    };
    const sent = httpRequest({ port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: { ...response.headers, date: '' }, body: text }));
    });
    sent.on('error', reject).end(body);
  });

test('an application answers the same, whoever makes its requests and responses', async () => {
  const [plainApp, adoptedApp] = [tellingApp(), tellingApp()];
  const plain = await startListening(createServer(plainApp));
  const adopted = await startListening(createServer(expressMessages(adoptedApp), adoptedApp));
  for (const [method, path, body] of [
    ['POST', '/deep/a%20b?c=d&c=e', '{"question":"?"}'],
    ['GET', '/deep/a'],
    ['HEAD', '/deep/a'],
    ['OPTIONS', '/text'],
    ['POST', '/deep/a', '{"question":'],
    ['GET', '/moved'],
    ['GET', '/text'],
    ['GET', '/failing'],
    ['GET', '/nothing'],
    ['GET', '/deep/%ff'],
  ] as const) {
    const expected = await ask(plain, method, path, body);
    expect(await ask(adopted, method, path, body)).toEqual(expected);
  }
});

test('Express finds the prototypes that it would give them, and changes none', async () => {
  const app = tellingApp();
  const messages = expressMessages(app);
  const prototypes: [object, object][] = [];
  const server = createServer(messages, (request: IncomingMessage, response: ServerResponse) => {
    const born = [Object.getPrototypeOf(request), Object.getPrototypeOf(response)];
    app(request, response);
    prototypes.push([born, [Object.getPrototypeOf(request), Object.getPrototypeOf(response)]]);
  });
  const port = await startListening(server);
  expect((await ask(port, 'GET', '/text')).body).toBe('text');
  for (const [born, handled] of prototypes) expect(handled).toEqual(born);
  expect(prototypes).toEqual([
    [
      [app.request, app.response],
      [app.request, app.response],
    ],
  ]);
});
