import { writeFileSync } from 'node:fs';
import { packDictionary } from './pack-dictionary.ts';
import { DICTIONARY_FILE } from './word-dictionary.ts';

/** Part of the build: what every start would otherwise spend a third of a second on. */
writeFileSync(DICTIONARY_FILE, packDictionary());
