/**
 * How claims stand to each other, in few words: what a claim rests on, and which it can hold together with. A pair is
 * told at both of its claims, though only one of them names the other.
 */
import type { Ledger, LedgerClaim } from '../ledger/ledger.ts';

type Answer = { readonly name: string; readonly verdict: string };

/** For each claim by its id, a text for each answer; claims to which it stands alike share one. */
export function relationsOf({ claims }: Pick<Ledger, 'claims'>): ReadonlyMap<string, readonly string[]> {
  const byClaim = new Map<string, Map<string, string[]>>();
  const add = (id: string, relation: string, other: string, answers: readonly Answer[]): void => {
    const own = byClaim.get(id) ?? new Map<string, string[]>();
    byClaim.set(id, own);
    const key = `${relation}\n${inShort(answers)}`;
    own.set(key, [...(own.get(key) ?? []), other]);
  };
  for (const claim of claims) {
    for (const [premise, answers] of answersOn(claim, 'because')) add(claim.id, 'because', premise, answers);
    for (const [other, answers] of answersOn(claim, 'with')) {
      const isAtOdds = answers.some(({ verdict }) => verdict === 'never together');
      const relation = isAtOdds ? 'at odds with' : 'with';
      add(claim.id, relation, other, answers);
      add(other, relation, claim.id, answers);
    }
  }
  return new Map(
    [...byClaim].map(([id, own]) => [
      id,
      [...own].map(([key, others]) => {
        const [relation, answer] = key.split('\n');
        return `${relation} ${others.join(', ')}: ${answer}`;
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
      return `${verdict} under ${names.join(names.some((name) => name.includes(',')) ? ' and ' : ', ')}`;
    })
    .join('; ');
}
