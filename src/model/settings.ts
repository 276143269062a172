/**
 * What a run may set beside the inputs' figures. Each setting becomes a slot of the program, so that forcing is data: a run
 * order holds the slot, and no engine knows what it stands for. A new kind of setting is added here and read where its
 * equations are lowered; everything between follows.
 */
import { isChancy } from './draw-sites.ts';
import type { Model } from './model.ts';

/**
 * By which a run holds a decision: at the option of a number, -1 for none, and from which instant on. And an event: how,
 * at the instant of which number if it is held on a date, and from which instant on.
 */
export type Held = 'option' | 'option from' | 'event' | 'event on' | 'event from';

/** How an event is held, by number from 1; 0 is free. */
export const HELD_EVENTS = ['never', 'on', 'always'] as const;

/** A number that a model has beside its cells, the same in all futures of a run. */
export type Setting = {
  /** `chance`: how often the draws of a variable are made anew, 0 or 1. */
  readonly kind: 'chance' | Held;
  /** Number of the variable that it belongs to. */
  readonly variable: number;
  /** Its cell; the first one where the setting goes over all of them. */
  readonly cell: number;
  readonly name: string;
  /** How it stands unless a run order holds it. */
  readonly value: number;
};

/** Numbers of the variables that draw: the streams of chance that a run can draw anew one by one. */
export const chancyVariables = ({ variables }: Pick<Model, 'variables'>): readonly number[] =>
  variables.flatMap((variable, number) => (isChancy(variable) ? [number] : []));

/** All settings of a model, in the order in which their slots stand behind those of the cells. */
export const settingsOf = (model: Pick<Model, 'variables' | 'cells' | 'time'>): readonly Setting[] => [
  ...chancyVariables(model).map(
    (variable): Setting => ({
      kind: 'chance',
      variable,
      cell: model.variables[variable]?.firstCell ?? -1,
      name: `draws of ${model.variables[variable]?.name}`,
      value: 0,
    }),
  ),
  ...model.cells.flatMap(({ name, variable }, cell): readonly Setting[] =>
    model.variables[variable]?.kind === 'event'
      ? [
          { kind: 'event', variable, cell, name: `${name} held`, value: 0 },
          { kind: 'event on', variable, cell, name: `${name} held on`, value: 0 },
          { kind: 'event from', variable, cell, name: `${name} held from`, value: model.time.start },
        ]
      : model.variables[variable]?.kind === 'decision'
        ? [
            { kind: 'option', variable, cell, name: `${name} held`, value: -1 },
            { kind: 'option from', variable, cell, name: `${name} held from`, value: model.time.start },
          ]
        : [],
  ),
];

/**
 * Where a lever stands unless a scenario moves it, and what a definition means unless told otherwise; null where the
 * cell has no slot, or takes a figure.
 */
export function settingAt(model: Pick<Model, 'variables' | 'cells'>, cell: number): number | null {
  const variable = model.variables[model.cells[cell]?.variable ?? -1];
  if (variable?.kind === 'definition') return variable.firstCell === cell ? 0 : null;
  return variable?.kind === 'lever' ? variable.value : null;
}
