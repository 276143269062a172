/**
 * Puts a WebAssembly module together, byte by byte: functions by a builder, one memory (imported, so that the host
 * decides how large it may become), exports by name. About eighty instructions are all that is needed, so that no
 * library comes along (docs: core specification 2.0, chapter 5).
 */
import { type Bytes, createBytes } from './bytes.ts';
import { bytesOf, type LanedName, type MemoryName, memoryBytes, type PlainName } from './instructions.ts';

export const VALUE_TYPES = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof VALUE_TYPES;

/** A local of the function that is being built, parameters included. */
export type Local = number & { readonly local: true };
/** A function of the module, by number. */
export type FunctionNumber = number & { readonly function: true };
/** A global of the module, by number. */
export type GlobalNumber = number & { readonly global: true };

export type Signature = { readonly parameters: readonly ValueType[]; readonly results: readonly ValueType[] };

/** Writes one function's body; instructions take what stands on the stack. */
export type FunctionBuilder = {
  readonly parameter: (number: number) => Local;
  readonly local: (type: ValueType) => Local;
  readonly get: (local: Local) => void;
  readonly set: (local: Local) => void;
  readonly tee: (local: Local) => void;
  readonly op: (name: PlainName) => void;
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
  /** Bytes written so far. */
  readonly size: () => number;
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
    globals.all([VALUE_TYPES.v128, 0x00, 0xfd, 0x0c]);
    for (let lane = 0; lane < 2; lane++) {
      for (const half of [lower, upper])
        for (let bits = 0; bits < 32; bits += 8) globals.byte((half >>> bits) & 0xff);
    }
    globals.byte(0x0b);
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
      own.body = buildBody(signature, typeOf, build);
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
      const out = createBytes();
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
      section(out, SECTION.code, (to) => {
        to.unsigned(functions.length);
        for (const { body } of functions) {
          if (body === null) throw new Error('a function that was announced and never built');
          to.unsigned(body.length);
          to.all(body);
        }
      });
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

function section(out: Bytes, number: number, fill: (to: Bytes) => void): void {
  const body = createBytes();
  fill(body);
  out.byte(number);
  out.unsigned(body.length());
  out.all(body.view());
}

function buildBody(
  signature: Signature,
  typeOf: (signature: Signature) => number,
  build: (body: FunctionBuilder) => void,
): Uint8Array {
  const code = createBytes();
  const locals: ValueType[] = [];
  const blockType = (results: readonly ValueType[]): void => {
    const [first, second] = results;
    if (first === undefined) code.byte(0x40);
    else if (second === undefined) code.byte(VALUE_TYPES[first]);
    else code.signed(typeOf({ parameters: [], results }));
  };
  const inside = (opcode: number, results: readonly ValueType[], body: () => void): void => {
    code.byte(opcode);
    blockType(results);
    body();
    code.byte(0x0b);
  };
  build({
    parameter: (number) => {
      if (number >= signature.parameters.length) throw new Error('a parameter that is not there');
      return number as Local;
    },
    local: (type) => (signature.parameters.length + locals.push(type) - 1) as Local,
    get: (local) => {
      code.byte(0x20);
      code.unsigned(local);
    },
    set: (local) => {
      code.byte(0x21);
      code.unsigned(local);
    },
    tee: (local) => {
      code.byte(0x22);
      code.unsigned(local);
    },
    op: (name) => code.all(bytesOf(name)),
    lane: (name, lane) => {
      code.all(bytesOf(name));
      code.byte(lane);
    },
    pickWords: (words) => {
      code.all(bytesOf('i8x16.shuffle'));
      for (const word of words) code.all([4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]);
    },
    i32: (value) => {
      code.byte(0x41);
      code.signed(value);
    },
    i64: (upper, lower) => {
      code.byte(0x42);
      let [high, rest] = [upper | 0, lower | 0];
      for (;;) {
        const low = rest & 0x7f;
        rest = (rest >>> 7) | (high << 25);
        high >>= 7;
        // Done as soon as what is left repeats the sign of the seven bits written last.
        const sign = (low & 0x40) === 0 ? 0 : -1;
        const done = high === sign && rest === sign;
        code.byte(done ? low : low | 0x80);
        if (done) return;
      }
    },
    f64: (value) => {
      code.byte(0x44);
      code.float64(value);
    },
    memory: (name, offset) => {
      const { bytes, align } = memoryBytes(name);
      code.all(bytes);
      code.unsigned(align);
      code.unsigned(offset);
    },
    call: (callee) => {
      code.byte(0x10);
      code.unsigned(callee);
    },
    block: (body) => inside(0x02, [], body),
    loop: (body) => inside(0x03, [], body),
    when: (results, then, otherwise) =>
      inside(0x04, results, () => {
        then();
        if (otherwise === undefined) return;
        code.byte(0x05);
        otherwise();
      }),
    branch: (depth) => {
      code.byte(0x0c);
      code.unsigned(depth);
    },
    branchIf: (depth) => {
      code.byte(0x0d);
      code.unsigned(depth);
    },
    global: (number) => {
      code.byte(0x23);
      code.unsigned(number);
    },
    size: () => code.length(),
  });

  const whole = createBytes();
  // Locals in runs of one type.
  const runs: { readonly type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  whole.unsigned(runs.length);
  for (const { type, count } of runs) {
    whole.unsigned(count);
    whole.byte(VALUE_TYPES[type]);
  }
  whole.all(code.view());
  whole.byte(0x0b);
  return whole.view();
}
