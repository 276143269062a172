/**
 * Each record is met by a measure that nobody declared, the variable at its instant. A program has these behind the
 * model's own measures, so that no engine needs to know of records.
 */
import type { Measure, Model } from './model.ts';

export type PlainMeasure = Pick<Measure, 'name' | 'reducer' | 'body' | 'elements' | 'window' | 'countFrom'>;

export const observedMeasures = ({ observed }: Pick<Model, 'observed'>): readonly PlainMeasure[] =>
  observed.flatMap(({ name, reading, points }) =>
    points.map(({ at }): PlainMeasure => {
      const window = { from: at, to: at };
      return {
        name: `${name}, as recorded`,
        reducer: 'at',
        body: reading,
        elements: [],
        window,
        countFrom: at,
      };
    }),
  );
