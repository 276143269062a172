/**
 * What was recorded beside what the model says, in plain words: how far the middle of the futures lies from the records,
 * and how many records lie within the band of nine futures in ten. No verdict is drawn from it.
 */
import { formatNumber } from '../base/number-format.ts';
import type { LedgerObserved } from '../ledger/ledger.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;

export function observedText(observed: readonly LedgerObserved[], style: Style): string {
  const keyOf = ({ variable, file, label, from }: LedgerObserved): string =>
    [variable, file, label, from].join('\n');
  const blocks = [...new Set(observed.map(keyOf))].map((key) => {
    const rows = observed.filter((one) => keyOf(one) === key);
    const width = Math.max(...rows.map(({ viewpoint }) => viewpoint.length));
    const [first] = rows;
    if (first === undefined) throw new Error('a record without its rows');
    return [
      ...titleOf(first).map((line, at) =>
        at === 0 ? line.replace(first.variable, style.bold(first.variable)) : line,
      ),
      ...rows.flatMap((row) => {
        const indent = ' '.repeat(width + 4);
        return wrapText(`${biasText(row)} ${coverText(row)}`, WIDTH - indent.length).map((line, at) =>
          at === 0 ? `  ${row.viewpoint.padEnd(width)}  ${line}` : `${indent}${line}`,
        );
      }),
    ].join('\n');
  });
  return [style.bold('BESIDE THE RECORD'), ...blocks].join('\n');
}

function titleOf({
  variable,
  label,
  unit,
  file,
  source,
  points,
  outside,
  from,
  to,
}: LedgerObserved): readonly string[] {
  const what = label === variable ? '' : `: ${label}`;
  const count = points === 1 ? `1 record of ${from}` : `${points} records, ${from} to ${to}`;
  const left =
    outside === 0
      ? ''
      : `; ${outside} more ${outside === 1 ? 'lies' : 'lie'} outside the time of the model and ${outside === 1 ? 'is' : 'are'} left out`;
  const text = `${variable}${unit === '' ? '' : ` (${unit})`}${what}; ${source ?? 'assumed'}, ${file}, ${count}${left}`;
  return wrapText(text, WIDTH - 2).map((line, at) => (at === 0 ? line : `  ${line}`));
}

/** The gap without its sign, as the word behind it says which way. */
function biasText({ bias, biasShare, unit, points }: LedgerObserved): string {
  const records = points === 1 ? 'the record' : 'the records on average';
  if (bias === 0) return `The median meets ${records}.`;
  const size = formatNumber(unit === 'share' ? Math.abs(bias) * 100 : Math.abs(bias));
  const gap = unit === 'share' ? `${size} ${size === '1' ? 'point' : 'points'}` : `${size} ${unit}`.trim();
  const ofSize = biasShare === null ? null : Number((Math.abs(biasShare) * 100).toPrecision(2));
  const share =
    ofSize === null ? '' : ` (${formatNumber(ofSize)} % of ${points === 1 ? 'its' : 'their'} size)`;
  return `The median lies ${gap} ${bias > 0 ? 'above' : 'below'} ${records}${share}.`;
}

function coverText({ covered, coverage, points }: LedgerObserved): string {
  if (coverage === null) return 'Every future says the same there, so there is no band to lie in.';
  const which =
    points === 1
      ? covered === 1
        ? 'The record lies'
        : 'The record does not lie'
      : `${covered} of ${points} records lie`;
  return `${which} in the band of nine futures in ten.`;
}
