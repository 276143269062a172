/**
 * What is declared and does nothing: names that nothing reads, and stocks that never change. Both change no verdict, and
 * so nobody would notice that an equation reads another name than was meant. This looks at a whole and sound model only,
 * since what could not be read might be what reads a name; and it only warns.
 *
 * Never reported: measures, which `--measures` shows; stocks, which keep count of what flows into them; flows, for which
 * `flow-without-stock` speaks; and anything in a model that asks nothing yet, because that is still being written.
 */
import type { Span } from '../base/span.ts';
import type { Name } from '../language/tree.ts';
import { type Expression, variableRead, walk } from './expression.ts';
import {
  conditionOf,
  declaredMeasures,
  isGiven,
  type Model,
  type StockVariable,
  type Variable,
} from './model.ts';
import { partsOfDecision } from './model-of-decisions.ts';
import { partsOfEvent } from './model-of-events.ts';
import { declarationsOf, report, type Workbench } from './workbench.ts';

export function checkUse(bench: Workbench, model: Model): void {
  if (model.measures.length === 0 && model.claims.length === 0) return;
  reportUnused(bench, model);
  reportUnchanging(bench, model);
}

type Read = {
  readonly variables: ReadonlySet<number>;
  readonly tables: ReadonlySet<number>;
  readonly groups: ReadonlySet<number>;
};

/** What the equations, measures and claims read. A scenario or a correlation reads nothing: it only sets. */
function readIn(model: Model): Read {
  const variables = new Set<number>();
  const tables = new Set<number>();
  const groups = new Set([...model.variables, ...model.measures].flatMap((one) => one.groups));
  const read = (expression: Expression, own: number): void =>
    walk(expression, (part) => {
      const variable = variableRead(part);
      // What reads itself as it stood before does nothing by that.
      if (variable !== null && variable !== own) variables.add(variable);
      if (part.kind === 'lookup') tables.add(part.table);
      if (part.kind === 'reduce') groups.add(part.group);
    });
  model.variables.forEach((variable, number) => {
    for (const expression of equationsOf(variable)) read(expression, number);
  });
  for (const expression of expressionsOf(model)) read(expression, -1);
  // What moves a tie does something, whether or not anything else reads it.
  for (const { decider } of model.tieMoves) variables.add(decider);
  return { variables, tables, groups };
}

/** All but the equations of variables. */
const expressionsOf = ({ inputSettings, measures, observed, fits, claims }: Model): readonly Expression[] => [
  // What sets an input does something, whether or not anything else reads it.
  ...inputSettings.map(({ condition }) => condition),
  ...declaredMeasures({ measures }).map(({ body }) => body),
  ...observed.map(({ reading }) => reading),
  ...fits.calibrations.map(({ gap }) => gap),
  ...fits.requirements.map(({ condition }) => condition),
  ...measures.flatMap(({ implied, body }) => (implied === true ? [body] : [])),
  ...claims.flatMap(({ form }) => conditionOf(form) ?? []),
];

function equationsOf(variable: Variable): readonly Expression[] {
  switch (variable.kind) {
    case 'input':
    case 'lever':
    case 'series':
      return [];
    case 'stock':
    case 'tie':
      return [variable.start];
    case 'flow':
    case 'let':
    case 'definition':
      return [variable.value];
    case 'event':
      return partsOfEvent(variable);
    case 'decision':
      return partsOfDecision(variable);
  }
}

function reportUnused(bench: Workbench, model: Model): void {
  const unused = (span: Span, label: string, hint: string): void =>
    report(bench, 'name-unused', span, { label, hint });
  const read = readIn(model);

  model.variables.forEach(({ kind, name, span }, number) => {
    const isRead = read.variables.has(number);
    if (
      isRead ||
      !(isGiven(kind) || ['let', 'series', 'definition', 'event', 'decision', 'tie'].includes(kind))
    )
      return;
    unused(
      span,
      `no equation, measure or claim reads \`${name}\``,
      !isGiven(kind)
        ? 'Let a measure or an equation read it, or take it away.'
        : 'Let an equation, a measure or a claim read it, or take it away: whatever its value, no verdict changes.',
    );
  });
  model.tables.forEach(({ name, span }, number) => {
    if (!read.tables.has(number))
      unused(span, `nothing reads \`${name}(…)\``, 'Let an equation read it, or take it away.');
  });
  for (const { name } of declarationsOf(bench, 'unit')) {
    if (!bench.unitsRead.has(name.text))
      unused(
        name.span,
        `nothing is measured in \`${name.text}\``,
        'Measure something in it, or take it away.',
      );
  }
  declarationsOf(bench, 'group').forEach(({ name }, number) => {
    if (!read.groups.has(number))
      unused(name.span, `nothing goes over \`${name.text}\``, 'Declare an array over it, or take it away.');
  });
  const members = new Set(declarationsOf(bench, 'group').flatMap((group) => group.members.map(textOf)));
  const deciding = new Set(
    declarationsOf(bench, 'decision').flatMap((one) => [one.by?.text, one.with?.text]),
  );
  for (const { name } of declarationsOf(bench, 'actor')) {
    if (deciding.has(name.text)) continue;
    if (!members.has(name.text))
      unused(
        name.span,
        `\`${name.text}\` is in no group and decides nothing`,
        'Put it into a group, let it decide, or take it away.',
      );
  }
  const asked = new Set(
    model.claims.flatMap(({ form }) =>
      form.kind === 'importance' ? form.ranked.map((one) => one.name) : [],
    ),
  );
  for (const { name, span } of model.factors) {
    if (!asked.has(name))
      unused(
        span,
        `no claim asks what hangs on \`${name}\``,
        'Ask it of a measure that hangs on it, `… hangs most on …`, or take the factor away.',
      );
  }
  reportSilent(bench, model, unused);
}

const textOf = ({ text }: Name): string => text;

/** Sources that say nothing and sides that nobody is on. Who wrote the argument is told apart from what they say. */
function reportSilent(
  bench: Workbench,
  model: Model,
  unused: (span: Span, label: string, hint: string) => void,
): void {
  const uses = declarationsOf(bench, 'viewpoint').flatMap((viewpoint) => viewpoint.uses);
  const chosen = (kind: 'source' | 'side'): readonly string[] =>
    uses.flatMap((use) => (use.kind === kind ? [use.name.text] : []));
  const sources = new Set(chosen('source'));
  const speaks = (source: number | null): void => {
    const name = model.sources[source ?? -1]?.name;
    if (name !== undefined) sources.add(name);
  };
  for (const variable of model.variables) {
    if (variable.kind === 'input') for (const { source } of variable.estimates) speaks(source);
    if (variable.kind === 'series') speaks(variable.source);
  }
  for (const { source } of [...model.tables, ...model.observed]) speaks(source);
  for (const { form } of model.claims) {
    if (form.kind === 'on record') for (const { source } of form.lines) speaks(source);
  }
  for (const { name, author } of declarationsOf(bench, 'source')) {
    if (author === null && !sources.has(name.text))
      unused(
        name.span,
        `\`${name.text}\` says nothing in this model`,
        'Write what it says into an input, a table or a record, or take it away.',
      );
  }
  const sides = new Set(chosen('side'));
  for (const { side } of model.sources) {
    const name = model.sides[side ?? -1]?.name;
    if (name !== undefined) sides.add(name);
  }
  for (const { name } of declarationsOf(bench, 'side')) {
    if (!sides.has(name.text))
      unused(
        name.span,
        `no source is on the side \`${name.text}\``,
        'Say of a source that it is, or take the side away.',
      );
  }
}

/** Looks at an array as a whole: one of its elements may well be left alone. */
function reportUnchanging(bench: Workbench, model: Model): void {
  const filled = new Set<number>();
  const drained = new Set<number>();
  for (const { variable, inflows, outflows } of model.cells) {
    if (inflows.length > 0) filled.add(variable);
    if (outflows.length > 0) drained.add(variable);
  }
  const moved = new Set(model.tieMoves.map(({ effect }) => effect.tie));
  model.variables.forEach(({ kind, name, span }, number) => {
    if (kind === 'tie' && !moved.has(number))
      report(bench, 'tie-unmoved', span, {
        label: `no effect moves \`${name}\``,
        hint: `Let an event or an option move it, \`adds … to ${name}[…]\`, or make it an input.`,
      });
  });
  model.variables.forEach((variable, number) => {
    if (variable.kind !== 'stock' || filled.has(number)) return;
    const { name, span } = variable;
    if (!drained.has(number))
      report(bench, 'stock-unfilled', span, {
        label: `nothing flows into or out of \`${name}\``,
        hint: 'Indent below it its flows, with `+` or `-`; or make it an input, or a `let`.',
      });
    else if (startsEmpty(variable))
      report(bench, 'stock-unfilled', span, {
        label: `\`${name}\` starts at 0, and nothing flows into it`,
        hint: 'Indent below it a flow that fills it, with `+`, or let it start with something.',
      });
  });
}

/** What may fall below nothing can be drained from nothing. */
const startsEmpty = ({ signed, start }: StockVariable): boolean =>
  !signed && start.kind === 'constant' && start.value === 0;
