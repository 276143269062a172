/** The formatter's promises on generated texts: the same tree, the same comments, a form that is its own form. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declaration, expression, roughText, whole } from '../../test/support/generated-text.ts';
import { parse } from './parser.ts';
import { print } from './print.ts';
import { saysTheSame } from './same-text.ts';
import { type ClaimForm, DECLARATION_KINDS, type Estimate, type Expression, type Figure } from './tree.ts';

const printed = (text: string): string => print(parse(whole(text)).tree, text);

describe('a roughly written text', () => {
  test('says the same when printed, with all its comments in order', () => {
    fc.assert(
      fc.property(roughText, (text) => {
        const before = parse(whole(text));
        const after = parse(whole(print(before.tree, text)));
        expect(after.diagnostics).toEqual([]);
        expect(after.tree.comments.map(({ text: one }) => one)).toEqual(
          before.tree.comments.map(({ text: one }) => one),
        );
        if (!saysTheSame(before.tree, after.tree)) expect(after.tree).toEqual(before.tree);
      }),
      { numRuns: 400 },
    );
  });

  test('is printed in one form, tidy', () => {
    fc.assert(
      fc.property(roughText, (text) => {
        const once = printed(text);
        expect(printed(once)).toBe(once);
        expect(once).not.toMatch(/[\t\r]| \n|\n\n\n|^\n|\n\n$/);
        expect(once.endsWith('\n')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

test('the generated texts hold every kind of declaration, expression, figure and claim', () => {
  const kinds = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('kind' in node) kinds.add(String(node.kind));
    Object.values(node).forEach(collect);
  };
  for (const text of [
    ...fc.sample(declaration, { numRuns: 2000, seed: 1 }),
    ...fc.sample(expression, { numRuns: 200, seed: 1 }).map((one) => `let x = ${one}`),
  ])
    collect(parse(whole(text)).tree);
  type Kinds = (Expression | Figure | Estimate | ClaimForm)['kind'];
  const others: { readonly [Kind in Kinds]: true } = {
    number: true,
    quantity: true,
    date: true,
    name: true,
    index: true,
    call: true,
    reduce: true,
    asked: true,
    draw: true,
    chance: true,
    negate: true,
    not: true,
    arithmetic: true,
    logic: true,
    compare: true,
    if: true,
    is: true,
    happened: true,
    since: true,
    within: true,
    point: true,
    interval: true,
    named: true,
    discrete: true,
    truncated: true,
    line: true,
    matrix: true,
    condition: true,
    likelihood: true,
    effect: true,
    irrelevance: true,
    importance: true,
    uniqueness: true,
    preference: true,
    'on record': true,
    'not testable': true,
    context: true,
    'not yet modelled': true,
  };
  expect([...DECLARATION_KINDS, ...Object.keys(others)].filter((kind) => !kinds.has(kind))).toEqual([]);
});
