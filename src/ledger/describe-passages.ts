/** Where the claims stand in the brief. A claim that several paragraphs link to stands in the first of them. */
import type { Model } from '../model/model.ts';
import type { LedgerPassage } from './ledger.ts';

export function describePassages({ passages, claims }: Model): readonly LedgerPassage[] {
  const placed = new Set<number>();
  return passages.flatMap(({ heading, text, links }): readonly LedgerPassage[] => {
    const own = [...new Set(links.map(({ claim }) => claim))].filter((claim) => !placed.has(claim));
    for (const claim of own) placed.add(claim);
    if (own.length === 0) return [];
    return [{ heading, text, claims: own.flatMap((claim) => claims[claim]?.name ?? []) }];
  });
}
