/**
 * Lines `with OTHER`, once all claims are judged: can both be said under the same numbers? Where both are true or false
 * in each future, futures were counted already; else the two verdicts are paired here, viewpoint by viewpoint and
 * meaning by meaning. Nothing is run for it.
 */
import { type Claim, isCountedPair, type Model } from '../model/model.ts';
import type { Companion, Ledger, LedgerClaim, LedgerPair, ViewpointVerdict } from './ledger.ts';
import { columnName } from './meanings.ts';
import { type PairColumn, pairPattern } from './pair-pattern.ts';
import { pairOf } from './pair-verdict.ts';

/**
 * @param claims those that were judged, of which each has the companions that are counted
 */
export function pairClaims(model: Model, claims: readonly LedgerClaim[]): Pick<Ledger, 'claims' | 'pairs'> {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const declared = new Map(model.claims.map((claim) => [claim.name, claim]));
  const paired = claims.map((claim) => withCompanions(model, declared.get(claim.id), claim, byId));
  const later = new Set(model.viewpoints.flatMap(({ name, hindsight }) => (hindsight ? [name] : [])));
  const told = new Set<string>();
  const pairs = paired.flatMap((claim) => {
    const own = declared.get(claim.id);
    return (own?.with ?? []).flatMap((number): readonly LedgerPair[] => {
      const named = model.claims[number];
      const other = byId.get(named?.name ?? '');
      // Two that name each other are one pair; and only one of them may be asked for.
      if (own === undefined || named === undefined || other === undefined) return [];
      if (told.has(`${other.id} ${claim.id}`)) return [];
      told.add(`${claim.id} ${other.id}`);
      const by = isCountedPair(own.form, named.form) ? 'futures' : 'verdicts';
      const columns = columnsOf(claim, other);
      // Hindsight stands beside a pattern, never in it, unless there is nothing else.
      const inTime = columns.filter(({ viewpoint }) => !later.has(viewpoint));
      const counted = inTime.length > 0 ? inTime : columns;
      const claimsNamed = [claim.id, other.id] as const;
      return [{ claims: claimsNamed, by, ...pairPattern(claimsNamed, by, counted) }];
    });
  });
  return { claims: paired, pairs };
}

/** The claim with all its companions, in the order of its lines. */
function withCompanions(
  model: Model,
  own: Claim | undefined,
  claim: LedgerClaim,
  byId: ReadonlyMap<string, LedgerClaim>,
): LedgerClaim {
  const named = (own?.with ?? []).flatMap((number) => model.claims[number] ?? []);
  if (own === undefined || named.every(({ form }) => isCountedPair(own.form, form))) return claim;
  const companionsOf = (result: ViewpointVerdict): readonly Companion[] =>
    named.flatMap(({ name, form }) => {
      if (isCountedPair(own.form, form)) return result.with.filter((one) => one.claim === name);
      const other = byId.get(name);
      if (other === undefined) return [];
      return columnsBeside(result, other).map((its): Companion => {
        const extra = Object.entries(its.definitions).filter(([key]) => !(key in result.definitions));
        const companion = { claim: name, ...pairOf(result.verdict, its.verdict), both: null };
        return extra.length === 0 ? companion : { ...companion, definitions: Object.fromEntries(extra) };
      });
    });
  const viewpoints = Object.fromEntries(
    Object.entries(claim.viewpoints).map(([column, result]) => [
      column,
      { ...result, with: companionsOf(result) },
    ]),
  );
  return { ...claim, viewpoints };
}

/** The other claim's columns under the same viewpoint in which every definition means the same. */
const columnsBeside = (
  { viewpoint, definitions }: ViewpointVerdict,
  other: LedgerClaim,
): readonly ViewpointVerdict[] =>
  Object.values(other.viewpoints).filter(
    (its) =>
      its.viewpoint === viewpoint &&
      Object.entries(its.definitions).every(([name, meaning]) => (definitions[name] ?? meaning) === meaning),
  );

function columnsOf(claim: LedgerClaim, other: LedgerClaim): readonly PairColumn[] {
  return Object.values(claim.viewpoints).flatMap((result) => {
    const { viewpoint, definitions } = result;
    return result.with
      .filter((companion) => companion.claim === other.id)
      .flatMap((companion) => {
        const meant = { ...definitions, ...companion.definitions };
        const its = columnsBeside({ ...result, definitions: meant }, other)[0];
        return its === undefined
          ? []
          : [{ viewpoint, name: columnName(viewpoint, meant), companion, own: result, its }];
      });
  });
}
