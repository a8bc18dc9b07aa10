/** Which sentences each chunk holds: chunk c the sentences from `firstSentence[c]` up to `firstSentence[c + 1]`, not included. */
export class UnitTable {
  readonly chunkCount: number;
  readonly sentenceCount: number;
  readonly firstSentence: Uint32Array;
  readonly chunkOf: Uint32Array;

  constructor(firstSentence: Uint32Array) {
    this.firstSentence = firstSentence;
    this.chunkCount = firstSentence.length - 1;
    this.sentenceCount = firstSentence[this.chunkCount] ?? 0;
    this.chunkOf = new Uint32Array(this.sentenceCount);
    for (let chunk = 0; chunk < this.chunkCount; chunk++) this.chunkOf.fill(chunk, firstSentence[chunk], firstSentence[chunk + 1]);
  }
}
