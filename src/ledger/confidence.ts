/**
 * Confidence: on what an answer about a likelihood rests. It is said apart from the likelihood, as ICD 203 asks, since a
 * thing can be likely on poor grounds and unlikely on good ones.
 */
import type { Model, Viewpoint } from '../model/model.ts';
import { estimatesOf } from './viewpoint-order.ts';

/** How many independent sources stand behind the figures that a viewpoint takes for these inputs. */
export function sourcesBehind(model: Model, viewpoint: Viewpoint, cells: readonly number[]): number {
  const wanted = new Set(cells);
  const sources = new Set<number>();
  for (const { cell, estimate } of viewpoint.choices) {
    if (!wanted.has(cell)) continue;
    const estimates = estimatesOf(model, cell);
    const taken = estimates[estimate];
    // An echo adds nothing to what it repeats.
    const origin = taken?.echoOf == null ? taken : estimates[taken.echoOf];
    if (origin?.source != null) sources.add(origin.source);
  }
  return sources.size;
}
