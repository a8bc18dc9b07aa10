import { type ConceptNameTables, packConceptNames } from '../../text/concept-names.ts';
import type { GlossBridges } from '../../text/expand-meanings.ts';
import type { NameSounds } from '../../text/name-sounds.ts';
import { packGlossBridges } from './gloss-bridge-table.ts';
import { packNameSounds } from './name-sound-table.ts';
import { packWordSet } from './word-set.ts';

/** What questions are read with, packed as it is stored: names of concepts, everyday words, English stems, sounds of names. */
export type QuestionTables = Record<'concepts' | 'bridges' | 'englishStems' | 'nameSounds', Buffer>;

type Given = { concepts: ConceptNameTables; bridges: GlossBridges; englishStems: readonly string[]; nameSounds: NameSounds };

export const packQuestionTables = ({ concepts, bridges, englishStems, nameSounds }: Given): QuestionTables => ({
  concepts: packConceptNames(concepts),
  bridges: packGlossBridges(bridges),
  englishStems: packWordSet(englishStems),
  nameSounds: packNameSounds(nameSounds),
});
