/** Ties, `tie NAME[Group, Group] symmetric: UNIT within LOW .. HIGH "label" = START`: all on one line. */
import {
  type Cursor,
  fail,
  failExpected,
  isSymbol,
  isWord,
  peek,
  readNewName,
  spanFrom,
  takeSymbol,
  takeText,
  takeWords,
} from './cursor.ts';
import { readArithmetic } from './parse-expression.ts';
import { takeAxes } from './parse-indices.ts';
import { takeUnit } from './parse-unit.ts';
import { declared, failLine, type Reading, readDefinition } from './reading.ts';
import type { TieDeclaration } from './tree.ts';

const EXAMPLE = 'tie trust[Country, Country] symmetric: 1 within -1 .. 1 "label" = 0.2';
const ORDER = `Write \`${EXAMPLE}\`; \`symmetric\`, \`within\` and the label may be left out.`;

export function readTie(reading: Reading<'tie'>): TieDeclaration | null {
  const { head } = reading;
  const name = readNewName(head, 'a name after `tie`', ['symmetric']);
  const axes = takeAxes(head);
  const symmetric = takeWords(head, 'symmetric');
  const unit = takeUnit(head);
  refuseSymmetric(head);
  const early = isWord(peek(head, 1), 'within') && peek(head).kind === 'text' ? takeText(head) : null;
  if (early !== null)
    fail(head, 'words-left-over', early.span, { label: 'the label stands behind `within`', hint: ORDER });
  const within = takeWithin(head);
  const label = takeText(head);
  refuseSymmetric(head);
  const start = readDefinition(reading, EXAMPLE);
  for (const line of reading.body)
    failLine(
      line,
      'no line of its own',
      'What moves a tie stands below an event or an option of a decision: `adds 0.1 to trust[A, B]`.',
    );
  return name === null ? null : { ...declared(reading), name, axes, symmetric, unit, within, label, start };
}

function refuseSymmetric(head: Cursor): void {
  const word = peek(head);
  if (isWord(word, 'symmetric'))
    fail(head, 'words-left-over', word, {
      label: '`symmetric` stands directly behind the brackets',
      hint: ORDER,
    });
}

function takeWithin(head: Cursor): TieDeclaration['within'] {
  const opens = takeWords(head, 'within');
  if (opens === null) return null;
  const low = readArithmetic(head, 'the lowest level after `within`');
  if (low !== null && takeSymbol(head, '..') === null)
    failExpected(head, '`..` and the highest level', { hint: ORDER });
  const high = low === null ? null : readArithmetic(head, 'the highest level after `..`');
  if (low === null || high === null || head.failed) return null;
  const span = spanFrom(head, opens.start);
  if (isSymbol(peek(head), ':'))
    fail(head, 'words-left-over', peek(head), { label: 'the unit stands before `within`', hint: ORDER });
  return { low, high, span };
}
