/**
 * The declarations that choose: a viewpoint chooses whom to believe, a scenario holds inputs at values. Both are
 * lists of lines in the writer's order.
 */

import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import {
  type Cursor,
  fail,
  failExpected,
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
import { isHeldWord, readHeld } from './parse-event.ts';
import { readExpression, readValue } from './parse-expression.ts';
import { takeElements } from './parse-indices.ts';
import { failLine, finish, type Reading } from './reading.ts';
import type { ScenarioDeclaration, ViewpointDeclaration } from './tree.ts';

export function readViewpoint(reading: Reading<'viewpoint'>): ViewpointDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, "the viewpoint's name");
  const label = takeText(head);
  finish(head);
  const uses: ViewpointDeclaration['uses'][number][] = [];
  let hindsight: Span | null = null;
  for (const line of reading.body) {
    const found = takeWords(line, 'hindsight');
    if (found !== null) {
      if (hindsight !== null) fail(line, 'given-twice', found, { label: 'a second `hindsight`' });
      hindsight ??= found;
      finish(line);
      continue;
    }
    const use = readUse(line);
    if (use !== null) uses.push(use);
  }
  return name === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, label, uses, hindsight };
}

function readUse(line: Cursor): ViewpointDeclaration['uses'][number] | null {
  const word = peek(line);
  if (takeWords(line, 'use') === null) {
    const meant = word.kind === 'name' ? suggest(word.text, ['use', 'hindsight']) : null;
    return failLine(
      line,
      '`use` or `hindsight`',
      meant === null
        ? 'Write `use NAME` for a source, `use side NAME` for a side.'
        : `Did you mean \`${meant}\`?`,
    );
  }
  // A source may be called `side`; only a name behind the word makes it the keyword.
  const isSide = isWord(peek(line), 'side') && peek(line, 1).kind === 'name';
  if (isSide) takeWords(line, 'side');
  const name = readName(
    line,
    isSide ? "a side's name after `use side`" : "a source's name, or `side` and a side's name, after `use`",
  );
  const next = peek(line);
  if (name !== null && (isSymbol(next, ',') || isWord(next, 'and')))
    return fail(line, 'words-left-over', next, {
      label: 'a line `use` names one speaker',
      hint: 'Write a line `use` for each; they are asked in the order of the lines.',
    });
  finish(line);
  return name === null || line.failed
    ? null
    : { kind: isSide ? 'side' : 'source', name, span: lineSpan(line) };
}

export function readScenario(reading: Reading<'scenario'>): ScenarioDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, "the scenario's name");
  const label = takeText(head);
  finish(head);
  const forces: ScenarioDeclaration['forces'][number][] = [];
  for (const line of reading.body) {
    const force = readForce(line);
    if (force !== null) forces.push(force);
  }
  return name === null
    ? null
    : { kind: reading.kind, keyword: reading.keyword, span: reading.span, name, label, forces };
}

/** Words that people write of events and decisions and that say nothing here. */
const OTHER_WORDS = ['is', 'once', 'at', 'happens'];

function readForce(line: Cursor): ScenarioDeclaration['forces'][number] | null {
  const name = readName(line, 'the name of what is held');
  const elements = name === null ? null : takeElements(line);
  if (name !== null && elements !== null && isHeldWord(line)) {
    const value = readHeld(line);
    const from = takeWords(line, 'from') === null ? null : readValue(line, 'a date or a time after `from`');
    finish(line);
    return value === null || line.failed ? null : { name, elements, value, from, span: lineSpan(line) };
  }
  const next = peek(line);
  if (name !== null && next.kind === 'name' && OTHER_WORDS.includes(next.text)) {
    return fail(line, 'part-missing', next, {
      label: `\`${next.text}\` holds nothing`,
      hint: `Write \`${name.text} = OPTION\` for a decision, and \`${name.text} never\`, \`${name.text} always\` or \`${name.text} on DATE\` for an event.`,
    });
  }
  if (takeSymbol(line, '=') === null) {
    const hint = name === null ? {} : { hint: `Write \`${name.text} = value\`.` };
    if (isSymbol(peek(line), '=='))
      fail(line, 'equals-in-expression', peek(line), { label: 'a value is given by one `=`', ...hint });
    else failExpected(line, '`=` and a value', hint);
  }
  const value = readExpression(line, 'a value after `=`');
  const from = takeWords(line, 'from') === null ? null : readValue(line, 'a date or a time after `from`');
  finish(line);
  return name === null || value === null || elements === null || line.failed
    ? null
    : { name, elements, value, from, span: lineSpan(line) };
}
