/**
 * Definitions: rival meanings of one name. Each meaning is the plain name of a variable, so that it has a name of its own
 * in every answer; and all of them are alike, so that whatever reads the definition may read any of them.
 */
import { MAXIMUM_COMBINATIONS } from '../base/limits.ts';
import { formatCount } from '../base/number-format.ts';
import type { Span } from '../base/span.ts';
import type { DefinitionDeclaration, Name } from '../language/tree.ts';
import type { Expression, Type } from './expression.ts';
import { sameDimension } from './units.ts';
import {
  describeEntity,
  formatType,
  groupsOf,
  report,
  reportUnknown,
  UNKNOWN,
  type VariableHeader,
  type Workbench,
} from './workbench.ts';

/** A meaning that could be found. */
type Meaning = { readonly name: Name; readonly variable: number; readonly header: VariableHeader };

/** What a definition reads; a constant without a type after a fault. */
export function checkMeanings(
  bench: Workbench,
  declaration: DefinitionDeclaration,
  header: VariableHeader,
  definition: number,
): Expression {
  const { name, meanings: names } = declaration;
  const fault: Expression = { kind: 'constant', value: 0, type: UNKNOWN, span: name.span };
  const found = names.flatMap((one) => meaningOf(bench, one) ?? []);
  for (const [at, { text, span }] of names.entries()) {
    if (names.findIndex((other) => other.text === text) === at) continue;
    report(bench, 'given-twice', span, { label: `\`${text}\` stands here already` });
    return fault;
  }
  const [first] = found;
  if (first === undefined || found.length < names.length) return fault;
  if (header.isShapeless || found.some((one) => one.header.isShapeless)) return fault;
  const typeOf = (one: Meaning): Type => one.header.type ?? bench.inferLet(one.variable);
  const type = found.map(typeOf).find(({ kind }) => kind !== 'unknown') ?? UNKNOWN;
  if (!areAlike(bench, found, typeOf) || !fitsHeading(bench, declaration, header, first, type)) return fault;
  const meanings = found.map(
    (one): Expression => ({
      kind: 'variable',
      variable: one.variable,
      indices: header.axes.map((_, loop) => ({ kind: 'each', loop })),
      asked: false,
      type,
      span: one.name.span,
    }),
  );
  return { kind: 'meant', definition, meanings, type, span: name.span };
}

/** The numbers of the variables that a definition chooses between. */
export const meaningsOf = (value: Expression): readonly number[] =>
  value.kind === 'meant'
    ? value.meanings.flatMap((one) => (one.kind === 'variable' ? [one.variable] : []))
    : [];

function meaningOf(bench: Workbench, name: Name): Meaning | null {
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const variables = bench.variables.map((header) => header.name);
    reportUnknown(bench, 'name-unknown', name, variables, 'variable');
    return null;
  }
  const header = entity.kind === 'variable' ? bench.variables[entity.variable] : undefined;
  // What stands between two actors is read for a pair, and which option stands is no number.
  const isOther = header?.kind === 'decision' || header?.kind === 'tie';
  if (entity.kind === 'variable' && header !== undefined && header.kind !== 'definition' && !isOther)
    return { name, variable: entity.variable, header };
  report(bench, 'definition-meaning', name.span, {
    label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
    ...(header?.kind === 'definition'
      ? { hint: 'Name in its place the variables that it chooses between.' }
      : {}),
  });
  return null;
}

function areAlike(
  bench: Workbench,
  [first, ...others]: readonly Meaning[],
  typeOf: (one: Meaning) => Type,
): boolean {
  if (first === undefined) return true;
  for (const other of others) {
    const [one, another] = [typeOf(first), typeOf(other)];
    const differs = !sameGroups(first.header, other.header)
      ? ([groupWords(bench, first.header), groupWords(bench, other.header)] as const)
      : !sameType(one, another)
        ? ([unitWords(first.header, one), unitWords(other.header, another)] as const)
        : null;
    if (differs === null) continue;
    const tell = ({ name }: Meaning, words: string): string => `\`${name.text}\` ${words}`;
    report(bench, 'definition-unlike', other.name.span, {
      label: tell(other, differs[1]),
      related: [{ span: first.name.span, label: tell(first, differs[0]) }],
    });
    return false;
  }
  return true;
}

/** Unit and groups may stand in the heading, and then say what its meanings are. */
function fitsHeading(
  bench: Workbench,
  { name, unit }: DefinitionDeclaration,
  header: VariableHeader,
  first: Meaning,
  type: Type,
): boolean {
  const related = (words: string) => [
    { span: first.name.span, label: `but \`${first.name.text}\` ${words}` },
  ];
  if (!sameGroups(header, first.header)) {
    const groups = groupNames(bench, first.header);
    report(bench, 'definition-unlike', name.span, {
      label: `\`${name.text}\` ${groupWords(bench, header)}`,
      related: related(groupWords(bench, first.header)),
      hint: `Declare it over the groups of its meanings: \`definition ${name.text}${groups.length === 0 ? '' : `[${groups.join(', ')}]`} = …\`.`,
    });
    return false;
  }
  if (unit === null || header.type === null || sameType(header.type, type)) return true;
  report(bench, 'definition-unlike', unit.span, {
    label: `\`${name.text}\` is declared ${unitWords(header, header.type).replace(/^is /, '')}`,
    related: related(unitWords(first.header, type)),
    hint: 'A definition has the unit of its meanings: leave the unit out, or write theirs.',
  });
  // What reads it would be told of a unit that is not meant.
  header.type = UNKNOWN;
  return false;
}

function sameType(one: Type, other: Type): boolean {
  if (one.kind === 'unknown' || other.kind === 'unknown') return true;
  if (one.kind !== 'quantity' || other.kind !== 'quantity') return one.kind === other.kind;
  return sameDimension(one.dimension, other.dimension);
}

const sameGroups = (one: VariableHeader, other: VariableHeader): boolean =>
  groupsOf(one).join() === groupsOf(other).join();

function unitWords({ unit }: VariableHeader, type: Type): string {
  if (type.kind === 'boolean') return 'is a yes or no';
  const text = unit?.text || formatType(type);
  return type.kind === 'quantity' && type.dimension.length === 0 ? 'is a plain number' : `is in ${text}`;
}

const groupNames = (bench: Workbench, header: VariableHeader): readonly string[] =>
  groupsOf(header).map((group) => bench.groups[group ?? -1]?.name ?? '');

function groupWords(bench: Workbench, header: VariableHeader): string {
  const names = groupNames(bench, header);
  return names.length === 0 ? 'is a single value' : `goes over ${names.join(' and ')}`;
}

/**
 * Every combination of one meaning each, the last definition's changing fastest; null, and a report, where there are too
 * many. `counts` says how many meanings each definition has.
 */
export function combinationsOf(
  bench: Workbench,
  counts: readonly number[],
  name: string,
  span: Span,
): readonly (readonly number[])[] | null {
  const total = counts.reduce((product, count) => product * count, 1);
  if (total > MAXIMUM_COMBINATIONS) {
    report(bench, 'definition-too-many', span, {
      label: `\`${name}\` hangs on ${counts.length} ${counts.length === 1 ? 'definition' : 'definitions'} with ${formatCount(total)} combinations of meanings; the limit is ${MAXIMUM_COMBINATIONS}`,
    });
    return null;
  }
  return counts.reduce<readonly (readonly number[])[]>(
    (before, count) =>
      before.flatMap((meanings) => Array.from({ length: count }, (_, meaning) => [...meanings, meaning])),
    [[]],
  );
}
