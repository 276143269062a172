/** A model of which one future is a long piece of work, to be stopped in its midst. */

/** A chunk of this takes seconds, in some hundred calls. */
export const LONG = `model "M"
time 0 day .. 100_000 day by 1 day
input warmth: 1
  assumed 0.1 to 1 "for the test"
stock heat: 1 = 1
  - lost
flow lost: 1/day = heat * ${Array.from({ length: 30 }, (_, at) => `exp(heat * warmth / ${at + 1})`).join(' / ')} / 1 year
measure left = final heat
claim some "Some is left"
  left > 0.5
`;
