/**
 * The instructions that are used, by their names in the text format, with their numbers (core specification 2.0, 5.4).
 * Not among them: relaxed SIMD, `pmin` and `pmax`, whose bits may differ between hosts.
 */

/** One byte. */
const PLAIN = {
  unreachable: 0x00,
  return: 0x0f,
  drop: 0x1a,
  select: 0x1b,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.ne': 0x47,
  'i32.lt_s': 0x48,
  'i32.lt_u': 0x49,
  'i32.gt_s': 0x4a,
  'i32.le_s': 0x4c,
  'i32.ge_s': 0x4e,
  'i32.ge_u': 0x4f,
  'i64.eqz': 0x50,
  'f64.eq': 0x61,
  'f64.ne': 0x62,
  'f64.lt': 0x63,
  'f64.gt': 0x64,
  'f64.le': 0x65,
  'f64.ge': 0x66,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.mul': 0x6c,
  'i32.and': 0x71,
  'i32.or': 0x72,
  'i32.xor': 0x73,
  'i32.shl': 0x74,
  'i32.shr_s': 0x75,
  'i32.shr_u': 0x76,
  'i64.add': 0x7c,
  'i64.sub': 0x7d,
  'i64.mul': 0x7e,
  'i64.and': 0x83,
  'i64.or': 0x84,
  'i64.xor': 0x85,
  'i64.shl': 0x86,
  'i64.shr_s': 0x87,
  'i64.shr_u': 0x88,
  'f64.abs': 0x99,
  'f64.neg': 0x9a,
  'f64.ceil': 0x9b,
  'f64.floor': 0x9c,
  'f64.nearest': 0x9e,
  'f64.sqrt': 0x9f,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.div': 0xa3,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'f64.copysign': 0xa6,
  'i32.wrap_i64': 0xa7,
  'i64.extend_i32_s': 0xac,
  'i64.extend_i32_u': 0xad,
  'f64.convert_i32_s': 0xb7,
  'f64.convert_i32_u': 0xb8,
  'f64.convert_i64_u': 0xba,
  'i64.reinterpret_f64': 0xbd,
  'f64.reinterpret_i64': 0xbf,
} as const;

/** The prefix 0xfc. */
const SATURATING = { 'i32.trunc_sat_f64_s': 0x02, 'i32.trunc_sat_f64_u': 0x03 } as const;

/** The prefix 0xfd: 128 bits, as two float64, two i64 or four i32. */
const VECTOR = {
  'i32x4.splat': 0x11,
  'i64x2.splat': 0x12,
  'f64x2.splat': 0x14,
  'f64x2.eq': 0x47,
  'f64x2.ne': 0x48,
  'f64x2.lt': 0x49,
  'f64x2.gt': 0x4a,
  'f64x2.le': 0x4b,
  'f64x2.ge': 0x4c,
  'v128.not': 0x4d,
  'v128.and': 0x4e,
  'v128.andnot': 0x4f,
  'v128.or': 0x50,
  'v128.xor': 0x51,
  'v128.bitselect': 0x52,
  'v128.any_true': 0x53,
  'f64x2.ceil': 0x74,
  'f64x2.floor': 0x75,
  'f64x2.nearest': 0x94,
  'i32x4.add': 0xae,
  'i64x2.all_true': 0xc3,
  'i64x2.bitmask': 0xc4,
  'i64x2.shl': 0xcb,
  'i64x2.shr_s': 0xcc,
  'i64x2.shr_u': 0xcd,
  'i64x2.add': 0xce,
  'i64x2.sub': 0xd1,
  'i64x2.mul': 0xd5,
  'i64x2.extmul_low_i32x4_u': 0xde,
  'i64x2.extmul_high_i32x4_u': 0xdf,
  'f64x2.abs': 0xec,
  'f64x2.neg': 0xed,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.min': 0xf4,
  'f64x2.max': 0xf5,
} as const;

/** Sixteen bytes behind it: which bytes of both arguments. */
const SHUFFLE = { 'i8x16.shuffle': 0x0d } as const;

/** An instruction with a byte behind it: which lane. */
const LANED = {
  'i32x4.extract_lane': 0x1b,
  'i64x2.extract_lane': 0x1d,
  'i64x2.replace_lane': 0x1e,
  'f64x2.extract_lane': 0x21,
  'f64x2.replace_lane': 0x22,
} as const;

/** Instructions on memory: their bytes, and the power of two at which their addresses lie. */
const MEMORY = {
  'i32.load': [[0x28], 2],
  'i64.load': [[0x29], 3],
  'f64.load': [[0x2b], 3],
  'i32.load8_u': [[0x2d], 0],
  'i32.store': [[0x36], 2],
  'i64.store': [[0x37], 3],
  'f64.store': [[0x39], 3],
  'i32.store8': [[0x3a], 0],
  'v128.load': [[0xfd, 0x00], 4],
  'v128.load64_splat': [[0xfd, 0x0a], 3],
  'v128.store': [[0xfd, 0x0b], 4],
} as const;

export type PlainName = keyof typeof PLAIN | keyof typeof SATURATING | keyof typeof VECTOR;
export type LanedName = keyof typeof LANED;
export type ShuffleName = keyof typeof SHUFFLE;
export type MemoryName = keyof typeof MEMORY;

/** An instruction's bytes in one number, the first lowest; a first byte from `PREFIXES` on has one or two behind it. */
export type Opcode = number & { readonly opcode: true };
export const PREFIXES = 0xfc;

const prefixed = (
  prefix: number,
  table: Readonly<Record<string, number>>,
): readonly (readonly [string, number])[] =>
  // The second byte holds seven bits of the number; a third follows where its own eighth is set.
  Object.entries(table).map(([name, number]) => [
    name,
    prefix | (number > 0x7f ? ((number & 0x7f) | 0x80 | ((number >>> 7) << 8)) << 8 : number << 8),
  ]);

const OPCODES: ReadonlyMap<string, number> = new Map([
  ...Object.entries(PLAIN),
  ...prefixed(0xfc, SATURATING),
  ...prefixed(0xfd, VECTOR),
  ...prefixed(0xfd, SHUFFLE),
  ...prefixed(0xfd, LANED),
]);

export function opcodeOf(name: PlainName | ShuffleName | LanedName): Opcode {
  const opcode = OPCODES.get(name);
  if (opcode === undefined) throw new Error(`an instruction without its number: ${name}`);
  return opcode as Opcode;
}

export type MemoryOpcode = { readonly opcode: Opcode; readonly align: number };

const MEMORY_OPCODES: Readonly<Record<string, MemoryOpcode>> = Object.fromEntries(
  Object.entries(MEMORY).map(([name, [[first, second = 0], align]]) => [
    name,
    { opcode: (first | (second << 8)) as Opcode, align },
  ]),
);

export const memoryOpcodeOf = (name: MemoryName): MemoryOpcode => MEMORY_OPCODES[name]!;
