/** A model that is held against its past: growth that is calibrated to a record, under two viewpoints, and a condition. */

/** @param more lines behind it */
export const grown = (more = '', rate = 'uniform(0, 0.2)'): string => `model "Growth that meets a record"
time 0 day .. 60 day by 1 day
unit t
source army "Army"
source mayor "Mayor"
input rate: 1/day "how fast it grows"
  assumed ${rate} "nobody knows"
input first: t "what there was"
  army uniform(90, 110)
  mayor uniform(40, 200)
input seen: t "what was counted after ten days"
  army uniform(200, 400)
  mayor uniform(100, 900)
input lost: share
  assumed uniform(0%, 10%) "for the test"
viewpoint Army
  use army
viewpoint Mayor
  use mayor
stock heap: t = first
  + grown
flow grown: t/day = rate * heap
measure at_ten: t = at 10 day heap
measure kept: t = final (heap * (1 - lost))
measure crossed: day = time until heap > 1_000 t
calibrate rate so that heap at 10 day = seen "on record"
${more}`;
