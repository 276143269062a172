/**
 * Which runs a model's claims need. One pass serves all claims and measures of a viewpoint; for the basis each uncertain
 * input that a claim hangs on is redrawn apart.
 */
import type { Design, DesignKind } from '../engine/design.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import type { ClaimForm, Model, Scenario, Viewpoint } from '../model/model.ts';
import { chancyVariables } from '../model/settings.ts';
import type { Program } from '../program/program.ts';
import { AS_IT_IS, slotsHeld } from './arms.ts';
import { isCompared, worldsOf } from './compared-worlds.ts';
import { fitOf } from './fit-of.ts';
import {
  type Allowed,
  allowedMeanings,
  forcedMeanings,
  keyOf,
  type Meanings,
  meaningsOfRun,
  type Narrowing,
  neededMeanings,
} from './meanings.ts';
import { type BasisPlan, planBasis } from './plan-basis.ts';
import { MOST_INSTANTS, thinned } from './summarise-bands.ts';
import { correlationsOf, figuresOf, uncertainSlots } from './viewpoint-order.ts';

export type Question = {
  readonly runs: number;
  readonly seed: number;
  readonly design: DesignKind;
  readonly scenario: Scenario | null;
  /** The meanings to which columns are narrowed; of a definition that is not named, all of them. */
  readonly definitions: Narrowing['definitions'];
  /** Viewpoints by name; null for all but the hindsight columns. */
  readonly viewpoints: readonly string[] | null;
  /** Whether the hindsight columns are wanted beside them. */
  readonly hindsight: boolean;
  /**
   * Number of the only claim that is wanted. Its answers are those of the whole run: as many futures are run under each
   * viewpoint, and only what other claims ask for beside these is left out.
   */
  readonly claim?: number;
  /** Variables whose course is wanted as bands. */
  readonly bands?: readonly WantedBand[];
};

/** A variable by its number in the program's `variables`, and the definitions that it hangs on. */
export type WantedBand = { readonly variable: number; readonly definitions: readonly number[] };

/** One run: a viewpoint, under one combination of what the definitions mean. */
export type ViewpointPlan = {
  readonly viewpoint: Viewpoint;
  readonly meanings: Meanings;
  /** Numbers of the claims whose columns are read off this run. */
  readonly claims: readonly number[];
  /** The variables whose bands are read off it. */
  readonly bands: readonly WantedBand[];
  readonly order: RunOrder;
  /** Nothing is drawn: all futures are one, and one is run. */
  readonly certain: boolean;
  /** How many of its claims compare worlds, asked for or not. */
  readonly comparisons: number;
  /** How many of its claims rank what they hang on, asked for or not. */
  readonly rankings: number;
  /** The smaller ensemble that redrawn ones are compared with; null where no basis is in question. */
  readonly basis: BasisPlan | null;
};

export function planRuns(model: Model, program: Program, question: Question): readonly ViewpointPlan[] {
  const allowed = allowedMeanings(model, question);
  const wantedBands = question.bands ?? [];
  const combinations = neededMeanings(model, allowed, wantedBands);
  const instants = thinned(program.time.steps, MOST_INSTANTS);
  // A scenario that holds a definition has narrowed its meanings to one.
  const definitionCells = new Set([...allowed.keys()].map((number) => model.variables[number]?.firstCell));
  const held = slotsHeld(program, question.scenario?.forces ?? []).filter(
    ({ slot }) => !definitionCells.has(program.inputs[slot]?.cell),
  );
  const correlations = correlationsOf(model, program);
  const wanted = model.viewpoints.filter(
    ({ name, hindsight }) =>
      (question.viewpoints?.includes(name) ?? !hindsight) || (question.hindsight && hindsight),
  );
  return wanted.flatMap((viewpoint) => {
    const figures = figuresOf(model, viewpoint);
    const drawn: Design = { kind: question.design, futures: question.runs, seed: question.seed };
    const allCells = program.inputs.map(({ cell }) => cell);
    // A likelihood counts occurrences, of which one future has too few to say anything.
    const certain =
      uncertainSlots(program, figures, held, allCells).length === 0 &&
      // What is calibrated is so in the world as it is, in which a scenario holds nothing.
      (program.fits.calibrations.length === 0 ||
        uncertainSlots(program, figures, [], allCells).length === 0) &&
      // Where anything draws, futures differ though every figure is exact.
      chancyVariables(model).length === 0 &&
      !model.claims.some((claim) => claim.form.kind === 'likelihood');
    const design: Design = certain ? { ...drawn, kind: 'monte-carlo', futures: 1 } : drawn;
    return combinations.map((meanings): ViewpointPlan => {
      const meant = forcedMeanings(model, program, meanings);
      const forced = [...held, ...meant];
      const order: RunOrder = {
        program,
        design,
        figures,
        forced,
        redrawn: [],
        correlations,
        ...fitOf(program, figures, meant),
      };
      const claims = claimsReadOff(model, allowed, meanings);
      const bands = wantedBands.filter(({ definitions }) => isReadOff(definitions, allowed, meanings));
      const keep = { variables: bands.map(({ variable }) => variable), instants };
      return {
        viewpoint,
        meanings,
        claims,
        bands,
        order: bands.length === 0 ? order : { ...order, keep },
        certain,
        comparisons: countForms(model, claims, isCompared),
        rankings: countForms(model, claims, ({ kind }) => kind === 'importance'),
        basis: planBasis(model, claims, meanings, order, armsAmong(model, claims, order)),
      };
    });
  });
}

const countForms = (model: Model, claims: readonly number[], isMeant: (form: ClaimForm) => boolean): number =>
  claims.filter((number) => {
    const form = model.claims[number]?.form;
    return form !== undefined && isMeant(form);
  }).length;

/** Distinct worlds, those of several claims once. */
function armsAmong(model: Model, claims: readonly number[], order: RunOrder): number {
  const worlds = claims.flatMap((number) => {
    const form = model.claims[number]?.form;
    return form !== undefined && isCompared(form) ? worldsOf(form, order) : [];
  });
  return new Set(worlds.map(({ arm }) => arm.key).filter((key) => key !== AS_IT_IS.key)).size;
}

/** A claim's own definitions are as the run has them, and all others at their first meaning. */
const claimsReadOff = (model: Model, allowed: Allowed, meanings: Meanings): readonly number[] =>
  model.claims.flatMap(({ definitions }, number) =>
    isReadOff(definitions, allowed, meanings) ? [number] : [],
  );

function isReadOff(definitions: readonly number[], allowed: Allowed, meanings: Meanings): boolean {
  const own = definitions.map((definition) => meanings.get(definition) ?? 0);
  return keyOf(meaningsOfRun(allowed, definitions, own)) === keyOf(meanings);
}
