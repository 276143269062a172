/**
 * Which runs a model's claims need. One pass serves all claims and measures of a viewpoint; for the basis each uncertain
 * input that a claim hangs on is redrawn apart.
 */
import type { Design, DesignKind } from '../engine/design.ts';
import { REPLICATES } from '../engine/design.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import { drawsIn } from '../model/draw-sites.ts';
import type { Model, Scenario, Viewpoint } from '../model/model.ts';
import type { Program } from '../program/program.ts';
import { correlationsOf, figuresOf, forcedBy, uncertainSlots } from './viewpoint-order.ts';

export type Question = {
  readonly runs: number;
  readonly seed: number;
  readonly design: DesignKind;
  readonly scenario: Scenario | null;
  /** Viewpoints by name; null for all but the hindsight columns. */
  readonly viewpoints: readonly string[] | null;
  /** Whether the hindsight columns are wanted beside them. */
  readonly hindsight: boolean;
};

/** Futures of each redrawn ensemble: a basis is one of three words, so few are enough. */
const BASIS_FUTURES = 200;

export type ViewpointPlan = {
  readonly viewpoint: Viewpoint;
  readonly order: RunOrder;
  /** Nothing is drawn: all futures are one, and one is run. */
  readonly certain: boolean;
  /** The smaller ensemble that redrawn ones are compared with; null where no basis is in question. */
  readonly basis: {
    readonly order: RunOrder;
    readonly slots: readonly number[];
    /** Whether a claim that hangs on them hangs on chance too, which is then redrawn apart like one of them. */
    readonly chance: boolean;
  } | null;
};

export function planRuns(model: Model, program: Program, question: Question): readonly ViewpointPlan[] {
  const forced = forcedBy(program, question.scenario);
  const correlations = correlationsOf(model, program);
  const wanted = model.viewpoints.filter(
    ({ name, hindsight }) =>
      (question.viewpoints?.includes(name) ?? !hindsight) || (question.hindsight && hindsight),
  );
  return wanted.map((viewpoint) => {
    const figures = figuresOf(model, viewpoint);
    const drawn: Design = { kind: question.design, futures: question.runs, seed: question.seed };
    const allCells = program.inputs.map(({ cell }) => cell);
    // A likelihood counts occurrences, of which one future has too few to say anything.
    const certain =
      uncertainSlots(program, figures, forced, allCells).length === 0 &&
      !drawsAnywhere(model) &&
      !model.claims.some((claim) => claim.form.kind === 'likelihood');
    const design: Design = certain ? { ...drawn, kind: 'monte-carlo', futures: 1 } : drawn;
    const order: RunOrder = {
      program,
      design,
      figures,
      forced,
      redrawn: [],
      chanceRedrawn: false,
      correlations,
    };
    const slots = new Set<number>();
    for (const claim of model.claims) {
      const uncertain = uncertainSlots(program, figures, forced, claim.inputCells);
      for (const slot of uncertain) slots.add(slot);
    }
    const basis =
      slots.size === 0
        ? null
        : {
            order: { ...order, design: basisDesign(design) },
            slots: [...slots].sort((a, b) => a - b),
            chance: model.claims.some(({ draws }) => draws),
          };
    return { viewpoint, order, certain, basis };
  });
}

/** Whether any equation draws: then futures differ though every figure is exact. */
const drawsAnywhere = (model: Model): boolean =>
  model.variables.some(
    (variable) => (variable.kind === 'let' || variable.kind === 'flow') && drawsIn(variable.value).length > 0,
  );

const basisDesign = (design: Design): Design => ({
  ...design,
  futures: Math.max(
    REPLICATES,
    Math.min(BASIS_FUTURES, Math.floor(design.futures / REPLICATES) * REPLICATES),
  ),
});
