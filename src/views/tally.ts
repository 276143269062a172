/** How many claims have which verdict. */
import type { LedgerClaim } from '../ledger/ledger.ts';
import { isTested } from './claim-forms.ts';

/** Commonest first within each form. */
export function tally(claims: readonly LedgerClaim[]): string {
  const count = (isMeant: (claim: LedgerClaim) => boolean, key: (claim: LedgerClaim) => string): string => {
    const numbers = new Map<string, number>();
    for (const claim of claims.filter(isMeant)) {
      numbers.set(key(claim), (numbers.get(key(claim)) ?? 0) + 1);
    }
    return [...numbers]
      .sort(([, a], [, b]) => b - a)
      .map(([word, number]) => `${word} (${number})`)
      .join(', ');
  };
  const tested = count(isTested, (claim) =>
    isPooled(claim) ? `${claim.verdict} under all who have figures` : claim.verdict,
  );
  const parts = [
    tested === '' ? '' : `Tested: ${tested}.`,
    count(
      ({ form }) => form === 'on record',
      (claim) => claim.verdict,
    ).replace(/^(.+)$/, 'On record: $1.'),
    count(
      ({ reason }) => reason !== null,
      (claim) => claim.form,
    ).replace(/^(.+)$/, 'Others: $1.'),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const isPooled = ({ verdict, pattern }: LedgerClaim): boolean =>
  !verdict.startsWith('depends on') && (pattern.includes(' under all ') || pattern.includes(' under both'));
