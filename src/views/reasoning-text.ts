/**
 * How a claim came to its verdicts: the sentences that make it, and under each viewpoint what was counted, what its
 * measures came to and what they hang on. Likelihood and confidence stand apart, as in the ledger.
 */
import { formatNumber, formatShare } from '../base/number-format.ts';
import type {
  Basis,
  Ledger,
  LedgerClaim,
  LedgerMeasure,
  Sampling,
  ViewpointVerdict,
} from '../ledger/ledger.ts';
import { answerLines } from './claim-block.ts';
import { isSilent } from './marks.ts';
import { showIn } from './show-in.ts';
import { PLAIN, type Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const INDENT = '  ';

/** A sentence of the brief, and which words of it make the claim. */
export type Quote = {
  readonly sentence: string;
  /** Where in the sentence the words begin. */
  readonly at: number;
  readonly words: string;
  /** `brief.md, line 12`. */
  readonly place: string;
};

const indented = (text: string, indent = INDENT): readonly string[] =>
  wrapText(text, WIDTH - indent.length).map((line) => `${indent}${line}`);

/** The words that make the claim stand in square brackets, as in the brief itself. */
export function quotesText(quotes: readonly Quote[], style: Style = PLAIN): string {
  const lines = quotes.flatMap(({ sentence, at, words, place }) => {
    const end = at + words.length;
    const marked = `${sentence.slice(0, at)}[${sentence.slice(at, end)}]${sentence.slice(end)}`;
    return [...indented(`"${marked}"`), ...indented(place, `${INDENT}${INDENT}`).map(style.dim)];
  });
  return [style.bold('IN THE BRIEF'), ...lines].join('\n');
}

export type Answered = {
  readonly claim: LedgerClaim;
  /** What was run for it; null where nothing was. */
  readonly ledger: Ledger | null;
  /** The measures that it reads; of a yes or no the ledger has the share of yes. */
  readonly measures: readonly { readonly name: string; readonly isYesNo: boolean }[];
  /** What the scenario holds. */
  readonly held: string;
  /** Claims that it is to hold together with, where that takes the verdicts of both. */
  readonly paired: readonly string[];
};

export function answerText(
  { claim, ledger, measures, held, paired }: Answered,
  style: Style = PLAIN,
): string {
  if (ledger === null)
    return [style.bold('ANSWER'), ...answerLines(claim, { indent: INDENT, style })].join('\n');
  const { asOf, scenario, design, seed, viewpoints } = ledger;
  const futures = viewpoints.map((one) => one.futures);
  const [least, most] = [Math.min(...futures), Math.max(...futures)].map(formatNumber);
  const setting = [
    asOf === null ? '' : `What was known on ${asOf}.`,
    scenario === null ? '' : `Scenario ${scenario} holds ${held}.`,
    `${design}, ${least === most ? least : `${least} to ${most}`} futures under each viewpoint, seed ${seed}.`,
  ].filter((part) => part !== '');
  const shown = measures.flatMap(({ name, isYesNo }) =>
    ledger.measures.filter((one) => one.name === name).map((one) => ({ ...one, isYesNo })),
  );
  const more = (column: string): readonly string[] => {
    const result = claim.viewpoints[column];
    return result === undefined || isSilent(result.verdict) ? [] : resultSentences(result, shown);
  };
  return [
    style.bold('ANSWER'),
    ...indented(setting.join(' ')).map(style.dim),
    ...answerLines(claim, { indent: INDENT, style, more }),
    ...(paired.length === 0 ? [] : indented(pairedText(paired)).map(style.dim)),
  ].join('\n');
}

/** Judging the others, too, could take many times as long. */
const pairedText = (names: readonly string[]): string =>
  `Whether it holds together with ${names.join(', ')} is told by \`casus run\`, which judges ${names.length === 1 ? 'both' : 'them all'}.`;

type Shown = LedgerMeasure & { readonly isYesNo: boolean };

function resultSentences(result: ViewpointVerdict, measures: readonly Shown[]): readonly string[] {
  const { sampling, basis, confidence, carriers } = result;
  const own = measures.filter(
    ({ viewpoint, definitions }) =>
      viewpoint === result.viewpoint &&
      Object.entries(definitions).every(([name, meaning]) => result.definitions[name] === meaning),
  );
  const carried = (carriers ?? []).map(({ name, share }) => `${name} (${formatShare(share)} %)`);
  return [
    ...(sampling === null ? [] : [samplingSentence(sampling, basis)]),
    // Beside what is compared stands what the measure is where nothing is held.
    ...own.map((measure) =>
      measureSentence(
        measure,
        result.effect === undefined && result.irrelevance === undefined ? '' : ', as it is',
      ),
    ),
    ...(carried.length === 0 ? [] : [`hangs on ${carried.join(', ')}, by share of the total effect`]),
    `basis: ${basis}`,
    ...(confidence === null
      ? []
      : [`confidence: ${confidence.sources} independent ${confidence.sources === 1 ? 'source' : 'sources'}`]),
  ];
}

/** Where a share is told in steps of 5 its interval would only look exact. */
function samplingSentence({ low, high, method, futures }: Sampling, basis: Basis): string {
  const how = `(95 %, ${method}, ${formatNumber(futures)} futures)`;
  const [from, to, half] = [low, high, (high - low) / 2].map((share) => (share * 100).toFixed(1));
  return basis === 'assumed'
    ? `sampling: ±${half} points ${how}; told in steps of 5, as it is assumed`
    : `sampling: ${from} to ${to} in 100 ${how}`;
}

/** `paper: 190 day in the middle, 150 day to 220 day in nine futures of ten`. */
function measureSentence(
  { name: measure, unit, mean, p5, p50, p95, never, isYesNo }: Shown,
  where: string,
): string {
  const name = `${measure}${where}`;
  const shown = (value: number | 'never'): string => (value === 'never' ? 'never' : showIn(value, unit));
  const rarely = never === 0 ? '' : `, never in ${formatShare(never)} of 100`;
  if (isYesNo) return `${name}: yes in ${formatShare(mean ?? 0)} of 100`;
  if (p5 === 'never') return `${name}: never in ${formatShare(never)} of 100`;
  if (p5 === p95) return `${name}: ${shown(p50)}${rarely}`;
  return `${name}: ${shown(p50)} in the middle, ${shown(p5)} to ${shown(p95)} in nine futures of ten${rarely}`;
}
