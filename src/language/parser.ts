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
import { type Cursor, isWord, openLine, spanFrom, take } from './cursor.ts';
import { type Faults, gatherFaults } from './faults.ts';
import { lexInto } from './lexer.ts';
import { readScenario, readViewpoint } from './parse-choice.ts';
import { readClaim } from './parse-claim.ts';
import { readCorrelate } from './parse-correlate.ts';
import { readObserved, readSeries } from './parse-data.ts';
import { readDecision } from './parse-decisions.ts';
import { readEvent } from './parse-event.ts';
import { readExplore } from './parse-explore.ts';
import { readCalibrate, readRequire } from './parse-fit.ts';
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
import { readFactor } from './parse-importance.ts';
import { readMeanings } from './parse-meanings.ts';
import { readEquation, readInput, readLever, readMeasure, readStock } from './parse-quantity.ts';
import { readTable } from './parse-table.ts';
import { readTie } from './parse-ties.ts';
import type { Reading } from './reading.ts';
import { type Stretch, splitDeclarations, splitLines } from './split-lines.ts';
import { isReserved, type Token } from './tokens.ts';
import {
  DECLARATION_KINDS,
  type Declaration,
  type DeclarationKind,
  type ModelText,
  type Tree,
  type Unread,
} from './tree.ts';

export type Parsed = {
  readonly tree: Tree;
  readonly diagnostics: readonly Diagnostic[];
  readonly unread: readonly Unread[];
};

/** A text's pieces, and the stretches of them that are declarations. */
export type Pieces = {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly comments: Tree['comments'];
  readonly stretches: readonly Stretch[];
};

export function parse(text: ModelText): Parsed {
  const faults = gatherFaults(text.file);
  return readPieces(splitText(text, faults), faults);
}

export function splitText(text: ModelText, faults: Faults): Pieces {
  const { tokens, comments } = lexInto(text, faults);
  const { stretches, unindented } = splitDeclarations(tokens);
  for (const index of unindented) reportNoKeyword(text.text, tokens[index]!, faults);
  return { source: text.text, tokens, comments, stretches };
}

export function readPieces(pieces: Pieces, faults: Faults): Parsed {
  const declarations: Declaration[] = [];
  const unread: Unread[] = [];
  for (const stretch of pieces.stretches) {
    if (faults.isFull()) break;
    const read = readStretch(pieces, stretch, faults);
    if ('unread' in read) unread.push(read.unread);
    else declarations.push(read.declaration);
  }
  const tree = { file: faults.file, declarations, comments: pieces.comments };
  return { tree, diagnostics: faults.all(), unread };
}

/** One declaration; of what it reads nothing lies outside its stretch. */
export function readStretch(
  { source, tokens }: Pieces,
  stretch: Stretch,
  faults: Faults,
): { readonly declaration: Declaration } | { readonly unread: Unread } {
  const kind = keywordOf(source, tokens, stretch, faults);
  const declaration = kind === null ? null : readDeclaration(source, tokens, stretch, kind, faults);
  return declaration === null ? { unread: { kind, name: nameOf(tokens, stretch, kind) } } : { declaration };
}

// --- keywords ---------------------------------------------------------------------------------------------------

const KINDS: ReadonlyMap<string, DeclarationKind> = new Map(DECLARATION_KINDS.map((kind) => [kind, kind]));

/** The kind of declaration that a stretch opens; null where it opens none, which is then reported. */
function keywordOf(
  source: string,
  tokens: readonly Token[],
  stretch: Stretch,
  faults: Faults,
): DeclarationKind | null {
  const first = tokens[stretch.from]!;
  if (first.kind === 'fault') return null;
  if (first.opens === 'orphan') {
    faults.report('line-without-declaration', first.start, lineEndOf(tokens, stretch).end, {
      label: 'this line is indented',
    });
    return null;
  }
  if (first.kind !== 'name') {
    reportNoKeyword(source, first, faults);
    return null;
  }
  const second = tokens[stretch.from + 1];
  const isAsOf = first.text === 'as' && second !== undefined && isWord(second, 'of');
  const kind = KINDS.get(isAsOf ? 'as of' : first.text);
  if (kind !== undefined) return kind;
  const meant = suggest(first.text, DECLARATION_KINDS);
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
const NAMELESS: readonly DeclarationKind[] = [
  'model',
  'time',
  'as of',
  'correlate',
  'observed',
  'explore',
  'calibrate',
  'require',
];

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
  factor: readFactor,
  event: readEvent,
  decision: readDecision,
  tie: readTie,
  measure: readMeasure,
  observed: readObserved,
  calibrate: readCalibrate,
  require: readRequire,
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
  const lines = splitLines(tokens, stretch);
  const head = openLine(source, tokens, faults, lines[0]!);
  const body: Cursor[] = [];
  for (let line = 1; line < lines.length; line++) body.push(openLine(source, tokens, faults, lines[line]!));
  const { start } = take(head);
  if (kind === 'as of') take(head);
  const span = { file: faults.file, start, end: tokens[stretch.to - 1]!.end };
  const reading = { kind, keyword: spanFrom(head, start), span, head, body };
  // The table pairs each kind with its own reader, which the compiler cannot follow through a lookup.
  return (READERS[kind] as (reading: Reading) => Declaration | null)(reading);
}
