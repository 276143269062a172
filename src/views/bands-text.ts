/** Bands as short tables: the median and nine futures in ten, at a dozen instants from the first to the last. */
import { formatNumber } from '../base/number-format.ts';
import type { LedgerBand } from '../ledger/ledger.ts';
import { columnText } from './claim-text.ts';
import { showIn } from './show-in.ts';
import type { Style } from './style.ts';

/** Rows of one table; JSON and CSV have every instant that was kept. */
const MOST_ROWS = 12;

export function bandsText(bands: readonly LedgerBand[], style: Style): string {
  const tables = bands.map(({ variable, unit, viewpoint, definitions, points }) => {
    const shown = thinnedTo(points, MOST_ROWS);
    const cells = shown.map((point) => {
      const [low, middle, high] = [point.p5, point.p50, point.p95].map((value) =>
        unit === 'share' ? showIn(value, unit) : formatNumber(value),
      );
      return { at: String(point.at), middle: middle ?? '', range: `(${low} to ${high})` };
    });
    const width = (key: 'at' | 'middle'): number => Math.max(0, ...cells.map((cell) => cell[key].length));
    const [first, second] = [width('at'), width('middle')];
    const shownUnit = unit === '' || unit === 'share' ? '' : ` (${unit})`;
    return [
      `${style.bold(variable)}${shownUnit} under ${columnText(viewpoint, definitions)}`,
      ...cells.map(({ at, middle, range }) => `  ${at.padEnd(first)}  ${middle.padStart(second)}  ${range}`),
    ].join('\n');
  });
  return [style.bold('OVER TIME: MEDIAN (5TH TO 95TH PERCENTILE)'), ...tables].join('\n');
}

/** Equally far apart, the first and the last among them. */
function thinnedTo<Item>(items: readonly Item[], most: number): readonly Item[] {
  const last = items.length - 1;
  if (last < most) return items;
  return Array.from({ length: most }, (_, row) => items[Math.round((row * last) / (most - 1))]).flatMap(
    (item) => (item === undefined ? [] : [item]),
  );
}
