/**
 * The sentence in which some words of a paragraph stand. Written here instead of asked of the host, whose rules differ
 * with its version: a sentence ends at a full stop, a question or an exclamation mark with white space behind it and
 * something that may begin a sentence. Where an abbreviation looks like an end, a little more or less is quoted; nothing
 * hangs on it, as a sentence is only shown.
 */

/** An end: the sign, what closes behind it, and the white space. */
const END = /[.!?…]["'”’»)\]]*\s+(?=["'“‘«([]*[\p{Lu}\p{N}])/gu;

/** Words that end in a full stop within a sentence, and single letters: `J. Smith`, `the U.S. Army`. */
const ABBREVIATION =
  /(?:^|[\s("'“‘.])(?:\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sen|Rep|Gov|No|Nos|vs|cf|ca|approx|Fig|Art|pp|e\.g|i\.e)\.$/u;

/**
 * @param from where the words begin in `text`, and `to` where they end
 * @returns the sentence, and where in it the words begin; an end within the words is none
 */
export function sentenceAround(
  text: string,
  from: number,
  to: number,
): { readonly sentence: string; readonly at: number } {
  let [start, end] = [0, text.length];
  for (const found of text.matchAll(END)) {
    const sign = found.index + 1;
    if (ABBREVIATION.test(text.slice(Math.max(0, sign - 12), sign))) continue;
    const next = found.index + found[0].length;
    if (next <= from) start = next;
    else if (next >= to) {
      end = next;
      break;
    }
  }
  return { sentence: text.slice(start, end).trimEnd(), at: from - start };
}
