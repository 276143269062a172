/** A model that has what hangs on the number of a future: draws within it, and whether it fails. */
export const CHANCY = `model "Some of its futures fail"
time 0 day .. 40 day by 1 day
input shift: 1
  assumed -1.5 to 3 "most of them stay above -1"
input spread: 1/day
  assumed 0.1 to 0.2 "it wanders"
stock level: 1 signed = 0
  + change
flow change: 1/day two-way = draw normal(0 / day, spread)
let depth = ln(shift + 1) + exp(level / 10)
measure deepest = highest depth
claim deep "It is deep"
  deepest > 2
`;
