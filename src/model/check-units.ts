/**
 * Units: those that every model has, and those that the text declares. A derived unit may stand on units that are
 * declared below it, so they are worked out in the order of what they stand on; a circle of them is one fault.
 */
import * as rational from '../base/rational.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import type { UnitDeclaration } from '../language/tree.ts';
import { constantOf, namesIn } from './check-constant.ts';
import { NUMBER, NUMBER_WORDS, PREDEFINED_UNITS, TIME, type Unit } from './units.ts';
import { declarationsOf, declareName, report, type Workbench } from './workbench.ts';

/** Letters that multiply the number before them. */
const SUFFIXES: readonly string[] = ['k', 'M', 'G'];

export function checkUnits(bench: Workbench): void {
  for (const { name, days } of PREDEFINED_UNITS) {
    bench.units.set(name, { text: name, dimension: TIME, factor: days });
    bench.names.set(name, { kind: 'unit', name, span: null });
  }
  for (const name of NUMBER_WORDS) {
    bench.units.set(name, { ...NUMBER, text: name });
    bench.names.set(name, { kind: 'unit', name, span: null });
  }
  const declared = declarationsOf(bench, 'unit').filter(({ name }) => {
    // Directly behind a number such a letter is its suffix, so a unit of that name could never be written.
    if (SUFFIXES.includes(name.text)) {
      report(bench, 'name-reserved', name.span, {
        label: `\`400${name.text}\` is a number: \`${name.text}\` behind a number multiplies it`,
      });
    }
    return declareName(bench, { kind: 'unit', name: name.text, span: name.span });
  });
  const derived: UnitDeclaration[] = [];
  for (const declaration of declared) {
    const { text } = declaration.name;
    if (declaration.definition === null) {
      const dimension = [{ base: text, power: rational.ONE }];
      bench.units.set(text, { text, dimension, factor: rational.ONE });
    } else derived.push(declaration);
  }
  const numbers = new Map(derived.map(({ name }, number) => [name.text, number]));
  const parts = derived.map(({ definition }) =>
    definition === null ? [] : namesIn(definition).flatMap((name) => numbers.get(name) ?? []),
  );
  for (const component of stronglyConnected(derived.length, (number) => parts[number] ?? [])) {
    const circle = component.toSorted((a, b) => a - b).flatMap((number) => derived[number] ?? []);
    const [only] = circle;
    if (only === undefined) continue;
    if (circle.length > 1 || parts[component[0] ?? -1]?.includes(component[0] ?? -1)) refuse(bench, circle);
    else bench.units.set(only.name.text, derive(bench, only));
  }
}

/** Units that every unit of the circle leads back to; what stands on one of them is left without a message. */
function refuse(bench: Workbench, circle: readonly UnitDeclaration[]): void {
  for (const { name } of circle) bench.units.set(name.text, null);
  const [first, ...others] = circle;
  if (first === undefined) return;
  report(bench, 'unit-circle', first.name.span, {
    label: `\`${first.name.text}\` leads back to itself`,
    related: others.slice(0, 5).map(({ name }) => ({ span: name.span, label: `through \`${name.text}\`` })),
    hint: `Declare one of them as a base unit: \`unit ${first.name.text}\`.`,
  });
}

function derive(bench: Workbench, { name, definition }: UnitDeclaration): Unit | null {
  const constant = definition === null ? null : constantOf(bench, definition);
  if (constant === null || definition === null) return null;
  if (constant.value.n > 0n)
    return { text: name.text, dimension: constant.dimension, factor: constant.value };
  report(bench, 'unit-not-positive', definition.span, { label: 'this is not above zero' });
  return null;
}
