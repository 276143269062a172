/** `correlate A, B[Element] 0.6 "reason"`: how far two inputs go together. */
import { type Cursor, failExpected, isSymbol, peek, takeSymbol, takeText } from './cursor.ts';
import { readReference } from './parse-call.ts';
import { readArithmetic } from './parse-expression.ts';
import { declared, finish, type Reading, refuseBody } from './reading.ts';
import type { CorrelateDeclaration } from './tree.ts';

const EXAMPLE = 'Write `correlate fire_rate, made 0.6`; 1 is fully together, -1 fully against each other.';

export function readCorrelate(reading: Reading<'correlate'>): CorrelateDeclaration | null {
  refuseBody(reading);
  const { head } = reading;
  const first = readReference(head, 'the name of an input after `correlate`');
  if (takeSymbol(head, ',') === null)
    failExpected(head, '`,` and the name of another input', { hint: EXAMPLE });
  const second = readReference(head, 'the name of another input after `,`');
  refuseThird(head);
  const coefficient = readArithmetic(head, 'a number from -1 to 1 that says how far they go together');
  const reason = takeText(head);
  finish(head);
  return first === null || second === null || coefficient === null || head.failed
    ? null
    : { ...declared(reading), inputs: [first, second], coefficient, reason };
}

/** Three names in a row are tried by whoever thinks of a common cause. */
function refuseThird(head: Cursor): void {
  if (isSymbol(peek(head), ','))
    failExpected(head, 'a number behind two inputs', { hint: 'Write a line for each pair.' });
}
