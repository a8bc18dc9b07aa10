import { brotliCompressSync, constants } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWidget, type WidgetFiles } from './testing/build-widget.ts';

/** What the widget may weigh, in bytes as brotli sends it: what every page view costs, and all there is. */
const LAUNCHER_BUDGET = 6_000;
const TOTAL_BUDGET = 25_000;

let files: WidgetFiles;

beforeAll(async () => {
  files = await buildWidget();
}, 60_000);

const weigh = (code: string) => brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

describe('the size budget', () => {
  it('holds for the launcher', () => {
    expect(weigh(files.get('widget.js') ?? '')).toBeGreaterThan(1000);
    expect(weigh(files.get('widget.js') ?? '')).toBeLessThanOrEqual(LAUNCHER_BUDGET);
  });

  it('holds for launcher and panel together', () => {
    const panels = [...files.keys()].filter((name) => name.startsWith('widget/panel.'));
    expect(panels).toHaveLength(1);
    const total = ['widget.js', ...panels].reduce((sum, name) => sum + weigh(files.get(name) ?? ''), 0);
    expect(total).toBeLessThanOrEqual(TOTAL_BUDGET);
  });

  it('counts all there is: nothing else is loaded', () => {
    const code = [...files.values()].join('\n');
    expect(code.match(/\bimport\((?!\/\*)[^)]{0,80}\)/g)?.filter((call) => /['"`]/.test(call)) ?? []).toEqual([]);
    expect(code).not.toMatch(/\beval\(|new Function\(|innerHTML|insertAdjacentHTML|document\.write/);
  });

  it('is kept by files whose names change with their content', async () => {
    const pinned = [...files.keys()].filter((name) => name.startsWith('widget/widget.'));
    expect(pinned).toHaveLength(1);
    expect(files.get(pinned[0] ?? '')).toBe(files.get('widget.js'));
    expect([...(await buildWidget()).keys()].sort()).toEqual([...files.keys()].sort());
  });
});
