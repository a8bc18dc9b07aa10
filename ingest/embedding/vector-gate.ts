import { YoujuError } from '../youju-error.ts';

/** hnswlib-node computes in single precision: of a larger sum of squares it makes infinity, of a smaller one nothing. */
const LEAST_SQUARES = 2 ** -100;
const MOST_SQUARES = 2 ** 100;

/**
 * Lets only vectors through that hnswlib-node survives: null, undefined, strings and holes kill the process without an
 * exception, a stored NaN breaks later searches, a zero vector has arbitrary neighbours. (JSON turns NaN into null, so a
 * faulty embedding server can send any of these.)
 * @throws YoujuError `bad-vector` naming the fault
 */
export function assertVector(vector: unknown, dimension: number, source: string): asserts vector is number[] {
  const refuse = (fault: string) => {
    throw new YoujuError('bad-vector', `${source} returned ${fault}: check EMBEDDING_MODEL and its endpoint; the index was not touched`);
  };
  if (!Array.isArray(vector)) return refuse('something that is no array');
  if (vector.length !== dimension)
    return refuse(`a vector of ${vector.length} numbers where ${dimension} are expected (for another dimension, empty DATA_DIR)`);
  let squares = 0;
  for (let index = 0; index < dimension; index++) {
    const value: unknown = vector[index];
    if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(`a vector whose number ${index} is ${String(value)}`);
    squares += value * value;
  }
  if (!(squares >= LEAST_SQUARES && squares <= MOST_SQUARES)) refuse('a vector without direction (norm 0 or beyond single precision)');
}
