/**
 * Measures, claims and scenarios: what a future is reduced to, which sentences speak of that, and which inputs a
 * what-if holds fixed. And the prose: every link meets a claim and every claim a link.
 */
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { Brief } from '../brief/brief.ts';
import type { ClaimDeclaration, MeasureDeclaration } from '../language/tree.ts';
import { constantIn } from './check-constant.ts';
import { checkExpression } from './check-expression.ts';
import { isTaken, numberOf } from './check-inputs.ts';
import { instantOnAxis } from './check-time.ts';
import { expectBoolean } from './check-types.ts';
import { type CheckedVariable, expectDeclared, unitOfType } from './check-variables.ts';
import { type Expression, type Type, walk } from './expression.ts';
import type { Claim, ClaimForm, Measure, RecordEntry, Scenario, TimeAxis } from './model.ts';
import type { Place } from './read-name.ts';
import { combine, NUMBER, TIME, type Unit } from './units.ts';
import {
  declarationsOf,
  declareName,
  isUnread,
  readUnit,
  report,
  reportUnknown,
  UNKNOWN,
  type Workbench,
} from './workbench.ts';

const CONDITION_REDUCERS: readonly string[] = ['ever', 'always', 'time until'];

/** A measure before claims are checked: its body stays, for what it reads. */
export type CheckedMeasure = Measure;

export function checkMeasures(bench: Workbench, time: TimeAxis): readonly CheckedMeasure[] {
  const kept = declarationsOf(bench, 'measure').filter(({ name }) => {
    const measure = bench.measureTypes.length;
    if (!declareName(bench, { kind: 'measure', name: name.text, span: name.span, measure })) return false;
    bench.measureTypes.push(null);
    return true;
  });
  return kept.map((declaration, number) => {
    const measure = checkMeasure(bench, time, declaration);
    bench.measureTypes[number] = measure.type;
    return measure;
  });
}

function checkMeasure(bench: Workbench, time: TimeAxis, declaration: MeasureDeclaration): Measure {
  const { reducer, name } = declaration;
  const place: Place = { purpose: 'measure', loops: [], lintNumbers: false };
  const body = checkExpression(bench, declaration.body, place);
  if (CONDITION_REDUCERS.includes(reducer)) expectBoolean(bench, body);
  else if (body.type.kind === 'boolean' || body.type.kind === 'instant') {
    report(bench, 'number-expected', body.span, {
      label: `\`${reducer}\` reduces a quantity; this is ${body.type.kind === 'boolean' ? 'yes or no' : 'a date'}`,
      ...(body.type.kind === 'boolean'
        ? { hint: 'For a condition there are `ever`, `always` and `time until`.' }
        : {}),
    });
  }
  const { type, unit } = typeOfMeasure(bench, declaration, body);
  const end = time.start + time.step * time.steps;
  const window = declaration.window;
  let from = time.start;
  let to = end;
  if (window !== null) {
    from = instantOnAxis(bench, time, window.from) ?? time.start;
    to = instantOnAxis(bench, time, window.to) ?? end;
    if (to <= from && to !== time.start) {
      report(bench, 'window-empty', window.span, { label: 'the end is not after the start' });
      to = end;
    }
  }
  if (declaration.at !== null) from = to = instantOnAxis(bench, time, declaration.at) ?? end;
  if (reducer === 'final') from = to;
  const countFrom = declaration.from === null ? from : (instantOnAxis(bench, time, declaration.from) ?? from);
  return {
    name: name.text,
    label: declaration.label?.value ?? name.text,
    type,
    unit,
    reducer,
    body,
    // `time until C from DATE` looks for C from that date on.
    window: { from: Math.max(from, countFrom), to },
    countFrom,
    span: name.span,
  };
}

function typeOfMeasure(
  bench: Workbench,
  declaration: MeasureDeclaration,
  body: Expression,
): { type: Type; unit: Unit } {
  const { reducer } = declaration;
  let type: Type;
  if (reducer === 'ever' || reducer === 'always') type = { kind: 'boolean' };
  else if (reducer === 'time until') type = { kind: 'quantity', dimension: TIME };
  else if (reducer === 'total' && body.type.kind === 'quantity') {
    type = { kind: 'quantity', dimension: combine(body.type.dimension, TIME, 1) };
  } else type = body.type.kind === 'quantity' ? body.type : UNKNOWN;
  const declared = declaration.unit === null ? null : readUnit(bench, declaration.unit);
  if (declaration.unit !== null && declared !== null) {
    const whole: Expression = { ...body, type };
    expectDeclared(bench, whole, declaration.name, declaration.unit, {
      kind: 'quantity',
      dimension: declared.dimension,
    });
  }
  const shown = declared ?? (type.kind === 'boolean' ? NUMBER : unitOfType(type));
  return {
    type: declared === null ? type : { kind: 'quantity', dimension: declared.dimension },
    unit: shown,
  };
}

export function checkClaims(
  bench: Workbench,
  measures: readonly CheckedMeasure[],
  inputsOf: (expressions: readonly Expression[]) => readonly number[],
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const declaration of declarationsOf(bench, 'claim')) {
    const { name } = declaration;
    if (isTaken(bench, name, claims, 'claim')) continue;
    if (declaration.hindsight !== null && declarationsOf(bench, 'as of').length === 0) {
      report(bench, 'hindsight-without-as-of', declaration.hindsight);
    }
    const form = checkForm(bench, declaration, measures);
    if (form === null) continue;
    const read = form.kind === 'condition' ? measuresIn(form.condition) : [];
    const bodies = read.flatMap((measure) => measures[measure]?.body ?? []);
    claims.push({
      name: name.text,
      statement: declaration.statement?.value ?? name.text,
      row: declaration.row?.value ?? null,
      form,
      hindsight: declaration.hindsight !== null,
      measures: read,
      inputCells: form.kind === 'condition' ? inputsOf([form.condition, ...bodies]) : [],
      span: name.span,
    });
  }
  return claims;
}

function measuresIn(condition: Expression): readonly number[] {
  const found = new Set<number>();
  walk(condition, (part) => {
    if (part.kind === 'measure') found.add(part.measure);
  });
  return [...found].sort((a, b) => a - b);
}

function checkForm(
  bench: Workbench,
  declaration: ClaimDeclaration,
  measures: readonly Measure[],
): ClaimForm | null {
  const { form } = declaration;
  if (form === null) return null;
  switch (form.kind) {
    case 'condition': {
      const condition = checkExpression(bench, form.condition, {
        purpose: 'claim',
        loops: [],
        lintNumbers: false,
      });
      expectBoolean(bench, condition);
      reportCountingWithNever(bench, condition, measures);
      if (condition.type.kind === 'boolean' && !readsAnything(condition)) {
        report(bench, 'claim-reads-nothing', form.condition.span, {
          label: 'this is the same in every future',
        });
      }
      return { kind: 'condition', condition };
    }
    case 'on record': {
      const lines: RecordEntry[] = [];
      for (const line of form.lines) {
        const source = numberOf(bench, line.source, bench.sources, 'source');
        if (source !== null) lines.push({ stance: line.stance, source, note: line.note?.value ?? null });
      }
      return { kind: 'on record', lines };
    }
    default:
      return { kind: form.kind, reason: form.reason.value };
  }
}

const ORDERING: readonly string[] = ['less', 'less or equal', 'and', 'or', 'not', 'choose'];

/** What may be `never` has no sums and no differences: it can only be compared. */
function reportCountingWithNever(
  bench: Workbench,
  condition: Expression,
  measures: readonly Measure[],
): void {
  walk(condition, (part) => {
    if (
      part.kind === 'constant' ||
      part.kind === 'measure' ||
      part.kind === 'variable' ||
      ORDERING.includes(part.kind)
    )
      return;
    const read = measuresIn(part).find((measure) => measures[measure]?.reducer === 'time until');
    if (read === undefined) return;
    report(bench, 'never-in-arithmetic', part.span, { label: `\`${measures[read]?.name}\` can be never` });
  });
}

function readsAnything(condition: Expression): boolean {
  let found = false;
  walk(condition, (part) => {
    if (part.kind === 'measure' || part.kind === 'variable') found = true;
  });
  return found;
}

const isBeyondWhole = (share: rational.Rational): boolean =>
  rational.compare(share, rational.ZERO) < 0 || rational.compare(share, rational.ONE) > 0;

export function checkScenarios(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  firstCells: readonly number[],
): readonly Scenario[] {
  const scenarios: Scenario[] = [];
  for (const declaration of declarationsOf(bench, 'scenario')) {
    const { name } = declaration;
    if (!declareName(bench, { kind: 'scenario', name: name.text, span: name.span })) continue;
    const forces: { cell: number; value: number }[] = [];
    for (const force of declaration.forces) {
      const entity = bench.names.get(force.name.text);
      const variable = entity?.kind === 'variable' ? variables[entity.variable] : undefined;
      if (entity === undefined) {
        const inputs = bench.variables
          .filter((header) => header.kind === 'input')
          .map((header) => header.name);
        reportUnknown(bench, 'name-unknown', force.name, inputs, 'input');
        continue;
      }
      if (entity.kind !== 'variable' || variable?.body.kind !== 'input') {
        report(bench, 'scenario-not-input', force.name.span, { label: `\`${force.name.text}\` is no input` });
        continue;
      }
      const value = constantIn(bench, force.value, variable.unit);
      if (value !== null && variable.unit.text === 'share' && isBeyondWhole(value)) {
        report(bench, 'share-out-of-range', force.value.span, { label: 'this is not between 0 % and 100 %' });
        continue;
      }
      const { group } = variable.header;
      const members = group === null ? [] : (bench.groups[group]?.members ?? []);
      const element =
        force.element === null ? null : members.findIndex((member) => member.name === force.element?.text);
      if (force.element !== null && (element ?? -1) < 0) {
        reportUnknown(
          bench,
          'element-unknown',
          force.element,
          members.map((member) => member.name),
          'element of this input',
        );
        continue;
      }
      if (value === null) continue;
      const first = firstCells[entity.variable] ?? 0;
      const cells = group === null ? [first] : members.map((_, at) => first + at);
      cells.forEach((cell, at) => {
        if (element === null || element === at) forces.push({ cell, value: rational.toNumber(value) });
      });
    }
    scenarios.push({ name: name.text, label: declaration.label?.value ?? name.text, forces });
  }
  return scenarios;
}

/** Holds the prose and the claims against each other. */
export function checkLinks(bench: Workbench, brief: Brief | null): void {
  const claims = declarationsOf(bench, 'claim');
  if (brief === null) {
    const [first] = claims;
    if (first !== undefined) report(bench, 'brief-missing', first.name.span);
    return;
  }
  const names = new Set(claims.map((claim) => claim.name.text));
  const linked = new Set<string>();
  for (const paragraph of brief.paragraphs) {
    for (const link of paragraph.links) {
      linked.add(link.claim);
      if (names.has(link.claim) || isUnread(bench, link.claim)) continue;
      const nearest = suggest(link.claim, [...names]);
      report(bench, 'link-without-claim', link.span, {
        label: `no claim is called \`${link.claim}\``,
        ...(nearest === null ? {} : { hint: `Did you mean \`#${nearest}\`?` }),
      });
    }
  }
  for (const claim of claims) {
    if (linked.has(claim.name.text)) continue;
    report(bench, 'claim-without-link', claim.name.span, {
      label: `no sentence of ${brief.file} links to it`,
      hint: `Bind it to the words that make it: \`[words](#${claim.name.text})\`.`,
    });
  }
}
