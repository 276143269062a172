/** Bands as short tables: the median and nine futures in ten, at a dozen instants from the first to the last. */
import { formatNumber } from '../base/number-format.ts';
import type { LedgerBand } from '../ledger/ledger.ts';
import { columnText } from './claim-text.ts';
import { showIn } from './show-in.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '  ';

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
    const [instant, amount] = [width('at'), width('middle')];
    const shownUnit = unit === '' || unit === 'share' ? '' : ` (${unit})`;
    const [first = '', ...more] = wrapText(
      `${variable}${shownUnit} under ${columnText(viewpoint, definitions)}`,
      WIDTH - INDENT.length,
    );
    return [
      `${style.bold(variable)}${first.slice(variable.length)}`,
      ...more.map((line) => `${INDENT}${line}`),
      ...cells.map(
        ({ at, middle, range }) => `${INDENT}${at.padEnd(instant)}  ${middle.padStart(amount)}  ${range}`,
      ),
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
