/**
 * Factors: which uncertainties belong together where a claim asks on what most hangs. They part what is uncertain: nothing
 * is in two of them, and a lever, which somebody sets, is in none.
 */
import { isFixed } from '../base/figure.ts';
import type { FactorDeclaration, Name } from '../language/tree.ts';
import type { CheckedVariable } from './check-variables.ts';
import { drawsIn } from './draw-sites.ts';
import type { Cell, Model, Viewpoint } from './model.ts';
import type { Factor } from './model-of-importance.ts';
import {
  declarationsOf,
  declareName,
  describeEntity,
  report,
  reportUnknown,
  type Workbench,
} from './workbench.ts';

/** Declares the names of all factors; gives the declarations whose names were free. */
export const declareFactors = (bench: Workbench): readonly FactorDeclaration[] =>
  declarationsOf(bench, 'factor').filter(({ name }, factor) =>
    declareName(bench, { kind: 'factor', name: name.text, span: name.span, factor }),
  );

export function checkFactors(
  bench: Workbench,
  variables: readonly CheckedVariable[],
  declarations: readonly FactorDeclaration[],
): readonly Factor[] {
  const taken = new Map<number, { readonly factor: Name; readonly member: Name }>();
  return declarations.map(({ name, label, members }): Factor => {
    const own: number[] = [];
    for (const member of members) {
      const variable = uncertaintyOf(bench, variables, member);
      if (variable === null) continue;
      const before = taken.get(variable);
      if (before?.factor === name) {
        report(bench, 'given-twice', member.span, { label: `\`${member.text}\` is in this factor already` });
      } else if (before !== undefined) {
        report(bench, 'factor-overlap', member.span, {
          label: `\`${member.text}\` is in \`${before.factor.text}\` already`,
          related: [{ span: before.member.span, label: 'here' }],
        });
      } else {
        taken.set(variable, { factor: name, member });
        own.push(variable);
      }
    }
    return { name: name.text, label: label?.value ?? name.text, members: own, span: name.span };
  });
}

/** What is given by figures, happens or is chosen by chance. */
export const isUncertain = ({ header, body }: CheckedVariable): boolean =>
  ['input', 'event', 'decision'].includes(header.kind) ||
  (body.kind === 'equation' && drawsIn(body.value).length > 0);

function uncertaintyOf(bench: Workbench, variables: readonly CheckedVariable[], name: Name): number | null {
  const entity = bench.names.get(name.text);
  if (entity === undefined) {
    const candidates = variables.filter(isUncertain).map(({ header }) => header.name);
    reportUnknown(bench, 'name-unknown', name, candidates, 'input or other uncertainty');
    return null;
  }
  const variable = entity.kind === 'variable' ? variables[entity.variable] : undefined;
  if (entity.kind === 'variable' && (variable === undefined || isUncertain(variable))) return entity.variable;
  const kind = variable?.header.kind;
  report(bench, 'factor-member', name.span, {
    label: `\`${name.text}\` is ${describeEntity(bench, entity)}${kind === 'let' || kind === 'flow' ? ', and draws nothing itself' : ''}`,
    ...(kind === undefined
      ? {}
      : {
          hint:
            kind === 'lever'
              ? 'Somebody sets a lever, so that it is no uncertainty: a claim asks about levers apart, `… hangs most on … among levers`.'
              : `Name what is uncertain behind it: \`casus explain ${name.text}\` says on which inputs it hangs.`,
        }),
  });
  return null;
}

/** What claims of importance need to know of what is uncertain. */
export type Weighing = {
  readonly factors: readonly Factor[];
  /** Whether all of them could be read; otherwise nobody knows what they leave out. */
  readonly areSound: boolean;
  /** Numbers of the variables that differ between futures, by any viewpoint's figures or by chance. */
  readonly varying: ReadonlySet<number>;
  /** The variable of a cell. */
  readonly variableOf: (cell: number) => number;
};

export function weighingOf(
  bench: Workbench,
  factors: readonly Factor[],
  variables: readonly CheckedVariable[],
  cells: readonly Cell[],
  viewpoints: readonly Viewpoint[],
): Weighing {
  const chancy = variables.flatMap((variable, number) =>
    isUncertain(variable) && variable.header.kind !== 'input' ? [number] : [],
  );
  const drawn = viewpoints.flatMap(({ choices }) =>
    choices.flatMap(({ cell, estimate }) => {
      const number = cells[cell]?.variable ?? -1;
      const body = variables[number]?.body;
      const figure = body?.kind === 'input' ? body.estimates[estimate]?.drawn : null;
      return figure != null && !isFixed(figure) ? [number] : [];
    }),
  );
  const declared = declarationsOf(bench, 'factor').length;
  const read = factors.every(({ name, members }) =>
    declarationsOf(bench, 'factor').some(
      (one) => one.name.text === name && one.members.length > 0 && one.members.length === members.length,
    ),
  );
  return {
    factors,
    areSound: declared === factors.length && read && !bench.unread.some(({ kind }) => kind === 'factor'),
    varying: new Set([...chancy, ...drawn]),
    variableOf: (cell) => cells[cell]?.variable ?? -1,
  };
}

/** Warns of factors in which nothing is uncertain under any viewpoint. */
export function warnConstant(bench: Workbench, model: Model, { varying }: Weighing): void {
  for (const { name, members, span } of model.factors) {
    if (members.some((member) => varying.has(member))) continue;
    const names = members.map((member) => `\`${model.variables[member]?.name}\``);
    report(bench, 'factor-constant', span, {
      label: `${names.join(', ')} ${names.length === 1 ? 'is an exact number' : 'are exact numbers'}${model.viewpoints.length > 1 ? ' under every viewpoint' : ''}, so that nothing can hang on \`${name}\``,
    });
  }
}
