/**
 * From the text of a model to its tree.
 *
 *   text ─ lex → pieces ─ split → declarations, each of joined lines ─ read → tree
 *
 * The borders of declarations and lines are settled before any grammar is looked at (`split-lines.ts`), each line is
 * given up at its first fault (`cursor.ts`), and each declaration is read whatever became of the one before it: so one
 * pass reports every fault once. The tree is always built. A declaration that lacks what makes it one (a name, a
 * date) is left out of it and listed as `unread`, so that later stages need not report its name as unknown.
 *
 * Nothing here knows what a name means, and nothing here may throw for anything that a text holds.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import { suggest } from '../base/suggest.ts';
import { type Cursor, isWord, openLine, spanOf, take } from './cursor.ts';
import { type Faults, gatherFaults } from './faults.ts';
import { lexInto } from './lexer.ts';
import { readScenario, readViewpoint } from './parse-choice.ts';
import { readClaim } from './parse-claim.ts';
import { readCorrelate } from './parse-correlate.ts';
import { readObserved, readSeries } from './parse-data.ts';
import { readExplore } from './parse-explore.ts';
import {
  readActor,
  readAsOf,
  readGroup,
  readModel,
  readSide,
  readSource,
  readTime,
  readUnit,
} from './parse-frame.ts';
import { readMeanings } from './parse-meanings.ts';
import { readEquation, readInput, readLever, readMeasure, readStock } from './parse-quantity.ts';
import { readTable } from './parse-table.ts';
import type { Reading } from './reading.ts';
import { type Stretch, splitDeclarations, splitLines } from './split-lines.ts';
import { isReserved, type Token } from './tokens.ts';
import {
  DECLARATION_KINDS,
  type Declaration,
  type DeclarationKind,
  LATER_KINDS,
  type ModelText,
  type Tree,
  type Unread,
} from './tree.ts';

export type Parsed = {
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
  readonly unread: readonly Unread[];
};

export function parse(text: ModelText): Parsed {
  const faults = gatherFaults(text.file);
  const { tokens, comments } = lexInto(text, faults);
  const declarations: Declaration[] = [];
  const unread: Unread[] = [];
  const { stretches, unindented } = splitDeclarations(tokens);
  for (const index of unindented) reportNoKeyword(text.text, tokens[index]!, faults);
  for (const stretch of stretches) {
    if (faults.isFull()) break;
    const kind = keywordOf(text.text, tokens, stretch, faults);
    const declaration = kind === null ? null : readDeclaration(text.text, tokens, stretch, kind, faults);
    if (declaration !== null) declarations.push(declaration);
    else unread.push({ kind, name: nameOf(tokens, stretch, kind) });
  }
  return { tree: { file: text.file, declarations, comments }, diagnostics: faults.all(), unread };
}

// --- keywords ---------------------------------------------------------------------------------------------------

const LATER: readonly string[] = LATER_KINDS;

/** The kind of declaration that a stretch opens; null where it opens none, which is then reported. */
function keywordOf(
  source: string,
  tokens: readonly Token[],
  stretch: Stretch,
  faults: Faults,
): DeclarationKind | null {
  const first = tokens[stretch.from]!;
  if (first.kind === 'fault') return null;
  const lastOfLine = lineEndOf(tokens, stretch);
  if (first.opens === 'orphan') {
    faults.report('line-without-declaration', first.start, lastOfLine.end, {
      label: 'this line is indented',
    });
    return null;
  }
  if (first.kind !== 'name') {
    reportNoKeyword(source, first, faults);
    return null;
  }
  const second = tokens[stretch.from + 1];
  const kind = DECLARATION_KINDS.find((candidate) =>
    candidate === 'as of'
      ? first.text === 'as' && second !== undefined && isWord(second, 'of')
      : candidate === first.text,
  );
  if (kind !== undefined) return kind;
  if (LATER.includes(first.text)) {
    faults.report('not-yet-supported', first.start, first.end, {
      label: `\`${first.text}\` is designed but not part of this version`,
    });
    return null;
  }
  const meant = suggest(first.text, [...DECLARATION_KINDS, ...LATER]);
  const particulars =
    meant === null
      ? {}
      : { hint: `Did you mean \`${meant}\`? If the line belongs to the one above, indent it.` };
  faults.report('keyword-unknown', first.start, first.end, {
    label: `\`${first.text}\` opens no declaration`,
    ...particulars,
  });
  return null;
}

function reportNoKeyword(source: string, first: Token, faults: Faults): void {
  const closes = first.kind === 'symbol' && (first.symbol === ')' || first.symbol === ']');
  faults.report('keyword-unknown', first.start, first.end, {
    ...(closes ? { hint: 'A bracket that closes what stands above is indented like the lines above.' } : {}),
    label: `\`${source.slice(first.start, Math.min(first.end, first.start + 40))}\` opens no declaration`,
  });
}

function lineEndOf(tokens: readonly Token[], { from, to }: Stretch): Token {
  let index = from;
  while (index + 1 < to && tokens[index + 1]!.opens === null) index++;
  return tokens[index]!;
}

/** Declarations that give nothing a name. */
const NAMELESS: readonly DeclarationKind[] = ['model', 'time', 'as of', 'correlate', 'observed', 'explore'];

function nameOf(tokens: readonly Token[], stretch: Stretch, kind: DeclarationKind | null): string | null {
  if (kind !== null && NAMELESS.includes(kind)) return null;
  const second = stretch.from + 1 < stretch.to ? tokens[stretch.from + 1] : undefined;
  return second?.kind === 'name' && !isReserved(second.text) ? second.text : null;
}

// --- declarations -----------------------------------------------------------------------------------------------

/** One reader for every kind; the type refuses a kind without one. */
const READERS: {
  readonly [Kind in DeclarationKind]: (reading: Reading<Kind>) => (Declaration & { kind: Kind }) | null;
} = {
  model: readModel,
  time: readTime,
  'as of': readAsOf,
  side: readSide,
  source: readSource,
  unit: readUnit,
  actor: readActor,
  group: readGroup,
  input: readInput,
  lever: readLever,
  correlate: readCorrelate,
  table: readTable,
  series: readSeries,
  viewpoint: readViewpoint,
  explore: readExplore,
  stock: readStock,
  flow: readEquation,
  let: readEquation,
  definition: readMeanings,
  measure: readMeasure,
  observed: readObserved,
  claim: readClaim,
  scenario: readScenario,
};

function readDeclaration(
  source: string,
  tokens: readonly Token[],
  stretch: Stretch,
  kind: DeclarationKind,
  faults: Faults,
): Declaration | null {
  const [first, ...rest] = splitLines(tokens, stretch).map(
    (line): Cursor => openLine(source, tokens, faults, line),
  );
  const head = first!;
  const keyword = spanOf(head, take(head));
  const keywordEnd = kind === 'as of' ? take(head).end : keyword.end;
  const span = { ...keyword, end: tokens[stretch.to - 1]!.end };
  const reading = { kind, keyword: { ...keyword, end: keywordEnd }, span, head, body: rest };
  // The table pairs each kind with its own reader, which the compiler cannot follow through a lookup.
  return (READERS[kind] as (reading: Reading) => Declaration | null)(reading);
}
