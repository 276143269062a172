/**
 * Arithmetic on one future or on a pair of futures side by side, from one description: what is written against `Lanes`
 * becomes f64x2 code or plain f64 code, with the same bits. Every operation leaves its result in a local of its own,
 * so that a value can be used as often as is liked; V8's compiler turns them back into registers.
 */

import { memoryOpcodeOf, opcodeOf, type PlainName } from './instructions.ts';
import type { FunctionBuilder, GlobalNumber, Local, ModuleBuilder, ValueType } from './module-builder.ts';

/** A number in each lane. */
export type Value = Local & { readonly value?: true };
/** A yes or no in each lane: all bits or none; a plain i32 where there is one lane. */
export type Mask = Local & { readonly mask?: true };
/** The 64 bits of a number in each lane, as a whole number. */
export type Bits = Local & { readonly bits?: true };

export type Lanes = {
  readonly module: ModuleBuilder;
  readonly body: FunctionBuilder;
  /** Two futures at once. */
  readonly wide: boolean;
  readonly type: ValueType;
  readonly maskType: ValueType;

  readonly constant: (value: number) => Value;
  /** The same number in all lanes, from an f64 local. */
  readonly spread: (scalar: Local) => Value;
  readonly add: (a: Value, b: Value) => Value;
  readonly subtract: (a: Value, b: Value) => Value;
  readonly multiply: (a: Value, b: Value) => Value;
  readonly divide: (a: Value, b: Value) => Value;
  /** NaN if either is; -0 below 0. */
  readonly minimum: (a: Value, b: Value) => Value;
  readonly maximum: (a: Value, b: Value) => Value;
  /** `maximum` with 0, which takes a processor two operations instead of eight. */
  readonly notBelowZero: (a: Value) => Value;
  readonly negate: (a: Value) => Value;
  readonly absolute: (a: Value) => Value;
  readonly squareRoot: (a: Value) => Value;
  readonly floor: (a: Value) => Value;
  readonly ceiling: (a: Value) => Value;
  /** Half to even. */
  readonly nearest: (a: Value) => Value;

  readonly equal: (a: Value, b: Value) => Mask;
  /** True also where either is NaN. */
  readonly unequal: (a: Value, b: Value) => Mask;
  readonly less: (a: Value, b: Value) => Mask;
  readonly lessOrEqual: (a: Value, b: Value) => Mask;
  readonly and: (a: Mask, b: Mask) => Mask;
  readonly or: (a: Mask, b: Mask) => Mask;
  readonly not: (a: Mask) => Mask;
  readonly select: (mask: Mask, then: Value, otherwise: Value) => Value;
  /** `select` with 0 on the other side. */
  readonly whereTrue: (mask: Mask, then: Value) => Value;
  readonly whereFalse: (mask: Mask, otherwise: Value) => Value;
  /** True where `a` is and `b` is not. */
  readonly butNot: (a: Mask, b: Mask) => Mask;
  /** The first where `mask` is true, else the second. */
  readonly choose: (mask: Mask, then: Mask, otherwise: Mask) => Mask;
  /** 1 or 0. */
  readonly number: (mask: Mask) => Value;

  readonly bits: (a: Value) => Bits;
  readonly ofBits: (a: Bits) => Value;
  readonly bitConstant: (upper: number, lower: number) => Bits;
  readonly andBits: (a: Bits, b: Bits) => Bits;
  readonly orBits: (a: Bits, b: Bits) => Bits;
  readonly xorBits: (a: Bits, b: Bits) => Bits;
  readonly addBits: (a: Bits, b: Bits) => Bits;
  readonly shiftLeft: (a: Bits, by: number) => Bits;
  readonly shiftRight: (a: Bits, by: number) => Bits;

  /** The number that lies `offset` bytes behind the address in an i32 local: one lane after the other. */
  readonly load: (address: Local, offset: number) => Value;
  readonly store: (address: Local, offset: number, value: Value) => void;
  /** Runs `then` only if the mask is true in some lane; a rare and dear arm. */
  readonly whenAny: (mask: Mask, then: () => void) => void;
  /** Runs `then` only if the mask is false in some lane. */
  readonly unlessAll: (mask: Mask, then: () => void) => void;
  /** A local that can be written again, for what `whenAny` mends. */
  readonly variable: (start: Value) => { readonly now: Value; readonly become: (value: Value) => void };
  /** What `each` gives for the number of every lane, as f64 locals, put together; `each` runs once a lane. */
  readonly perLane: (values: readonly Value[], each: (...parts: readonly Local[]) => Local) => Value;
};

const WIDE = {
  add: 'f64x2.add',
  subtract: 'f64x2.sub',
  multiply: 'f64x2.mul',
  divide: 'f64x2.div',
  minimum: 'f64x2.min',
  maximum: 'f64x2.max',
  negate: 'f64x2.neg',
  absolute: 'f64x2.abs',
  squareRoot: 'f64x2.sqrt',
  floor: 'f64x2.floor',
  ceiling: 'f64x2.ceil',
  nearest: 'f64x2.nearest',
  equal: 'f64x2.eq',
  unequal: 'f64x2.ne',
  less: 'f64x2.lt',
  lessOrEqual: 'f64x2.le',
  and: 'v128.and',
  or: 'v128.or',
  andBits: 'v128.and',
  orBits: 'v128.or',
  xorBits: 'v128.xor',
  addBits: 'i64x2.add',
} as const satisfies Record<string, PlainName>;

const NARROW = {
  add: 'f64.add',
  subtract: 'f64.sub',
  multiply: 'f64.mul',
  divide: 'f64.div',
  minimum: 'f64.min',
  maximum: 'f64.max',
  negate: 'f64.neg',
  absolute: 'f64.abs',
  squareRoot: 'f64.sqrt',
  floor: 'f64.floor',
  ceiling: 'f64.ceil',
  nearest: 'f64.nearest',
  equal: 'f64.eq',
  unequal: 'f64.ne',
  less: 'f64.lt',
  lessOrEqual: 'f64.le',
  and: 'i32.and',
  or: 'i32.or',
  andBits: 'i64.and',
  orBits: 'i64.or',
  xorBits: 'i64.xor',
  addBits: 'i64.add',
} as const satisfies Record<keyof typeof WIDE, PlainName>;

// Written through one view, so that NaN is always the canonical one.
const scratch = new DataView(new ArrayBuffer(8));

const known = new WeakMap<FunctionBuilder, { wide: Lanes | null; narrow: Lanes | null }>();

/** @param wide whether two futures are worked out at once */
export function lanesOf(module: ModuleBuilder, body: FunctionBuilder, wide: boolean): Lanes {
  // The functions of a module have one builder, and so the same two.
  const both = known.get(body) ?? { wide: null, narrow: null };
  known.set(body, both);
  if (wide) {
    both.wide ??= createLanes(module, body, true);
    return both.wide;
  }
  both.narrow ??= createLanes(module, body, false);
  return both.narrow;
}

function createLanes(module: ModuleBuilder, body: FunctionBuilder, wide: boolean): Lanes {
  const table = wide ? WIDE : NARROW;
  const type = wide ? 'v128' : 'f64';
  const maskType = wide ? 'v128' : 'i32';
  const bitsType = wide ? 'v128' : 'i64';
  const loading = memoryOpcodeOf(wide ? 'v128.load' : 'f64.load');
  const storing = memoryOpcodeOf(wide ? 'v128.store' : 'f64.store');
  const { keep } = body;
  const one = (name: keyof typeof WIDE, as: ValueType): ((a: Local) => Local) => {
    const opcode = opcodeOf(table[name]);
    return (a) => body.one(a, opcode, as);
  };
  const two = (name: keyof typeof WIDE, as: ValueType): ((a: Local, b: Local) => Local) => {
    const opcode = opcodeOf(table[name]);
    return (a, b) => body.two(a, b, opcode, as);
  };
  const [maximum, lessOrEqual] = [two('maximum', type), two('lessOrEqual', maskType)];
  // By number; a map takes 0 and −0 for one.
  const globals = new Map<number, GlobalNumber>();
  const push = (value: number): void => {
    if (!wide) {
      body.f64(value);
      return;
    }
    const isNegativeZero = value === 0 && Object.is(value, -0);
    let global = isNegativeZero ? undefined : globals.get(value);
    if (global === undefined) {
      scratch.setFloat64(0, value);
      global = module.twice(scratch.getUint32(0), scratch.getUint32(4));
      if (!isNegativeZero) globals.set(value, global);
    }
    body.global(global);
  };
  const constant = (value: number): Value => {
    push(value);
    return keep(type);
  };
  const shift =
    (wideName: PlainName, narrowName: PlainName) =>
    (a: Bits, by: number): Bits => {
      body.get(a);
      if (wide) {
        body.i32(by);
        body.op(wideName);
      } else {
        body.i64(0, by);
        body.op(narrowName);
      }
      return keep(bitsType);
    };
  const select = (mask: Mask, then: Value, otherwise: Value): Value => {
    body.get(then);
    body.get(otherwise);
    body.get(mask);
    body.op(wide ? 'v128.bitselect' : 'select');
    return keep(type);
  };

  return {
    module,
    body,
    wide,
    type,
    maskType,
    constant,
    spread: (scalar) => {
      if (!wide) return scalar;
      body.get(scalar);
      body.op('f64x2.splat');
      return keep(type);
    },
    add: two('add', type),
    subtract: two('subtract', type),
    multiply: two('multiply', type),
    divide: two('divide', type),
    minimum: two('minimum', type),
    maximum,
    notBelowZero: (a) => {
      const zero = constant(0);
      if (!wide) return maximum(zero, a);
      // NaN is not at or below 0, and −0 is.
      body.get(a);
      body.get(lessOrEqual(a, zero));
      body.op('v128.andnot');
      return keep(type);
    },
    negate: one('negate', type),
    absolute: one('absolute', type),
    squareRoot: one('squareRoot', type),
    floor: one('floor', type),
    ceiling: one('ceiling', type),
    nearest: one('nearest', type),
    equal: two('equal', maskType),
    unequal: two('unequal', maskType),
    less: two('less', maskType),
    lessOrEqual,
    and: two('and', maskType),
    or: two('or', maskType),
    not: (a) => {
      body.get(a);
      body.op(wide ? 'v128.not' : 'i32.eqz');
      return keep(maskType);
    },
    select,
    whereTrue: (mask, then) => {
      if (!wide) return select(mask, then, constant(0));
      body.get(then);
      body.get(mask);
      body.op('v128.and');
      return keep(type);
    },
    whereFalse: (mask, otherwise) => {
      if (!wide) return select(mask, constant(0), otherwise);
      body.get(otherwise);
      body.get(mask);
      body.op('v128.andnot');
      return keep(type);
    },
    choose: (mask, then, otherwise) => {
      body.get(then);
      body.get(otherwise);
      body.get(mask);
      body.op(wide ? 'v128.bitselect' : 'select');
      return keep(maskType);
    },
    butNot: (a, b) => {
      body.get(a);
      body.get(b);
      if (wide) body.op('v128.andnot');
      else {
        body.op('i32.eqz');
        body.op('i32.and');
      }
      return keep(maskType);
    },
    number: (mask) => {
      body.get(mask);
      if (wide) {
        push(1);
        body.op('v128.and');
      } else body.op('f64.convert_i32_u');
      return keep(type);
    },
    bits: (a) => {
      if (wide) return a;
      body.get(a);
      body.op('i64.reinterpret_f64');
      return keep(bitsType);
    },
    ofBits: (a) => {
      if (wide) return a;
      body.get(a);
      body.op('f64.reinterpret_i64');
      return keep(type);
    },
    bitConstant: (upper, lower) => {
      if (wide) body.global(module.twice(upper >>> 0, lower >>> 0));
      else body.i64(upper, lower);
      return keep(bitsType);
    },
    andBits: two('andBits', bitsType),
    orBits: two('orBits', bitsType),
    xorBits: two('xorBits', bitsType),
    addBits: two('addBits', bitsType),
    shiftLeft: shift('i64x2.shl', 'i64.shl'),
    shiftRight: shift('i64x2.shr_u', 'i64.shr_u'),
    load: (address, offset) => body.load(address, loading, offset, type),
    store: (address, offset, value) => body.store(address, value, storing, offset),
    whenAny: (mask, then) => {
      body.get(mask);
      // One instruction, and V8 branches on its result as it is; `any_true` takes it three more.
      if (wide) body.op('i64x2.bitmask');
      body.when([], then);
    },
    unlessAll: (mask, then) => {
      body.get(mask);
      if (wide) {
        body.op('i64x2.bitmask');
        body.i32(0b11);
        body.op('i32.ne');
      } else body.op('i32.eqz');
      body.when([], then);
    },
    variable: (start) => {
      const now = body.local(type);
      body.get(start);
      body.set(now);
      return {
        now,
        become: (value) => {
          body.get(value);
          body.set(now);
        },
      };
    },
    perLane: (values, each) => {
      if (!wide) return each(...values);
      const parts = [0, 1].map((lane) =>
        each(
          ...values.map((value) => {
            body.get(value);
            body.lane('f64x2.extract_lane', lane);
            return keep('f64');
          }),
        ),
      );
      const [first, second] = parts;
      if (first === undefined || second === undefined) throw new Error('a pair without its lanes');
      body.get(first);
      body.op('f64x2.splat');
      body.get(second);
      body.lane('f64x2.replace_lane', 1);
      return keep(type);
    },
  };
}
