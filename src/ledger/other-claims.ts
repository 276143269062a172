/** The claims that a line `because` or `with` names, as one run judges them. */
import { type Claim, isCountedPair, type Model } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import type { ViewpointPlan } from './plan.ts';
import { isAsked, isSilent, type Readings, readingIn } from './readings.ts';

/** A claim's name and its column among those of the program. */
export type Other = { readonly name: string; readonly column: number };

/** One that is named, and whether the viewpoint has figures on it. */
export type NamedClaim = { readonly other: Other; readonly hasFigures: boolean };

/** Those that this run judges; whoever names them is judged in the same. */
export const othersIn = (
  program: Program,
  readings: Readings,
  claims: readonly number[],
  { viewpoint, meanings }: ViewpointPlan,
): readonly NamedClaim[] =>
  claims.flatMap((number) => {
    const reading = readingIn(readings, number, meanings);
    if (reading === null || !isAsked(reading, viewpoint)) return [];
    const other = { name: reading.claim.name, column: columnOfClaim(program, number) };
    return [{ other, hasFigures: !isSilent(reading, viewpoint) }];
  });

/** Those that are counted in the same futures; the verdicts of all others are paired. */
export const countedCompanions = (
  { claims }: Pick<Model, 'claims'>,
  claim: Pick<Claim, 'form' | 'with'>,
): readonly number[] =>
  claim.with.filter((number) => {
    const other = claims[number];
    return other !== undefined && isCountedPair(claim.form, other.form);
  });

/** The column that says in which futures a claim is true; below 0 where it has none. */
export const columnOfClaim = (program: Program, number: number): number =>
  program.claims.findIndex(({ claim, part }) => claim === number && part === null);
