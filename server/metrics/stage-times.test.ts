import { expect, test } from 'vitest';
import { ANSWER_STAGES } from '../answering/answer-observer.ts';
import { StageTimes } from './stage-times.ts';

const samplesOf = (times: StageTimes, stage: string) =>
  Object.fromEntries(
    times
      .exposition()
      .split('\n')
      .filter((line) => line.includes(`stage="${stage}"`))
      .map((line): [string, number] => [/le="([^"]+)"|_(sum|count)/.exec(line)?.slice(1).find(Boolean) ?? '', Number(line.split(' ')[1])]),
  );

test('buckets count all that took no longer than their bound, the bound itself included', () => {
  const times = new StageTimes();
  for (const seconds of [0, 0.0001, 0.00011, 0.3, 60, 61]) times.observe('generate', seconds);
  expect(samplesOf(times, 'generate')).toMatchObject({ '0.0001': 2, '0.00025': 3, '0.25': 3, '0.5': 4, '60': 5, '+Inf': 6, count: 6 });
  expect(samplesOf(times, 'generate')['sum']).toBeCloseTo(121.30021, 8);
  expect(samplesOf(times, 'verify')).toMatchObject({ '+Inf': 0, sum: 0, count: 0 });
});

test('every stage is there from the start, in the form that Prometheus reads', () => {
  const lines = new StageTimes().exposition().trimEnd().split('\n');
  expect(lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^# HELP youju_stage_duration_seconds \S/),
    '# TYPE youju_stage_duration_seconds histogram',
  ]);
  for (const line of lines.slice(2))
    expect(line).toMatch(/^youju_stage_duration_seconds_(bucket\{le="(\d+(\.\d+)?|\+Inf)",|sum\{|count\{)stage="[a-z-]+"\} \d+(\.\d+)?$/);
  expect(lines.filter((line) => line.includes('_count'))).toHaveLength(ANSWER_STAGES.length);
});
