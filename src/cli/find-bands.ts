/** The variables that `--bands` names, and whether what is to be kept of them fits. */
import { formatCount } from '../base/number-format.ts';
import { suggest } from '../base/suggest.ts';
import type { Compiled } from '../compile.ts';
import { mainEffort } from '../ledger/effort.ts';
import type { ViewpointPlan, WantedBand } from '../ledger/plan.ts';
import { behind, causalMap } from '../model/causal-map.ts';

/** Values that a run may keep of its futures: 400 MB. */
export const MOST_KEPT = 50_000_000;
/** Names told of a model that has more of them. */
const MOST_NAMES_TOLD = 12;

/** The variables by number, or what is wrong with a name. */
export function findBands(
  { model, program }: Compiled,
  names: readonly string[],
): readonly WantedBand[] | string {
  const map = causalMap(model);
  const candidates = program.variables.flatMap(({ name, asked, cell, register, state }, variable) => {
    const declared = model.variables[model.cells[cell]?.variable ?? -1];
    // Which of its meanings a definition has is no variable.
    const isMeaning = program.inputs.some(
      (slot) => slot.register === register && declared?.kind === 'definition',
    );
    if (declared === undefined || isMeaning || state) return [];
    const prefix = asked ? 'asked ' : '';
    return [{ variable, declared, shown: prefix + name, whole: prefix + declared.name }];
  });
  const found = new Map<number, WantedBand>();
  for (const typed of names) {
    const name = typed
      .replaceAll(/\s*([[\],])\s*/g, '$1')
      .replaceAll(',', ', ')
      .trim();
    const own = candidates.filter(({ shown, whole }) => shown === name || whole === name);
    if (own.length === 0) return unknown(name, candidates);
    for (const { variable, declared } of own) {
      if (declared.kind === 'decision')
        return `\`${name}\` is a decision, whose options have no order, so that it has no bands: \`--trace\` shows one future of it, and a measure how often an option stands.`;
      if (declared.type.kind !== 'quantity')
        return `\`${name}\` is ${declared.type.kind === 'boolean' ? 'a yes or no' : 'a point in time'}, and bands are of quantities: ask for what it is worked out from.`;
      const id = `${declared.kind}:${declared.name}`;
      const definitions = behind(map, [id]).nodes.flatMap((node) => {
        const number = model.variables.findIndex((one) => one.name === node.name);
        return node.kind === 'definition' && number >= 0 ? [number] : [];
      });
      found.set(variable, { variable, definitions: definitions.toSorted((a, b) => a - b) });
    }
  }
  return [...found.values()];
}

function unknown(
  name: string,
  candidates: readonly { readonly shown: string; readonly whole: string }[],
): string {
  const wholes = [...new Set(candidates.map(({ whole }) => whole))].filter(
    (one) => !one.startsWith('asked '),
  );
  const nearest = suggest(
    name,
    candidates.flatMap(({ shown, whole }) => [shown, whole]),
  );
  const told = wholes.slice(0, MOST_NAMES_TOLD).join(', ');
  const more = wholes.length - MOST_NAMES_TOLD;
  const list = `the model has ${told}${more > 0 ? ` and ${more} more` : ''}`;
  return `there is no variable \`${name}\`${nearest === null ? '' : `; did you mean \`${nearest}\`?`} (${list})`;
}

/** What speaks against keeping so much; null if nothing does. */
export function bandsFault(plans: readonly ViewpointPlan[], runs: number): string | null {
  let worst = { values: 0, variables: 0, instants: 0, futures: 0 };
  for (const { order, certain } of plans) {
    if (order.keep === undefined) continue;
    const [variables, instants] = [order.keep.variables.length, order.keep.instants.length];
    const futures = certain ? 1 : Math.max(...mainEffort(runs, order.program.time.steps));
    const values = variables * instants * futures;
    if (values > worst.values) worst = { values, variables, instants, futures };
  }
  if (worst.values <= MOST_KEPT) return null;
  const { values, variables, instants, futures } = worst;
  const why =
    futures === runs
      ? ` in ${formatCount(runs)} futures`
      : `, as open verdicts may double the ${formatCount(runs)} futures to ${formatCount(futures)}`;
  return `--bands of ${formatCount(variables)} ${variables === 1 ? 'variable' : 'variables'} at ${instants} instants would keep ${formatCount(values)} values${why}; ${formatCount(MOST_KEPT)} is the most: name fewer variables, or ask for fewer --runs.`;
}
