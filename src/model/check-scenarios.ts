/** Scenarios: which inputs, levers and definitions a what-if holds fixed, and at what. */
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { DefinitionDeclaration, ScenarioDeclaration } from '../language/tree.ts';
import { elementsOf, offsetOf, shapeOf } from './array-shape.ts';
import { constantIn } from './check-constant.ts';
import { isBeyondWhole, type LeverRange, showRange } from './check-levers.ts';
import type { CheckedVariable } from './check-variables.ts';
import { isGiven, type Scenario } from './model.ts';
import { readElements } from './read-elements.ts';
import {
  declarationsOf,
  declareName,
  describeEntity,
  groupsOf,
  isBroken,
  quote,
  report,
  reportUnknown,
  type Workbench,
} from './workbench.ts';

type Force = ScenarioDeclaration['forces'][number];

/** The variables that can be held, and where their cells begin. */
export type Holding = {
  readonly variables: readonly CheckedVariable[];
  readonly firstCells: readonly number[];
};

/** Declares the names of all scenarios; gives the declarations whose names were free. */
export function declareScenarios(bench: Workbench): readonly ScenarioDeclaration[] {
  return declarationsOf(bench, 'scenario').filter(({ name }) =>
    declareName(bench, { kind: 'scenario', name: name.text, span: name.span }),
  );
}

export function checkScenarios(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  firstCells: readonly number[],
  declarations: readonly ScenarioDeclaration[],
): readonly Scenario[] {
  return declarations.map((declaration) => {
    const { name, label } = declaration;
    if (declaration.forces.length === 0 && !isBroken(bench, declaration.span)) {
      report(bench, 'part-missing', name.span, {
        label: `\`${name.text}\` holds nothing fixed`,
        hint: 'Indent below it a line for each input that it holds: `name = value`.',
      });
    }
    const forces = new Map<number, number>();
    for (const force of declaration.forces) {
      const { cells, value } = readForce(bench, { variables, firstCells }, force);
      if (cells.some((cell) => forces.has(cell))) {
        report(bench, 'given-twice', force.name.span, {
          label: `\`${force.name.text}\` is held fixed above already`,
        });
        continue;
      }
      for (const cell of cells) forces.set(cell, value);
    }
    return {
      name: name.text,
      label: label?.value ?? name.text,
      forces: [...forces].map(([cell, value]) => ({ cell, value })),
    };
  });
}

const NOTHING = { cells: [], value: 0 } as const;

/** The cells of an input or lever, or a definition's first, and the value that they are held at; no cells after a fault. */
export function readForce(
  bench: Workbench,
  { variables, firstCells }: Holding,
  force: Force,
): { readonly cells: readonly number[]; readonly value: number } {
  const { name, elements: written, value: writtenValue } = force;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const given = bench.variables.filter(({ kind }) => isGiven(kind) || kind === 'definition');
    reportUnknown(
      bench,
      'name-unknown',
      name,
      given.map((header) => header.name),
      'input, lever or definition',
    );
    return NOTHING;
  }
  const variable = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  if (entity.kind === 'variable' && variable?.declaration.kind === 'definition') {
    const cell = firstCells[entity.variable];
    const meaning = readMeaning(bench, variable.declaration, force);
    return cell === undefined || meaning === null ? NOTHING : { cells: [cell], value: meaning };
  }
  if (entity.kind !== 'variable' || variable === undefined || !isGiven(variable.header.kind)) {
    report(bench, 'scenario-not-input', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return NOTHING;
  }
  if (force.from !== null)
    report(bench, 'forcing-from', force.from.span, { label: `\`${name.text}\` is held from the beginning` });
  const value = constantIn(bench, writtenValue, variable.unit);
  if (value !== null && variable.unit.text === 'share' && isBeyondWhole(value)) {
    report(bench, 'share-out-of-range', writtenValue.span, { label: 'this is not between 0 % and 100 %' });
    return NOTHING;
  }
  if (value !== null && variable.body.kind === 'lever' && isBeyond(value, variable.body)) {
    report(bench, 'lever-outside-range', writtenValue.span, {
      label: `\`${name.text}\` can be set to ${showRange(variable.body, variable.unit)}`,
      related: [{ span: variable.header.span, label: 'declared here' }],
    });
    return NOTHING;
  }
  const pattern = readElements(bench, name, variable.header, written);
  if (pattern === null || value === null) return NOTHING;
  const first = firstCells[entity.variable];
  // Without a first cell there is no layout: the model is too large, which is reported.
  if (first === undefined) return NOTHING;
  const shape = shapeOf(bench.groups, groupsOf(variable.header));
  const cells = elementsOf(shape, pattern).map((elements) => first + offsetOf(shape, elements));
  return { cells, value: rational.toNumber(value) };
}

/** The number of the meaning at which a definition is held, for all of its elements. */
function readMeaning(
  bench: Workbench,
  { name, meanings }: DefinitionDeclaration,
  { elements, value }: Force,
): number | null {
  const [element] = elements;
  if (element !== undefined) {
    report(bench, 'index-not-array', element.span, {
      label: `\`${name.text}\` means one thing for all of its elements`,
      hint: `Hold it as a whole: \`${name.text} = ${quote(bench, value.span)}\`.`,
    });
    return null;
  }
  const names = meanings.map(({ text }) => text);
  const meant = value.kind === 'name' ? value.name.text : null;
  const found = meant === null ? -1 : names.indexOf(meant);
  // A definition that could not be read may well have this meaning.
  if (found >= 0 || names.length === 0) return found >= 0 ? found : null;
  const nearest = meant === null ? null : suggest(meant, names);
  report(bench, 'meaning-unknown', value.span, {
    label: `\`${name.text}\` means ${names.map((one) => `\`${one}\``).join(' or ')}`,
    related: [{ span: name.span, label: 'declared here' }],
    hint:
      nearest === null
        ? `Write the name of one of its meanings: \`${name.text} = ${names[0]}\`.`
        : `Did you mean \`${nearest}\`?`,
  });
  return null;
}

const isBeyond = (value: rational.Rational, { low, high }: LeverRange): boolean =>
  rational.toNumber(value) < low || rational.toNumber(value) > high;
