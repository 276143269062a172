/** Whether two texts say the same, found from their pieces, must be what reading both in whole finds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roughText, whole } from '../../test/support/generated-text.ts';
import { hasErrors } from '../base/diagnostic.ts';
import { gatherFaults } from './faults.ts';
import { parse, splitText } from './parser.ts';
import { print } from './print.ts';
import { readsTheSame, saysTheSame } from './same-text.ts';

function both(one: string, other: string): { readonly byPieces: boolean; readonly inWhole: boolean } {
  const { tree } = parse(whole(one));
  const faults = gatherFaults('m');
  const pieces = splitText(whole(one), gatherFaults('m'));
  const same = readsTheSame(pieces, tree, splitText(whole(other), faults), faults);
  const again = parse(whole(other));
  return {
    byPieces: same && !hasErrors(faults.all()),
    inWhole: !hasErrors(again.diagnostics) && saysTheSame(tree, again.tree),
  };
}

test('a text in its form says the same', () => {
  fc.assert(
    fc.property(roughText, (text) => {
      const printed = print(parse(whole(text)).tree, text);
      expect(both(text, printed)).toEqual({ byPieces: true, inWhole: true });
    }),
    { numRuns: 200 },
  );
});

test('a text that was changed anywhere says the same by its pieces if it does so in whole', () => {
  const change = fc.constantFrom('', ' ', '\n', '\n  ', '(', ')', '-', ',', '1', 'x', '#', '"', 'and ');
  fc.assert(
    fc.property(roughText, fc.nat(), fc.nat(2), change, (text, where, taken, put) => {
      const printed = print(parse(whole(text)).tree, text);
      const at = where % (printed.length + 1);
      const { byPieces, inWhole } = both(text, printed.slice(0, at) + put + printed.slice(at + taken));
      expect(byPieces).toBe(inWhole);
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['let a = b - c', 'let a = b-c', true],
  ['let a = f (b)', 'let a = f(b)', true],
  ['lever a -b .. 5 = 0', 'lever a-b .. 5 = 0', false],
  ['let a = 1\n# one', 'let a = 1\n# two', false],
  ['let a = (1)', 'let a = 1', true],
  ['let a = b - (c - d)', 'let a = b - c - d', false],
  ['let a = 1\nlet b = 2', 'let a = 1', false],
  ['let a = 1\n', 'let a = 1\nlet b = 2', false],
  ['stock a = 1\n  + b\n  + c', 'stock a = 1 + b\n  + c', false],
  ['let a =\n  1', 'let a = 1', true],
])('%j and %j: %s', (one, other, same) => {
  expect(both(one, other)).toEqual({ byPieces: same, inWhole: same });
});
