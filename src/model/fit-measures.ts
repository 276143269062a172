/**
 * How far a calibrated variable is from what it is to be, as measures that nobody declared. A program has them behind the
 * model's own and those of the records, so that no engine needs to know what is solved for.
 */
import type { Model } from './model.ts';
import type { PlainMeasure } from './observed-measures.ts';

export const fitMeasures = ({ fits }: Pick<Model, 'fits'>): readonly PlainMeasure[] =>
  fits.calibrations.map(
    ({ name, gap, at }): PlainMeasure => ({
      name: `what ${name} is calibrated to`,
      reducer: 'at',
      body: gap,
      elements: [],
      window: { from: at, to: at },
      countFrom: at,
    }),
  );
