import { embeddingFaults, sendQuarters } from '../../ingest/testing/embedding-faults.ts';
import { type EmbeddingsAnswer, vectorOf } from '../../ingest/testing/scripted-embeddings.ts';

const FLOOD_PART = '1,'.repeat(32_768);
const FLOOD_PARTS = 2000;

const sendJson =
  (body: (vector: number[]) => unknown): EmbeddingsAnswer =>
  ([text = ''], response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body(vectorOf(text))));

const flood: EmbeddingsAnswer = (_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"data": [{"embedding": [');
  let left = FLOOD_PARTS;
  const send = () => {
    while (left-- > 0 && !response.destroyed) if (!response.write(FLOOD_PART)) return void response.once('drain', send);
    response.end();
  };
  send();
};

/** What an embeddings endpoint can do wrong with the one text of a question. */
export const EMBEDDING_QUERY_FAULTS: Record<string, EmbeddingsAnswer> = {
  ...Object.fromEntries(
    // With one text these two are no faults.
    embeddingFaults
      .filter(([fault]) => fault !== 'vectors in another order' && fault !== 'a vector too few')
      .map(([fault, , answer]) => [fault, answer]),
  ),
  'vectors of a quarter of the length': sendQuarters,
  'a vector of another length': sendJson((vector) => ({ data: [{ index: 0, embedding: [...vector, 1] }] })),
  'the vector of another text': sendJson((vector) => ({ data: [{ index: 1, embedding: vector }] })),
  'silence before headers': () => {},
  'silence after headers': (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders(),
  'silence in the middle': (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"data": ['),
  'a flood': flood,
};
