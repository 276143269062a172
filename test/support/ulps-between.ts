/** How many float64 lie between two numbers; their order is that of their bits once negatives are mirrored. */
export function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
  const view = new DataView(new ArrayBuffer(8));
  const place = (value: number): bigint => {
    view.setFloat64(0, value);
    const raw = view.getBigInt64(0);
    return raw < 0n ? -(raw & 0x7fff_ffff_ffff_ffffn) : raw;
  };
  return Math.abs(Number(place(a) - place(b)));
}
