/**
 * How claims stand to each other, in few words: what a claim rests on, and which it is at odds with. A pair at odds is told
 * at both of its claims, though only one of them names the other; all pairs stand together further down.
 */
import type { Ledger, LedgerClaim } from '../ledger/ledger.ts';

type Answer = { readonly name: string; readonly verdict: string };

/** For each claim by its id, a text for each answer; claims to which it stands alike share one. */
export function relationsOf({
  claims,
  pairs,
}: Pick<Ledger, 'claims' | 'pairs'>): ReadonlyMap<string, readonly string[]> {
  const byClaim = new Map<string, Map<string, string[]>>();
  const add = (id: string, relation: string, other: string): void => {
    const own = byClaim.get(id) ?? new Map<string, string[]>();
    byClaim.set(id, own);
    own.set(relation, [...(own.get(relation) ?? []), other]);
  };
  for (const claim of claims)
    for (const [premise, answers] of answersOn(claim, 'because'))
      add(claim.id, `because\n: ${inShort(answers)}`, premise);
  for (const { verdict, claims: pair } of pairs) {
    const [one, other] = pair;
    const claim = claims.find(({ id }) => id === one);
    const answers = claim === undefined ? [] : (answersOn(claim, 'with').get(other) ?? []);
    const never = answers.filter((answer) => answer.verdict === 'never together');
    if (verdict !== 'at odds' && never.length === 0) continue;
    // Counted in the same futures, two claims may be at odds under some numbers only.
    const where = verdict === 'at odds' ? '' : ` under ${listed(never.map(({ name }) => name))}`;
    add(one, `at odds with\n${where}`, calledIn(claims, other));
    add(other, `at odds with\n${where}`, calledIn(claims, one));
  }
  return new Map(
    [...byClaim].map(([id, own]) => [
      id,
      [...own].map(([key, others]) => {
        const [relation, answer] = key.split('\n');
        return `${relation} ${others.join(', ')}${answer}`;
      }),
    ]),
  );
}

function answersOn(claim: LedgerClaim, relation: 'because' | 'with'): ReadonlyMap<string, readonly Answer[]> {
  const found = new Map<string, readonly Answer[]>();
  for (const [name, result] of Object.entries(claim.viewpoints))
    for (const { claim: other, verdict } of result[relation])
      found.set(other, [...(found.get(other) ?? []), { name, verdict }]);
  return found;
}

const NOT_TESTED = 'not tested';

/** `rests on it under West; stands without it under Ukraine`. Where it is not tested is said only if it is nowhere. */
function inShort(answers: readonly Answer[]): string {
  const tested = answers.filter(({ verdict }) => verdict !== NOT_TESTED);
  if (tested.length === 0) return NOT_TESTED;
  const whose = new Map<string, string[]>();
  for (const { name, verdict } of tested) whose.set(verdict, [...(whose.get(verdict) ?? []), name]);
  return [...whose]
    .map(([verdict, names]) => {
      if (names.length === answers.length) return verdict;
      return `${verdict} under ${listed(names)}`;
    })
    .join('; ');
}

/** The name of a column with meanings has commas of its own. */
const listed = (names: readonly string[]): string =>
  names.join(names.some((name) => name.includes(',')) ? ' and ' : ', ');

/** `six_million_delivered (2.2)`: its name, and the row where it stands. */
export function calledIn(claims: readonly LedgerClaim[], id: string): string {
  const row = claims.find((claim) => claim.id === id)?.row ?? null;
  return row === null ? id : `${id} (${row})`;
}
