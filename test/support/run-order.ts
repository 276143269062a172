/** What is asked of an engine under one viewpoint, as far as no claim asks for more; knows nothing of its host. */
import type { RunOrder } from '../../src/engine/ensemble.ts';
import { correlationsOf, figuresOf } from '../../src/ledger/viewpoint-order.ts';
import type { Model } from '../../src/model/model.ts';
import type { Program } from '../../src/program/program.ts';

export function orderOf(model: Model, program: Program, futures: number, viewpoint = 0): RunOrder {
  const own = model.viewpoints[viewpoint];
  return {
    program,
    design: { kind: 'monte-carlo', futures, seed: 7 },
    figures: own === undefined ? [] : figuresOf(model, own),
    forced: [],
    redrawn: [],
    correlations: correlationsOf(model, program),
  };
}
