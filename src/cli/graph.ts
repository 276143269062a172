/** `casus graph`: the causal map of an argument, or the part of it that one name hangs on, for drawing or as data. */

import { suggest } from '../base/suggest.ts';
import { behind, type CausalMap, causalMap } from '../model/causal-map.ts';
import { mermaidText } from '../views/mermaid.ts';
import { load } from './load.ts';
import { asTyped, commandName, EXIT, writeData, writeDiagnostics, writeNote } from './output.ts';

export const GRAPH_FORMATS = ['mermaid', 'json'] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];
export type GraphOptions = { readonly of?: string; readonly format: GraphFormat };

export function graph(path: string, { of, format }: GraphOptions): number {
  const { result, texts, name, exit } = load(path);
  // Warnings are for `check`: here they would hide the answer.
  if (!result.ok) {
    writeDiagnostics(result.diagnostics, texts, 'note');
    return exit;
  }
  const whole = causalMap(result.value.model);
  const map = of === undefined ? whole : partOf(whole, of);
  if (map === null) {
    const isUntested = result.value.model.claims.some((claim) => claim.name === of);
    if (isUntested) {
      writeNote(`error: the claim \`${of}\` is not tested on the model, so it hangs on nothing in it`);
      return EXIT.usage;
    }
    const nearest = suggest(
      of ?? '',
      whole.nodes.map((node) => node.name),
    );
    writeNote(
      `error: the causal map of ${name} has nothing called \`${of}\`${nearest === null ? '' : `; did you mean \`${nearest}\`?`}`,
    );
    writeNote(`Everything in it: ${commandName()} graph ${asTyped(path)}`);
    return EXIT.usage;
  }
  writeData(format === 'json' ? JSON.stringify(map, null, 2) : mermaidText(map));
  return EXIT.fine;
}

/** A claim may share its name with a quantity; then both are meant. Null where there is no such name. */
function partOf(map: CausalMap, name: string): CausalMap | null {
  const wanted = map.nodes.filter((node) => node.name === name).map(({ id }) => id);
  return wanted.length === 0 ? null : behind(map, wanted);
}
