/**
 * What a name of a model stands for, gathered for a reader: how it was written, what it reads and what reads it, and for
 * an input every estimate with its speaker and with the viewpoints that take it. A name may stand in several spaces, so
 * there may be several answers.
 */
import { lineStarts, positionAt, type Span } from '../base/span.ts';
import type { Declaration, Expression, Tree } from '../language/tree.ts';
import { declarationAt, quoted, writtenLines } from './as-written.ts';
import { behind, type CausalMap, causalMap, type MapEdgeKind } from './causal-map.ts';
import { isChancy } from './draw-sites.ts';

import { claimSections } from './explain-claim.ts';
import { calibrationsOf, recordsOf, requiredOf, rowsOf } from './explain-data.ts';
import { decidedBy } from './explain-decision.ts';
import { estimatesOf } from './explain-estimates.ts';
import { explainFrame, frameNames } from './explain-frame.ts';
import { explainSpeakers, speakerNames } from './explain-speakers.ts';
import type { Explanation } from './explanation.ts';
import type { Type } from './expression.ts';
import { declaredMeasures, type InputVariable, type Model } from './model.ts';

/** What stands for the unit; a condition has none. */
const shownUnit = (type: Type, unit: string): string => (type.kind === 'boolean' ? 'yes or no' : unit);

/** How an explanation is begun: what every kind of name has. */
export type Explain = (
  found: { readonly name: string; readonly span: Span },
  rest: Pick<Explanation, 'kind' | 'label' | 'unit'> & Partial<Explanation>,
) => Explanation;

/** What is asked: a name in a model and in its text. */
export type Asked = {
  readonly model: Model;
  readonly tree: Tree;
  readonly text: string;
  readonly name: string;
};

/** Everything that bears the name: a claim may share it with a quantity. Empty where nothing does. */
export function explainName(model: Model, tree: Tree, text: string, name: string): readonly Explanation[] {
  const map = causalMap(model);
  const starts = lineStarts(text);
  const asked: Asked = { model, tree, text, name };
  const explain: Explain = (found, rest) => ({
    name: found.name,
    groups: [],
    place: { file: found.span.file, line: positionAt(starts, found.span.start).line },
    written: writtenLines(text, declarationAt(tree, found.span)),
    counts: null,
    relations: relationsOf(model, map, `${rest.kind}:${found.name}`),
    correlations: [],
    estimates: [],
    sections: [],
    ...rest,
  });
  return [
    ...model.variables.filter(named(name)).map((variable) => {
      const { kind, label, unit } = variable;
      const groups = groupsOver(model, variable.groups);
      const relations = [
        ...(variable.kind === 'series' ? rowsOf(model, variable) : []),
        ...(variable.kind === 'decision' ? decidedBy(model, variable) : []),
        ...recordsOf(model, variable),
        ...calibrationsOf(model, variable),
        ...drawnIn(text, declarationAt(tree, variable.span)),
        ...relationsOf(model, map, `${kind}:${variable.name}`),
        ...heldBy(model, variable.name),
        ...inFactor(model, variable.name),
      ];
      const shown = kind === 'decision' ? null : shownUnit(variable.type, unit.text);
      const common = { kind, label, unit: shown, groups, relations };
      if (variable.kind !== 'input') return explain(variable, common);
      const estimates = estimatesOf(model, tree, text, variable);
      const correlations = correlationsOf(model, variable);
      return explain(variable, { ...common, counts: variable.counts, correlations, estimates, written: [] });
    }),
    ...model.tables.filter(named(name)).map((table) => {
      const declared = declarationAt(tree, table.span);
      const unit =
        declared?.kind === 'table' && declared.unit !== null ? quoted(text, declared.unit.span) : '';
      return explain(table, { kind: 'table', label: table.label, unit });
    }),
    ...declaredMeasures(model)
      .filter(({ declared }) => declared.name === name)
      .map(({ declared, type, unit, groups, span }) =>
        explain(
          { name, span },
          {
            kind: 'measure',
            label: declared.label,
            unit: shownUnit(type, unit.text),
            groups: groupsOver(model, groups),
            ...requiredOf(model, name, relationsOf(model, map, `measure:${name}`)),
          },
        ),
      ),
    ...model.claims.filter(named(name)).map((claim) =>
      explain(claim, {
        kind: 'claim',
        label: claim.statement,
        unit: null,
        sections: claimSections(asked, claim),
      }),
    ),
    ...explainSpeakers(asked, explain),
    ...explainFrame(asked, explain),
  ];
}

/** Every name that can be explained, for saying which one was probably meant. */
export const namesOf = (model: Model, tree: Tree): readonly string[] => {
  const { variables, tables, claims } = model;
  const measures = declaredMeasures(model).map(({ declared }) => declared);
  return [
    ...[...variables, ...tables, ...measures, ...claims].map(({ name }) => name),
    ...speakerNames(model),
    ...frameNames(model, tree),
  ];
};

const groupsOver = (model: Model, groups: readonly number[]): Explanation['groups'] =>
  groups.flatMap((number) => {
    const group = model.groups[number];
    return group === undefined
      ? []
      : [{ name: group.name, elements: group.members.map((member) => member.name) }];
  });

const named =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    one.name === name;

// --- what hangs on what -----------------------------------------------------------------------------------------

/** How a node's edges are told of it, in this order; `limits` only says again that a flow leaves its stock. */
const RELATIONS: readonly (readonly [word: string, end: 'from' | 'to', kind: MapEdgeKind])[] = [
  ['leaves', 'from', 'drains'],
  ['enters', 'from', 'fills'],
  ['filled by', 'to', 'fills'],
  ['drained by', 'to', 'drains'],
  ['starts from', 'to', 'starts'],
  ['sets', 'from', 'sets'],
  ['set by', 'to', 'sets'],
  ['moves', 'from', 'moves'],
  ['moved by', 'to', 'moves'],
  ['reads', 'to', 'reads'],
  ['means one of', 'to', 'means'],
  ['because of', 'to', 'because'],
  ['together with', 'to', 'with'],
  ['calibrated by', 'to', 'calibrates'],
  ['starts', 'from', 'starts'],
  ['read by', 'from', 'reads'],
  ['a meaning of', 'from', 'means'],
  ['calibrates', 'from', 'calibrates'],
  ['a reason for', 'from', 'because'],
  // A pair is one, whichever of the two names the other.
  ['together with', 'from', 'with'],
];

function relationsOf(model: Model, map: CausalMap, id: string): Explanation['relations'] {
  const { nodes, edges } = map;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const others = behind(map, [id]).nodes.filter((one) => one.id !== id);
  const given = others.filter(({ kind }) => kind === 'input' || kind === 'lever');
  const drawing = new Set(
    model.variables.flatMap((variable) => (isChancy(variable) ? [`${variable.kind}:${variable.name}`] : [])),
  );
  const far = [
    { word: 'hangs on', names: given.map(({ name }) => name) },
    {
      word: 'hangs on chance in',
      names: others.filter((one) => drawing.has(one.id)).map(({ name }) => name),
    },
  ].filter(({ names }) => names.length > 0);
  const near = RELATIONS.flatMap(([word, end, kind]) => {
    const other = end === 'from' ? 'to' : 'from';
    const names = edges
      .filter((edge) => edge.kind === kind && edge[end] === id)
      .flatMap((edge) => byId.get(edge[other]) ?? [])
      .map((found) => (found.kind === 'claim' ? `claim ${found.name}` : found.name));
    // A flow always says both of its ends, also where one of them is outside.
    const isOpenEnd =
      names.length === 0 && id.startsWith('flow:') && (word === 'leaves' || word === 'enters');
    if (isOpenEnd) return [{ word, names: ['no stock of the model'] }];
    return names.length === 0 ? [] : [{ word, names }];
  });
  const words = [...new Set(near.map(({ word }) => word))];
  const merged = words.map((word) => ({
    word,
    names: [...new Set(near.filter((one) => one.word === word).flatMap(({ names }) => names))],
  }));
  return [...merged, ...far];
}

/** What is drawn within a declaration, as written. */
function drawnIn(text: string, declaration: Declaration | undefined): Explanation['relations'] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Partial<Expression>;
    if (node.kind === 'draw' && node.figure !== undefined)
      names.push(
        `${quoted(text, node.figure.span)}${node.every == null ? '' : ` every ${quoted(text, node.every.span)}`}`,
      );
    Object.values(value).forEach(visit);
  };
  visit(declaration);
  return names.length === 0 ? [] : [{ word: 'draws', names }];
}

/** The scenarios that hold an input or a lever; nothing else is ever held. */
function heldBy({ scenarios, cells, variables }: Model, name: string): Explanation['relations'] {
  const names = scenarios
    .filter(({ forces }) => forces.some(({ cell }) => variables[cells[cell]?.variable ?? -1]?.name === name))
    .map((scenario) => scenario.name);
  return names.length === 0 ? [] : [{ word: 'held by scenario', names }];
}

/** The factor that claims of importance take it with. */
function inFactor({ factors, variables }: Model, name: string): Explanation['relations'] {
  const own = factors.filter(({ members }) => members.some((member) => variables[member]?.name === name));
  return own.length === 0 ? [] : [{ word: 'in factor', names: own.map((factor) => factor.name) }];
}

function correlationsOf(model: Model, input: InputVariable): Explanation['correlations'] {
  const isOwn = (cell: number): boolean => model.variables[model.cells[cell]?.variable ?? -1] === input;
  const nameOf = (cell: number): string => model.cells[cell]?.name ?? '';
  return model.correlations.flatMap(({ cells: [one, other], coefficient, reason }) => {
    if (!isOwn(one) && !isOwn(other)) return [];
    const [own, far] = isOwn(one) ? [one, other] : [other, one];
    return [{ own: nameOf(own), other: nameOf(far), coefficient, reason }];
  });
}
