/**
 * The headline of a pair: under whose numbers both can be said. At odds are two claims of which each holds under
 * somebody's numbers and which hold together under nobody's; where one of them holds nowhere the fault is its own, and
 * its verdict tells it.
 */
import { formatShare, inWords } from '../base/number-format.ts';
import { NOTHING_DRAWN } from './condition-verdict.ts';
import type { Companion, LedgerPair, PairVerdict, ViewpointVerdict } from './ledger.ts';
import { FEWEST_OCCURRENCES } from './likelihood-verdict.ts';
import { standingOf } from './pair-verdict.ts';
import { NO_FIGURES } from './pattern.ts';

/** A pair under one viewpoint and meaning. */
export type PairColumn = {
  readonly viewpoint: string;
  /** `West`, or `West, defeat: by_fire`. */
  readonly name: string;
  readonly companion: Companion;
  readonly own: ViewpointVerdict;
  readonly its: ViewpointVerdict;
};

type Found = Pick<LedgerPair, 'verdict' | 'pattern'>;
type Names = LedgerPair['claims'];

export function pairPattern(names: Names, by: LedgerPair['by'], columns: readonly PairColumn[]): Found {
  if (columns.length === 0)
    return { verdict: 'in hindsight only', pattern: 'in hindsight only: add --hindsight' };
  const tested = columns.filter(({ companion }) => companion.reason !== NO_FIGURES);
  if (tested.length === 0)
    return { verdict: 'not tested', pattern: `not tested: ${NO_FIGURES} on one of them` };
  const { verdict, parts } = by === 'futures' ? byFutures(names, tested) : byVerdicts(names, tested);
  const silent = columns.length - tested.length;
  const note = silent === 0 ? [] : [`${inWords(silent)} ${silent === 1 ? 'has' : 'have'} no figures`];
  return { verdict, pattern: [...parts, ...note].join('; ') };
}

type Told = { readonly verdict: PairVerdict; readonly parts: readonly string[] };

const having = (
  columns: readonly PairColumn[],
  ...verdicts: readonly Companion['verdict'][]
): readonly PairColumn[] => columns.filter(({ companion }) => verdicts.includes(companion.verdict));

function byVerdicts([own, its]: Names, columns: readonly PairColumn[]): Told {
  const both = having(columns, 'both hold');
  const open = having(columns, 'open', 'not tested');
  const never = columns.filter((column) => !both.includes(column) && !open.includes(column));
  const unsure = open.length === 0 ? [] : [`open under ${whose(open, columns)}`];
  if (both.length > 0)
    return {
      verdict: both.length === columns.length ? 'together' : 'depends on whose numbers',
      parts: [
        `both hold under ${whose(both, columns)}`,
        ...unsure,
        ...(never.length === 0 ? [] : ['never together elsewhere']),
      ],
    };
  if (open.length > 0)
    return {
      verdict: 'open',
      parts: [...unsure, ...(never.length === 0 ? [] : ['never together elsewhere'])],
    };
  const mine = columns.filter((column) => standingOf(column.own.verdict) === 'holds');
  const others = columns.filter((column) => standingOf(column.its.verdict) === 'holds');
  if (mine.length > 0 && others.length > 0)
    return {
      verdict: 'at odds',
      parts: [
        `never together: ${own} holds under ${whose(mine, columns)}; ${its} under ${whose(others, columns)}`,
      ],
    };
  const [holding, name, fallen] =
    mine.length > 0 ? [mine, own, 'its' as const] : [others, its, 'own' as const];
  if (holding.length === 0 && columns.every(({ companion }) => companion.verdict === 'neither holds'))
    return { verdict: 'never together', parts: ['neither holds under any viewpoint'] };
  // What is open somewhere may hold there, though not beside the other.
  const isOpen = columns.some((column) => standingOf(column[fallen].verdict) === 'open');
  const none = isOpen ? '' : '; the other under none';
  const who = holding.length === 0 ? '' : `: ${name} holds under ${whose(holding, columns)}${none}`;
  return { verdict: 'never together', parts: [`never together${who}`] };
}

function byFutures([own, its]: Names, columns: readonly PairColumn[]): Told {
  const both = having(columns, 'together');
  const open = having(columns, 'not settled');
  const apart = having(columns, 'never together');
  const rest = columns.filter((column) => ![...both, ...open, ...apart].includes(column));
  const answers: { readonly text: string; readonly of: readonly PairColumn[] }[] = [
    { text: 'both true', of: both },
    { text: 'not settled', of: open },
    { text: 'never together', of: apart },
    ...[...new Set(rest.map(({ companion }) => companion.reason))].map((reason) => ({
      text: reason.replace(/^the other/, its).replace(/^this one/, own),
      of: rest.filter(({ companion }) => companion.reason === reason),
    })),
  ].filter((answer) => answer.of.length > 0);
  // Of two answers the second is that of all the others.
  const parts = answers.map(({ text, of }, at) => {
    if (of === both) return howOften(both, columns);
    return at === 1 && answers.length === 2 ? `elsewhere ${text}` : `${text} under ${whose(of, columns)}`;
  });
  if (both.length > 0)
    return { verdict: both.length === columns.length ? 'together' : 'depends on whose numbers', parts };
  if (open.length > 0) return { verdict: 'open', parts };
  const isAtOdds =
    apart.length > 0 ||
    (columns.some((one) => isOftenTrue(one.own)) && columns.some((one) => isOftenTrue(one.its)));
  const head = apart.length > 0 ? '' : 'never together: ';
  return {
    verdict: isAtOdds ? 'at odds' : 'never together',
    parts: parts.map((part, at) => (at === 0 ? head + part : part)),
  };
}

/** `both true in 5 of 100 futures under West; in 30 under Seoul`: shares of unlike viewpoints are never put together. */
function howOften(both: readonly PairColumn[], among: readonly PairColumn[]): string {
  const columnsBy = new Map<string, PairColumn[]>();
  for (const column of both) {
    const share = `${formatShare(column.companion.both?.share ?? Number.NaN)}`;
    const alike = columnsBy.get(share);
    if (alike === undefined) columnsBy.set(share, [column]);
    else alike.push(column);
  }
  const told = [...columnsBy].map(
    ([share, columns], at) =>
      `in ${share}${at === 0 ? ' of 100 futures' : ''} under ${whose(columns, among)}`,
  );
  return `both true ${told.join('; ')}`;
}

/** As often as a claim must be true for a pair to fail by itself. */
const isOftenTrue = ({ share, sampling }: ViewpointVerdict): boolean =>
  share !== null &&
  sampling !== null &&
  (sampling.method === NOTHING_DRAWN
    ? share > 0
    : Math.round(share * sampling.futures) >= FEWEST_OCCURRENCES);

/** `all seven`, `both`, or the names. */
function whose(columns: readonly PairColumn[], among: readonly PairColumn[]): string {
  const names = columns.map(({ name }) => name);
  if (names.length === among.length && names.length > 1)
    return names.length === 2 ? 'both' : `all ${inWords(names.length)}`;
  // The name of a column with meanings has commas of its own.
  return names.join(names.some((name) => name.includes(',')) ? ' and ' : ', ');
}
