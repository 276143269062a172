/** The inputs of whole orders, drawn in modules, are those of the plain path: on every model of the gallery, under both designs. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quantileAt } from '../../src/base/figure.ts';
import { hashName } from '../../src/base/hash.ts';
import { load } from '../../src/cli/load.ts';
import { correlatedColumns } from '../../src/engine/correlate.ts';
import { DESIGN_KINDS, drawColumn } from '../../src/engine/design.ts';
import type { RunOrder } from '../../src/engine/ensemble.ts';
import { finished } from '../../src/engine/host.ts';
import { inputColumns } from '../../src/engine/input-columns.ts';
import { correlationsOf, figuresOf } from '../../src/ledger/viewpoint-order.ts';

const FUTURES = 130;

/** What each input is given in every future, one number after the other. */
function plainColumns(order: RunOrder): readonly number[][] {
  const { program, design, figures, forced, redrawn } = order;
  const correlated = finished(correlatedColumns(order));
  return program.inputs.flatMap(({ name, site, knots }, slot) => {
    const shares = redrawn.includes(slot)
      ? drawColumn(design, hashName(`${name} redrawn`))
      : (correlated.get(slot) ?? drawColumn(design, site));
    const figure = figures[slot]!;
    const held = forced.find((one) => one.slot === slot);
    return Array.from({ length: Math.max(1, knots.length) }, (_, knot) =>
      [...shares].map((u) => {
        if (held !== undefined) return held.value;
        return quantileAt(figure.kind === 'dated' ? figure.knots[knot]! : figure, u);
      }),
    );
  });
}

describe.each(readdirSync('models'))('%s', (name) => {
  const loaded = load(`models/${name}`).result;
  if (!loaded.ok) throw new Error(`${name} has faults`);
  const { model, program } = loaded.value;
  it.each(DESIGN_KINDS)('draws its inputs by %s', (kind) => {
    expect(model.viewpoints.length).toBeGreaterThan(0);
    for (const viewpoint of model.viewpoints) {
      const order: RunOrder = {
        program,
        design: { kind, futures: FUTURES, seed: 11 },
        figures: figuresOf(model, viewpoint),
        forced: program.inputs.length > 2 ? [{ slot: 1, value: 2.5 }] : [],
        redrawn: [0],
        correlations: correlationsOf(model, program),
      };
      for (const redrawn of [[], [0]]) {
        const own = { ...order, redrawn };
        expect(finished(inputColumns(own)).map((column) => [...column])).toEqual(plainColumns(own));
      }
    }
  });
});
