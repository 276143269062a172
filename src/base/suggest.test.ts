import { expect, test } from 'vitest';
import { editDistance, suggest } from './suggest.ts';

test.each([
  ['stok', ['stock', 'side'], 'stock'],
  ['Model', ['model', 'measure'], 'model'],
  ['mesaure', ['model', 'measure'], 'measure'],
  ['asof', ['as of'], 'as of'],
  ['sceanrios', ['scenario'], 'scenario'],
  ['banana', ['stock', 'flow'], null],
  ['ab', ['xy', 'a'], null],
  ['', ['a'], null],
  ['a'.repeat(100), ['a'.repeat(99)], null],
])('%s among %j suggests %s', (word, candidates, expected) => {
  expect(suggest(word, candidates)).toBe(expected);
});

test('a word is never suggested for itself', () => {
  expect(suggest('flow', ['flow', 'flows'])).toBe('flows');
});

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['abcd', 'abdc', 1],
  ['kitten', 'sitting', 3],
])('the distance from %s to %s is %i', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
});
