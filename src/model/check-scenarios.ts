/** Scenarios: which inputs, levers and definitions a what-if holds fixed, and at what. */
import * as rational from '../base/rational.ts';
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { DefinitionDeclaration, ScenarioDeclaration } from '../language/tree.ts';
import { elementsOf, offsetOf, shapeOf } from './array-shape.ts';
import { constantIn } from './check-constant.ts';
import { isBeyondWhole, type LeverRange, showRange } from './check-levers.ts';
import { instantOnAxis } from './check-time.ts';
import type { CheckedVariable } from './check-variables.ts';
import { holdEvent } from './hold-event.ts';
import { type Force, isGiven, type Scenario } from './model.ts';
import { optionNumber } from './read-decision.ts';
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
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

type WrittenForce = ScenarioDeclaration['forces'][number];

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
    const forces: Force[] = [];
    for (const force of declaration.forces) {
      const read = readForce(bench, { variables, firstCells }, force);
      if (read.some(({ cell }) => forces.some((before) => before.cell === cell))) {
        report(bench, 'given-twice', force.name.span, {
          label: `\`${force.name.text}\` is held fixed above already`,
        });
        continue;
      }
      forces.push(...read);
    }
    return {
      name: name.text,
      label: label?.value ?? name.text,
      forces,
    };
  });
}

/** What a line holds: cells of an input, a lever or a decision, or a definition's first; nothing after a fault. */
export function readForce(
  bench: Workbench,
  { variables, firstCells }: Holding,
  force: WrittenForce,
): readonly Force[] {
  const { name, value: writtenValue } = force;
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const given = bench.variables.filter(
      ({ kind }) => isGiven(kind) || ['definition', 'decision', 'event'].includes(kind),
    );
    reportUnknown(
      bench,
      'name-unknown',
      name,
      given.map((header) => header.name),
      'input, lever, event, decision or definition',
    );
    return [];
  }
  const variable = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  const isPlain = variable?.declaration.kind === 'definition' || variable?.header.kind === 'decision';
  if (isPlain && writtenValue.kind === 'happens') {
    reportNoEvent(bench, name.text, variable.header.kind, writtenValue.span);
    return [];
  }
  if (entity.kind === 'variable' && variable?.declaration.kind === 'definition') {
    const cell = firstCells[entity.variable];
    const meaning = readMeaning(bench, variable.declaration, force);
    return cell === undefined || meaning === null ? [] : [{ cell, value: meaning, role: null }];
  }
  if (entity.kind === 'variable' && variable?.header.kind === 'decision')
    return holdOption(
      bench,
      variable.header,
      cellsHeld(bench, variable.header, firstCells[entity.variable], force),
      force,
    );
  if (entity.kind === 'variable' && variable?.header.kind === 'event') {
    if (writtenValue.kind === 'happens')
      return holdEvent(
        bench,
        cellsHeld(bench, variable.header, firstCells[entity.variable], force),
        writtenValue,
        force.from,
      );
    report(bench, 'event-not-held', writtenValue.span, {
      label: `\`${name.text}\` is an event`,
      hint: `Write \`${name.text} never\`, \`${name.text} always\` or \`${name.text} on DATE\`.`,
    });
    return [];
  }
  if (entity.kind !== 'variable' || variable === undefined || !isGiven(variable.header.kind)) {
    report(bench, 'scenario-not-input', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    });
    return [];
  }
  if (writtenValue.kind === 'happens') {
    reportNoEvent(bench, name.text, variable.header.kind, writtenValue.span);
    return [];
  }
  if (force.from !== null)
    report(bench, 'forcing-from', force.from.span, { label: `\`${name.text}\` is held from the beginning` });
  const value = constantIn(bench, writtenValue, variable.unit);
  if (value !== null && variable.unit.text === 'share' && isBeyondWhole(value)) {
    report(bench, 'share-out-of-range', writtenValue.span, { label: 'this is not between 0 % and 100 %' });
    return [];
  }
  if (value !== null && variable.body.kind === 'lever' && isBeyond(value, variable.body)) {
    report(bench, 'lever-outside-range', writtenValue.span, {
      label: `\`${name.text}\` can be set to ${showRange(variable.body, variable.unit)}`,
      related: [{ span: variable.header.span, label: 'declared here' }],
    });
    return [];
  }
  const cells = cellsHeld(bench, variable.header, firstCells[entity.variable], force);
  if (value === null) return [];
  return cells.map((cell): Force => ({ cell, value: rational.toNumber(value), role: null }));
}

function cellsHeld(
  bench: Workbench,
  header: VariableHeader,
  first: number | undefined,
  { name, elements: written }: WrittenForce,
): readonly number[] {
  const pattern = readElements(bench, name, header, written);
  // Without a first cell there is no layout: the model is too large, which is reported.
  if (pattern === null || first === undefined) return [];
  const shape = shapeOf(bench.groups, groupsOf(header));
  return elementsOf(shape, pattern).map((elements) => first + offsetOf(shape, elements));
}

/** An event's words behind the name of what is held at a value. */
function reportNoEvent(bench: Workbench, name: string, kind: string, span: Span): void {
  report(bench, 'event-not-held', span, {
    label: `\`${name}\` is ${kind === 'input' ? 'an input' : `a ${kind}`}`,
    hint: `Write \`${name} = ${kind === 'decision' ? 'OPTION' : kind === 'definition' ? 'MEANING' : 'VALUE'}\`.`,
  });
}

/** The option at which a decision is held, and from when on: where no date stands, from the beginning. */
function holdOption(
  bench: Workbench,
  header: VariableHeader,
  cells: readonly number[],
  { value, from }: WrittenForce,
): readonly Force[] {
  const { time } = bench;
  const written = value.kind === 'name' ? value.name : { text: quote(bench, value.span), span: value.span };
  const option = optionNumber(bench, header, written);
  const start =
    time === null
      ? null
      : from === null
        ? time.start
        : isBroken(bench, from.span)
          ? null
          : instantOnAxis(bench, time, from);
  if (option === null || start === null) return [];
  return cells.flatMap((cell): readonly Force[] => [
    { cell, value: option, role: 'option' },
    { cell, value: start, role: 'option from' },
  ]);
}

/** The number of the meaning at which a definition is held, for all of its elements. */
function readMeaning(
  bench: Workbench,
  { name, meanings }: DefinitionDeclaration,
  { elements, value }: WrittenForce,
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
