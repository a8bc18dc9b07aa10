import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Growth, SizeMeasurement } from './size-measurement.ts';

type Point = { paragraphs: number; value: number; what: string };
type Chart = { title: string; unit: string; curves: Record<string, (size: SizeMeasurement) => number> };

const MEGABYTE = 1e6;
const isOf =
  (...names: string[]) =>
  (size: SizeMeasurement) =>
    Object.entries(size.indexBytes).reduce((sum, [name, bytes]) => sum + (names.some((start) => name.startsWith(start)) ? bytes : 0), 0) /
    MEGABYTE;
const wholeIndex = ({ indexBytes }: SizeMeasurement) => Object.values(indexBytes).reduce((sum, bytes) => sum + bytes, 0) / MEGABYTE;

const CHARTS: Chart[] = [
  {
    title: 'Ingest',
    unit: 'seconds',
    curves: { clock: ({ ingest }) => ingest.seconds, 'CPU time': ({ ingest }) => ingest.cpuSeconds },
  },
  {
    title: 'Index on disk',
    unit: 'MB',
    curves: { whole: wholeIndex, vectors: isOf('vectors'), lexical: isOf('lexical') },
  },
  { title: 'Resident memory of a server', unit: 'MB', curves: { resident: ({ residentBytes }) => residentBytes / MEGABYTE } },
  {
    title: 'CPU time of a question',
    unit: 'milliseconds',
    curves: {
      'retrieval, median': ({ retrieval }) => retrieval.median,
      'retrieval, p99': ({ retrieval }) => retrieval.p99,
      'answer, median': ({ answer }) => answer.median,
      'answer, p99': ({ answer }) => answer.p99,
    },
  },
];

/** Grey of the same contrast on white and on a dark page, and colours that both carry (told apart with colour-blind eyes, too). */
const INK = '#7d8590';
const COLOURS = ['#1f83d6', '#d9730d', '#2a9d67', '#b65fcf'];

/** Four charts in one picture, both axes logarithmic: what grows with the collection is a straight line. */
export function plotGrowth({ sizes }: Growth): Promise<string> {
  const specification: TopLevelSpec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'transparent',
    columns: 2,
    concat: CHARTS.map((chart) => chartOf(chart, sizes)),
    resolve: { scale: { color: 'independent' } },
    config: {
      font: 'sans-serif',
      axis: { labelColor: INK, titleColor: INK, gridColor: INK, gridOpacity: 0.25, domainColor: INK, tickColor: INK },
      legend: { labelColor: INK, orient: 'top', direction: 'horizontal', title: null, labelLimit: 300, columns: 2 },
      title: { color: INK, anchor: 'start', fontSize: 14 },
      view: { stroke: null },
      range: { category: COLOURS },
    },
  };
  return new View(parse(compile(specification).spec), { renderer: 'none' }).toSVG();
}

function chartOf({ title, unit, curves }: Chart, sizes: readonly SizeMeasurement[]) {
  const values = Object.entries(curves).flatMap(([what, read]) =>
    sizes.map((size): Point => ({ paragraphs: size.paragraphs, value: read(size), what })),
  );
  return {
    title,
    width: 320,
    height: 220,
    data: { values },
    mark: { type: 'line' as const, point: true },
    encoding: {
      x: {
        field: 'paragraphs',
        type: 'quantitative' as const,
        scale: { type: 'log' as const },
        title: 'paragraphs',
        axis: { values: [100, 1_000, 10_000, 100_000], format: ',' },
      },
      y: {
        field: 'value',
        type: 'quantitative' as const,
        scale: { type: 'log' as const },
        title: unit,
        axis: { format: '~g', tickCount: 5 },
      },
      color: { field: 'what', type: 'nominal' as const, sort: Object.keys(curves), legend: Object.keys(curves).length > 1 ? {} : null },
    },
  };
}
