/**
 * A pool over viewpoints as text of at most 80 columns: the weights first, then what the measures come to. No verdict
 * and no word of likelihood may stand here, since a share of a pool counts speakers.
 */
import { formatNumber } from '../base/number-format.ts';
import type { Pool } from '../ledger/explore-pool.ts';
import { correlationText, definitionSection, measureSection } from './ledger-text.ts';
import { droppedText, when } from './run-notes.ts';
import { showIn } from './show-in.ts';
import { PLAIN, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;

export function poolText(pool: Pool, style: Style = PLAIN): string {
  const sections = [
    heading(pool, style),
    poolSection(pool, style),
    ...(pool.definitions.length === 0 ? [] : [definitionSection(pool, style)]),
    measureSection(
      pool.measures.map((measure) => ({ ...measure, viewpoint: 'pool' })),
      style,
    ),
    wrapText(footer(pool), WIDTH).map(style.dim).join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function heading(pool: Pool, style: Style): string {
  const known = pool.asOf === null ? '' : `What was known on ${pool.asOf}. `;
  const scenario = pool.scenario === null ? '' : `Scenario: ${pool.scenario}. `;
  const weights = pool.pool.map(({ viewpoint, share }) => `${viewpoint} ${showIn(share, 'share')}`);
  const drawn = `Every future is drawn under one viewpoint: ${weights.join(', ')}. `;
  return [
    style.bold(pool.model),
    ...wrapText(`${known}${scenario}${drawn}${pool.verdicts.reason}`, WIDTH).map(style.dim),
    ...wrapText(failureText(pool), WIDTH).map(style.bad),
    ...wrapText(droppedText(pool.dropped, pool.runs), WIDTH).map(style.bad),
  ].join('\n');
}

const failureText = ({ failed, runs }: Pool): string =>
  failed === 0
    ? ''
    : `${failed} of ${formatNumber(runs)} futures failed and are left out; the last lines say where.`;

function poolSection({ pool, runs }: Pool, style: Style): string {
  const width = Math.max(...pool.map(({ viewpoint }) => viewpoint.length));
  const rows = pool.flatMap(({ viewpoint, label, weight, share, futures, failed, dropped }) => {
    const lost = [
      ...(failed === 0 ? [] : [`${formatNumber(failed)} failed`]),
      ...(dropped === 0 ? [] : [`${formatNumber(dropped)} were dropped`]),
    ];
    const failing = lost.length === 0 ? '' : `, of which ${lost.join(' and ')}`;
    const first = `  ${viewpoint.padEnd(width)}  ${showIn(share, 'share')}, weight ${formatNumber(weight)}`;
    const rest = `drawn in ${formatNumber(futures)} of ${formatNumber(runs)} futures${failing}`;
    const shown = label === viewpoint ? [] : wrapText(label, WIDTH - 4).map((one) => style.dim(`    ${one}`));
    const line = `${first}, ${rest}`;
    return [...(line.length <= WIDTH ? [line] : [first, `    ${rest}`]), ...shown];
  });
  return [style.bold('THE POOL'), ...rows].join('\n');
}

function footer(pool: Pool): string {
  const first = pool.firstFailure;
  return [
    `Method: ${pool.design}, ${formatNumber(pool.runs)} futures, seed ${pool.seed}; a future has the draws that it has under its own viewpoint.`,
    correlationText(pool),
    first === null
      ? ''
      : `The first future that failed is ${first.future}, under ${first.viewpoint}: ${first.causes
          .map(
            ({ variable, instant }) =>
              `${variable} was the first to have no possible value, ${when(instant)}`,
          )
          .join('; ')}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
