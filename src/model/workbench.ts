/**
 * What the checks share while a Model is being built: the names found so far, the lists that will become the Model's,
 * and the faults. It lives for one call of `buildModel` and never leaves it.
 */
import type { DiagnosticCode } from '../base/codes.ts';
import { type Diagnostic, diagnose, MOST_FAULTS, type Particulars } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type {
  Declaration,
  Name,
  Tree,
  UnitText,
  Unread,
  Expression as WrittenExpression,
} from '../language/tree.ts';
import type { DataTexts } from './data-files.ts';
import type { Type } from './expression.ts';
import { FUNCTIONS, type FunctionName, isFunction } from './functions.ts';
import type { Group, Side, Source, Table, TimeAxis, Variable } from './model.ts';
import type { Csv } from './read-csv.ts';
import { formatDimension, type Unit, unitOf } from './units.ts';

/** What a name in the common namespace stands for. */
export type Entity =
  | { readonly kind: 'unit'; readonly name: string; readonly span: Span | null }
  | { readonly kind: 'actor' | 'element'; readonly name: string; readonly span: Span }
  | { readonly kind: 'group'; readonly name: string; readonly span: Span; readonly group: number }
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span; readonly variable: number }
  | {
      readonly kind: 'measure';
      readonly name: string;
      readonly span: Span;
      /** The number of its first element. */
      readonly measure: number;
      readonly axes: readonly Loop[];
      /** As of a variable. */
      readonly isShapeless: boolean;
    }
  | { readonly kind: 'table'; readonly name: string; readonly span: Span; readonly table: number }
  | { readonly kind: 'factor'; readonly name: string; readonly span: Span; readonly factor: number }
  | { readonly kind: 'scenario'; readonly name: string; readonly span: Span };

/** A group whose elements are gone through: one of a declaration's, or a reduction's. */
export type Loop = {
  /** Null where the group's name is at fault, which is reported. */
  readonly group: number | null;
  /** The name of the current element; null where it has none. */
  readonly index: string | null;
  readonly span: Span;
};

export const groupsOf = ({ axes }: { readonly axes: readonly Loop[] }): readonly (number | null)[] =>
  axes.map(({ group }) => group);

/** What is known of a variable before its equation is checked. */
export type VariableHeader = {
  readonly name: string;
  readonly kind: Variable['kind'];
  readonly axes: readonly Loop[];
  /** Null until worked out: a `let` without a declared unit takes its equation's. */
  type: Type | null;
  readonly unit: Unit | null;
  /** In what it is shown where no unit is declared; set with the type. */
  shown?: Unit;
  /** An input of which somebody says how it changes with time. */
  readonly isDated: boolean;
  /** An input that an event or an option sets. */
  readonly isSet: boolean;
  /** Those of a decision. */
  readonly options?: readonly Name[];
  /** Its groups could not all be read: nobody knows over what it is an array. */
  readonly isShapeless: boolean;
  readonly span: Span;
};

export type Workbench = {
  readonly tree: Tree;
  /** The tree's declarations by their kind, in the order of the text. */
  readonly declared: ReadonlyMap<Declaration['kind'], readonly Declaration[]>;
  readonly text: string;
  /** Declarations that could not be read: a name of theirs is not unknown, its fault is already reported. */
  readonly unread: readonly Unread[];
  /** What was found wrong in the text before it was a tree. */
  readonly faults: readonly Diagnostic[];
  /** Texts of data files. */
  readonly data: DataTexts;
  /** Data files that are read already; null where one is at fault. */
  readonly csvs: Map<string, Csv | null>;
  /** Cells of data files whose faults are told: several declarations may read one column. */
  readonly toldCells: Set<string>;
  readonly diagnostics: Diagnostic[];
  /** How many of the diagnostics are errors. */
  readonly errors: { count: number };
  readonly names: Map<string, Entity>;
  /** Null for a unit whose definition is at fault. */
  readonly units: Map<string, Unit | null>;
  /** Names of the units that are looked up, declared or not. */
  readonly unitsRead: Set<string>;
  readonly groups: Group[];
  readonly sides: Side[];
  readonly sources: Source[];
  readonly variables: VariableHeader[];
  readonly tables: Table[];
  /** What claims ask of events within a time, as written, by the number of the measure that it is. */
  readonly horizons: Map<WrittenExpression, number>;
  /** By the number of a measure's first element. */
  readonly measureTypes: Map<number, Type>;
  readonly measureUnits: Map<number, Unit>;
  /** Works out the type of a `let` that declares none, on first need. */
  inferLet: (variable: number) => Type;
  time: TimeAxis | null;
};

export const UNKNOWN: Type = { kind: 'unknown' };

export function report(
  bench: Workbench,
  code: DiagnosticCode,
  span: Span,
  particulars: Particulars = {},
): void {
  const errors = bench.errors.count;
  if (errors > MOST_FAULTS) return;
  const diagnostic =
    errors === MOST_FAULTS
      ? diagnose('too-many-faults', span, { label: `the ${MOST_FAULTS + 1}st fault; no more are listed` })
      : diagnose(code, span, particulars);
  bench.diagnostics.push(diagnostic);
  if (diagnostic.severity === 'error') bench.errors.count++;
}

/** Reports what the host has found wrong with a file. */
export function reportGiven(bench: Workbench, { code, span, ...particulars }: Diagnostic): void {
  report(bench, code, span, particulars);
}

const WITHOUT_NAME: readonly (string | null)[] = [
  'model',
  'time',
  'as of',
  'observed',
  'explore',
  'calibrate',
  'require',
];

/** Whether a declaration that could not be read may have given this name: it did, or its own could not be read. */
export const isUnread = (bench: Workbench, name: string): boolean =>
  bench.unread.some((one) => one.name === name || (one.name === null && !WITHOUT_NAME.includes(one.kind)));

/** Whether a part of this stretch could not be read: then what seems to be missing in it may well be there. */
export const isBroken = (bench: Workbench, span: Span): boolean =>
  bench.faults.some((fault) => fault.span.start >= span.start && fault.span.start <= span.end);

/** Whether the first line of a declaration could not be read to its end. */
export function isHeadBroken(bench: Workbench, span: Span): boolean {
  const end = bench.text.indexOf('\n', span.start);
  return isBroken(bench, { ...span, end: end < 0 || end > span.end ? span.end : end });
}

/** The writer's own words at a place, for messages. */
export const quote = (bench: Workbench, span: Span): string => bench.text.slice(span.start, span.end);

export function declarationsOf<Kind extends Declaration['kind']>(
  bench: Workbench,
  kind: Kind,
): readonly (Declaration & { kind: Kind })[] {
  const found = bench.declared.get(kind) ?? [];
  return found as readonly (Declaration & { kind: Kind })[];
}

/** Hindsight has a meaning only where the text says up to when things are known. */
export function expectAsOf(bench: Workbench, hindsight: Span): void {
  if (declarationsOf(bench, 'as of').length > 0 || bench.unread.some(({ kind }) => kind === 'as of')) return;
  report(bench, 'hindsight-without-as-of', hindsight, { label: 'after which date?' });
}

/** Reports a name that is not declared, with the nearest one that is; `otherwise` is the hint where none is near. */
export function reportUnknown(
  bench: Workbench,
  code: DiagnosticCode,
  name: Name,
  candidates: Iterable<string>,
  what: string,
  otherwise?: string,
): void {
  // Looking for what was meant costs a walk over all names: not for a message that is no longer listed.
  if (isUnread(bench, name.text) || bench.errors.count > MOST_FAULTS) return;
  const nearest = suggest(name.text, candidates);
  report(bench, code, name.span, {
    label: `no ${what} is called \`${name.text}\``,
    ...(nearest !== null ? { hint: `Did you mean \`${nearest}\`?` } : {}),
    ...(nearest === null && otherwise !== undefined ? { hint: otherwise } : {}),
  });
}

const KIND_WORDS: Record<Entity['kind'], string> = {
  unit: 'a unit',
  actor: 'an actor',
  element: 'an element of a group',
  group: 'a group',
  variable: 'a variable',
  measure: 'a measure',
  table: 'a table',
  factor: 'a factor',
  scenario: 'a scenario',
};

export function describeEntity(bench: Workbench, entity: Entity): string {
  const kind = entity.kind === 'variable' ? bench.variables[entity.variable]?.kind : undefined;
  if (kind === undefined) return KIND_WORDS[entity.kind];
  if (kind === 'let') return 'worked out by a `let`';
  if (kind === 'definition') return 'a definition';
  return kind === 'input' || kind === 'event' ? `an ${kind}` : `a ${kind}`;
}

/** Puts a name into the common namespace, or reports that it is taken. */
export function declareName(bench: Workbench, entity: Entity & { span: Span }): boolean {
  // Declared anew, these would change what every other equation reads by the word. A function is always called, so of
  // what is declared only a table, which is called too, could stand in its place: a unit may well be a `round`.
  const isCalled = entity.kind === 'table' && (entity.name === 'sum' || isFunction(entity.name));
  if (entity.name === 'time' || isCalled) {
    report(bench, 'name-taken', entity.span, {
      label: `\`${entity.name}\` is ${entity.name === 'time' ? 'the current instant' : 'a function'}`,
      hint: 'Every equation can use it by this name: choose another.',
    });
    return false;
  }
  const before = bench.names.get(entity.name);
  if (before === undefined) {
    bench.names.set(entity.name, entity);
    return true;
  }
  report(bench, 'name-taken', entity.span, {
    label: `\`${entity.name}\` is already ${describeEntity(bench, before)}`,
    related: before.span === null ? [] : [{ span: before.span, label: 'declared here' }],
    ...(before.span === null
      ? { hint: `\`${entity.name}\` is a unit that every model has: choose another name.` }
      : {}),
  });
  return false;
}

/** How units of time are often written, which a unit of one's own would not convert with. */
const ABBREVIATED: Readonly<Partial<Record<string, string>>> = {
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  y: 'year',
  yr: 'year',
  yrs: 'year',
};

/** The unit of a name; reports a name that is none. */
export function lookUpUnit(bench: Workbench, name: Name): Unit | null {
  bench.unitsRead.add(name.text);
  const unit = bench.units.get(name.text);
  if (unit !== undefined) return unit;
  const entity = bench.names.get(name.text);
  if (entity !== undefined) {
    report(bench, 'unit-unknown', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}, not a unit`,
    });
    return null;
  }
  if (isUnread(bench, name.text)) return null;
  const singular =
    name.text.endsWith('s') && bench.units.has(name.text.slice(0, -1)) ? name.text.slice(0, -1) : null;
  const nearest = ABBREVIATED[name.text] ?? singular ?? suggest(name.text, [...bench.units.keys()]);
  report(bench, 'unit-unknown', name.span, {
    label: `no unit is called \`${name.text}\``,
    hint:
      nearest === null
        ? `Declare it with a line \`unit ${name.text}\`.`
        : `Did you mean \`${nearest}\`? Otherwise declare it: \`unit ${name.text}\`.`,
  });
  return null;
}

export function readUnit(bench: Workbench, written: UnitText): Unit | null {
  // A per cent sign is another spelling of `share`, so that the two are treated and shown alike.
  const text = quote(bench, written.span).replaceAll(/\s+/g, '').replaceAll('%', 'share');
  return unitOf(
    written,
    text === '1' ? '' : text,
    (name) => lookUpUnit(bench, name),
    (name) =>
      report(bench, 'unit-malformed', name.span, {
        label: `\`${name.text}\` is a multiple of another unit, and a fraction of its power has no exact size`,
        hint: 'Write the base unit in its place: `day` for any unit of time.',
      }),
  );
}

export const formatType = (type: Type): string => {
  switch (type.kind) {
    case 'quantity':
      return formatDimension(type.dimension);
    case 'boolean':
      return 'yes or no';
    case 'instant':
      return 'a date';
    case 'unknown':
      return 'unknown';
  }
};

export const functionNames = Object.keys(FUNCTIONS) as readonly FunctionName[];
