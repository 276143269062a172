/**
 * Claims beside claims: `because` names what a conclusion rests on, `with` what is to hold together with it. A premise
 * parts the futures, so it must be true or false in each, as conditions are; a conclusion may be anything that can be
 * judged among some of the futures, such as a likelihood or an effect. What holds together may be any two claims that are
 * tested: where one of them speaks of all futures at once, their verdicts are paired instead of counting futures.
 */
import type { Span } from '../base/span.ts';
import { stronglyConnected } from '../base/strongly-connected.ts';
import type { ClaimDeclaration, Name } from '../language/tree.ts';
import { type Claim, isTested, isTrueOrFalse } from './model.ts';
import { shortestCircle } from './order-steps.ts';
import { declarationsOf, report, reportUnknown, type Workbench } from './workbench.ts';

type Relation = 'because' | 'with';

export function relateClaims(bench: Workbench, claims: readonly Claim[]): readonly Claim[] {
  const declarations = new Map(declarationsOf(bench, 'claim').map((one) => [one.name.span, one]));
  const numbers = new Map(claims.map(({ name }, number) => [name, number]));
  const related = claims.map((claim): Claim => {
    const declaration = declarations.get(claim.span);
    if (declaration === undefined) throw new Error('a claim without its declaration');
    const others = (relation: Relation): readonly number[] =>
      notTwice(bench, declaration[relation], relation).flatMap((name) => {
        const number = numberOf(bench, numbers, name);
        const other = claims[number ?? -1];
        const fits = other !== undefined && canBeTested(bench, claim, other, name, relation);
        return number !== null && fits ? [number] : [];
      });
    return { ...claim, because: others('because'), with: others('with') };
  });
  reportCircles(bench, related, declarations);
  return related;
}

function notTwice(bench: Workbench, names: readonly Name[], relation: Relation): readonly Name[] {
  const seen = new Set<string>();
  return names.filter(({ text, span }) => {
    if (seen.has(text))
      report(bench, 'given-twice', span, { label: `\`${relation} ${text}\` stands here already` });
    return !seen.has(text) && seen.add(text);
  });
}

function numberOf(bench: Workbench, numbers: ReadonlyMap<string, number>, name: Name): number | null {
  const number = numbers.get(name.text);
  if (number !== undefined) return number;
  const declared = declarationsOf(bench, 'claim').map((declaration) => declaration.name.text);
  // A claim that is declared but not here has a fault of its own, which is reported.
  if (!declared.includes(name.text)) reportUnknown(bench, 'claim-unknown', name, declared, 'claim');
  return null;
}

function canBeTested(bench: Workbench, claim: Claim, named: Claim, name: Name, relation: Relation): boolean {
  if (relation === 'with' && named === claim) {
    report(bench, 'claim-with-itself', name.span, { label: 'this is the claim itself' });
    return false;
  }
  return relation === 'because'
    ? canBePremise(bench, claim, named, name)
    : canBePaired(bench, claim, named, name);
}

function canBePremise(bench: Workbench, claim: Claim, named: Claim, name: Name): boolean {
  // Shares of a variance within some of the futures alone would be those of another model.
  if (!isTested(claim.form) || claim.form.kind === 'importance') {
    report(bench, 'claim-not-condition', name.span, {
      label: `\`because\` cannot stand in \`${claim.name}\`, which is ${describe(claim)}`,
      hint: isTested(claim.form)
        ? 'Take the line away; `with` asks under whose numbers two claims both hold.'
        : 'Take the line away: what is not judged by the model has no premise to test.',
    });
    return false;
  }
  if (isTrueOrFalse(named.form)) return true;
  report(bench, 'claim-not-condition', name.span, {
    label: `\`${name.text}\` is ${describe(named)}`,
    related: [{ span: named.span, label: 'declared here' }],
  });
  return false;
}

function canBePaired(bench: Workbench, claim: Claim, named: Claim, name: Name): boolean {
  if (!isTested(claim.form)) {
    report(bench, 'claim-not-tested', name.span, {
      label: `\`with\` cannot stand in \`${claim.name}\`, which is ${describe(claim)}`,
    });
    return false;
  }
  if (isTested(named.form)) return true;
  report(bench, 'claim-not-tested', name.span, {
    label: `\`${name.text}\` is ${describe(named)}`,
    related: [{ span: named.span, label: 'declared here' }],
  });
  return false;
}

function describe({ form }: Claim): string {
  switch (form.kind) {
    case 'condition':
      return 'a condition';
    case 'likelihood':
      return 'a likelihood';
    case 'effect':
      return 'a claim on an effect';
    case 'irrelevance':
      return 'a claim that something does not matter';
    case 'preference':
      return 'a claim of preference';
    case 'uniqueness':
      return 'a claim on the only one';
    case 'importance':
      return 'a claim on what matters most';
    case 'on record':
      return 'a claim on record';
    default:
      return `marked \`${form.kind}\``;
  }
}

function reportCircles(
  bench: Workbench,
  claims: readonly Claim[],
  declarations: ReadonlyMap<Span, ClaimDeclaration>,
): void {
  const premises = claims.map(({ because }) => because);
  for (const component of stronglyConnected(claims.length, (claim) => premises[claim] ?? [])) {
    const first = Math.min(...component);
    if (component.length === 1 && premises[first]?.includes(first) !== true) continue;
    const path = shortestCircle(premises, component, first);
    const nameOf = (claim: number): string => claims[claim]?.name ?? '';
    const lines = path.flatMap((claim, at) => {
      const next = nameOf(path[(at + 1) % path.length] ?? first);
      const span = claims[claim]?.span;
      const declaration = span === undefined ? undefined : declarations.get(span);
      const premise = declaration?.because.find(({ text }) => text === next);
      return premise === undefined
        ? []
        : [{ span: premise.span, label: `\`${nameOf(claim)}\` rests on \`${next}\`` }];
    });
    const [here, ...related] = lines;
    if (here === undefined) throw new Error('a circle without its first line');
    report(bench, 'premise-circle', here.span, {
      label: here.label,
      related,
      reason: `The whole circle: ${[...path, first].map(nameOf).join(' → ')}.`,
    });
  }
}
