/**
 * Definitions in a run: which of their meanings are asked for, which combinations of them the claims and measures need,
 * and how a column is called. A run is one viewpoint under one combination; what a claim does not hang on stands at its
 * first meaning there, so that claims share runs.
 */
import type { RunOrder } from '../engine/ensemble.ts';
import type { Claim, Measure, Model, Scenario, Sense } from '../model/model.ts';
import type { Program } from '../program/program.ts';

/** By number of a definition in the model's variables, the number of a meaning. */
export type Meanings = ReadonlyMap<number, number>;
/** The meanings that are asked for, of every definition of the model, in the order of the text. */
export type Allowed = ReadonlyMap<number, readonly number[]>;

export type Narrowing = {
  readonly scenario: Scenario | null;
  /** `--definition`: only these meanings, by the numbers of the definition and the meaning. */
  readonly definitions: readonly { readonly definition: number; readonly meaning: number }[];
};

export function allowedMeanings(model: Model, { scenario, definitions }: Narrowing): Allowed {
  const allowed = new Map<number, readonly number[]>();
  model.variables.forEach((variable, number) => {
    if (variable.kind !== 'definition') return;
    const held = scenario?.forces.find(({ cell }) => cell === variable.firstCell);
    const wanted = definitions.flatMap((one) => (one.definition === number ? [one.meaning] : []));
    const all = variable.meanings.map((_, meaning) => meaning);
    if (held !== undefined) allowed.set(number, [held.value]);
    else allowed.set(number, wanted.length === 0 ? all : all.filter((one) => wanted.includes(one)));
  });
  return allowed;
}

/** The senses of a claim that are asked for. */
export const sensesAsked = ({ definitions, senses }: Claim, allowed: Allowed): readonly Sense[] =>
  senses.filter(({ meanings }) =>
    meanings.every((meaning, at) => allowed.get(definitions[at] ?? -1)?.includes(meaning) === true),
  );

/** What every definition of the model means in the run that a combination is read off. */
export function meaningsOfRun(
  allowed: Allowed,
  definitions: readonly number[],
  meanings: readonly number[],
): Meanings {
  const chosen = new Map(definitions.map((definition, at) => [definition, meanings[at] ?? 0]));
  return new Map(
    [...allowed].map(([definition, [first]]) => [definition, chosen.get(definition) ?? first ?? 0]),
  );
}

export const keyOf = (meanings: Meanings): string =>
  [...meanings].map(([definition, meaning]) => `${definition}=${meaning}`).join();

/** The combinations that are run under every viewpoint, the one of all first meanings before the others. */
export function neededMeanings(
  model: Model,
  allowed: Allowed,
  others: readonly { readonly definitions: readonly number[] }[] = [],
): readonly Meanings[] {
  const needed = new Map<string, Meanings>();
  const need = (meanings: Meanings): void => {
    needed.set(keyOf(meanings), meanings);
  };
  need(meaningsOfRun(allowed, [], []));
  for (const claim of model.claims)
    for (const { meanings } of sensesAsked(claim, allowed))
      need(meaningsOfRun(allowed, claim.definitions, meanings));
  for (const measure of [...model.measures, ...others])
    for (const meanings of combinationsAsked(measure, allowed))
      need(meaningsOfRun(allowed, measure.definitions, meanings));
  return [...needed.values()];
}

/** The combinations of meanings under which a measure is shown. */
export const combinationsAsked = (
  { definitions }: Pick<Measure, 'definitions'>,
  allowed: Allowed,
): readonly (readonly number[])[] =>
  definitions.reduce<readonly (readonly number[])[]>(
    (before, definition) =>
      before.flatMap((meanings) => (allowed.get(definition) ?? []).map((meaning) => [...meanings, meaning])),
    [[]],
  );

/** The sense that a claim has in a run. */
export function senseIn({ definitions, senses }: Claim, meanings: Meanings): Sense {
  const found = senses.find((sense) =>
    sense.meanings.every((meaning, at) => meanings.get(definitions[at] ?? -1) === meaning),
  );
  if (found === undefined) throw new Error('a run under no sense of a claim');
  return found;
}

/** Definitions and their meanings by name. */
export function namedMeanings(
  { variables }: Model,
  definitions: readonly number[],
  meanings: readonly number[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    definitions.map((number, at) => {
      const definition = variables[number];
      if (definition?.kind !== 'definition') throw new Error('a definition that is none');
      const meaning = definition.meanings[meanings[at] ?? 0];
      return [definition.name, variables[meaning ?? -1]?.name ?? ''];
    }),
  );
}

/** `West`, or `West, defeat: by_fire`. */
export const columnName = (viewpoint: string, definitions: Readonly<Record<string, string>>): string =>
  [viewpoint, ...Object.entries(definitions).map(([name, meaning]) => `${name}: ${meaning}`)].join(', ');

/** The slots of the definitions, held at their meanings. */
export const forcedMeanings = (model: Model, program: Program, meanings: Meanings): RunOrder['forced'] =>
  [...meanings].map(([definition, value]) => {
    const cell = model.variables[definition]?.firstCell;
    const slot = program.inputs.findIndex((input) => input.cell === cell);
    if (slot < 0) throw new Error('a definition without its slot');
    return { slot, value };
  });
