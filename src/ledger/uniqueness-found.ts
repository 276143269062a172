/** The three parts of a claim of uniqueness, each with its share of the futures in which the claim itself was counted. */
import type { Design } from '../engine/design.ts';
import type { Ensemble } from '../engine/ensemble.ts';
import type { UniquenessForm, UniquenessPart } from '../model/model-of-comparisons.ts';
import type { Program } from '../program/program.ts';
import { type Share, shareTrue, shareWithoutDraws } from './condition-verdict.ts';
import type { UniquenessFound } from './ledger-of-comparisons.ts';

/** `isSure` where nothing that the claim hangs on is drawn. */
export function uniquenessFound(
  program: Program,
  number: number,
  { element, group }: UniquenessForm,
  ensemble: Ensemble,
  design: Design,
  isSure: boolean,
): UniquenessFound {
  const shareOf = (part: UniquenessPart): Share | null => {
    const column = program.claims.findIndex((plan) => plan.claim === number && plan.part === part);
    return isSure ? shareWithoutDraws(ensemble, column) : shareTrue(ensemble, column, design);
  };
  return { element, group, has: shareOf('has'), another: shareOf('another'), all: shareOf('all') };
}
