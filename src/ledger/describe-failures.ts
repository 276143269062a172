/** Failed futures as data: which variable was the first without a possible value, and what was given to the future. */
import type { Remains } from '../engine/ensemble.ts';
import { behind, causalMap } from '../model/causal-map.ts';
import type { Model } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import { describeInputs, givenName } from './describe-inputs.ts';
import { failureHint } from './failure-hint.ts';
import type { LedgerFailure } from './ledger.ts';
import type { Question, ViewpointPlan } from './plan.ts';

export function describeFailures(
  model: Model,
  plan: ViewpointPlan,
  { failed, failedInputs }: Remains,
  question: Question,
): readonly LedgerFailure[] {
  const { viewpoint, order } = plan;
  const held = { viewpoint, order, scenario: question.scenario?.name ?? null };
  return failedInputs.flatMap((given, number): readonly LedgerFailure[] => {
    const failure = failed[number];
    if (failure === undefined) return [];
    const inputs = describeInputs(model, order.program, held, given);
    const near = new Set(givenBehind(model, failure.variable));
    return [
      {
        future: failure.future,
        variable: failure.variable,
        ...failureHint(model, failure.variable),
        instant: showInstant(model.time, failure.instant),
        inputs: Object.fromEntries(inputs.map((one) => [givenName(one), one.value])),
        behind: inputs
          .filter(({ name, drawn }) => drawn && near.has(withoutIndex(name)))
          .map((one) => ({ name: givenName(one), value: one.value, unit: one.unit })),
      },
    ];
  });
}

/** The inputs that a variable, or a measure without a value, hangs on. */
function givenBehind(model: Model, variable: string): readonly string[] {
  const name = withoutIndex(variable.replace(/^asked /, ''));
  const map = causalMap(model);
  const ids = map.nodes.filter((node) => node.name === name && node.kind !== 'claim').map(({ id }) => id);
  return behind(map, ids)
    .nodes.filter(({ kind }) => kind === 'input')
    .map((node) => node.name);
}

/** `stores[North]` is an element of `stores`. */
const withoutIndex = (name: string): string => name.replace(/\[.*$/, '');
