/**
 * What a claim holds in one of its worlds. A single name or value is read as a scenario's line reads it; here is decided
 * what a claim may hold at all, and what is meant where the name is left out.
 */
import type { Expression, Name, WrittenForcing } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { type Holding, readForce } from './check-scenarios.ts';
import { isGiven, type Scenario } from './model.ts';
import type { Forcing } from './model-of-comparisons.ts';
import { describeEntity, report, reportUnknown, type Workbench } from './workbench.ts';

/** What forcings are made of. */
export type Holdable = Holding & { readonly scenarios: readonly Scenario[] };

/**
 * `first` is the other side's, where that may leave out its name; `from` is from when on decisions are held. Null after a
 * fault.
 */
export function checkForcing(
  bench: Workbench,
  holdable: Holdable,
  written: WrittenForcing,
  first: WrittenForcing | null = null,
  from: Expression | null = null,
): Forcing | null {
  switch (written.kind) {
    case 'as it is':
      return { text: 'as it is', forces: [] };
    case 'name':
      return checkScenarioName(bench, holdable, written.name);
    case 'value': {
      const { value, span } = written;
      const isScenario = value.kind === 'name' && bench.names.get(value.name.text)?.kind === 'scenario';
      if (written.name === null && isScenario) return checkScenarioName(bench, holdable, value.name);
      const named = written.name === null ? first : written;
      if (named?.kind !== 'value' || named.name === null) throw new Error('a value of nothing');
      const { name, elements } = named;
      const entity = bench.names.get(name.text);
      const kind = entity?.kind === 'variable' ? bench.variables[entity.variable]?.kind : undefined;
      const isDecided = kind === 'decision' || kind === 'event';
      if (entity !== undefined && !isGiven(kind) && !isDecided) {
        // Of a name that is left out the first side has told already.
        if (written.name !== null) refuse(bench, name, describeEntity(bench, entity), kind === 'definition');
        return null;
      }
      if (entity === undefined) {
        if (written.name !== null) {
          const given = bench.variables
            .filter((one) => isGiven(one.kind) || ['decision', 'event'].includes(one.kind))
            .map((one) => one.name);
          reportUnknown(bench, 'name-unknown', name, given, 'input, lever, event or decision');
        }
        return null;
      }
      const since = isDecided ? from : null;
      const forces = readForce(bench, holdable, { name, elements, value, from: since, span });
      if (forces.length === 0) return null;
      const brackets = elements.length === 0 ? '' : `[${elements.map(({ text }) => text).join(', ')}]`;
      return {
        text: `${name.text}${brackets}${value.kind === 'happens' ? '' : ' ='} ${quoted(bench.text, value.span)}`,
        forces,
      };
    }
  }
}

function checkScenarioName(
  bench: Workbench,
  { scenarios, variables, firstCells }: Holdable,
  name: Name,
): Forcing | null {
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const names = scenarios.map((one) => one.name);
    const otherwise = 'Declare it, or write `as it is` where nothing is held.';
    reportUnknown(bench, 'name-unknown', name, names, 'scenario', otherwise);
    return null;
  }
  const kind = entity.kind === 'variable' ? bench.variables[entity.variable]?.kind : undefined;
  if (isGiven(kind)) {
    report(bench, 'forcing-impossible', name.span, {
      label: `at what is \`${name.text}\` held?`,
      hint: `Write \`${name.text} = VALUE\`.`,
    });
    return null;
  }
  if (entity.kind !== 'scenario') {
    refuse(bench, name, describeEntity(bench, entity), kind === 'definition');
    return null;
  }
  // A scenario at fault is told of where it stands.
  const scenario = scenarios.find((one) => one.name === name.text);
  if (scenario === undefined || scenario.forces.length === 0) return null;
  const definition = variables.findIndex(
    ({ body }, number) =>
      body.kind === 'definition' && scenario.forces.some(({ cell }) => cell === firstCells[number]),
  );
  if (definition >= 0) {
    report(bench, 'forcing-impossible', name.span, {
      label: `the scenario \`${name.text}\` says what \`${variables[definition]?.header.name}\` means`,
      hint: 'Every meaning has a column of its own already: name a scenario that holds inputs and levers only.',
    });
    return null;
  }
  return { text: name.text, forces: scenario.forces };
}

function refuse(bench: Workbench, { text, span }: Name, what: string, isDefinition: boolean): void {
  report(bench, 'forcing-impossible', span, {
    label: `\`${text}\` is ${what}`,
    ...(isDefinition ? { hint: 'Every meaning of it has a column of its own already.' } : {}),
  });
}

/** The cells that two worlds hold differently: one at another value, or one at all. */
export function cellsApart(one: Forcing, other: Forcing): readonly number[] {
  const [first, second] = [one, other].map(
    ({ forces }) => new Map(forces.map(({ cell, value, role }) => [`${role} ${cell}`, { cell, value }])),
  );
  if (first === undefined || second === undefined) throw new Error('a world without its forces');
  const apart = [...new Set([...first.keys(), ...second.keys()])].filter(
    (key) => first.get(key)?.value !== second.get(key)?.value,
  );
  return [...new Set(apart.flatMap((key) => (first.get(key) ?? second.get(key))?.cell ?? []))];
}
