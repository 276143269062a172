/**
 * The claims by the paragraphs of the brief in which they stand, in its order, each paragraph under a short head. Without
 * a brief they stand in the order of the model, in one group without a head.
 */
import type { Ledger, LedgerClaim } from '../ledger/ledger.ts';
import type { Style } from './style.ts';
import { tally } from './tally.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
/** Of a head that is cut from a paragraph. */
const HEAD_WIDTH = 66;
/** Of fewer claims one sees how they fare. */
const WORTH_COUNTING = 4;

export type ClaimGroup = { readonly heads: readonly string[]; readonly claims: readonly LedgerClaim[] };

export function claimGroups({ passages, claims }: Ledger, style: Style): readonly ClaimGroup[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const hasSections = new Set(passages.map(({ heading }) => heading)).size > 1;
  let before: string | null = null;
  const groups = passages.map(({ heading, text, claims: ids }): ClaimGroup => {
    const own = ids.flatMap((id) => byId.get(id) ?? []);
    const isNew = heading !== before;
    before = heading;
    if (heading === null) return { heads: [ruled(opening(text), style)], claims: own };
    const others = passages.filter((one) => one.heading === heading);
    const section = others.flatMap((one) => one.claims.flatMap((id) => byId.get(id) ?? []));
    const isCounted = isNew && hasSections && section.length >= WORTH_COUNTING;
    return {
      heads: [
        ...(isNew ? [ruled(opening(heading), style)] : []),
        // What a section adds of its own, mirrors of claims among it, is counted there beside the head's count of all.
        ...(isCounted ? wrapText(tally(section), WIDTH).map(style.dim) : []),
        ...(others.length > 1 && text !== heading ? [style.dim(`"${opening(text)}"`)] : []),
      ],
      claims: own,
    };
  });
  const placed = new Set(passages.flatMap(({ claims: ids }) => ids));
  const rest = claims.filter(({ id }) => !placed.has(id));
  return rest.length === 0 ? groups : [...groups, { heads: [], claims: rest }];
}

/** The first words, with an ellipsis where more follow. */
function opening(text: string): string {
  if (text.length <= HEAD_WIDTH) return text;
  const cut = text.slice(0, HEAD_WIDTH + 1);
  const space = cut.lastIndexOf(' ');
  // Without a space there is one long word, of which the beginning must do.
  return `${cut.slice(0, space > 0 ? space : HEAD_WIDTH).replace(/[,;:]$/, '')} …`;
}

const ruled = (head: string, style: Style): string =>
  style.bold(`── ${head} ${'─'.repeat(Math.max(2, WIDTH - 4 - head.length))}`);
