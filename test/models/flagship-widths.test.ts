/**
 * How the headline answers of the flagship hang on how wide its assumed intervals are: all of them half as wide, as they are, and
 * twice as wide. What comes out is written down, to be read beside the ledger.
 */
import { expect, test } from 'vitest';
import { flagshipText, worldOf } from '../support/flagship-world.ts';

const HEADLINES = ['lost_10', 'won_10', 'open_10', 'vietnam_arms', 'seoul_opens', 'troops_ever'] as const;
const VIEWPOINTS = ['as_written', 'Ukraine', 'West', 'Seoul', 'independent', 'Moscow_Pyongyang'];

const numberOf = (text: string): number => {
  const scale = { k: 1e3, M: 1e6, '%': 0.01 }[text.slice(-1)] ?? 1;
  return Number(text.replaceAll('_', '').replace(/[kM%]$/, '')) * scale;
};

/** An assumed interval about its own middle, in the measure in which it is symmetric: odds, logarithm, or the number itself. */
function widened(line: string, by: number): string {
  const found = /^( {2}assumed\S*\s+)(\S+) to (\S+)(\s+".*)$/.exec(line);
  if (found === null) return line;
  const [, before = '', low = '', high = '', after = ''] = found;
  const [a, b] = [numberOf(low), numberOf(high)];
  const isShare = low.endsWith('%');
  const [to, from] = isShare
    ? [(x: number) => Math.log(x / (1 - x)), (y: number) => 1 / (1 + Math.exp(-y))]
    : a > 0
      ? [Math.log, Math.exp]
      : [(x: number) => x, (y: number) => y];
  const [middle, half] = [(to(a) + to(b)) / 2, ((to(b) - to(a)) / 2) * by];
  const written = [middle - half, middle + half].map((y) =>
    isShare ? `${(from(y) * 100).toPrecision(6)}%` : from(y).toPrecision(8),
  );
  return `${before}${written[0]} to ${written[1]}${after}`;
}

test('headlines with assumed intervals half as wide, as they are, and twice as wide', async () => {
  const rows: string[] = [];
  for (const viewpoint of VIEWPOINTS) {
    const worlds = [];
    for (const by of [0.5, 1, 2]) {
      const text = flagshipText
        .split('\n')
        .map((line) => widened(line, by))
        .join('\n');
      worlds.push(await worldOf({ viewpoint, runs: 500, text }));
    }
    for (const name of HEADLINES) {
      const shares = worlds.map((world) => `${Math.round(world.mean(name) * 20) * 5}`.padStart(5));
      rows.push(`${viewpoint.padEnd(18)}${name.padEnd(14)}${shares.join('')}`);
    }
    for (const { failed } of worlds) expect(failed).toBeLessThanOrEqual(5);
  }
  const head = `${'under'.padEnd(18)}${'in 100 futures'.padEnd(14)} half   as twice`;
  await expect(`${[head, ...rows].join('\n')}\n`).toMatchFileSnapshot('./golden/flagship-widths.txt');
});
