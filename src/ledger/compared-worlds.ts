/** Which worlds a claim compares under a viewpoint: those that its runs are planned for, and that it is judged from. */

import type { Distribution } from '../base/distribution.ts';
import { type Figure, isFixed, type KnotFigure, quantileAt } from '../base/figure.ts';
import type { RunOrder } from '../engine/ensemble.ts';
import type { ClaimForm } from '../model/model.ts';
import type { EffectForm, Forcing, IrrelevanceForm } from '../model/model-of-comparisons.ts';
import type { Program } from '../program/program.ts';
import { type Arm, AS_IT_IS, armOf, slotsHeld } from './arms.ts';

/** Forms that are judged by comparing worlds. */
export type ComparedForm = EffectForm | IrrelevanceForm;

export const isCompared = (form: ClaimForm): form is ComparedForm =>
  form.kind === 'effect' || form.kind === 'irrelevance';

export type World = { readonly name: string; readonly arm: Arm };

/** An effect's two worlds; of irrelevance the states, and the run as it is behind them. None where nothing has to be run. */
export function worldsOf(
  form: ComparedForm,
  { program, figures }: Pick<RunOrder, 'program' | 'figures'>,
): readonly World[] {
  switch (form.kind) {
    case 'effect':
      return [worldOf(program, form.first), worldOf(program, form.second)];
    case 'irrelevance': {
      if (form.measures.every(({ isReached }) => !isReached)) return [];
      const { moved } = form;
      const states =
        moved.kind === 'states'
          ? moved.states.map((state) => worldOf(program, state))
          : quantileWorlds({ figures }, moved.name, slotsOf(program, moved.cells));
      return [...states, { name: 'as it is', arm: AS_IT_IS }];
    }
  }
}

export const worldOf = (program: Program, { text, forces }: Forcing): World => ({
  name: text,
  arm: armOf({ forced: slotsHeld(program, forces) }),
});

/** The shares of a figure at which an input counts as low and as high: the ends of a 90 % interval. */
const QUANTILES: readonly (readonly [number, string])[] = [
  [0.05, '5 %'],
  [0.95, '95 %'],
];

/** The worlds in which inputs stand low, and high. */
export function quantileWorlds(
  { figures }: Pick<RunOrder, 'figures'>,
  name: string,
  slots: readonly number[],
): readonly [World, World] {
  const [low, high] = QUANTILES.map(([u, share]) => ({
    name: `${name} at its ${share}`,
    arm: quantileArm(figures, slots, u),
  }));
  if (low === undefined || high === undefined) throw new Error('an input without its ends');
  return [low, high];
}

function slotsOf({ inputs }: Program, cells: readonly number[]): readonly number[] {
  const wanted = new Set(cells);
  return inputs.flatMap(({ cell }, slot) => (wanted.has(cell) ? [slot] : []));
}

/** Every one of the inputs at one share of the figure that it has here; what has dates, at each of them. */
function quantileArm(figures: readonly Figure[], slots: readonly number[], u: number): Arm {
  const point = (figure: KnotFigure): Distribution => ({ kind: 'point', value: quantileAt(figure, u) });
  return armOf({
    figures: slots.map((slot) => {
      const figure = figures[slot];
      if (figure === undefined) throw new Error('an input without its figure');
      return {
        slot,
        figure: figure.kind === 'dated' ? { kind: 'dated', knots: figure.knots.map(point) } : point(figure),
      };
    }),
  });
}

/** Why the worlds of a claim are one under this viewpoint; empty where they are several. */
export function whyOneWorld(
  form: ComparedForm,
  { program, figures }: Pick<RunOrder, 'program' | 'figures'>,
): string {
  if (form.kind !== 'irrelevance' || form.moved.kind !== 'inputs') return '';
  const { name, cells } = form.moved;
  const isVaried = slotsOf(program, cells).some((slot) => {
    const figure = figures[slot];
    return figure !== undefined && !isFixed(figure);
  });
  return isVaried ? '' : `${name} has no range here`;
}
