/** What was given to one future, as its reader would put it: by name, in declared units, and by whom. */
import { formatDate } from '../base/calendar.ts';
import * as rational from '../base/rational.ts';
import type { Choice, Model } from '../model/model.ts';
import { showInstant } from '../model/show-instant.ts';
import type { Program } from '../program/program.ts';
import type { ViewpointPlan } from './plan.ts';
import { estimatesOf } from './viewpoint-order.ts';

/** One value that was given; of an input with dates, one for each of them. */
export type GivenInput = {
  /** `census[child]`. */
  readonly name: string;
  readonly label: string;
  /** The instant from or at which it has this value, where it changes with time. */
  readonly at: string | null;
  readonly value: number;
  readonly unit: string;
  /** Who says it: the title of the source with its date, `assumed`, `scenario thrift`, `default` or `calibrated`. */
  readonly by: string;
  /** Whether it was drawn from a range, or solved for within one. */
  readonly drawn: boolean;
};

const CALIBRATED = 'calibrated';

type Held = Pick<ViewpointPlan, 'viewpoint' | 'order'> & { readonly scenario: string | null };

/** What definitions mean and what else a run may set is no input and is left out. `given` is in the order of the program's `givenRegisters`. */
export function describeInputs(
  model: Model,
  program: Program,
  { viewpoint, order, scenario }: Held,
  given: Float64Array,
): readonly GivenInput[] {
  const choices = new Map(viewpoint.choices.map((choice) => [choice.cell, choice]));
  const held = new Set(order.forced.map(({ slot }) => slot));
  const solved = new Set(order.fit?.calibrations.map(({ slot }) => slot));
  let place = 0;
  return program.inputs.flatMap(({ role, cell, name, knots }, slot): readonly GivenInput[] => {
    const values = given.subarray(place, place + Math.max(1, knots.length));
    place += values.length;
    if (role !== 'value') return [];
    const variable = model.variables[model.cells[cell]?.variable ?? -1];
    if (variable === undefined) throw new Error('an input without its variable');
    const factor = rational.toNumber(variable.unit.factor);
    const { label, unit } = variable;
    const dates = variable.kind === 'input' && !held.has(slot) ? (variable.dates?.knots ?? []) : [];
    const by = held.has(slot)
      ? `scenario ${scenario ?? ''}`.trimEnd()
      : solved.has(slot)
        ? CALIBRATED
        : speakerOf(model, choices.get(cell));
    const figure = order.figures[slot];
    // What is held is the same at all its dates.
    return Array.from(values.subarray(0, Math.max(1, dates.length)), (value, knot): GivenInput => {
      const date = dates[knot];
      const own = figure?.kind === 'dated' ? figure.knots[knot] : figure;
      return {
        name,
        label,
        at: date === undefined ? null : showInstant(model.time, date),
        value: value / factor,
        unit: unit.text,
        by,
        drawn: !held.has(slot) && own?.kind !== 'point',
      };
    });
  });
}

/** `name`, or `name at 2024-04-01`. */
export const givenName = ({ name, at }: Pick<GivenInput, 'name' | 'at'>): string =>
  at === null ? name : `${name} at ${at}`;

function speakerOf(model: Model, choice: Choice | undefined): string {
  if (choice === undefined) return 'default';
  const source = estimatesOf(model, choice.cell)[choice.estimate]?.source;
  const speaker = source == null ? undefined : model.sources[source];
  if (speaker === undefined) return 'assumed';
  return speaker.date === null ? speaker.title : `${speaker.title}, ${formatDate(speaker.date)}`;
}
