/**
 * Reads the bytes of a valid module into plain data, each instruction with its place.
 * @module
 */
import type {
  FunctionBody,
  Global,
  Instruction,
  Limits,
  Mode,
  Module,
  Signature,
} from "./metering-module.ts";
import { opcodeOf, type Type } from "./metering-opcodes.ts";

type Writable = { -readonly [K in keyof Module]: Module[K] };

/** Decodes. */
export function decodeModule(bytes: Uint8Array): Module {
  const reader = createReader(bytes);
  const module: Writable = {
    types: [],
    imports: [],
    functions: [],
    globals: [],
    exports: [],
    elements: [],
    data: [],
  };
  let signatures: readonly number[] = [];
  reader.skip(8);
  while (!reader.isAtEnd()) {
    const id = reader.byte();
    const end = reader.u32() + reader.at();
    if (id === 1) module.types = reader.list(() => readType(reader));
    if (id === 2) module.imports = reader.list(() => readImport(reader));
    if (id === 3) signatures = reader.list(() => reader.u32());
    if (id === 4) module.table = reader.list(() => (reader.skip(1), readLimits(reader)))[0];
    if (id === 5) module.memory = reader.list(() => readLimits(reader))[0];
    if (id === 6) module.globals = reader.list(() => readGlobal(reader));
    if (id === 7) module.exports = reader.list(() => readExport(reader));
    if (id === 8) module.start = reader.u32();
    if (id === 9) module.elements = reader.list(() => readElements(reader));
    if (id === 10)
      module.functions = reader.list((index) => readBody(reader, signatures[index] ?? -1));
    if (id === 11) module.data = reader.list(() => readData(reader));
    reader.skip(end - reader.at());
  }
  return module;
}

interface Reader {
  at(): number;
  isAtEnd(): boolean;
  skip(count: number): void;
  byte(): number;
  bytes(count: number): Uint8Array;
  u32(): number;
  signed(bits: number): bigint;
  text(): string;
  list<T>(read: (index: number) => T): T[];
}

function createReader(bytes: Uint8Array): Reader {
  let position = 0;
  const byte = (): number => {
    const value = bytes[position++];
    if (value === undefined) throw new RangeError("expected more bytes");
    return value;
  };
  const leb = (): { value: bigint; shift: bigint; last: number } => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return { value, shift: shift + 7n, last: next };
    }
  };
  const take = (count: number): Uint8Array => bytes.subarray(position, (position += count));
  const u32 = (): number => Number(leb().value);
  return {
    at: () => position,
    isAtEnd: () => position === bytes.length,
    skip: (count) => void (position += count),
    byte,
    bytes: take,
    u32,
    signed(bits) {
      const { value, shift } = leb();
      return BigInt.asIntN(bits, BigInt.asIntN(Number(shift), value));
    },
    text: () => new TextDecoder().decode(take(u32())),
    list: (read) => Array.from({ length: u32() }, (_, index) => read(index)),
  };
}

function typeOf(code: number): Type {
  if (code === 0x7f) return "i32";
  if (code === 0x7e) return "i64";
  if (code === 0x7d) return "f32";
  if (code === 0x7c) return "f64";
  if (code === 0x70) return "funcref";
  throw new RangeError(`expected a type, got 0x${code.toString(16)}`);
}

function readType(reader: Reader): Signature {
  reader.skip(1);
  return {
    params: reader.list(() => typeOf(reader.byte())),
    results: reader.list(() => typeOf(reader.byte())),
  };
}

function readImport(reader: Reader): Module["imports"][number] {
  reader.text();
  const name = reader.text();
  if (reader.byte() !== 0) throw new RangeError("expected an imported function");
  return { name, type: reader.u32() };
}

function readLimits(reader: Reader): Limits {
  const hasMax = reader.byte() === 1;
  const min = reader.u32();
  return hasMax ? { min, max: reader.u32() } : { min };
}

function readGlobal(reader: Reader): Global {
  const type = typeOf(reader.byte());
  const isMutable = reader.byte() === 1;
  const init = readInstruction(reader);
  reader.skip(1);
  return { type, isMutable, init };
}

function readExport(reader: Reader): Module["exports"][number] {
  const name = reader.text();
  const kind = (["function", "table", "memory", "global"] as const)[reader.byte()];
  if (kind === undefined) throw new RangeError("expected a kind of export");
  return { name, kind, index: reader.u32() };
}

function readOffset(reader: Reader): Mode {
  const offset = Number(readInstruction(reader).bits) >>> 0;
  reader.skip(1);
  return { type: "active", offset };
}

function readElements(reader: Reader): Module["elements"][number] {
  const flags = reader.u32();
  const isActive = (flags & 1) === 0;
  if (isActive && (flags & 2) !== 0) reader.u32();
  const mode: Mode = isActive
    ? readOffset(reader)
    : (flags & 2) === 0
      ? { type: "passive" }
      : { type: "declarative" };
  if ((flags & 3) !== 0) reader.skip(1);
  const items = reader.list(() => {
    if ((flags & 4) === 0) return reader.u32();
    const { op, index = 0 } = readInstruction(reader);
    reader.skip(1);
    return op === "ref.null" ? null : index;
  });
  return { mode, items };
}

function readData(reader: Reader): Module["data"][number] {
  const flags = reader.u32();
  if (flags === 2) reader.u32();
  const mode: Mode = flags === 1 ? { type: "passive" } : readOffset(reader);
  return { mode, bytes: reader.bytes(reader.u32()) };
}

function readBody(reader: Reader, type: number): FunctionBody {
  const end = reader.u32() + reader.at();
  const locals = reader
    .list(() => ({ count: reader.u32(), type: typeOf(reader.byte()) }))
    .flatMap(({ count, type }) => Array.from({ length: count }, () => type));
  const body: Instruction[] = [];
  while (reader.at() < end) body.push(readInstruction(reader));
  return { type, locals, body };
}

function readInstruction(reader: Reader): Instruction {
  const at = reader.at();
  const first = reader.byte();
  const { name: op, immediate } = opcodeOf(first === 0xfc ? 0xfc00 + reader.u32() : first);
  switch (immediate) {
    case "none":
      return { op, at };
    case "block": {
      const code = reader.byte();
      return { op, at, type: code === 0x40 ? null : typeOf(code) };
    }
    case "index":
      return { op, at, index: reader.u32() };
    case "labels":
      return { op, at, labels: [...reader.list(() => reader.u32()), reader.u32()] };
    case "indirect":
    case "segment-zero": {
      const index = reader.u32();
      reader.u32();
      return { op, at, index };
    }
    case "types":
      reader.skip(1);
      return { op, at, type: typeOf(reader.byte()) };
    case "memory": {
      const align = reader.u32();
      return { op, at, align, offset: reader.u32() };
    }
    case "zero":
      reader.skip(1);
      return { op, at };
    case "zero-zero":
      reader.skip(2);
      return { op, at };
    case "heap-type":
      reader.skip(1);
      return { op, at, type: "funcref" };
    case "const":
      return { op, at, bits: readConstant(reader, op) };
  }
}

/** Bits of a constant, unsigned. */
function readConstant(reader: Reader, op: string): bigint {
  if (op === "i32.const") return BigInt.asUintN(32, reader.signed(32));
  if (op === "i64.const") return BigInt.asUintN(64, reader.signed(64));
  return reader
    .bytes(op === "f32.const" ? 4 : 8)
    .reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}
