/**
 * Whether two texts say the same. A declaration is read from its pieces alone, so one that has the same pieces in the
 * same lines is the same declaration and is not read again. All others are, since brackets may go and parts change
 * places, and then their trees are compared.
 */
import { hasErrors } from '../base/diagnostic.ts';
import { isSymbol } from './cursor.ts';
import type { Faults } from './faults.ts';
import { type Pieces, readStretch } from './parser.ts';
import { type Stretch, splitLines } from './split-lines.ts';
import type { Tree } from './tree.ts';

/** Whether the pieces of another text say what this faultless one with its tree says; `faults` are the other's. */
export function readsTheSame(one: Pieces, tree: Tree, other: Pieces, faults: Faults): boolean {
  if (hasErrors(faults.all())) return false;
  const { declarations } = tree;
  const { stretches } = other;
  if (one.stretches.length !== declarations.length || stretches.length !== declarations.length) return false;
  return (
    saysTheSame(one.comments, other.comments) &&
    stretches.every((stretch, at) => {
      if (hasSamePieces(one, one.stretches[at]!, other, stretch)) return true;
      const again = readStretch(other, stretch, faults);
      return 'declaration' in again && saysTheSame(declarations[at], again.declaration);
    })
  );
}

/** Whether a parser that looks at one stretch must find in the other all that it finds in this. */
function hasSamePieces(one: Pieces, from: Stretch, other: Pieces, to: Stretch): boolean {
  const behind = to.from - from.from;
  if (to.to - from.to !== behind) return false;
  if (one.tokens[from.from]?.opens !== other.tokens[to.from]?.opens) return false;
  let sameOpenings = true;
  for (let at = from.from; at < from.to; at++) {
    const left = one.tokens[at]!;
    const right = other.tokens[at + behind]!;
    if (left.kind !== right.kind) return false;
    if (one.source.slice(left.start, left.end) !== other.source.slice(right.start, right.end)) return false;
    if (left.opens !== right.opens) sameOpenings = false;
    // `a -b` and `f (x)` may be refused where the two touch: the only white space within a line that is looked at.
    const next = other.tokens[at + behind + 1];
    if (left.kind !== 'name' || next === undefined || next.start !== right.end) continue;
    if ((isSymbol(next, '-') || isSymbol(next, '(')) && one.tokens[at + 1]?.start !== left.end) return false;
  }
  if (sameOpenings) return true;
  const lines = splitLines(other.tokens, to);
  const before = splitLines(one.tokens, from);
  return lines.length === before.length && lines.every((line, at) => line.from - behind === before[at]!.from);
}

/** Whether two trees are alike but for the places of what they hold. */
export function saysTheSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  if (isSpan(one)) return isSpan(other);
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const key in left) if (!(key in right && saysTheSame(left[key], right[key]))) return false;
  for (const key in right) if (!(key in left)) return false;
  return true;
}

function isSpan(node: object): boolean {
  return 'start' in node && 'end' in node && 'file' in node;
}
