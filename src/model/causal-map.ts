/**
 * The causal map of a model: what reads what, and which flows fill and drain which stocks. It is worked out here once,
 * from the checked model alone, for everything that draws or tells it. An array is one node, so the map is coarser than
 * what a claim hangs on and may only have too many ways in it, never too few. It holds no layout and no text of a view.
 */
import { type Expression, variableRead, walk } from './expression.ts';
import { conditionOf, declaredMeasures, isTested, type Model, type Variable } from './model.ts';
import { partsOfDecision } from './model-of-decisions.ts';
import { partsOfEvent } from './model-of-events.ts';
import { formatDimension } from './units.ts';

export type MapNodeKind =
  | 'input'
  | 'lever'
  | 'series'
  | 'let'
  | 'definition'
  | 'event'
  | 'decision'
  | 'tie'
  | 'flow'
  | 'stock'
  | 'table'
  | 'measure'
  | 'claim';

export type MapNode = {
  /** `stock:stores`: claims have a namespace of their own, so that a name alone may mean two nodes. */
  readonly id: string;
  readonly kind: MapNodeKind;
  readonly name: string;
  readonly label: string;
  /** Empty for a plain number and for a claim. */
  readonly unit: string;
};

/** Always from what acts to what is acted on. */
export type MapEdge = {
  readonly from: string;
  readonly to: string;
  readonly kind: MapEdgeKind;
};
/**
 * `reads`: the equation of `to` reads `from`. `means`: `from` is one of the meanings of the definition `to`. `starts`: what the stock `to` starts from. `fills` and `drains`: a flow
 * into and out of a stock. `calibrates`: the input `to` is solved for by way of `from`. `limits`: a flow gets no more than the stock `from` has. `sets`: the event `from` sets the input `to`. `moves`: the event or decision `from` moves the tie `to`. `because`: the claim `to` rests on
 * the claim `from`. `with`: it is to hold together with it.
 */
export type MapEdgeKind =
  | 'reads'
  | 'means'
  | 'starts'
  | 'fills'
  | 'drains'
  | 'limits'
  | 'calibrates'
  | 'sets'
  | 'moves'
  | 'because'
  | 'with';

export type CausalMap = { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] };

export function causalMap(model: Model): CausalMap {
  const edges = new Map<string, MapEdge>();
  const join = (from: string, to: string, kind: MapEdgeKind): void => {
    edges.set(`${kind} ${from} ${to}`, { from, to, kind });
  };
  const variableIds = model.variables.map((variable) => idOf(variable.kind, variable.name));
  const tableIds = model.tables.map(({ name }) => idOf('table', name));
  const measureIds = model.measures.map(({ declared }) => idOf('measure', declared.name));
  const known = (id: string | undefined): string => {
    if (id === undefined) throw new Error('an expression reads what the model does not have');
    return id;
  };
  const joinRead = (
    expression: Expression,
    to: string,
    kind: 'reads' | 'starts' | 'means' | 'calibrates',
  ): void =>
    walk(expression, (part) => {
      const variable = variableRead(part);
      if (variable !== null) join(known(variableIds[variable]), to, kind);
      if (part.kind === 'lookup') join(known(tableIds[part.table]), to, kind);
      const measure = part.kind === 'measure' ? model.measures[part.measure] : undefined;
      // What a claim reads without a name of its own is told of the claim.
      if (measure?.implied === true) joinRead(measure.body, to, kind);
      else if (part.kind === 'measure') join(known(measureIds[part.measure]), to, kind);
    });

  model.variables.forEach((variable, number) => {
    const id = known(variableIds[number]);
    if (variable.kind === 'stock' || variable.kind === 'tie') joinRead(variable.start, id, 'starts');
    if (variable.kind === 'definition') joinRead(variable.value, id, 'means');
    if (variable.kind === 'decision')
      for (const part of partsOfDecision(variable)) joinRead(part, id, 'reads');
    if (variable.kind === 'flow' || variable.kind === 'let') joinRead(variable.value, id, 'reads');
    if (variable.kind === 'event') for (const part of partsOfEvent(variable)) joinRead(part, id, 'reads');
  });
  for (const { decider, effect } of model.tieMoves)
    join(known(variableIds[decider]), known(variableIds[effect.tie]), 'moves');
  for (const { decider, set } of model.inputSettings)
    join(known(variableIds[decider]), known(variableIds[set.input]), 'sets');
  const ofCell = (cell: number): string => known(variableIds[model.cells[cell]?.variable ?? -1]);
  model.cells.forEach(({ from, to, rationed }, number) => {
    if (to !== null) join(ofCell(number), ofCell(to), 'fills');
    if (from === null) return;
    join(ofCell(number), ofCell(from), 'drains');
    if (rationed) join(ofCell(from), ofCell(number), 'limits');
  });
  for (const { gap, input } of model.fits.calibrations)
    joinRead(gap, known(variableIds[input]), 'calibrates');
  for (const { declared, body } of declaredMeasures(model))
    joinRead(body, idOf('measure', declared.name), 'reads');
  // A claim that is not tested on the model hangs on nothing in it, and has no place in its map.
  const tested = model.claims.filter(({ form }) => isTested(form));
  for (const { name, form, measures, because, with: partners } of tested) {
    const id = idOf('claim', name);
    const condition = conditionOf(form);
    if (condition !== null) joinRead(condition, id, 'reads');
    else for (const measure of measures) join(known(measureIds[measure]), id, 'reads');
    const claimId = (number: number): string => idOf('claim', model.claims[number]?.name ?? '');
    for (const premise of because) join(claimId(premise), id, 'because');
    for (const partner of partners) join(claimId(partner), id, 'with');
  }

  return {
    nodes: [
      ...model.variables.map(variableNode),
      ...model.tables.map(({ name, label, type }) => {
        const isPlain = type.kind !== 'quantity' || type.dimension.length === 0;
        return node('table', name, label, isPlain ? '' : formatDimension(type.dimension));
      }),
      ...declaredMeasures(model).map(({ declared, unit }) =>
        node('measure', declared.name, declared.label, unit.text),
      ),
      ...tested.map(({ name, statement }) => node('claim', name, statement, '')),
    ],
    edges: [...edges.values()],
  };
}

/** The part of a map that some of its nodes hang on: they themselves and everything behind them. */
export function behind({ nodes, edges }: CausalMap, ids: readonly string[]): CausalMap {
  const before = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = before.get(to);
    if (list === undefined) before.set(to, [from]);
    else list.push(from);
  }
  const kept = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    open.push(...(before.get(id) ?? []));
  }
  return {
    nodes: nodes.filter(({ id }) => kept.has(id)),
    edges: edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  };
}

const idOf = (kind: MapNodeKind, name: string): string => `${kind}:${name}`;

const node = (kind: MapNodeKind, name: string, label: string, unit: string): MapNode => ({
  id: idOf(kind, name),
  kind,
  name,
  label,
  unit,
});

const variableNode = ({ kind, name, label, unit }: Variable): MapNode => node(kind, name, label, unit.text);
