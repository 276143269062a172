/**
 * "Did you mean …?": the candidate that a misspelt word most likely stands for. It guesses only where the guess is
 * nearly certain, since a wrong suggestion costs a reader more than none. Never used to decide what a text means.
 */

/** A word longer than this is no misspelling of a name, and comparing it would cost more than it tells. */
const LONGEST_WORD = 64;

/** The nearest candidate, or null where none is near enough. Letters that differ in case alone count as equal. */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  if (word === '' || word.length > LONGEST_WORD) return null;
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let bestDistance = allowedDistance(word.length) + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    // A word of two letters that would have to change half of itself is another word.
    if (distance >= Math.min(word.length, candidate.length)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function allowedDistance(length: number): number {
  if (length <= 4) return 1;
  return length <= 8 ? 2 : 3;
}

/**
 * Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions,
 * substitutions and swaps of neighbours, each costing 1.
 */
export function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
