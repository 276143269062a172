/**
 * What a name of a model stands for, gathered for a reader: how it was written, what it reads and what reads it, and for
 * an input every estimate with its speaker and with the viewpoints that take it. The figures are quoted as they were
 * written, never worked out anew. It holds no layout; the views lay it out.
 */
import { formatDate } from '../base/calendar.ts';
import { formatCount } from '../base/number-format.ts';
import { lineStarts, positionAt, type Span } from '../base/span.ts';
import type {
  Bound,
  Declaration,
  EstimateLine,
  Expression,
  Figure,
  InputDeclaration,
  Tree,
} from '../language/tree.ts';
import { shapeOf, sizeOf } from './array-shape.ts';
import { behind, type CausalMap, causalMap, type MapEdgeKind, type MapNodeKind } from './causal-map.ts';
import { drawsIn } from './draw-sites.ts';
import {
  declaredMeasures,
  type Estimate,
  type InputVariable,
  linesOf,
  type Model,
  type SeriesVariable,
  type Source,
} from './model.ts';
import { showInstant } from './show-instant.ts';

export type Explanation = {
  readonly kind: MapNodeKind;
  readonly name: string;
  readonly label: string;
  /** As declared; empty for a plain number and for a claim. */
  readonly unit: string;
  /** The groups that an array goes over, with their elements. */
  readonly groups: readonly { readonly name: string; readonly elements: readonly string[] }[];
  readonly place: { readonly file: string; readonly line: number };
  /** The declaration's lines as written; none for an input, whose estimates say all of it. */
  readonly written: readonly string[];
  /** The counting rule of all of an input's figures. */
  readonly counts: string | null;
  readonly relations: readonly { readonly word: string; readonly names: readonly string[] }[];
  /** An input's correlations, each told from its side. */
  readonly correlations: readonly {
    /** The element of this input, or its name. */
    readonly own: string;
    readonly other: string;
    readonly coefficient: number;
    readonly reason: string | null;
  }[];
  /** A line each; lines with dates that are one estimate stand one below the other. */
  readonly estimates: readonly ExplainedEstimate[];
};

export type ExplainedEstimate = {
  /** Null for `assumed`. */
  readonly speaker: Speaker | null;
  /** `[Russia]`; empty where it speaks of all. */
  readonly elements: string;
  /** `from 2024-04-01`; null where it holds at all times. */
  readonly dated: string | null;
  /** Goes on with the estimate of the line above. */
  readonly continues: boolean;
  readonly bound: Bound;
  /** As written; null for a denial or an echo. */
  readonly figure: string | null;
  readonly readAs: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly counts: string | null;
  /** The speaker whose figure this repeats. */
  readonly echoOf: string | null;
  readonly used: readonly {
    readonly viewpoint: string;
    /** Otherwise the viewpoint is silent here and takes what is assumed. */
    readonly own: boolean;
  }[];
};

export type Speaker = {
  readonly name: string;
  readonly title: string;
  readonly side: string | null;
  readonly date: string | null;
  readonly author: boolean;
  /** Stated after `as of`. */
  readonly late: boolean;
};

/** Everything that bears the name: a claim may share it with a quantity. Empty where nothing does. */
export function explainName(model: Model, tree: Tree, text: string, name: string): readonly Explanation[] {
  const map = causalMap(model);
  const starts = lineStarts(text);
  const explain = (
    found: { readonly name: string; readonly span: Span },
    rest: Pick<Explanation, 'kind' | 'label' | 'unit'> & Partial<Explanation>,
  ): Explanation => ({
    name: found.name,
    groups: [],
    place: { file: found.span.file, line: positionAt(starts, found.span.start).line },
    written: writtenLines(text, declarationAt(tree, found.span)),
    counts: null,
    relations: relationsOf(model, map, `${rest.kind}:${found.name}`),
    correlations: [],
    estimates: [],
    ...rest,
  });
  return [
    ...model.variables.filter(named(name)).map((variable) => {
      const { kind, label, unit } = variable;
      const groups = groupsOver(model, variable.groups);
      const relations = [
        ...(variable.kind === 'series' ? rowsOf(model, variable) : []),
        ...drawnIn(text, declarationAt(tree, variable.span)),
        ...relationsOf(model, map, `${kind}:${variable.name}`),
      ];
      const common = { kind, label, unit: unit.text, groups, relations };
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
      .map(({ declared, unit, groups, span }) =>
        explain(
          { name, span },
          { kind: 'measure', label: declared.label, unit: unit.text, groups: groupsOver(model, groups) },
        ),
      ),
    ...model.claims
      .filter(named(name))
      .map((claim) => explain(claim, { kind: 'claim', label: claim.statement, unit: '' })),
  ];
}

/** Every name that can be explained, for saying which one was probably meant. */
export const namesOf = (model: Model): readonly string[] => {
  const { variables, tables, claims } = model;
  const measures = declaredMeasures(model).map(({ declared }) => declared);
  return [...variables, ...tables, ...measures, ...claims].map(({ name }) => name);
};

const groupsOver = (model: Model, groups: readonly number[]): Explanation['groups'] =>
  groups.flatMap((number) => {
    const group = model.groups[number];
    return group === undefined
      ? []
      : [{ name: group.name, elements: group.members.map((member) => member.name) }];
  });

/** Whose rows a series has, and when they begin and end. */
function rowsOf(
  { sources, time }: Model,
  { file, tracks, held, source }: SeriesVariable,
): Explanation['relations'] {
  const at = tracks[0]?.at ?? [];
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined) return [];
  const count = `${formatCount(at.length)} ${at.length === 1 ? 'row' : 'rows'}`;
  const ends =
    at.length === 1
      ? `at ${showInstant(time, first)}`
      : `from ${showInstant(time, first)} to ${showInstant(time, last)}`;
  const said = sources[source ?? -1];
  return [
    { word: 'rows in', names: [file] },
    {
      word: 'of them',
      names: [`${count} ${ends}, ${held ? 'each held until the next' : 'joined by lines'}`],
    },
    { word: 'stated by', names: [said === undefined ? 'nobody: assumed' : `${said.title} (${said.name})`] },
  ];
}

const named =
  (name: string) =>
  (one: { readonly name: string }): boolean =>
    one.name === name;

// --- as written -------------------------------------------------------------------------------------------------

const declarationAt = (tree: Tree, { start }: Span): Declaration | undefined =>
  tree.declarations.find((declaration) => 'name' in declaration && declaration.name.span.start === start);

const quoted = (text: string, { start, end }: Span): string =>
  text.slice(start, end).replaceAll(/\s+/g, ' ').trim();

/** Further lines keep their place below the first, which in a block of prose may itself be moved in. */
function writtenLines(text: string, declaration: Declaration | undefined): readonly string[] {
  if (declaration === undefined) return [];
  const { start, end } = declaration.span;
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? '';
  return text
    .slice(start, end)
    .split(/\r\n|\n|\r/)
    .map((line, at) => (at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line).trimEnd())
    .map((line) => line.replaceAll('\t', '  '));
}

// --- what hangs on what -----------------------------------------------------------------------------------------

/** How a node's edges are told of it, in this order; `limits` only says again that a flow leaves its stock. */
const RELATIONS: readonly (readonly [word: string, end: 'from' | 'to', kind: MapEdgeKind])[] = [
  ['leaves', 'from', 'drains'],
  ['enters', 'from', 'fills'],
  ['filled by', 'to', 'fills'],
  ['drained by', 'to', 'drains'],
  ['starts from', 'to', 'starts'],
  ['reads', 'to', 'reads'],
  ['because of', 'to', 'because'],
  ['together with', 'to', 'with'],
  ['starts', 'from', 'starts'],
  ['read by', 'from', 'reads'],
  ['a reason for', 'from', 'because'],
  ['taken into', 'from', 'with'],
];

function relationsOf(model: Model, map: CausalMap, id: string): Explanation['relations'] {
  const { nodes, edges } = map;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const others = behind(map, [id]).nodes.filter((one) => one.id !== id);
  const given = others.filter(({ kind }) => kind === 'input' || kind === 'lever');
  const drawing = new Set(
    model.variables.flatMap((variable) =>
      (variable.kind === 'flow' || variable.kind === 'let') && drawsIn(variable.value).length > 0
        ? [`${variable.kind}:${variable.name}`]
        : [],
    ),
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
  return [...near, ...far];
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

// --- estimates --------------------------------------------------------------------------------------------------

function estimatesOf(
  model: Model,
  tree: Tree,
  text: string,
  input: InputVariable,
): readonly ExplainedEstimate[] {
  const declaration = declarationAt(tree, input.span);
  const figures = declaration?.kind === 'input' ? figuresOf(declaration) : new Map<string, WrittenFigure>();
  const used = usesOf(model, input);
  return input.estimates.flatMap((estimate, number) => {
    const quote = (part: { readonly span: Span } | null | undefined): string | null =>
      part == null ? null : quoted(text, part.span);
    const origin = estimate.echoOf === null ? undefined : input.estimates[estimate.echoOf];
    const source = estimate.source === null ? undefined : model.sources[estimate.source];
    return linesOf(estimate).map((line, at): ExplainedEstimate => {
      const written = figures.get(placeOf(line.span));
      return {
        speaker: source === undefined ? null : speakerOf(model, source),
        elements: elementsText(model, input, estimate),
        dated: quote(written?.dated),
        continues: at > 0,
        bound: line.bound,
        figure: quote(written?.figure),
        readAs: quote(written?.readAs),
        reason: line.reason,
        note: line.note,
        counts: line.counts,
        echoOf: origin === undefined ? null : (model.sources[origin.source ?? -1]?.title ?? 'assumed'),
        used: used.get(number) ?? [],
      };
    });
  });
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

type WrittenFigure = {
  readonly figure: Figure | null;
  readonly readAs: Figure | null;
  readonly dated: EstimateLine['dated'];
};

const placeOf = ({ start, end }: Span): string => `${start}-${end}`;

/** Figures by the places that the model's estimates carry: a line's, a matrix's single figures', and those of `else`. */
function figuresOf({ estimates }: InputDeclaration): ReadonlyMap<string, WrittenFigure> {
  const found = new Map<string, WrittenFigure>();
  for (const written of estimates) {
    if (written.kind === 'line') {
      const { figure, readAs, dated, span } = written;
      found.set(placeOf(span), { figure, readAs: readAs?.figure ?? null, dated });
    } else {
      for (const figure of written.rows.flatMap((row) => row.figures))
        found.set(placeOf(figure.span), { figure, readAs: null, dated: null });
    }
    if (written.rest !== null)
      found.set(placeOf(written.rest.span), { figure: written.rest.figure, readAs: null, dated: null });
  }
  return found;
}

/** Which viewpoints take each estimate, at any element. */
function usesOf(
  { viewpoints, groups }: Model,
  { firstCell, groups: axes }: InputVariable,
): ReadonlyMap<number, ExplainedEstimate['used']> {
  const end = firstCell + sizeOf(shapeOf(groups, axes));
  const used = new Map<number, Map<string, ExplainedEstimate['used'][number]>>();
  for (const { name, choices } of viewpoints) {
    for (const { cell, estimate, own } of choices) {
      if (cell < firstCell || cell >= end) continue;
      const uses = used.get(estimate) ?? new Map<string, ExplainedEstimate['used'][number]>();
      uses.set(name, { viewpoint: name, own });
      used.set(estimate, uses);
    }
  }
  return new Map([...used].map(([estimate, uses]) => [estimate, [...uses.values()]]));
}

function speakerOf({ sides }: Model, { name, title, date, side, author, late }: Source): Speaker {
  return {
    name,
    title,
    side: side === null ? null : (sides[side]?.name ?? null),
    date: date === null ? null : formatDate(date),
    author,
    late,
  };
}

/** A group's name stands for all of its elements, as in the language. */
function elementsText({ groups }: Model, input: InputVariable, { elements }: Estimate): string {
  if (elements.every((element) => element === null)) return '';
  const names = elements.map((element, axis) => {
    const group = groups[input.groups[axis] ?? -1];
    return (element === null ? group?.name : group?.members[element]?.name) ?? '';
  });
  return `[${names.join(', ')}]`;
}
