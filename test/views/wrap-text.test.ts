/** Lines for readers: no word is broken, none is lost, and nothing is wider than it may be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapText } from '../../src/views/wrap-text.ts';

const words = fc.array(fc.stringMatching(/^[a-z.,:()]{1,30}$/), { maxLength: 40 });

test('no word is broken or lost, and no line is wider than allowed unless one word is', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 90 }), (list, width) => {
      const lines = wrapText(list.join(' '), width);
      expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(list);
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
  );
});

test('a line ends only where the next word no longer fits', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 90 }), (list, width) => {
      const lines = wrapText(list.join(' '), width);
      lines.slice(1).forEach((line, at) => {
        const [next = ''] = line.split(' ');
        expect((lines[at]?.length ?? 0) + 1 + next.length).toBeGreaterThan(width);
      });
    }),
  );
});

test('behind something that stands on the first line there is less room', () => {
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 30, max: 90 }),
      fc.integer({ min: 0, max: 29 }),
      (list, width, used) => {
        const [first = '', ...others] = wrapText(list.join(' '), width, used);
        expect(first.length + used).toBeLessThanOrEqual(width);
        for (const line of others) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('white space is folded', () => {
  expect(wrapText('  one \n two\tthree ', 80)).toEqual(['one two three']);
  expect(wrapText('', 80)).toEqual([]);
});
