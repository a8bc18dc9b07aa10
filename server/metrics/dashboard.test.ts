import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../ingest/package-root.ts';
import { ScriptedChatModel } from '../testing/chat-model/scripted-chat-model.ts';
import { ask } from '../testing/clients/ask.ts';
import { serveCompiled } from '../testing/run-server.ts';
import { EXPO_QUESTION, statementDataFolder } from '../testing/statement.ts';

/** Labels that Prometheus sets itself. */
const SCRAPED = ['instance', 'le'];

/** The variable that the importer sets. */
const CHOSEN_SOURCE = `$\{datasource}`;

const targetSchema = z.object({
  expr: z.string().min(1),
  legendFormat: z.string(),
  datasource: z.object({ uid: z.literal(CHOSEN_SOURCE) }),
});
const panelSchema = z.object({
  id: z.number().int(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: z.object({ x: z.number().min(0).max(23), y: z.number().min(0), w: z.number().min(1).max(24), h: z.number().min(1) }),
  targets: z.array(targetSchema).optional(),
});
/** What Grafana needs to import a dashboard, and to let the importer choose the Prometheus. */
const dashboardSchema = z.object({
  uid: z.string().min(1).max(40),
  title: z.string().min(1),
  schemaVersion: z.number().int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.unknown() })) }),
  panels: z.array(panelSchema),
});

type Metric = { labels: Set<string> };

/** The metrics of a scrape by name; a histogram under its own name. */
function readMetrics(exposition: string): Map<string, Metric> {
  const metrics = new Map<string, Metric>();
  for (const [, name = ''] of exposition.matchAll(/^# TYPE (\S+)/gm)) metrics.set(name, { labels: new Set() });
  for (const [, sample = '', labels = ''] of exposition.matchAll(/^(\w+)\{(.*)\} \S+$/gm))
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) metrics.get(metricOf(sample, metrics))?.labels.add(label);
  return metrics;
}

const metricOf = (sample: string, metrics: ReadonlyMap<string, Metric>) =>
  metrics.has(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');

/** The metrics that an expression names, and the labels it selects by or sums over. */
function readExpression(expression: string): { metrics: string[]; labels: string[] } {
  const selectors = [...expression.matchAll(/\{([^}]*)\}/g)].flatMap(([, inner = '']) => [...inner.matchAll(/(\w+)\s*(?:=|!)/g)]);
  const groups = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inner = '']) => [...inner.matchAll(/(\w+)/g)]);
  return {
    metrics: [...expression.matchAll(/\b(?:youju|process|nodejs)_\w+/g)].map(([name]) => name),
    labels: [...selectors, ...groups].map(([, label = '']) => label).filter((label) => !SCRAPED.includes(label)),
  };
}

const inDocs = (...names: string[]) => readFile(path.join(packageRoot, 'docs', ...names), 'utf8');

/** What a server with a chat model tells after an answer. */
async function scrape(): Promise<ReadonlyMap<string, Metric>> {
  const model = await ScriptedChatModel.start();
  onTestFinished(() => model.close());
  const chat = { CHAT_MODEL: 'scripted', OPENAI_API_KEY: 'none', OPENAI_BASE_URL: model.baseUrl };
  const { url } = await serveCompiled({ DATA_DIR: await statementDataFolder(), ...chat });
  await ask(url, { question: EXPO_QUESTION });
  return readMetrics(await (await fetch(`${url}/metrics`)).text());
}

let scraped: ReadonlyMap<string, Metric> | undefined;
let metrics: ReadonlyMap<string, Metric>;
let dashboard: z.infer<typeof dashboardSchema>;
let manual: string;

beforeEach(async () => {
  scraped ??= await scrape();
  metrics = scraped;
  dashboard = dashboardSchema.parse(JSON.parse(await inDocs('operations', 'grafana-dashboard.json')));
  manual = await inDocs('operations.md');
});

function expectKnown(expression: string): void {
  const read = readExpression(expression);
  expect(read.metrics, expression).not.toEqual([]);
  const names = read.metrics.map((name) => metricOf(name, metrics));
  for (const name of names) expect(metrics.has(name), `${name} in ${expression}`).toBe(true);
  const labels = new Set(names.flatMap((name) => [...(metrics.get(name)?.labels ?? [])]));
  // A metric with no sample yet tells no label.
  const isTold = names.every((name) => metrics.has(name)) && labels.size > 0;
  for (const label of isTold ? read.labels : []) expect([...labels], `${label} in ${expression}`).toContain(label);
}

describe('the dashboard', () => {
  test('can be imported: the Prometheus is the importer’s choice, panels have ids of their own and lie side by side', () => {
    expect(dashboard.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource', query: 'prometheus' }),
    );
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)}:${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, w } of panels.map(({ gridPos }) => gridPos)) expect(x + w).toBeLessThanOrEqual(24);
  });

  test('asks for metrics and labels that a server has', () => {
    const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(30);
    for (const expression of expressions) expectKnown(expression);
  });

  test('names in its legends what its queries sum over', () => {
    for (const { targets = [] } of dashboard.panels)
      for (const { expr, legendFormat } of targets)
        for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
          if (label !== 'instance') expect(readExpression(expr).labels).toContain(label);
  });

  test('shows every metric of ours', () => {
    const shown = new Set(
      dashboard.panels.flatMap(({ targets = [] }) =>
        targets.flatMap(({ expr }) => readExpression(expr).metrics.map((name) => metricOf(name, metrics))),
      ),
    );
    for (const name of [...metrics.keys()].filter((key) => key.startsWith('youju_'))) expect([...shown]).toContain(name);
  });
});

describe('the manual', () => {
  test('has a row for every metric of ours, with the labels it has', () => {
    const rows = new Map(
      [...manual.matchAll(/^\| `(youju_\w+)` +\| (.*?) \|/gm)].map(([, name = '', labels = '']) => [
        name,
        [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
      ]),
    );
    for (const name of rows.keys()) expect(metrics.has(name), name).toBe(true);
    for (const [name, { labels }] of metrics) {
      if (!name.startsWith('youju_')) continue;
      expect(rows.has(name), name).toBe(true);
      expect(rows.get(name)?.toSorted()).toEqual(expect.arrayContaining([...labels].filter((label) => !SCRAPED.includes(label))));
    }
  });

  test('alerts on what a server tells', () => {
    const rules = [...manual.matchAll(/expr: '([^\n]*?)'(?: }|,)/g)].map(([, expression = '']) => expression);
    expect(rules.length).toBeGreaterThan(5);
    for (const rule of rules) expectKnown(rule);
  });
});
