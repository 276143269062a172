/**
 * Decisions: who chooses, when, and among what.
 *
 *   decision NAME[Group] "label" by ACTOR [with ACTOR] every LENGTH [from DATE]      or  on DATE, DATE   or  when CONDITION
 *     option NAME UTILITY
 *       for the leader UTILITY
 *       for ACTOR UTILITY           of the one whose consent `with` asks for
 *       closed unless CONDITION
 *       cost AMOUNT
 *       adds AMOUNT to STOCK        and the other lines of an effect
 *     reason SHARE
 *     scale AMOUNT
 *     inertia SHARE
 *
 * Lines are told by their words, not by how far they are indented: what speaks of an option belongs to the last one.
 */
import { suggest } from '../base/suggest.ts';
import {
  type Cursor,
  fail,
  failExpected,
  isReported,
  isSymbol,
  isWord,
  lineSpan,
  peek,
  readName,
  readNewName,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { EFFECT_WORDS, takeEffect } from './parse-effect.ts';
import { readArithmetic, readExpression, readValue } from './parse-expression.ts';
import { takeAxes } from './parse-indices.ts';
import { takeUnit } from './parse-unit.ts';
import { declared, failLine, finish, type Reading, standIn, standInCondition } from './reading.ts';
import {
  DECISION_LINES,
  type DecisionDeclaration,
  type DecisionLine,
  type Effect,
  type Expression,
  LIKELIHOOD_WORDS,
  type Meetings,
  type Name,
  type OptionText,
} from './tree.ts';

const EXAMPLE = 'Write `decision aid "label" by Ally every 4 week`.';
const BODY =
  'Below a decision stand `option NAME UTILITY` for each option and `scale AMOUNT`; `reason` and `inertia` may stand there too.';

export function readDecision(reading: Reading<'decision'>): DecisionDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, 'a name after `decision`', ['on', 'when']);
  const axes = takeAxes(head);
  refuseUnit(head);
  const label = takeText(head);
  const by = readActor(head, 'by', 'the actor who decides');
  const partner = takeWords(head, 'with') === null ? null : readName(head, 'an actor after `with`');
  const meetings = readMeetings(head);
  if (peek(head).kind === 'text' && !head.failed)
    fail(head, 'words-left-over', peek(head), {
      label: 'the label stands behind the name',
      hint: EXAMPLE,
    });
  finish(head);
  const body: Body = { options: [], current: null, lines: new Map() };
  for (const line of reading.body) readLine(line, body);
  if (name === null) return null;
  return {
    ...declared(reading),
    name,
    axes,
    label,
    by,
    with: partner,
    meetings,
    options: body.options,
    reason: body.lines.get('reason') ?? null,
    scale: body.lines.get('scale') ?? null,
    inertia: body.lines.get('inertia') ?? null,
  };
}

/** What stands is one of the options: nothing that is counted. */
function refuseUnit(head: Cursor): void {
  const colon = peek(head);
  if (takeUnit(head) === null) return;
  fail(head, 'words-left-over', colon, {
    label: 'a decision has no unit',
    hint: 'Its utilities have one each; take the unit away here.',
  });
}

function readActor(head: Cursor, word: 'by', what: string): Name | null {
  if (takeWords(head, word) === null) return failExpected(head, `\`${word}\` and ${what}`, { hint: EXAMPLE });
  return readName(head, `${what} after \`${word}\``);
}

function readMeetings(head: Cursor): Meetings | null {
  const { start } = peek(head);
  const spanTo = (last: { readonly end: number }) => ({ file: head.faults.file, start, end: last.end });
  if (takeWords(head, 'every') !== null) {
    const length = readArithmetic(head, 'how often it is decided after `every`, such as `4 week`');
    const from =
      takeWords(head, 'from') === null ? null : readValue(head, 'when it is first decided, after `from`');
    if (length === null || head.failed) return null;
    return { kind: 'every', length, from, span: spanTo((from ?? length).span) };
  }
  if (takeWords(head, 'on') !== null) {
    const instants: Expression[] = [];
    do {
      const instant = readValue(head, 'a date after `on`');
      if (instant !== null) instants.push(instant);
    } while (takeSymbol(head, ',') !== null);
    const last = instants.at(-1);
    return last === undefined || head.failed ? null : { kind: 'on', instants, span: spanTo(last.span) };
  }
  if (takeWords(head, 'when') !== null) {
    const condition = readExpression(head, 'a condition after `when`');
    return condition === null || head.failed
      ? null
      : { kind: 'when', condition, span: spanTo(condition.span) };
  }
  return failExpected(head, '`every`, `on` or `when`: when it is decided', { hint: EXAMPLE });
}

// --- the body ---------------------------------------------------------------------------------------------------

/** An option while its lines are read. */
type Draft = { -readonly [Key in keyof OptionText]: OptionText[Key] } & { effects: Effect[] };

type Body = {
  readonly options: Draft[];
  /** The option that lines now speak of; null before the first and behind the lines of the whole. */
  current: Draft | null;
  readonly lines: Map<(typeof DECISION_LINES)[number], DecisionLine>;
};

function readLine(line: Cursor, body: Body): void {
  if (takeWords(line, 'option') !== null) {
    readOption(line, body);
    return;
  }
  const word = DECISION_LINES.find((one) => takeWords(line, one) !== null);
  if (word !== undefined) {
    refuseSign(line, word);
    const read = readValueLine(line, `a value after \`${word}\``);
    body.current = null;
    if (body.lines.has(word)) failTwice(line, `\`${word}\``);
    else body.lines.set(word, read);
    return;
  }
  const start = line.position;
  const effect = takeEffect(line);
  const part = effect === null && !line.failed ? partOf(line) : null;
  if (effect === null && part === null) {
    const token = peek(line);
    const meant =
      token.kind === 'name'
        ? suggest(token.text, ['option', 'closed', 'cost', ...EFFECT_WORDS, ...DECISION_LINES])
        : null;
    failLine(
      line,
      '`option` or another line of a decision',
      meant === null ? BODY : `Did you mean \`${meant}\`?`,
    );
    return;
  }
  const { current } = body;
  if (current !== null) {
    if (effect !== null) current.effects.push(effect);
    else if (part !== null) readPart(line, part, current);
    current.span = { ...current.span, end: Math.max(current.span.end, lineSpan(line).end) };
    return;
  }
  const first = line.tokens[start];
  if (first !== undefined && !line.failed)
    fail(line, 'line-unknown', first, {
      label: 'this line speaks of an option, and stands below none',
      hint: 'Put it directly below the `option` that it belongs to.',
    });
}

function readOption(line: Cursor, body: Body): void {
  const name = readName(line, "an option's name after `option`");
  if (name !== null && LIKELIHOOD_WORDS.some((word) => word.split(' ')[0] === name.text))
    fail(line, 'name-reserved', name.span, {
      label: `behind \`is\`, \`${name.text}\` says how likely something is`,
      hint: 'Choose another name for this option.',
    });
  const next = peek(line);
  if (name !== null && next.kind === 'text' && !isReported(line, next))
    fail(line, 'words-left-over', next, {
      label: 'an option has no label',
      hint: `Write what it is worth, as in \`option ${name.text} 0\`; a comment may stand behind it.`,
    });
  if (name !== null) refuseSign(line, `option ${name.text}`);
  const utility =
    name === null || line.failed
      ? null
      : readExpression(line, `what \`${name.text}\` is worth to the one who decides`);
  finish(line);
  if (name === null) {
    // Its lines are read as those of some option, so that they are not told to stand below none.
    body.current = emptyOption({ text: '', span: lineSpan(line) }, line, null);
    return;
  }
  const option = emptyOption(name, line, utility);
  body.options.push(option);
  body.current = option;
}

const emptyOption = (name: Name, line: Cursor, utility: Expression | null): Draft => ({
  name,
  utility: utility === null || line.failed ? standIn(line) : utility,
  leader: null,
  partner: null,
  closedUnless: null,
  cost: null,
  effects: [],
  span: lineSpan(line),
});

type Part = 'leader' | 'partner' | 'closedUnless' | 'cost';

function partOf(line: Cursor): Part | null {
  if (takeWords(line, 'for', 'the', 'leader') !== null) return 'leader';
  if (takeWords(line, 'for') !== null) return 'partner';
  if (takeWords(line, 'cost') !== null) return 'cost';
  if (!isWord(peek(line), 'closed')) return null;
  takeWords(line, 'closed');
  if (takeWords(line, 'unless') === null)
    failExpected(line, '`unless` and a condition after `closed`', {
      hint: 'Write `closed unless gate > 0`: while the condition is false the option cannot be chosen.',
    });
  return 'closedUnless';
}

function readPart(line: Cursor, part: Part, option: Draft): void {
  if (part === 'partner') {
    const leader = peek(line);
    if (isWord(leader, 'leader') && peek(line, 1).kind !== 'end')
      fail(line, 'line-unknown', leader, {
        label: 'the leader stands with `the`',
        hint: 'Write `for the leader UTILITY`.',
      });
    const actor = line.failed ? null : readName(line, '`the leader` or an actor after `for`');
    const read = readValueLine(line, 'what the option is worth to this actor');
    if (option.partner !== null) failTwice(line, `what \`${option.name.text}\` is worth to another`);
    else if (actor !== null) option.partner = { ...read, actor };
    return;
  }
  if (option[part] !== null) {
    failTwice(line, WORDS[part]);
    return;
  }
  if (part === 'closedUnless') {
    const condition = readExpression(line, 'a condition after `closed unless`');
    finish(line);
    option.closedUnless = {
      value: condition === null || line.failed ? standInCondition(line) : condition,
      span: lineSpan(line),
    };
    return;
  }
  option[part] = readValueLine(line, `a value after \`${WORDS[part].replaceAll('`', '')}\``);
}

const WORDS: Readonly<Record<Exclude<Part, 'partner'>, string>> = {
  leader: '`for the leader`',
  closedUnless: '`closed unless`',
  cost: '`cost`',
};

function failTwice(line: Cursor, what: string): void {
  fail(line, 'given-twice', lineSpan(line), { label: `${what} is said already` });
}

/** Between a word and its value stands nothing. */
function refuseSign(line: Cursor, words: string): void {
  const sign = peek(line);
  if (line.failed || isReported(line, sign) || !(isSymbol(sign, '=') || isSymbol(sign, ':'))) return;
  fail(line, 'words-left-over', sign, {
    label: `no \`${isSymbol(sign, '=') ? '=' : ':'}\` stands here`,
    hint: `Write the value directly behind: \`${words} VALUE\`.`,
  });
}

/** An expression to the end of the line; 0 where it could not be read. */
function readValueLine(line: Cursor, what: string): DecisionLine {
  const value = line.failed ? null : readExpression(line, what);
  finish(line);
  return { value: value === null || line.failed ? standIn(line) : value, span: lineSpan(line) };
}
