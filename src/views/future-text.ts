/** One future as text of at most 80 columns: what was given to it, and what became of it. */
import { formatNumber } from '../base/number-format.ts';
import type { FutureTold } from '../ledger/describe-future.ts';
import { columnText } from './claim-text.ts';
import { showIn } from './show-in.ts';
import { PLAIN, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;

export function futureText(told: FutureTold, style: Style = PLAIN): string {
  const { failure, dropped, measures, claims, inputs } = told;
  const sections = [
    [style.bold(told.model), ...wrapText(headOf(told), WIDTH).map(style.dim)],
    ...(failure === null
      ? []
      : [
          wrapText(
            `It failed: ${failure.variable} was the first to have no possible value, at ${failure.instant}${failure.hint === undefined ? '' : `: ${failure.hint}`}.`,
            WIDTH,
          ).map(style.bad),
        ]),
    ...(dropped === null ? [] : [wrapText(droppedText(dropped), WIDTH).map(style.bad)]),
    ...(inputs.length === 0 ? [] : [[style.bold('WHAT WAS GIVEN'), ...givenLines(told)]]),
    ...(measures.length === 0
      ? []
      : [
          [
            style.bold('MEASURES'),
            ...rows(measures.map(({ name, value, unit }) => [name, amount(value, unit)])),
          ],
        ]),
    ...(claims.length === 0
      ? []
      : [
          [
            style.bold('CLAIMS IN THIS FUTURE'),
            ...claims.flatMap((claim) => {
              const lines = wrapText(`${claim.row ?? ''}  ${claim.statement}`.trimStart(), WIDTH - 9);
              return lines.map((line, at) => {
                const word = at > 0 ? '' : claim.true ? 'true' : 'false';
                return `  ${claim.true ? style.good(word.padEnd(7)) : style.bad(word.padEnd(7))}${line}`;
              });
            }),
          ],
        ]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const droppedText = ({ input, text }: NonNullable<FutureTold['dropped']>): string =>
  input === null
    ? `It is dropped and counts nowhere: it contradicts \`${text}\`.`
    : `It is dropped and counts nowhere: ${input} could not be calibrated, and stands at its lower end here.`;

function headOf({ future, futures, viewpoint, definitions, scenario, design, seed }: FutureTold): string {
  const held = scenario === null ? '' : `, scenario ${scenario}`;
  return `Future ${future} of 0 to ${formatNumber(futures - 1)} under ${columnText(viewpoint, definitions)}${held}. ${design}, seed ${seed}.`;
}

function givenLines({ inputs }: FutureTold): readonly string[] {
  return rows(
    inputs.map(({ name, at, value, unit, by, drawn }) => [
      at === null ? name : `${name} at ${at}`,
      showIn(value, unit),
      drawn || by === 'default' || by.startsWith('scenario') ? by : `${by}, exact`,
    ]),
  );
}

const amount = (value: number | boolean | 'never', unit: string): string =>
  typeof value === 'number' ? showIn(value, unit) : value === true ? 'yes' : value === false ? 'no' : value;

/** Columns beside each other; the last one wraps under itself. */
function rows(cells: readonly (readonly string[])[]): readonly string[] {
  const widthOf = (column: number): number => Math.max(0, ...cells.map((row) => (row[column] ?? '').length));
  const widths = [widthOf(0), widthOf(1)];
  return cells.flatMap(([name = '', value = '', rest = '']) => {
    const head = `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}`;
    const room = Math.max(20, WIDTH - head.length - 2);
    const [first = '', ...more] = wrapText(rest, room);
    return [`${head}  ${first}`.trimEnd(), ...more.map((line) => `${' '.repeat(head.length + 2)}${line}`)];
  });
}
