import type { NameSounds, Syllables } from '../../text/name-sounds.ts';

type Stored = { syllables: [character: string, syllable: string][]; nameCharacters: string[] };

export const packNameSounds = ({ syllables, nameCharacters }: NameSounds): Buffer => {
  const stored: Stored = { syllables: [...syllables], nameCharacters: [...nameCharacters] };
  return Buffer.from(JSON.stringify(stored));
};

/** The sounds of an index. Its file is JSON, read when a sound is first asked for: a start does not wait the 4 ms that it takes. */
export class NameSoundTable implements NameSounds {
  readonly #file: Buffer;
  #read: NameSounds | undefined;

  /** @param file what `packNameSounds` gave; its hash was checked */
  constructor(file: Buffer) {
    this.#file = file;
  }

  get syllables(): Syllables {
    return this.#sounds().syllables;
  }

  get nameCharacters(): ReadonlySet<string> {
    return this.#sounds().nameCharacters;
  }

  #sounds(): NameSounds {
    if (!this.#read) {
      const { syllables, nameCharacters }: Stored = JSON.parse(this.#file.toString('utf8'));
      this.#read = { syllables: new Map(syllables), nameCharacters: new Set(nameCharacters) };
    }
    return this.#read;
  }
}
