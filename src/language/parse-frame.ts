/**
 * The declarations that set a model's frame: its title and time, who speaks, units, actors and groups. All of them
 * but `source` stand on one line; a source may carry its attributes on indented lines, since titles and links are long.
 */
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import {
  atEnd,
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  peek,
  readName,
  readNewName,
  readText,
  spanOf,
  take,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readArithmetic } from './parse-expression.ts';
import { failLine, finish, type Reading, readDefinition, refuseBody } from './reading.ts';
import type { Token } from './tokens.ts';
import {
  type ActorDeclaration,
  type AsOfDeclaration,
  type Expression,
  type GroupDeclaration,
  INTEGRATION_METHODS,
  type IntegrationMethod,
  type ModelDeclaration,
  type Name,
  type SideDeclaration,
  type SourceDeclaration,
  type Text,
  type TimeDeclaration,
  type UnitDeclaration,
} from './tree.ts';

type DateNode = Expression & { kind: 'date' };

export function readModel(reading: Reading<'model'>): ModelDeclaration | null {
  refuseBody(reading);
  const title = readText(reading.head, "the model's title in double quotes", {
    hint: 'Write `model "Title"`.',
  });
  finish(reading.head);
  return title === null ? null : { kind: reading.kind, keyword: reading.keyword, span: reading.span, title };
}

export function readTime(reading: Reading<'time'>): TimeDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const hint = 'Write `time 2024-01-01 .. 2024-12-30 by 1 week`.';
  const from = readArithmetic(head, 'the date at which time begins');
  if (takeSymbol(head, '..') === null) failExpected(head, '`..` and the date at which time ends', { hint });
  const to = readArithmetic(head, 'the date at which time ends, after `..`');
  if (takeWords(head, 'by') === null) failExpected(head, '`by` and the length of a step', { hint });
  const step = readArithmetic(head, 'the length of a step after `by`, such as `1 week`');
  const method = takeWords(head, 'using') === null ? 'euler' : readMethod(head);
  finish(head);
  return from === null || to === null || step === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, from, to, step, method };
}

function readMethod(head: Cursor): IntegrationMethod {
  for (const method of INTEGRATION_METHODS) if (takeWords(head, method) !== null) return method;
  failExpected(head, '`rk4` or `euler` after `using`', {
    hint: 'Write `using rk4` for smooth systems; without `using` steps are Euler steps.',
  });
  return 'euler';
}

export function readAsOf(reading: Reading<'as of'>): AsOfDeclaration | null {
  refuseBody(reading);
  const date = readDate(reading.head, 'a date after `as of`');
  finish(reading.head);
  return date === null ? null : { kind: reading.kind, keyword: reading.keyword, span: reading.span, date };
}

function readDate(cursor: Cursor, what: string): DateNode | null {
  const token = peek(cursor);
  if (token.kind !== 'date') {
    return failExpected(cursor, what, {
      hint: 'A date is written year, month, day, in four, two and two digits: `2024-06-20`.',
    });
  }
  take(cursor);
  return { kind: 'date', days: token.days, span: spanOf(cursor, token) };
}

export function readSide(reading: Reading<'side'>): SideDeclaration | null {
  refuseBody(reading);
  const name = readNewName(reading.head, "the side's name");
  const label = takeText(reading.head);
  finish(reading.head);
  return name === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, label };
}

const ATTRIBUTES = ['date', 'side', 'url', 'author'];

export function readSource(reading: Reading<'source'>): SourceDeclaration | null {
  const name = readNewName(reading.head, "the source's name", ATTRIBUTES);
  const title = takeText(reading.head);
  let date: DateNode | null = null;
  let side: Name | null = null;
  let url: Text | null = null;
  let author: Span | null = null;
  for (const line of [reading.head, ...reading.body]) {
    while (!atEnd(line)) {
      const word = peek(line);
      if (takeWords(line, 'date') !== null) {
        if (date !== null) failTwice(line, word);
        date = readDate(line, 'a date after `date`') ?? date;
      } else if (takeWords(line, 'side') !== null) {
        if (side !== null) failTwice(line, word);
        side = readName(line, "a side's name after `side`") ?? side;
      } else if (takeWords(line, 'url') !== null) {
        if (url !== null) failTwice(line, word);
        url = readText(line, 'an address in double quotes after `url`') ?? url;
      } else if (takeWords(line, 'author') !== null) {
        if (author !== null) failTwice(line, word);
        author = spanOf(line, word);
      } else if (word.kind === 'text') {
        fail(line, title === null ? 'words-left-over' : 'given-twice', word, {
          label:
            title === null
              ? "a source's title stands directly behind its name"
              : 'a second title for this source',
        });
      } else {
        const meant = word.kind === 'name' ? suggest(word.text, ATTRIBUTES) : null;
        const all =
          'Behind the title stand `date 2024-06-20`, `side NAME`, `url "https://…"` and `author`, each if it is known.';
        failLine(
          line,
          '`date`, `side`, `url` or `author`',
          meant === null ? all : `Did you mean \`${meant}\`?`,
        );
      }
    }
  }
  return name === null
    ? null
    : {
        kind: reading.kind,
        keyword: reading.keyword,
        span: reading.span,
        name,
        title,
        date,
        side,
        url,
        author,
      };
}

function failTwice(line: Cursor, word: Token): void {
  fail(line, 'given-twice', word, {
    label: `a second \`${word.kind === 'name' ? word.text : ''}\` for this source`,
  });
}

export function readUnit(reading: Reading<'unit'>): UnitDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const name = readNewName(head, "the unit's name");
  let definition: Expression | null = null;
  if (isSymbol(peek(head), '=')) {
    definition = readDefinition(reading, 'unit container = 480 round');
    // A unit of which only the name could be read is best taken for a base unit.
    if (head.failed) definition = null;
  } else finish(head);
  return name === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, definition };
}

export function readActor(reading: Reading<'actor'>): ActorDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const name = readName(head, "the actor's name");
  const code = peek(head).kind === 'name' ? readName(head, "the actor's code") : null;
  const label = takeText(head);
  finish(head);
  return name === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, code, label };
}

export function readGroup(reading: Reading<'group'>): GroupDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const name = readNewName(head, "the group's name");
  const hint = 'Write `group Supplier = NorthKorea, Iran, China`.';
  if (takeSymbol(head, '=') === null) failExpected(head, '`=` and the names of its elements', { hint });
  const members: Name[] = [];
  do {
    const member = readNewName(head, "an element's name");
    if (member !== null) members.push(member);
  } while (takeSymbol(head, ',') !== null);
  finish(head);
  // With part of its elements a group would bring faults wherever the others are named.
  return name === null || head.failed
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, members };
}
