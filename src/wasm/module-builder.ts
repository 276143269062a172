/**
 * Puts a WebAssembly module together, byte by byte: functions by a builder, one memory (imported, so that the host
 * decides how large it may become), exports by name. About eighty instructions are all that is needed, so that no
 * library comes along (docs: core specification 2.0, chapter 5).
 */
import { type Bytes, createBytes, scratch } from './bytes.ts';
import {
  type LanedName,
  type MemoryName,
  type MemoryOpcode,
  memoryOpcodeOf,
  type Opcode,
  opcodeOf,
  type PlainName,
  PREFIXES,
} from './instructions.ts';

export const VALUE_TYPES = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof VALUE_TYPES;

/** A local of the function that is being built, parameters included. */
export type Local = number & { readonly local: true };
/** A function of the module, by number. */
export type FunctionNumber = number & { readonly function: true };
/** A global of the module, by number. */
export type GlobalNumber = number & { readonly global: true };

export type Signature = { readonly parameters: readonly ValueType[]; readonly results: readonly ValueType[] };

/**
 * Writes one function's body; instructions take what stands on the stack. All functions of a module have the same builder,
 * which always writes the one that was begun last.
 */
export type FunctionBuilder = {
  readonly parameter: (number: number) => Local;
  readonly local: (type: ValueType) => Local;
  readonly get: (local: Local) => void;
  readonly set: (local: Local) => void;
  readonly tee: (local: Local) => void;
  /** How many of the locals for pairs are in use. */
  readonly inUse: () => number;
  /**
   * Gives the locals for pairs that came into use since `inUse` said so, but some, to whoever asks for one next: while a
   * function is compiled for its first run, every local costs at every branch.
   */
  readonly release: (since: number, isKept: (local: Local) => boolean) => void;
  /** The same for one of them, which no `release` may meet afterwards: it came into use before the mark of any. */
  readonly free: (local: Local) => void;
  /** A new local that takes what stands on the stack. */
  readonly keep: (type: ValueType) => Local;
  readonly op: (name: PlainName) => void;
  /** An operation on one or two locals into a new one; most of a module is written by these and the next two. */
  readonly one: (a: Local, opcode: Opcode, type: ValueType) => Local;
  readonly two: (a: Local, b: Local, opcode: Opcode, type: ValueType) => Local;
  readonly load: (address: Local, opcode: MemoryOpcode, offset: number, type: ValueType) => Local;
  readonly store: (address: Local, value: Local, opcode: MemoryOpcode, offset: number) => void;
  readonly lane: (name: LanedName, lane: number) => void;
  /** Takes two v128; gives four of their eight words of 32 bits: 0 … 3 of the first, 4 … 7 of the second. */
  readonly pickWords: (words: readonly [number, number, number, number]) => void;
  readonly i32: (value: number) => void;
  /** A constant of 64 bits from its upper and lower word. */
  readonly i64: (upper: number, lower: number) => void;
  readonly f64: (value: number) => void;
  /** Takes an address; the value lies `offset` bytes behind it. */
  readonly memory: (name: MemoryName, offset: number) => void;
  readonly call: (callee: FunctionNumber) => void;
  readonly block: (body: () => void) => void;
  /** `repeat()` inside the body starts it again. */
  readonly loop: (body: () => void) => void;
  /** Takes a condition; both arms may leave values of these types. */
  readonly when: (results: readonly ValueType[], then: () => void, otherwise?: () => void) => void;
  /** Leaves the `depth`-th block around, the innermost being 0; of a loop, starts it again. */
  readonly branch: (depth: number) => void;
  readonly branchIf: (depth: number) => void;
  readonly global: (number: GlobalNumber) => void;
};

export type ModuleBuilder = {
  /** Announces a function, so that others can call it before it is built. */
  readonly declare: (signature: Signature) => FunctionNumber;
  readonly define: (callee: FunctionNumber, build: (body: FunctionBuilder) => void) => void;
  readonly export: (name: string, callee: FunctionNumber) => void;
  /**
   * A global of the type v128 that never changes and holds these 64 bits twice; equal ones share one. So constants
   * are best kept: V8 fetches them where they are used, whereas it fetches what stands in memory at the start of a
   * block, runs out of registers, and writes most of it back until it is wanted.
   */
  readonly twice: (upper: number, lower: number) => GlobalNumber;
  /** The place of these bytes in memory, sixteen to a line. */
  readonly data: (bytes: Uint8Array) => number;
  /** Bytes of memory that data take; a whole number of lines of sixteen. */
  readonly dataSize: () => number;
  readonly finish: () => Uint8Array<ArrayBuffer>;
};

/** Bytes of a number at most, and more than all that stands around functions, data and globals. */
const LONGEST_NUMBER = 5;
const HEADER = 4096;

const SECTION = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10, data: 11 } as const;

export const PAGE = 65_536;
/** Memories are imported with these bounds, in pages: from none to all that an address reaches. */
export const MEMORY_LIMITS = { least: 0, most: 65_536 } as const;

/** @param dataStart where data lie in memory, a whole number of lines of sixteen bytes */
export function createModule(dataStart = 0): ModuleBuilder {
  const types: string[] = [];
  const typeBytes = createBytes();
  const functions: { readonly type: number; body: Uint8Array | null }[] = [];
  const signatures: Signature[] = [];
  const exports = createBytes();
  let exported = 0;
  const data = createBytes();
  const globals = createBytes();
  const constants = new Map<number, Map<number, GlobalNumber>>();
  let constantsMade = 0;

  const typeOf = ({ parameters, results }: Signature): number => {
    const key = `${parameters.join()}>${results.join()}`;
    const known = types.indexOf(key);
    if (known >= 0) return known;
    typeBytes.byte(0x60);
    for (const list of [parameters, results]) {
      typeBytes.unsigned(list.length);
      for (const type of list) typeBytes.byte(VALUE_TYPES[type]);
    }
    return types.push(key) - 1;
  };
  const write = createWriter(typeOf);
  const place = (bytes: Uint8Array): number => {
    const at = dataStart + data.length();
    data.all(bytes);
    while (data.length() % 16 !== 0) data.byte(0);
    return at;
  };

  const twice = (upper: number, lower: number): GlobalNumber => {
    // By upper half, then by lower: as one number the two would lose digits.
    const halves = constants.get(upper) ?? new Map<number, GlobalNumber>();
    constants.set(upper, halves);
    const known = halves.get(lower);
    if (known !== undefined) return known;
    const number = constantsMade++ as GlobalNumber;
    // Immutable, and v128.const with its bytes.
    const bytes: number[] = [VALUE_TYPES.v128, 0x00, 0xfd, 0x0c];
    for (let lane = 0; lane < 2; lane++) {
      for (let bits = 0; bits < 32; bits += 8) bytes.push((lower >>> bits) & 0xff);
      for (let bits = 0; bits < 32; bits += 8) bytes.push((upper >>> bits) & 0xff);
    }
    bytes.push(0x0b);
    globals.all(bytes);
    halves.set(lower, number);
    return number;
  };

  return {
    declare: (signature) => {
      functions.push({ type: typeOf(signature), body: null });
      return (signatures.push(signature) - 1) as FunctionNumber;
    },
    define: (callee, build) => {
      const [own, signature] = [functions[callee], signatures[callee]];
      if (own === undefined || signature === undefined) throw new Error('a function that was not announced');
      if (own.body !== null) throw new Error('a function built twice');
      own.body = write(signature, build);
    },
    export: (name, callee) => {
      exports.text(name);
      exports.byte(0);
      exports.unsigned(callee);
      exported++;
    },
    twice,
    data: place,
    dataSize: () => data.length(),
    finish: () => {
      const bodies = functions.map(({ body }) => {
        if (body === null) throw new Error('a function that was announced and never built');
        return body;
      });
      const size = bodies.reduce((sum, body) => sum + body.length + LONGEST_NUMBER, LONGEST_NUMBER);
      const out = createBytes(2 * HEADER + size + data.length() + globals.length());
      out.all([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      section(out, SECTION.type, (to) => {
        to.unsigned(types.length);
        to.all(typeBytes.view());
      });
      section(out, SECTION.import, (to) => {
        to.unsigned(1);
        to.text('host');
        to.text('memory');
        to.all([0x02, 0x01]);
        to.unsigned(MEMORY_LIMITS.least);
        to.unsigned(MEMORY_LIMITS.most);
      });
      section(out, SECTION.function, (to) => {
        to.unsigned(functions.length);
        for (const { type } of functions) to.unsigned(type);
      });
      if (constantsMade > 0) {
        section(out, SECTION.global, (to) => {
          to.unsigned(constantsMade);
          to.all(globals.view());
        });
      }
      section(out, SECTION.export, (to) => {
        to.unsigned(exported);
        to.all(exports.view());
      });
      section(
        out,
        SECTION.code,
        (to) => {
          to.unsigned(functions.length);
          for (const body of bodies) {
            to.unsigned(body.length);
            to.all(body);
          }
        },
        size,
      );
      if (data.length() > 0) {
        section(out, SECTION.data, (to) => {
          to.unsigned(1);
          to.all([0x00, 0x41]);
          to.signed(dataStart);
          to.byte(0x0b);
          to.unsigned(data.length());
          to.all(data.view());
        });
      }
      return out.view().slice();
    },
  };
}

function section(out: Bytes, number: number, fill: (to: Bytes) => void, size = 64): void {
  const body = createBytes(size);
  fill(body);
  out.byte(number);
  out.unsigned(body.length());
  out.all(body.view());
}

/** Bytes of room with which a function begins, and that any instruction finds. */
const FIRST_ROOM = 4096;
const LONGEST = 32;

const NOTHING: Signature = { parameters: [], results: [] };

/**
 * Writes functions one after the other, or one while another waits that calls it, and gives their bodies. All are written by
 * the same closures: there are hundreds of functions, and closures made for each would run cold in each.
 */
function createWriter(
  typeOf: (signature: Signature) => number,
): (signature: Signature, build: (body: FunctionBuilder) => void) => Uint8Array {
  const spare: Uint8Array<ArrayBuffer>[] = [];
  // Of the function that is being written.
  let own = NOTHING;
  let room = new Uint8Array(0);
  let filled = 0;
  let locals = 0;
  // Its locals in runs of one type.
  let types: number[] = [];
  let counts: number[] = [];
  // Of those for pairs the ones in use, in the order in which they came into use, and the ones given back.
  let used: Local[] = [];
  let free: Local[] = [];
  // The local that was set last, and where the instruction stands and ends that set it.
  let setLocal = -1;
  let setAt = -1;
  let setEnd = -1;

  const grow = (): void => {
    const larger = new Uint8Array(2 * room.length);
    larger.set(room);
    room = larger;
  };
  const byte = (value: number): void => {
    if (filled + LONGEST > room.length) grow();
    room[filled++] = value;
  };
  const unsigned = (value: number): void => {
    if (filled + LONGEST > room.length) grow();
    let rest = value >>> 0;
    while (rest > 0x7f) {
      room[filled++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    room[filled++] = rest;
  };
  const signed = (value: number): void => {
    if (filled + LONGEST > room.length) grow();
    let rest = value | 0;
    // Done as soon as what is left repeats the sign of the seven bits written last.
    while (rest < -64 || rest > 63) {
      room[filled++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    room[filled++] = rest & 0x7f;
  };
  const withNumber = (opcode: number, number: number): void => {
    if (filled + LONGEST > room.length) grow();
    room[filled++] = opcode;
    if (number <= 0x7f) room[filled++] = number;
    else if (number <= 0x3fff) {
      room[filled++] = (number & 0x7f) | 0x80;
      room[filled++] = number >> 7;
    } else unsigned(number);
  };
  const instruction = (opcode: Opcode): void => {
    if (filled + LONGEST > room.length) grow();
    const first = opcode & 0xff;
    room[filled++] = first;
    if (first < PREFIXES) return;
    room[filled++] = (opcode >> 8) & 0xff;
    if (opcode > 0xffff) room[filled++] = opcode >> 16;
  };
  const memory = ({ opcode, align }: MemoryOpcode, offset: number): void => {
    instruction(opcode);
    withNumber(align, offset);
  };
  const local = (type: ValueType): Local => {
    if (type === 'v128') {
      const number = free.pop() ?? another(type);
      used.push(number);
      return number;
    }
    return another(type);
  };
  const release = (since: number, isKept: (local: Local) => boolean): void => {
    let left = since;
    for (let at = since; at < used.length; at++) {
      const number = used[at]!;
      if (isKept(number)) used[left++] = number;
      else free.push(number);
    }
    used.length = left;
  };
  const another = (type: ValueType): Local => {
    const code = VALUE_TYPES[type];
    const last = types.length - 1;
    if (types[last] === code) counts[last]! += 1;
    else {
      types.push(code);
      counts.push(1);
    }
    return (own.parameters.length + locals++) as Local;
  };
  const get = (number: Local): void => {
    if (number === setLocal && filled === setEnd) {
      // What was set just now stays on the stack.
      room[setAt] = 0x22;
      setEnd = -1;
    } else withNumber(0x20, number);
  };
  const set = (number: Local): void => {
    setAt = filled;
    withNumber(0x21, number);
    setEnd = filled;
    setLocal = number;
  };
  const keep = (type: ValueType): Local => {
    const number = local(type);
    setAt = filled;
    withNumber(0x21, number);
    setEnd = filled;
    setLocal = number;
    return number;
  };
  const inside = (opcode: number, results: readonly ValueType[], body: () => void): void => {
    byte(opcode);
    if (results.length === 0) byte(0x40);
    else if (results.length === 1) byte(VALUE_TYPES[results[0]!]);
    else signed(typeOf({ parameters: [], results }));
    body();
    byte(0x0b);
  };

  const builder: FunctionBuilder = {
    parameter: (number) => {
      if (number >= own.parameters.length) throw new Error('a parameter that is not there');
      return number as Local;
    },
    local,
    inUse: () => used.length,
    release,
    free: (number) => free.push(number),
    keep,
    get,
    set,
    tee: (number) => withNumber(0x22, number),
    op: (name) => instruction(opcodeOf(name)),
    one: (a, opcode, type) => {
      get(a);
      instruction(opcode);
      return keep(type);
    },
    two: (a, b, opcode, type) => {
      get(a);
      get(b);
      instruction(opcode);
      return keep(type);
    },
    lane: (name, lane) => {
      instruction(opcodeOf(name));
      byte(lane);
    },
    pickWords: (words) => {
      instruction(opcodeOf('i8x16.shuffle'));
      for (let word = 0; word < 4; word++) for (let part = 0; part < 4; part++) byte(4 * words[word]! + part);
    },
    i32: (value) => {
      byte(0x41);
      signed(value);
    },
    i64: (upper, lower) => {
      byte(0x42);
      let high = upper | 0;
      let rest = lower | 0;
      for (;;) {
        const low = rest & 0x7f;
        rest = (rest >>> 7) | (high << 25);
        high >>= 7;
        const sign = (low & 0x40) === 0 ? 0 : -1;
        const done = high === sign && rest === sign;
        byte(done ? low : low | 0x80);
        if (done) return;
      }
    },
    f64: (value) => {
      byte(0x44);
      // Written through one view, so that NaN is always the canonical one.
      scratch.setFloat64(0, value, true);
      for (let at = 0; at < 8; at++) room[filled++] = scratch.getUint8(at);
    },
    memory: (name, offset) => memory(memoryOpcodeOf(name), offset),
    load: (address, opcode, offset, type) => {
      get(address);
      memory(opcode, offset);
      return keep(type);
    },
    store: (address, value, opcode, offset) => {
      get(address);
      get(value);
      memory(opcode, offset);
    },
    call: (callee) => withNumber(0x10, callee),
    block: (body) => inside(0x02, [], body),
    loop: (body) => inside(0x03, [], body),
    when: (results, then, otherwise) =>
      inside(0x04, results, () => {
        then();
        if (otherwise === undefined) return;
        byte(0x05);
        otherwise();
      }),
    branch: (depth) => withNumber(0x0c, depth),
    branchIf: (depth) => withNumber(0x0d, depth),
    global: (number) => withNumber(0x23, number),
  };

  /** The body as it stands in a module: its locals before its instructions. */
  const body = (): Uint8Array => {
    byte(0x0b);
    const code = filled;
    unsigned(types.length);
    for (let run = 0; run < types.length; run++) {
      unsigned(counts[run]!);
      room[filled++] = types[run]!;
    }
    const whole = new Uint8Array(filled);
    whole.set(room.subarray(code, filled));
    whole.set(room.subarray(0, code), filled - code);
    return whole;
  };

  return (signature, build) => {
    const waiting = { own, room, filled, locals, types, counts, used, free, setLocal, setAt, setEnd };
    own = signature;
    room = spare.pop() ?? new Uint8Array(FIRST_ROOM);
    filled = 0;
    locals = 0;
    types = [];
    counts = [];
    used = [];
    free = [];
    setEnd = -1;
    build(builder);
    const written = body();
    spare.push(room);
    ({ own, room, filled, locals, types, counts, used, free, setLocal, setAt, setEnd } = waiting);
    return written;
  };
}
