/**
 * Claims of importance: which things are compared. They are the declared factors; what no factor holds is one of its own
 * where the claim names it, or where a model declares none. Only then does nothing that a measure hangs on go missing.
 */
import { hasErrors } from '../base/diagnostic.ts';
import type { Name, ClaimForm as WrittenForm } from '../language/tree.ts';
import { quoted } from './as-written.ts';
import { type Comparing, measureNamed, movedBy } from './check-comparisons.ts';
import { isUncertain, type Weighing } from './check-factors.ts';
import { isGiven } from './model.ts';
import type { ImportanceForm, Ranked } from './model-of-importance.ts';
import { describeEntity, quote, report, reportUnknown, type Workbench } from './workbench.ts';

type Written = WrittenForm & { readonly kind: 'importance' };

/** Null after a fault. */
export function checkImportance(
  bench: Workbench,
  comparing: Comparing,
  weighing: Weighing,
  form: Written,
  claim: Name,
): ImportanceForm | null {
  const measures = measuresNamed(bench, comparing, form);
  const among = form.amongLevers === null ? 'factors' : 'levers';
  const named = form.named.map((name) =>
    among === 'levers' ? leverNamed(bench, comparing, name) : factorNamed(bench, comparing, weighing, name),
  );
  if (measures === null || named.includes(null) || twice(bench, form.named)) return null;
  const reached = new Set(
    measures.flatMap((measure) => {
      const own = comparing.measures[measure];
      return own === undefined ? [] : comparing.behind([own]).cells.map(weighing.variableOf);
    }),
  );
  const others =
    among === 'levers' ? leversIn(comparing) : othersThan(bench, comparing, weighing, form, claim, reached);
  if (others === null) return null;
  const all = [...named.flatMap((one) => one ?? []), ...others];
  const isReached = ({ members }: Bare): boolean => members.some((member) => reached.has(member));
  const ranked = all.filter(
    (one, at) =>
      all.findIndex(({ name }) => name === one.name) === at && (at < named.length || isReached(one)),
  );
  // What could not be read might be what reads one of them.
  const isWhole = bench.errors.count === 0 && !hasErrors(bench.faults);
  if (isWhole && ranked.length === named.length && ranked.some(isReached)) {
    reportNothingElse(bench, form, among);
    return null;
  }
  for (const [at, one] of named.entries())
    if (isWhole && one !== null && !isReached(one)) reportNoPath(bench, form, form.named[at]);
  return {
    kind: 'importance',
    measures,
    among,
    ranked: ranked.map(({ name, members }) => ({
      name,
      members,
      moved: members.flatMap((member) => movedOf(bench, comparing, member)),
    })),
    named: form.named.map(({ text }) => text),
    text: quoted(bench.text, form.span),
  };
}

type Bare = Omit<Ranked, 'moved'>;

function measuresNamed(bench: Workbench, { measures }: Comparing, form: Written): readonly number[] | null {
  const seen = new Set<number>();
  const numbers = form.measures.map((reference) => {
    const number = measureNamed(bench, measures, reference);
    if (number !== null && seen.has(number))
      report(bench, 'given-twice', reference.span, { label: 'this measure stands here already' });
    if (number !== null) seen.add(number);
    return number;
  });
  return numbers.includes(null) ? null : [...seen];
}

function twice(bench: Workbench, names: readonly Name[]): boolean {
  const again = names.find(({ text }, at) => names.findIndex((other) => other.text === text) < at);
  if (again !== undefined)
    report(bench, 'given-twice', again.span, { label: `\`${again.text}\` stands here already` });
  return again !== undefined;
}

// --- what is named ----------------------------------------------------------------------------------------------

function factorNamed(
  bench: Workbench,
  { holdable: { variables } }: Comparing,
  { factors }: Weighing,
  name: Name,
): Bare | null {
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const uncertain = variables.filter(isUncertain).map(({ header }) => header.name);
    const candidates = [...factors.map((factor) => factor.name), ...uncertain];
    reportUnknown(bench, 'name-unknown', name, candidates, 'factor, input or other uncertainty');
    return null;
  }
  const factor = entity.kind === 'factor' ? factors.find((one) => one.name === name.text) : undefined;
  if (factor !== undefined) return { name: factor.name, members: factor.members };
  const variable = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  if (entity.kind !== 'variable' || variable === undefined || !isUncertain(variable)) {
    report(bench, 'importance-subject', name.span, {
      label: `\`${name.text}\` is ${describeEntity(bench, entity)}`,
      ...(variable?.header.kind === 'lever'
        ? {
            hint: 'Somebody sets a lever, so that it is no uncertainty: ask about levers apart, with `among levers` at the end of the line.',
          }
        : {}),
    });
    return null;
  }
  const holder = factors.find(({ members }) => members.includes(entity.variable));
  if (holder === undefined) return { name: name.text, members: [entity.variable] };
  report(bench, 'importance-subject', name.span, {
    label: `\`${name.text}\` is in the factor \`${holder.name}\``,
    related: [{ span: holder.span, label: 'declared here' }],
    hint: `Name \`${holder.name}\`, or take \`${name.text}\` out of it.`,
  });
  return null;
}

function leverNamed(bench: Workbench, comparing: Comparing, name: Name): Bare | null {
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    reportUnknown(
      bench,
      'name-unknown',
      name,
      leversIn(comparing).map((lever) => lever.name),
      'lever',
    );
    return null;
  }
  const variable = entity.kind === 'variable' ? entity.variable : -1;
  if (comparing.holdable.variables[variable]?.header.kind === 'lever')
    return { name: name.text, members: [variable] };
  report(bench, 'importance-subject', name.span, {
    label: `\`${name.text}\` is ${describeEntity(bench, entity)}, and no lever`,
    hint: 'Name levers, or take `among levers` away.',
  });
  return null;
}

const leversIn = ({ holdable: { variables } }: Comparing): readonly Bare[] =>
  variables.flatMap(({ header }, number) =>
    header.kind === 'lever' ? [{ name: header.name, members: [number] }] : [],
  );

// --- what it is compared with -----------------------------------------------------------------------------------

/** The other factors; null where something that the claim hangs on is in none. */
function othersThan(
  bench: Workbench,
  { holdable: { variables } }: Comparing,
  { factors, areSound, varying }: Weighing,
  form: Written,
  claim: Name,
  reached: ReadonlySet<number>,
): readonly Bare[] | null {
  const held = new Set(factors.flatMap(({ members }) => members));
  const named = new Set(form.named.map(({ text }) => text));
  const left = variables.flatMap(({ header }, number) =>
    reached.has(number) && varying.has(number) && !held.has(number) && !named.has(header.name)
      ? [{ name: header.name, members: [number] }]
      : [],
  );
  if (factors.length === 0 && areSound) return left;
  if (!areSound) return null;
  if (left.length === 0) return factors;
  const names = left.map(({ name }) => `\`${name}\``);
  report(bench, 'factor-left-out', claim.span, {
    label: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} in no factor, and the claim's measures hang on ${names.length === 1 ? 'it' : 'them'}`,
    hint: `Put ${names.length === 1 ? 'it' : 'each'} into a factor, if need be into one for all the rest: \`factor rest = ${left.map(({ name }) => name).join(', ')}\`.`,
  });
  return null;
}

function reportNothingElse(bench: Workbench, form: Written, among: ImportanceForm['among']): void {
  const [first, ...more] = form.named;
  const last = more.at(-1) ?? first;
  if (first === undefined || last === undefined) throw new Error('a claim that names nothing');
  const measures = form.measures.map(({ span }) => `\`${quote(bench, span)}\``).join(', ');
  report(
    bench,
    'importance-of-all',
    { ...first.span, end: last.span.end },
    {
      label: `${measures} ${form.measures.length === 1 ? 'hangs' : 'hang'} on ${among === 'levers' ? 'no other lever' : 'nothing else that is uncertain'}`,
    },
  );
}

function reportNoPath(bench: Workbench, form: Written, name: Name | undefined): void {
  if (name === undefined) return;
  const measures = form.measures.map(({ span }) => `\`${quote(bench, span)}\``).join(', ');
  report(bench, 'importance-without-path', name.span, {
    label: `nothing leads from \`${name.text}\` to ${measures}`,
  });
}

/** The states of one variable; none of what only draws. */
function movedOf(bench: Workbench, { holdable }: Comparing, variable: number): Ranked['moved'] {
  const header = holdable.variables[variable]?.header;
  if (header === undefined || !(isGiven(header.kind) || ['decision', 'event'].includes(header.kind)))
    return [];
  const name: Name = { text: header.name, span: header.span };
  const moved = movedBy(bench, holdable, { kind: 'name', name, span: header.span });
  return moved === null ? [] : [moved];
}
