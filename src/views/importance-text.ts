/**
 * The two rankings of a claim of importance as small tables: the five that matter most and, wherever they stand, the ones
 * that the claim names, each with its interval. The whole of both is in the JSON.
 */
import { formatNumber } from '../base/number-format.ts';
import type { Estimated, ImportanceFound } from '../ledger/ledger-of-comparisons.ts';

const MOST_SHOWN = 5;
const LONGEST_NAME = 28;

type Row = Estimated & { readonly factor: string; readonly first?: string; readonly second?: string };

/** Lines of at most `width` characters, already set. */
export function importanceTables({ measures, named }: ImportanceFound, width: number): readonly string[] {
  return measures.flatMap(({ measure, unit, byVariance, byConsequence, verdict }) => [
    `${measure}: ${verdict}`,
    ...(byVariance === null ? [] : table('share of the variance', byVariance, PERCENT, named, width)),
    ...table('by how far the mean moves', byConsequence, { unit, size: 1, digits: 3 }, named, width),
  ]);
}

function table(
  head: string,
  ranking: readonly Row[],
  scale: Scale,
  named: readonly string[],
  width: number,
): readonly string[] {
  const shown = ranking
    .map((row, place) => ({ ...row, place: place + 1 }))
    .filter(({ factor, place }) => place <= MOST_SHOWN || named.includes(factor));
  if (shown.length === 0) return [];
  const cells = shown.map(({ factor, value, low, high, place, first, second }) => [
    `${named.includes(factor) ? '*' : ' '} ${place}.`,
    factor.length > LONGEST_NAME ? `${factor.slice(0, LONGEST_NAME - 1)}…` : factor,
    first === '' ? 'no states' : `${rounded(value, scale)} ${scale.unit}`.trimEnd(),
    first === '' ? '' : low === high ? 'exactly' : `${rounded(low, scale)} to ${rounded(high, scale)}`,
    first === undefined || first === '' ? '' : `${first}, ${second}`,
  ]);
  const widths = cells.reduce<readonly number[]>(
    (most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, at === 4 ? 0 : cell.length)),
    [],
  );
  const rows = cells.map((row) => {
    const [mark = '', name = '', value = '', interval = '', states = ''] = row.map((cell, at) =>
      at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    const line = `  ${mark} ${name}  ${value}  ${interval === '' ? '' : `${interval}`}`;
    // Between which states is told where there is room for it.
    return line.length + 2 + states.length <= width ? `${line}  ${states}`.trimEnd() : line.trimEnd();
  });
  const left = ranking.length - shown.length;
  return [` ${head}`, ...rows, ...(left === 0 ? [] : [`    and ${left} more`])];
}

/**
 * In what the numbers of a ranking are told, how much of it one is, and with how many digits: all of them are in the JSON.
 */
type Scale = { readonly unit: string; readonly size: number; readonly digits: number };

const PERCENT: Scale = { unit: '%', size: 0.01, digits: 2 };

const rounded = (value: number, { size, digits }: Scale): string =>
  formatNumber(Number((value / size).toPrecision(digits)));
