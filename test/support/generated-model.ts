/**
 * Generated models for properties of the dynamics: several stocks, flows between random pairs of them (chains, branches,
 * loops, self-loops, from and to the outside), constant and state-dependent rates, steps from a tenth of a day to a week.
 */
import fc from 'fast-check';

export type GeneratedFlow = {
  readonly name: string;
  /** Numbers of the stocks that it leaves and enters; null is the outside. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rate: string;
};

export type GeneratedModel = {
  readonly stocks: readonly { readonly name: string; readonly start: number }[];
  readonly flows: readonly GeneratedFlow[];
  readonly lets: readonly string[];
  readonly stepTenths: number;
  readonly steps: number;
};

const STEP_TENTHS = [1, 2, 3, 5, 7, 10, 15, 20, 35, 70];

/** A rate as text, given how many stocks there are and which flows stand before it. */
function rate(stocks: number, before: number): fc.Arbitrary<string> {
  const stock = fc.integer({ min: 0, max: stocks - 1 });
  const tenths = (most: number): fc.Arbitrary<string> =>
    fc.integer({ min: 0, max: most * 10 }).map((value) => String(value / 10));
  const choices: fc.Arbitrary<string>[] = [
    tenths(60).map((value) => `${value} round/day`),
    fc.tuple(stock, fc.integer({ min: 1, max: 20 })).map(([one, days]) => `s${one} / ${days} day`),
    stock.map((one) => `paced${one}`),
    // What is below zero asks for nothing.
    fc.tuple(stock, tenths(50)).map(([one, value]) => `${value} round/day - s${one} / 3 day`),
    fc
      .tuple(stock, tenths(50), tenths(50))
      .map(([one, x, y]) => `if s${one} > 20 round then ${x} round/day else ${y} round/day`),
  ];
  if (before > 0) {
    const flow = fc.integer({ min: 0, max: before - 1 });
    choices.push(flow.map((one) => `asked f${one} * 2`));
  }
  return fc.oneof(...choices);
}

export const generatedModel: fc.Arbitrary<GeneratedModel> = fc
  .record({
    starts: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 }),
    count: fc.integer({ min: 1, max: 8 }),
    stepTenths: fc.constantFrom(...STEP_TENTHS),
    steps: fc.integer({ min: 1, max: 30 }),
  })
  .chain(({ starts, count, stepTenths, steps }) => {
    const end = fc.option(fc.integer({ min: 0, max: starts.length - 1 }), { freq: 4 });
    const flow = (number: number): fc.Arbitrary<GeneratedFlow> =>
      fc
        .record({ from: end, to: end, spare: fc.integer({ min: 0, max: starts.length - 1 }) })
        .chain(({ from, to, spare }) =>
          rate(starts.length, number).map((text) => ({
            name: `f${number}`,
            // A flow touches at least one stock.
            from: from === null && to === null ? spare : from,
            to,
            rate: text,
          })),
        );
    return fc.tuple(...Array.from({ length: count }, (_, number) => flow(number))).map((flows) => ({
      stocks: starts.map((start, number) => ({ name: `s${number}`, start: start / 10 })),
      flows,
      lets: starts.map((_, number) => `let paced${number}: round/day = s${number} / ${number + 2} day`),
      stepTenths,
      steps,
    }));
  });

/** The declarations behind the head, each a text of its own, so that their order can be changed. */
export function declarationsOf(model: GeneratedModel): readonly string[] {
  const stocks = model.stocks.map(({ name, start }, number) =>
    [
      `stock ${name}: round = ${start} round`,
      ...model.flows.flatMap((flow) => (flow.to === number ? [`  + ${flow.name}`] : [])),
      ...model.flows.flatMap((flow) => (flow.from === number ? [`  - ${flow.name}`] : [])),
    ].join('\n'),
  );
  const flows = model.flows.map(({ name, rate: text }) => `flow ${name}: round/day = ${text}`);
  const measures = [
    ...model.stocks.map(({ name }) => `measure final_${name}: round = final ${name}`),
    ...model.stocks.map(({ name }) => `measure out_${name}: day = time until ${name} <= 0`),
    ...model.flows.map(({ name }) => `measure total_${name}: round = total ${name}`),
  ];
  return [...stocks, ...flows, ...model.lets, ...measures];
}

export function textOf(model: GeneratedModel, declarations = declarationsOf(model)): string {
  const end = (model.stepTenths * model.steps) / 10;
  return [
    'model "Generated"',
    `time 0 day .. ${end} day by ${model.stepTenths / 10} day`,
    'unit round',
    ...declarations,
    '',
  ].join('\n');
}

/** Whether what leaves stock `to` can come back into stock `from`: both lie in one loop. */
export function inOneLoop(model: GeneratedModel, from: number, to: number): boolean {
  const seen = new Set<number>();
  const open = [to];
  for (let stock = open.pop(); stock !== undefined; stock = open.pop()) {
    if (stock === from) return true;
    if (seen.has(stock)) continue;
    seen.add(stock);
    for (const flow of model.flows) if (flow.from === stock && flow.to !== null) open.push(flow.to);
  }
  return false;
}
