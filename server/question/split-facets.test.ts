import { expect, test } from 'vitest';
import type { QuestionUnit } from './question-unit.ts';
import { splitFacets } from './split-facets.ts';

const units = (...surfaces: string[]): QuestionUnit[] => surfaces.map((surface) => ({ surface, weight: 0.6, essential: false, terms: [] }));

test.each([
  ['公路运输和铁路班列各说了什么', ['公路', '铁路'], [[0], [1]]],
  ['how is road and rail transport to be improved', ['road', 'rail'], [[0], [1]]],
  ['что о сирии и афганистане', ['сирии', 'афганистане'], [[0], [1]]],
  ['双方如何发展能源', ['双方', '能源'], [[0, 1]]],
])('%s asks for these things side by side', (asked, surfaces, facets) => {
  expect(splitFacets(asked, units(...surfaces))).toEqual(facets);
});

test('manner of speaking between two commas is no facet', () => {
  const light = units('能源', '一下').map((unit) => ({ ...unit, weight: unit.surface === '一下' ? 0.1 : 0.6 }));
  expect(splitFacets('能源，一下', light)).toEqual([[0, 1]]);
});
