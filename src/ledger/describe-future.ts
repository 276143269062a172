/** One future told whole: what was given to it, what its measures came to, and which claims were true in it. */
import * as rational from '../base/rational.ts';
import type { DesignKind } from '../engine/design.ts';
import type { Replayed } from '../engine/replay.ts';
import type { Model } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import type { Program } from '../program/program.ts';
import { describeInputs, type GivenInput } from './describe-inputs.ts';
import { failureHint } from './failure-hint.ts';
import { causesOf } from './fit-of.ts';
import type { LedgerDropped, NamedMeanings } from './ledger.ts';
import { namedMeanings } from './meanings.ts';
import type { Question, ViewpointPlan } from './plan.ts';

export type FutureTold = {
  readonly model: string;
  readonly viewpoint: string;
  readonly definitions: NamedMeanings;
  readonly scenario: string | null;
  /** From 0, among `futures`. */
  readonly future: number;
  readonly futures: number;
  readonly seed: number;
  readonly design: DesignKind;
  /** The first variable without a possible value; then there are no measures and claims. */
  readonly failure: { readonly variable: string; readonly hint?: string; readonly instant: string } | null;
  /** The line of the model for which it is dropped, as it contradicts what is known; null where it counts. */
  readonly dropped: Omit<LedgerDropped, 'futures'> | null;
  readonly inputs: readonly GivenInput[];
  readonly measures: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: number | boolean | 'never';
    readonly unit: string;
  }[];
  /** Those that are tested on the model. */
  readonly claims: readonly {
    readonly id: string;
    readonly row: string | null;
    readonly statement: string;
    readonly true: boolean;
  }[];
};

export function describeFuture(
  model: Model,
  program: Program,
  question: Question,
  plan: ViewpointPlan,
  number: number,
  { given, future, dropped }: Replayed,
): FutureTold {
  const { order, meanings, viewpoint } = plan;
  const { failure } = future;
  const scenario = question.scenario?.name ?? null;
  return {
    model: model.title,
    viewpoint: viewpoint.name,
    definitions: namedMeanings(model, [...meanings.keys()], [...meanings.values()]),
    scenario,
    future: number,
    futures: order.design.futures,
    seed: order.design.seed,
    design: order.design.kind,
    failure:
      failure === null
        ? null
        : {
            variable: failure.variable,
            ...failureHint(model, failure.variable),
            instant: showInstant(model.time, failure.instant),
          },
    dropped: causesOf(model)[dropped ?? -1] ?? null,
    inputs: describeInputs(model, program, { viewpoint, order, scenario }, given),
    // The program's measures of records stand behind the model's own.
    measures:
      failure === null
        ? model.measures.flatMap(({ name, label, unit, type, implied }, measure) => {
            if (implied === true) return [];
            const value = future.measures[measure] ?? Number.NaN;
            return {
              name,
              label,
              value:
                type.kind === 'boolean'
                  ? value !== 0
                  : value === Number.POSITIVE_INFINITY
                    ? 'never'
                    : value / rational.toNumber(unit.factor),
              unit: unit.text,
            };
          })
        : [],
    claims:
      failure === null
        ? program.claims.flatMap(({ claim: own, part }, column) => {
            if (part !== null) return [];
            const claim = model.claims[own];
            if (claim === undefined || !plan.claims.includes(own)) return [];
            const { name: id, row, statement } = claim;
            return [{ id, row, statement, true: future.claims[column] === 1 }];
          })
        : [],
  };
}
