/** Paths in what a command says to type next: a shell must read them as one word each. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { asTyped } from '../../src/cli/output.ts';

test.each(['models/teacup', 'two words', "it's", 'ünï/Größe', 'a$b`c`', '*', 'a;b', '"', '~/x', ''])(
  '%j',
  (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${asTyped(word)}`], { encoding: 'utf8' })).toBe(word);
  },
);

test('what needs no quotes has none', () => {
  expect(['models/teacup', 'ünï', '../a-b_c.md'].map(asTyped)).toEqual([
    'models/teacup',
    'ünï',
    '../a-b_c.md',
  ]);
});
