/**
 * Claims: what each says of the measures of a future, or why it is not judged. And the prose: every link meets a
 * claim and every claim a link.
 */
import { MAXIMUM_COMBINATIONS } from '../base/limits.ts';
import * as rational from '../base/rational.ts';
import { suggest } from '../base/suggest.ts';
import type { Brief } from '../brief/brief.ts';
import type {
  ClaimDeclaration,
  Expression as WrittenExpression,
  StatedLikelihood as WrittenLikelihood,
} from '../language/tree.ts';
import { type Elements, offsetRead, shapeOf } from './array-shape.ts';
import type { Behind, Meanings } from './behind.ts';
import { type Comparing, checkEffect, checkIrrelevance } from './check-comparisons.ts';
import { isBlank } from './check-estimates.ts';
import { checkExpression } from './check-expression.ts';
import type { Weighing } from './check-factors.ts';
import type { Holdable } from './check-forcing.ts';
import { checkImportance } from './check-importance.ts';
import { combinationsOf } from './check-meanings.ts';
import type { Preferences } from './check-preferences.ts';
import { isTaken, numberOf } from './check-sources.ts';
import { expectBoolean } from './check-types.ts';
import { checkUniqueness } from './check-uniqueness.ts';
import { fitsOperations } from './count-operations.ts';
import { type Expression, partsOf, walk } from './expression.ts';
import {
  type Claim,
  type ClaimForm,
  conditionOf,
  isCountedPair,
  type Measure,
  type RecordEntry,
  type Sense,
  type StatedLikelihood,
} from './model.ts';
import type { Forcing } from './model-of-comparisons.ts';
import { relateClaims } from './relate-claims.ts';
import { declarationsOf, expectAsOf, isUnread, quote, report, type Workbench } from './workbench.ts';

/** What hangs behind a condition and the measures that it reads, where definitions have these meanings. */
export type Follow = (condition: Expression | null, read: readonly Measure[], meanings?: Meanings) => Behind;

export function checkClaims(
  bench: Workbench,
  measures: readonly Measure[],
  holdable: Holdable,
  weighing: Weighing,
  preferences: Preferences['forms'],
  behind: Follow,
  meaningCounts: (definitions: readonly number[]) => readonly number[],
): readonly Claim[] {
  const claims: Claim[] = [];
  const comparing: Comparing = { holdable, measures, preferences, behind: (read) => behind(null, read) };
  const followed = new Map<string, (meanings: Meanings) => Behind>();
  for (const declaration of declarationsOf(bench, 'claim')) {
    const { name } = declaration;
    if (isTaken(bench, name, claims, 'claim')) continue;
    if (declaration.hindsight !== null) expectAsOf(bench, declaration.hindsight);
    const form = checkForm(bench, declaration, comparing, weighing);
    if (form === null) continue;
    const condition = conditionOf(form);
    const fits = condition !== null && fitsOperations(bench, condition);
    const read = fits ? measuresRead(bench, measures, condition) : measuresCompared(form);
    const bodies = read.flatMap((measure) => measures[measure] ?? []);
    const follow = (meanings?: Meanings): Behind => behind(fits ? condition : null, bodies, meanings);
    followed.set(name.text, follow);
    const { inputs: all, calibrated, levers, draws, rows, definitions } = follow();
    const inputs = withoutHeld(form, all);
    claims.push({
      name: name.text,
      statement: declaration.statement?.value ?? name.text,
      row: declaration.row?.value ?? null,
      form,
      hindsight: declaration.hindsight !== null,
      measures: read,
      inputCells: inputs,
      calibratedCells: calibrated,
      leverCells: levers,
      draws,
      readsRows: rows,
      definitions,
      senses: [{ meanings: [], inputCells: inputs, draws }],
      because: [],
      with: [],
      span: name.span,
    });
  }
  const related = relateClaims(bench, claims);
  const tooMany = (definitions: readonly number[]): boolean =>
    meaningCounts(definitions).reduce((product, count) => product * count, 1) > MAXIMUM_COMBINATIONS;
  return related.map((claim) => {
    // What is counted beside a claim is so in the same futures, so that both need the same columns. Verdicts that are paired
    // stay in their own: another column would be another run of all that a claim compares.
    const counted = claim.with.filter((number) => {
      const other = related[number];
      return other !== undefined && isCountedPair(claim.form, other.form);
    });
    const named = [...claim.because, ...counted].map((number) => related[number]);
    const all = [claim, ...named].flatMap((one) => one?.definitions ?? []);
    const definitions = [...new Set(all)].sort((a, b) => a - b);
    // A measure or a premise that is too much alone is reported already.
    const parts = [claim, ...named].flatMap((one) => one?.measures ?? []);
    if (definitions.length === 0 || parts.some((one) => tooMany(measures[one]?.definitions ?? [])))
      return claim;
    const follow = followed.get(claim.name);
    if (follow === undefined) throw new Error('a claim that was not followed');
    const senses = combinationsOf(bench, meaningCounts(definitions), claim.name, claim.span)?.map(
      (meanings): Sense => {
        const chosen = new Map(definitions.map((definition, at) => [definition, meanings[at] ?? 0]));
        const { inputs, draws } = follow(chosen);
        return { meanings, inputCells: withoutHeld(claim.form, inputs), draws };
      },
    );
    return { ...claim, definitions, senses: senses ?? claim.senses };
  });
}

/** Without the inputs that both worlds of a claim hold: nobody's figure enters there. */
function withoutHeld(form: ClaimForm, inputs: readonly number[]): readonly number[] {
  if (form.kind !== 'effect') return inputs;
  const { first, second } = form;
  const held = ({ forces }: Forcing, cell: number): boolean => forces.some((force) => force.cell === cell);
  return inputs.filter((cell) => !held(first, cell) || !held(second, cell));
}

/** The measures of a form that has no condition to read them. */
function measuresCompared(form: ClaimForm): readonly number[] {
  switch (form.kind) {
    case 'effect':
      return [form.measure];
    case 'irrelevance':
      return form.measures.map(({ measure }) => measure).toSorted((one, other) => one - other);
    case 'importance':
      return form.measures.toSorted((one, other) => one - other);
    default:
      return [];
  }
}

/** The measures that a condition reads, element by element; whoever calls this has counted its operations. */
export function measuresRead(
  bench: Workbench,
  measures: readonly Measure[],
  condition: Expression,
): readonly number[] {
  const found = new Set<number>();
  const visit = (part: Expression, elements: Elements): void => {
    if (part.kind === 'measure') {
      const shape = shapeOf(bench.groups, measures[part.measure]?.groups ?? []);
      found.add(part.measure + offsetRead(shape, part.indices, elements));
    }
    if (part.kind !== 'reduce') {
      for (const one of partsOf(part)) visit(one, elements);
      return;
    }
    const { length } = bench.groups[part.group]?.members ?? [];
    for (let element = 0; element < length; element++) visit(part.body, [...elements, element]);
  };
  visit(condition, []);
  return [...found].sort((a, b) => a - b);
}

function checkForm(
  bench: Workbench,
  declaration: ClaimDeclaration,
  comparing: Comparing,
  weighing: Weighing,
): ClaimForm | null {
  const { measures } = comparing;
  const { form } = declaration;
  if (form === null) return null;
  switch (form.kind) {
    case 'condition':
      return { kind: 'condition', condition: checkCondition(bench, form.condition, measures) };
    case 'likelihood': {
      const condition = checkCondition(bench, form.condition, measures);
      return { kind: 'likelihood', condition, stated: checkStated(bench, form.stated) };
    }
    case 'effect':
      return checkEffect(bench, comparing, form);
    case 'irrelevance':
      return checkIrrelevance(bench, comparing, form);
    case 'importance':
      return checkImportance(bench, comparing, weighing, form, declaration.name);
    case 'preference':
      return comparing.preferences.get(form) ?? null;
    case 'uniqueness': {
      const checked = checkUniqueness(bench, form);
      if (checked !== null) reportCountingWithNever(bench, checked.condition, measures);
      return checked;
    }
    case 'on record': {
      const lines: RecordEntry[] = [];
      for (const line of form.lines) {
        const source = numberOf(bench, line.source, bench.sources, 'source');
        if (lines.some((other) => other.source === source)) {
          report(bench, 'given-twice', line.source.span, {
            label: `\`${line.source.text}\` stands on this record already`,
            hint: 'Keep one line for each source; what speaks for and against is `partly`.',
          });
          continue;
        }
        if (source !== null) lines.push({ stance: line.stance, source, note: line.note?.value ?? null });
      }
      return { kind: 'on record', lines };
    }
    default:
      if (isBlank(form.reason)) {
        report(bench, 'claim-reason-missing', form.reason.span, {
          label: 'this says nothing',
          hint: `Say in the quotes why it is ${form.kind === 'context' ? 'context only' : form.kind}.`,
        });
      }
      return { kind: form.kind, reason: form.reason.value };
  }
}

export function checkCondition(
  bench: Workbench,
  written: WrittenExpression,
  measures: readonly Measure[],
  nothing: 'claim-reads-nothing' | 'require-reads-nothing' = 'claim-reads-nothing',
): Expression {
  const condition = checkExpression(bench, written, { purpose: 'claim', loops: [], lintNumbers: false });
  expectBoolean(bench, condition);
  reportCountingWithNever(bench, condition, measures);
  if (condition.type.kind === 'boolean' && !readsAnything(condition)) {
    report(bench, nothing, written.span, { label: 'this is the same in every future' });
  }
  return condition;
}

function checkStated(bench: Workbench, stated: WrittenLikelihood): StatedLikelihood {
  if (stated.kind === 'words') return stated;
  const { value, percent, span } = stated.value;
  if (rational.compare(value, rational.ZERO) <= 0 || rational.compare(value, rational.ONE) >= 0) {
    const isWhole = !percent && rational.compare(value, rational.ONE) > 0;
    report(bench, 'share-out-of-range', span, {
      label: 'a likelihood is held against something between 0 % and 100 %, without these two',
      hint: isWhole
        ? `Write \`${quote(bench, span)}%\`.`
        : 'That a thing never fails, or never happens, no number of futures can show. Name the share that would be enough, for example `P(…) >= 99%`, or make the condition a claim of its own.',
    });
  }
  return { kind: 'number', operator: stated.operator, value: rational.toNumber(value) };
}

const ORDERING: readonly string[] = ['less', 'less or equal', 'and', 'or', 'not', 'choose'];

/** What may be `never` has no sums and no differences: it can only be compared. */
function reportCountingWithNever(
  bench: Workbench,
  condition: Expression,
  measures: readonly Measure[],
): void {
  let told = false;
  walk(condition, (part) => {
    if (
      part.kind === 'constant' ||
      part.kind === 'measure' ||
      part.kind === 'variable' ||
      ORDERING.includes(part.kind)
    )
      return;
    // The first or the last of several is one of them.
    if (part.kind === 'reduce' && part.reducer !== 'sum') return;
    let read: Measure | undefined;
    walk(part, (inner) => {
      if (inner.kind === 'measure' && measures[inner.measure]?.reducer === 'time until')
        read ??= measures[inner.measure];
    });
    if (read === undefined || told) return;
    told = true;
    const name = read.groups.length === 0 ? read.name : quote(bench, part.span);
    report(bench, 'never-in-arithmetic', part.span, {
      label: `\`${name}\` can be never`,
      hint: `Compare it directly with a length of time, for example \`${name} <= 6 month\`.`,
    });
  });
}

function readsAnything(condition: Expression): boolean {
  let found = false;
  walk(condition, (part) => {
    // A part at fault might have read something.
    if (part.kind === 'measure' || part.kind === 'variable' || part.type.kind === 'unknown') found = true;
  });
  return found;
}

/** Holds the prose and the claims against each other. */
export function checkLinks(bench: Workbench, brief: Brief | null): void {
  const claims = declarationsOf(bench, 'claim');
  if (brief === null) {
    const [first] = claims;
    if (first !== undefined)
      report(bench, 'brief-missing', first.name.span, { label: 'no words stand behind this claim' });
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
