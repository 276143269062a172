/** What quantities are made of and asked under: units, groups with their elements, actors, scenarios, factors. */
import * as rational from '../base/rational.ts';
import type { Declaration, Tree } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { behind, causalMap } from './causal-map.ts';
import type { Asked, Explain } from './explain-name.ts';
import type { Explanation } from './explanation.ts';
import { declaredMeasures, type Model } from './model.ts';
import { formatDimension, PREDEFINED_UNITS } from './units.ts';

export const frameNames = ({ groups, scenarios, factors, units }: Model, tree: Tree): readonly string[] => [
  ...new Set([
    ...units.map(({ text }) => text),
    ...tree.declarations.flatMap((one) => (one.kind === 'actor' ? [one.name.text] : [])),
    ...groups.map(({ name }) => name),
    ...groups.flatMap(({ members }) => members.map(({ name }) => name)),
    ...scenarios.map(({ name }) => name),
    ...factors.map(({ name }) => name),
  ]),
];

export function explainFrame(asked: Asked, explain: Explain): readonly Explanation[] {
  const { model, tree, name } = asked;
  const declared = tree.declarations.flatMap((declaration): readonly Explanation[] => {
    if (!('name' in declaration) || declaration.name.text !== name) return [];
    const found = { name, span: declaration.name.span };
    switch (declaration.kind) {
      case 'unit':
        return [explain(found, { kind: 'unit', label: name, unit: null, relations: unitRelations(asked) })];
      case 'actor': {
        const { code, label } = declaration;
        return [
          explain(found, {
            kind: 'actor',
            label: label?.value ?? name,
            unit: null,
            relations: [
              ...(code === null ? [] : [{ word: 'code', names: [code.text] }]),
              ...relation('in group', groupsWith(asked)),
              ...relation('decides', deciding(asked, 'by')),
              ...relation('consents to', deciding(asked, 'with')),
              ...elementRelations(asked),
            ],
          }),
        ];
      }
      case 'group':
        return [
          explain(found, {
            kind: 'group',
            label: name,
            unit: null,
            written: [],
            relations: groupRelations(asked),
          }),
        ];
      case 'scenario':
        return [
          explain(found, {
            kind: 'scenario',
            label: declaration.label?.value ?? name,
            unit: null,
            relations: scenarioRelations(asked, declaration),
          }),
        ];
      case 'factor': {
        const claims = asking(model, name);
        const relations = [
          ...relation(
            'holds',
            declaration.members.map((member) => member.text),
          ),
          ...relation('compared in', claims),
        ];
        const label = declaration.label?.value ?? name;
        return [explain(found, { kind: 'factor', label, unit: null, relations })];
      }
      default:
        return [];
    }
  });
  return declared.length > 0 ? declared : [...builtInUnit(asked, explain), ...plainElement(asked, explain)];
}

/** The decisions that an actor makes, or those that need its consent. */
const deciding = ({ tree, name }: Asked, word: 'by' | 'with'): readonly string[] =>
  tree.declarations.flatMap((one) =>
    one.kind === 'decision' && one[word]?.text === name ? [one.name.text] : [],
  );

/** The claims of importance in which a factor is compared with others. */
const asking = ({ claims }: Model, factor: string): readonly string[] =>
  claims.flatMap(({ name, form }) =>
    form.kind === 'importance' && form.ranked.some((one) => one.name === factor) ? [`claim ${name}`] : [],
  );

const relation = (word: string, names: readonly string[]): Explanation['relations'] =>
  names.length === 0 ? [] : [{ word, names: [...new Set(names)] }];

// --- units ------------------------------------------------------------------------------------------------------

function builtInUnit(asked: Asked, explain: Explain): readonly Explanation[] {
  const { model, tree, name } = asked;
  if (!model.units.some(({ text }) => text === name)) return [];
  const relations = [
    ...(name === 'share' ? [] : unitRelations(asked)),
    ...(name === 'share' ? relation('is', ['a plain number from 0 % to 100 %']) : []),
    ...(name === 'share' ? relation('used in', sharesOf(asked)) : []),
  ];
  const from = { name, span: { file: tree.file, start: 0, end: 0 } };
  return [
    { ...explain(from, { kind: 'unit', label: name, unit: null, written: [], relations }), place: null },
  ];
}

function unitRelations(asked: Asked): Explanation['relations'] {
  const { model, name } = asked;
  const unit = model.units.find(({ text }) => text === name);
  if (unit === undefined) return [];
  const base = formatDimension(unit.dimension);
  const size =
    base === name
      ? 'a base unit'
      : `${Number(rational.toNumber(unit.factor).toPrecision(MOST_DIGITS))} ${base}`;
  const builtIn = PREDEFINED_UNITS.some((one) => one.name === name) ? ['in every model'] : [];
  const kin = model.units.filter((other) => other.text !== name && formatDimension(other.dimension) === base);
  return [
    ...relation('is', [size, ...builtIn]),
    ...relation(
      'converts with',
      kin.map(({ text }) => text),
    ),
    ...relation('used in', usersOf(asked)),
  ];
}

/** A month is 30.4375 days: sizes are exact as far as a reader can use them. */
const MOST_DIGITS = 12;

/** Declarations whose units, amounts or equations name the unit. */
function usersOf({ tree, name }: Asked): readonly string[] {
  return tree.declarations.flatMap((declaration) =>
    isNamedIn(declaration, name) ? [titleOf(declaration)] : [],
  );
}

function titleOf(declaration: Declaration): string {
  return 'name' in declaration ? `${declaration.kind} ${declaration.name.text}` : declaration.kind;
}

/** Walks the plain data of a declaration: a unit stands as a factor, behind a number, or as a name of its own. */
function isNamedIn(node: unknown, unit: string): boolean {
  if (Array.isArray(node)) return node.some((one) => isNamedIn(one, unit));
  if (typeof node !== 'object' || node === null) return false;
  const { kind, factors, unit: behindNumber, name } = node as Record<string, unknown>;
  const textOf = (one: unknown): unknown =>
    typeof one === 'object' && one !== null && 'text' in one ? one.text : null;
  if (kind === 'quantity' && textOf(behindNumber) === unit) return true;
  if (kind === 'name' && textOf(name) === unit) return true;
  if (Array.isArray(factors) && factors.some((factor: { name?: unknown }) => textOf(factor.name) === unit))
    return true;
  return Object.entries(node).some(([key, value]) => key !== 'span' && isNamedIn(value, unit));
}

/** `share` is no factor of a unit, but the whole of one. */
const sharesOf = ({ model }: Asked): readonly string[] => [
  ...model.variables.filter(({ unit }) => unit.text === 'share').map(({ kind, name }) => `${kind} ${name}`),
  ...declaredMeasures(model)
    .filter(({ unit }) => unit.text === 'share')
    .map(({ declared }) => `measure ${declared.name}`),
];

// --- groups and their elements ----------------------------------------------------------------------------------

const groupsWith = ({ model, name }: Asked): readonly string[] =>
  model.groups.filter(({ members }) => members.some((one) => one.name === name)).map((group) => group.name);

function arraysOver({ model }: Asked, group: string): readonly string[] {
  const isOver = ({ groups }: { readonly groups: readonly number[] }): boolean =>
    groups.some((number) => model.groups[number]?.name === group);
  return [
    ...model.variables.filter(isOver).map(({ kind, name }) => `${kind} ${name}`),
    ...declaredMeasures(model)
      .filter(isOver)
      .map(({ declared }) => `measure ${declared.name}`),
  ];
}

function groupRelations(asked: Asked): Explanation['relations'] {
  const { model, name } = asked;
  const members = model.groups.find((group) => group.name === name)?.members ?? [];
  return [
    ...relation(
      'elements',
      members.map((one) => (one.label === one.name ? one.name : `${one.name} (${one.label})`)),
    ),
    ...relation('arrays over it', arraysOver(asked, name)),
  ];
}

/** Input lines and scenarios that name this very element. */
function elementRelations(asked: Asked): Explanation['relations'] {
  return relation(
    'arrays with it',
    groupsWith(asked).flatMap((group) => arraysOver(asked, group)),
  );
}

function plainElement(asked: Asked, explain: Explain): readonly Explanation[] {
  const { tree, name } = asked;
  for (const declaration of tree.declarations) {
    const member =
      declaration.kind === 'group' ? declaration.members.find(({ text }) => text === name) : undefined;
    if (member === undefined) continue;
    return [
      explain(
        { name, span: member.span },
        {
          kind: 'element',
          label: name,
          unit: null,
          written: [],
          relations: [...relation('in group', groupsWith(asked)), ...elementRelations(asked)],
        },
      ),
    ];
  }
  return [];
}

// --- scenarios --------------------------------------------------------------------------------------------------

function scenarioRelations(
  { model, text }: Asked,
  { forces }: Extract<Declaration, { kind: 'scenario' }>,
): Explanation['relations'] {
  const held = forces.map(({ name, elements, value, from }) => {
    const index = elements.length === 0 ? '' : `[${elements.map((one) => one.text).join(', ')}]`;
    const unit = model.variables.find((one) => one.name === name.text)?.unit.text ?? '';
    const bare = value.kind === 'number' && !value.percent && unit !== '' ? ` ${unit}` : '';
    const since = from === null ? '' : ` from ${quoted(text, from.span)}`;
    if (value.kind === 'happens') return `${name.text}${index} ${quoted(text, value.span)}${since}`;
    return `${name.text}${index} = ${quoted(text, value.span)}${bare}${since}`;
  });
  const names = new Set(forces.map(({ name }) => name.text));
  const map = causalMap(model);
  const claims = map.nodes.filter(
    ({ id, kind }) =>
      kind === 'claim' &&
      behind(map, [id]).nodes.some(
        (one) => names.has(one.name) && ['input', 'lever', 'event', 'decision'].includes(one.kind),
      ),
  );
  return [
    ...relation('holds', held),
    ...relation(
      'can move claim',
      claims.map(({ name }) => name),
    ),
  ];
}
