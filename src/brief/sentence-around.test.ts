/** The sentence around some words, and where a sentence does not end. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentenceAround } from './sentence-around.ts';

const around = (text: string, words: string): string => {
  const from = text.indexOf(words);
  return sentenceAround(text, from, from + words.length).sentence;
};

describe('a sentence', () => {
  test.each([
    ['One is here. Two is there. Three.', 'Two', 'Two is there.'],
    ['One is here. Two is there. Three.', 'One', 'One is here.'],
    ['One is here. Two is there. Three.', 'Three', 'Three.'],
    ['Is it? It is! So.', 'It is', 'It is!'],
    ['He said "it is over." Then he left.', 'over', 'He said "it is over."'],
    ['The U.S. Army has 3.5 t. It wants more.', 'has', 'The U.S. Army has 3.5 t. It wants more.'],
    ['Dr. Jones and J. Smith saw it. Nobody else did.', 'Smith', 'Dr. Jones and J. Smith saw it.'],
    ['It fell in June. 2024 was worse.', 'fell', 'It fell in June.'],
    ['no capital follows. so it goes on', 'follows', 'no capital follows. so it goes on'],
    ['One. Two and. Three of it. Four.', 'and. Three', 'Two and. Three of it.'],
  ])('%s: %s', (text, words, sentence) => expect(around(text, words)).toBe(sentence));
});

test('it always holds its words, at the place that is told', () => {
  const piece = fc.constantFrom('A', 'b', ' ', '. ', '.', 'Mr. ', '"', '? ', 'Ü', '3');
  fc.assert(
    fc.property(fc.array(piece), fc.nat(30), fc.nat(30), (pieces, one, other) => {
      const text = pieces.join('').replace(/\s+/g, ' ').trim();
      const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, text.length)).sort((a, b) => a - b);
      // Words of a link never end in white space.
      const words = text.slice(from, to).trim();
      const start = from + text.slice(from, to).indexOf(words);
      const { sentence, at } = sentenceAround(text, start, start + words.length);
      expect(sentence.slice(at, at + words.length)).toBe(words);
      expect(text).toContain(sentence);
    }),
  );
});
