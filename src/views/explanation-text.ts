/**
 * What a name stands for, as text of at most 80 columns. Figures stand as their speakers gave them, each under its
 * speaker, and nothing is weighed or pooled here.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type { ExplainedEstimate, Explanation, Section, Speaker } from '../model/explanation.ts';
import { PLAIN, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '  ';

/** Text of other places that belongs to the name. */
export type Inserted = {
  /** Below the title, and above what else is told of it. */
  readonly atTop: readonly string[];
  readonly inBetween: readonly string[];
};

export function explanationText(
  explanation: Explanation,
  style: Style = PLAIN,
  { atTop, inBetween }: Inserted = { atTop: [], inBetween: [] },
): string {
  const { kind, name, label, groups, written, estimates, sections: further } = explanation;
  const index = groups.length === 0 ? '' : `[${groups.map((group) => group.name).join(', ')}]`;
  const meaning = label === name ? [] : indented(label, INDENT);
  const sections = [
    [style.bold(`${kind} ${name}${index}`), ...meaning].join('\n'),
    ...atTop,
    ...(written.length === 0 ? [] : [written.flatMap(writtenLine).join('\n')]),
    facts(explanation).join('\n'),
    ...(estimates.length === 0 ? [] : [estimateSection(estimates, style)]),
    ...inBetween,
    ...further.map((section) => sectionText(section, style)),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Lines of prose, the first behind `first` and the others below where it begins, or below `rest`. */
function indented(text: string, first: string, rest = ' '.repeat(first.length)): readonly string[] {
  return wrapText(text, WIDTH - rest.length, first.length - rest.length).map(
    (line, at) => `${at === 0 ? first : rest}${line}`,
  );
}

/** A line that fits stays as it was written, its spaces too. */
function writtenLine(line: string): readonly string[] {
  if (line.length + INDENT.length <= WIDTH) return [`${INDENT}${line}`.trimEnd()];
  const own = /^ */.exec(line)?.[0] ?? '';
  return indented(line, `${INDENT}${own}`, `${INDENT}${own}${INDENT}${INDENT}`);
}

export function sectionText({ title, rows }: Section, style: Style): string {
  const lines = rows.flatMap(({ head, lines: below }) => [
    ...(head === '' ? [] : indented(head, INDENT, INDENT + INDENT)),
    ...below.flatMap((text) => {
      const margin = head === '' ? INDENT : INDENT + INDENT;
      return indented(text, margin, head === '' ? margin : margin + INDENT);
    }),
  ]);
  return [style.bold(title), ...lines].join('\n');
}

/** `with harvest, -0.6: what is scarce is dear`; an element of an array is named first. */
function correlationText(
  { own, other, coefficient, reason }: Explanation['correlations'][number],
  name: string,
): string {
  const because = reason === null ? '' : `: ${reason}`;
  return `${own === name ? '' : `${own} `}with ${other}, ${formatNumber(coefficient)}${because}`;
}

function facts({
  name,
  unit,
  groups,
  place,
  counts,
  relations,
  correlations,
}: Explanation): readonly string[] {
  const rows: readonly (readonly [string, string])[] = [
    ...(unit === null ? [] : [['unit', unit === '' ? 'a plain number' : unit] as const]),
    ...groups.map(({ name, elements }) => [`over ${name}`, elements.join(', ')] as const),
    ...(counts === null ? [] : [['counts', counts] as const]),
    ...relations.map(({ word, names }) => [word, names.join(', ')] as const),
    ...correlations.map((one) => ['correlated', correlationText(one, name)] as const),
    ...(place === null ? [] : [['written in', `${place.file}, line ${place.line}`] as const]),
  ];
  const longest = Math.max(...rows.map(([word]) => word.length));
  return rows.flatMap(([word, text]) => indented(text, `${word.padEnd(longest)}  `));
}

function estimateSection(estimates: readonly ExplainedEstimate[], style: Style): string {
  const lines: string[] = [style.bold(`ESTIMATES (${estimates.filter((one) => !one.continues).length})`)];
  estimates.forEach((estimate, number) => {
    const before = estimates[number - 1];
    const isSame = before !== undefined && before.speaker?.name === estimate.speaker?.name;
    if (!isSame) lines.push(...indented(speakerText(estimate.speaker), '', INDENT + INDENT));
    lines.push(...figureLines(estimate));
    const next = estimates[number + 1];
    // Elements of an array that are used alike share one line about it.
    const isRepeated =
      next !== undefined &&
      next.speaker?.name === estimate.speaker?.name &&
      (next.continues || usedText(next) === usedText(estimate));
    if (!isRepeated) lines.push(...indented(usedText(estimate), INDENT + INDENT).map(style.dim));
  });
  return lines.join('\n');
}

function speakerText(speaker: Speaker | null): string {
  if (speaker === null) return 'assumed, the figure of the model itself';
  const { title, name, side, date, author, late } = speaker;
  const parts = [
    title === name ? name : `${title} (${name})`,
    ...(author ? ['the author'] : []),
    ...(side === null ? [] : [`side ${side}`]),
    date ?? 'without a date',
    ...(late ? ['later than `as of`'] : []),
  ];
  return parts.join(', ');
}

/** Less than this share of the draws beyond a stated bound is not spoken of. */
const A_TRACE = 0.005;

function beyondText({ bound, beyondBound }: ExplainedEstimate): string {
  const [side, name] = bound === 'at least' ? ['below', 'floor'] : ['above', 'ceiling'];
  const mend = beyondBound < 1 ? '; `uniform(LOW, HIGH)` or `within LOW .. HIGH` draws none there' : '';
  return `${formatShare(beyondBound)} in 100 of its draws lie ${side} the stated ${name}${mend}`;
}

function figureLines(estimate: ExplainedEstimate): readonly string[] {
  const { elements, dated, counts, readAs, beyondBound, reason, note, speaker } = estimate;
  const below = INDENT + INDENT;
  const said = `${elements === '' ? '' : `${elements} `}${dated === null ? '' : `${dated} `}${saidText(estimate)}`;
  const detail = (text: string): readonly string[] => indented(text, below, `${below}${INDENT}`);
  const because = reason === null ? '' : `: ${reason}`;
  return [
    ...indented(`${said}${speaker === null ? because : ''}`, INDENT, `${INDENT}${INDENT}${INDENT}`),
    ...(counts === null ? [] : detail(`counts: ${counts}`)),
    ...(readAs === null ? [] : detail(`read as ${readAs}${because}`)),
    ...(beyondBound < A_TRACE ? [] : detail(beyondText(estimate))),
    ...(note === null || note === reason ? [] : detail(`note: ${note}`)),
  ];
}

function saidText({ bound, figure, echoOf }: ExplainedEstimate): string {
  const shown = figure ?? '';
  if (echoOf !== null) return `repeats ${echoOf}${shown === '' ? '' : ` (${shown})`}`;
  if (bound === 'denied') return shown === '' ? 'denied' : `denied: ${shown}`;
  return bound === 'exact' ? shown : `${bound} ${shown}`;
}

function usedText({ used }: ExplainedEstimate): string {
  if (used.length === 0) return 'used by no viewpoint';
  const names = used.map(({ viewpoint, own }) => (own ? viewpoint : `${viewpoint} (silent here)`));
  return `used by ${names.join(', ')}`;
}
