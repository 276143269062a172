/**
 * Claims. The head names the claim, states it and may name its row in a table; the body says one thing about it:
 * a condition, how likely it is, what is on record, or why it is not judged. Beside it may stand `in hindsight`, and
 * other claims: `because` names what it rests on, `with` what is to hold together with it. The forms that the design has and this version lacks are refused by their own names, so that nobody takes them for misspelt conditions.
 */
import type { Span } from '../base/span.ts';
import {
  type Cursor,
  fail,
  giveUp,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  readNewName,
  readText,
  takeText,
  takeWords,
} from './cursor.ts';
import { comparisonIn, readComparison } from './parse-comparison.ts';
import { isImportance, readImportance } from './parse-importance.ts';
import { readConditionOrLikelihood } from './parse-likelihood.ts';
import { isPreference, readPreference } from './parse-preference.ts';
import { finish, type Reading } from './reading.ts';
import type { ClaimDeclaration, ClaimForm, Name, RecordLine, Text } from './tree.ts';

export function readClaim(reading: Reading<'claim'>): ClaimDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, "the claim's name", ['row']);
  const { statement, row } = readStatement(head);
  const body: Body = { form: null, formLine: null, because: [], with: [], hindsight: null, record: null };
  for (const line of reading.body) readLine(line, body);
  const faulty = head.failed || reading.body.some((line) => line.failed);
  if (body.formLine === null && !faulty) {
    fail(head, 'claim-without-form', name?.span ?? reading.keyword, {
      label: 'nothing below this claim says what holds',
    });
  }
  if (body.record !== null) body.form = finishRecord(body.record);
  if (name === null) return null;
  const { form, because, with: companions, hindsight } = body;
  return {
    kind: reading.kind,
    keyword: reading.keyword,
    span: reading.span,
    name,
    statement,
    row,
    form,
    because,
    with: companions,
    hindsight,
  };
}

function readStatement(head: Cursor): { statement: Text | null; row: Text | null } {
  let statement = takeText(head);
  const row = takeWords(head, 'row') === null ? null : readText(head, 'the row in double quotes after `row`');
  if (statement === null && row !== null) statement = takeText(head);
  const next = peek(head);
  if (next.kind !== 'text' && next.kind !== 'end' && next.kind !== 'fault') {
    const colon = isSymbol(next, ':');
    fail(head, 'words-left-over', next, {
      label: colon ? 'a claim has no unit, and no `:`' : 'what a claim says does not stand on its first line',
      hint: colon ? 'Take the `:` away.' : 'Write it on an indented line below.',
    });
  }
  finish(head);
  return { statement, row };
}

// --- the body ---------------------------------------------------------------------------------------------------

type Body = {
  form: ClaimForm | null;
  /** The place of the first line that gave a form, read well or not. */
  formLine: Span | null;
  because: Name[];
  with: Name[];
  hindsight: Span | null;
  record: { head: Span; lines: RecordLine[] } | null;
};

const STANCES = ['for', 'partly', 'against'] as const;
const RELATIONS = ['because', 'with'] as const;

/** Words that open a line that is no condition, or may be none. */
const OPENING_WORDS: ReadonlySet<string> = new Set(['in', ...RELATIONS, ...STANCES, 'on', 'not', 'context']);

function readLine(line: Cursor, body: Body): void {
  const first = peek(line);
  if (body.formLine === null && first.kind === 'name' && !OPENING_WORDS.has(first.text)) {
    body.formLine = lineSpan(line);
    body.form = readCondition(line);
  } else readOpenedLine(line, body);
}

function readOpenedLine(line: Cursor, body: Body): void {
  const hindsight = takeWords(line, 'in', 'hindsight');
  if (hindsight !== null) {
    if (body.hindsight !== null) fail(line, 'given-twice', hindsight, { label: 'a second `in hindsight`' });
    body.hindsight ??= hindsight;
    finish(line);
    return;
  }
  const relation = relationAt(line);
  if (relation !== undefined) {
    const other = readOther(line, relation);
    if (other !== null) body[relation].push(other);
    return;
  }
  const stance = stanceAt(line);
  if (stance !== null) {
    readRecordLine(line, stance, body);
    return;
  }
  if (body.formLine !== null) {
    fail(line, 'claim-two-forms', lineSpan(line), {
      label: 'a second statement under this claim',
      related: [{ span: body.formLine, label: 'the first one' }],
    });
    return;
  }
  body.formLine = lineSpan(line);
  if (takeWords(line, 'on', 'record') !== null) {
    body.record = { head: body.formLine, lines: [] };
    finish(line);
    return;
  }
  body.form = takeReason(line) ?? readCondition(line);
}

const relationAt = (line: Cursor): (typeof RELATIONS)[number] | undefined => {
  const word = peek(line);
  if (word.kind !== 'name') return undefined;
  return word.text === 'because' || word.text === 'with' ? word.text : undefined;
};

/** `because NAME`, `with NAME`: each on a line of its own, as each is tested apart. */
function readOther(line: Cursor, relation: (typeof RELATIONS)[number]): Name | null {
  takeWords(line, relation);
  if (isSymbol(peek(line), ':')) {
    return fail(line, 'words-left-over', peek(line), {
      label: `no \`:\` stands behind \`${relation}\``,
      hint: 'Take the `:` away.',
    });
  }
  const other = readName(line, `a claim's name after \`${relation}\``);
  const next = peek(line);
  if (other !== null && (isSymbol(next, ',') || isWord(next, 'and'))) {
    return fail(line, 'words-left-over', next, {
      label: `a line \`${relation}\` names one claim`,
      hint: `Each is tested apart: write a second line \`${relation}\`.`,
    });
  }
  finish(line);
  return line.failed ? null : other;
}

function stanceAt(line: Cursor): RecordLine['stance'] | null {
  // `partly` may be a name elsewhere; a source's name behind it tells the two apart.
  const word = peek(line);
  const stance = word.kind === 'name' ? STANCES.find((one) => one === word.text) : undefined;
  if (stance === undefined || (stance === 'partly' && peek(line, 1).kind !== 'name')) return null;
  return stance;
}

function readRecordLine(line: Cursor, stance: RecordLine['stance'], body: Body): void {
  const word = peek(line);
  if (body.record === null) {
    // With a form of another kind above, the claim says two things; with none, its first line is missing.
    // Where the first line could not be read, it was most likely meant for `on record`; and once is enough.
    if (body.formLine !== null && body.form === null) {
      giveUp(line);
      return;
    }
    const label = `\`${stance}\` stands only below the line \`on record\``;
    fail(line, 'line-unknown', word, { label, hint: 'Begin the claim with a line `on record`.' });
    body.formLine ??= lineSpan(line);
    return;
  }
  takeWords(line, stance);
  const source = readName(line, `a source's name after \`${stance}\``);
  const note = takeText(line);
  finish(line);
  if (source !== null && !line.failed) body.record.lines.push({ stance, source, note, span: lineSpan(line) });
}

function finishRecord(record: NonNullable<Body['record']>): ClaimForm {
  const end = record.lines.at(-1)?.span.end ?? record.head.end;
  return { kind: 'on record', lines: record.lines, span: { ...record.head, end } };
}

/** `not testable "…"`, `context "…"`, `not yet modelled "…"`. */
function takeReason(line: Cursor): ClaimForm | null {
  const span = lineSpan(line);
  const follows = peek(line, 1).kind;
  const isContext = isWord(peek(line), 'context') && (follows === 'text' || follows === 'end');
  // Both spellings are common; one is the language's.
  if (isWord(peek(line), 'not') && isWord(peek(line, 1), 'yet') && !isWord(peek(line, 2), 'modelled')) {
    fail(line, 'line-unknown', peek(line, 2), {
      label: 'expected `modelled` after `not yet`',
      hint: 'Write `not yet modelled "what is missing"`.',
    });
    return null;
  }
  const kind =
    takeWords(line, 'not', 'testable') !== null
      ? 'not testable'
      : takeWords(line, 'not', 'yet', 'modelled') !== null
        ? 'not yet modelled'
        : isContext && takeWords(line, 'context') !== null
          ? 'context'
          : null;
  if (kind === null) return null;
  const what = kind === 'not yet modelled' ? 'what is missing' : 'the reason';
  const reason = readText(line, `${what}, in double quotes`, {
    code: 'claim-reason-missing',
    hint: `Write \`${kind} "${what}"\`.`,
  });
  finish(line);
  return reason === null ? null : { kind, reason, span };
}

function readCondition(line: Cursor): ClaimForm | null {
  if (line.failed) return null;
  if (isPreference(line)) return readPreference(line);
  const comparison = comparisonIn(line);
  if (comparison !== null) return readComparison(line, comparison);
  if (isImportance(line)) return readImportance(line);
  const form = readConditionOrLikelihood(
    line,
    'a condition, `on record`, `not testable`, `context` or `not yet modelled`',
  );
  finish(line);
  return line.failed ? null : form;
}
