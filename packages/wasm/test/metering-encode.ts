/**
 * Writes a module, with the freedom that the format leaves: padded numbers, every form of a segment, locals in any groups,
 * custom sections anywhere.
 * @module
 */
import {
  present,
  type FunctionBody,
  type Instruction,
  type Limits,
  type Mode,
  type Module,
} from "./metering-module.ts";
import { opcodeNamed, type Type } from "./metering-opcodes.ts";
import type { Random } from "./metering-random.ts";

type Bytes = number[];

const TYPES: Readonly<Record<Type, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  funcref: 0x70,
};
const START = 8;
const KINDS = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** Encodes. @param random - where the freedom is taken; without it the shortest form is */
export function encodeModule(module: Module, random?: Random): Uint8Array<ArrayBuffer> {
  const pad = createPadding(random);
  const vec = (items: readonly Bytes[]): Bytes => [...pad.u32(items.length), ...items.flat()];
  const isMentioned = module.functions.some(({ body }) =>
    body.some(({ op }) => op === "memory.init" || op === "data.drop"),
  );
  const sections: [number, Bytes][] = [
    [
      1,
      vec(
        module.types.map(({ params, results }) => [
          0x60,
          ...vec(params.map((t) => [TYPES[t]])),
          ...vec(results.map((t) => [TYPES[t]])),
        ]),
      ),
    ],
    [
      2,
      vec(
        module.imports.map(({ name, type }) => [
          ...text("env"),
          ...text(name),
          0,
          ...pad.u32(type),
        ]),
      ),
    ],
    [3, vec(module.functions.map(({ type }) => pad.u32(type)))],
    [4, module.table === undefined ? [0] : vec([[0x70, ...limits(module.table)]])],
    [5, module.memory === undefined ? [0] : vec([limits(module.memory)])],
    [
      6,
      vec(
        module.globals.map(({ type, isMutable, init }) => [
          TYPES[type],
          isMutable ? 1 : 0,
          ...encodeInstruction(init, pad),
          0x0b,
        ]),
      ),
    ],
    [
      7,
      vec(
        module.exports.map(({ name, kind, index }) => [
          ...text(name),
          KINDS[kind],
          ...pad.u32(index),
        ]),
      ),
    ],
    [START, module.start === undefined ? [] : pad.u32(module.start)],
    [9, vec(module.elements.map(({ mode, items }) => elementSegment(mode, items, pad, random)))],
    [12, isMentioned ? pad.u32(module.data.length) : []],
    [10, vec(module.functions.map((body) => functionBody(body, pad, random)))],
    [11, vec(module.data.map(({ mode, bytes }) => dataSegment(mode, bytes, pad, random)))],
  ];
  const out: Bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  for (const [id, content] of sections) {
    if (random?.chance(0.03) === true) {
      const custom = [...text(random.pick(["name", "producers", "x"])), 1, 2, 3];
      out.push(0, ...pad.u32(custom.length), ...custom);
    }
    const isEmpty = id !== START && content.length === 1 && content[0] === 0;
    if (content.length === 0 || (isEmpty && random?.chance(0.9) !== false)) continue;
    out.push(id, ...pad.u32(content.length));
    for (const byte of content) out.push(byte);
  }
  return Uint8Array.from(out);
}

interface Padding {
  u32(value: number): Bytes;
  signed(value: bigint, bits: 32 | 64): Bytes;
}

/** Linkers write indices in five bytes, so that they can be patched. */
function createPadding(random: Random | undefined): Padding {
  const isPadded = (): boolean => random?.chance(0.05) === true;
  return {
    u32: (value) => leb(BigInt(value), false, isPadded() ? 5 : 0),
    signed: (value, bits) =>
      leb(BigInt.asIntN(bits, value), true, isPadded() ? (bits === 32 ? 5 : 10) : 0),
  };
}

function leb(value: bigint, isSigned: boolean, length: number): Bytes {
  const bytes: Bytes = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = isSigned
      ? (rest === 0n && low < 64) || (rest === -1n && low >= 64)
      : rest === 0n;
    if (isLast && bytes.length + 1 >= length) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

function text(value: string): Bytes {
  const bytes = [...new TextEncoder().encode(value)];
  return [...leb(BigInt(bytes.length), false, 0), ...bytes];
}

function limits({ min, max }: Limits): Bytes {
  return max === undefined
    ? [0, ...leb(BigInt(min), false, 0)]
    : [1, ...leb(BigInt(min), false, 0), ...leb(BigInt(max), false, 0)];
}

function constant(value: number, pad: Padding): Bytes {
  return [0x41, ...pad.signed(BigInt(value), 32), 0x0b];
}

function elementSegment(
  mode: Mode,
  items: readonly (number | null)[],
  pad: Padding,
  random: Random | undefined,
): Bytes {
  const hasNull = items.includes(null);
  const asExpressions = hasNull || random?.chance(0.3) === true;
  const list = [
    ...pad.u32(items.length),
    ...items.flatMap((item) =>
      asExpressions
        ? [...(item === null ? [0xd0, 0x70] : [0xd2, ...pad.u32(item)]), 0x0b]
        : pad.u32(present(item)),
    ),
  ];
  const kind = asExpressions ? 0x70 : 0;
  const base = asExpressions ? 4 : 0;
  if (mode.type === "passive") return [base + 1, kind, ...list];
  if (mode.type === "declarative") return [base + 3, kind, ...list];
  const isExplicit = random?.chance(0.3) === true;
  return isExplicit
    ? [base + 2, 0, ...constant(mode.offset, pad), kind, ...list]
    : [base, ...constant(mode.offset, pad), ...list];
}

function dataSegment(
  mode: Mode,
  bytes: Uint8Array,
  pad: Padding,
  random: Random | undefined,
): Bytes {
  const content = [...pad.u32(bytes.length), ...bytes];
  if (mode.type !== "active") return [1, ...content];
  const isExplicit = random?.chance(0.3) === true;
  return isExplicit
    ? [2, 0, ...constant(mode.offset, pad), ...content]
    : [0, ...constant(mode.offset, pad), ...content];
}

function functionBody(
  { locals, body }: FunctionBody,
  pad: Padding,
  random: Random | undefined,
): Bytes {
  const groups: Bytes[] = [];
  for (let index = 0; index < locals.length;) {
    if (random?.chance(0.05) === true) groups.push([...pad.u32(0), 0x7e]);
    const type = present(locals[index]);
    let count = 1;
    while (locals[index + count] === type && random?.chance(0.2) !== true) count++;
    groups.push([...pad.u32(count), TYPES[type]]);
    index += count;
  }
  const content = [...pad.u32(groups.length), ...groups.flat()];
  for (const instruction of body) content.push(...encodeInstruction(instruction, pad));
  return [...pad.u32(content.length), ...content];
}

function encodeInstruction(instruction: Instruction, pad: Padding): Bytes {
  const opcode = opcodeNamed(instruction.op);
  const head = opcode.code < 0xfc00 ? [opcode.code] : [0xfc, ...pad.u32(opcode.code - 0xfc00)];
  const index = instruction.index ?? 0;
  switch (opcode.immediate) {
    case "none":
      return head;
    case "block":
      return [...head, instruction.type == null ? 0x40 : TYPES[instruction.type]];
    case "index":
      return [...head, ...pad.u32(index)];
    case "labels": {
      const labels = present(instruction.labels);
      return [...head, ...pad.u32(labels.length - 1), ...labels.flatMap((label) => pad.u32(label))];
    }
    case "indirect":
      return [...head, ...pad.u32(index), 0];
    case "types":
      return [...head, 1, TYPES[present(instruction.type)]];
    case "memory":
      return [...head, ...pad.u32(instruction.align ?? 0), ...pad.u32(instruction.offset ?? 0)];
    case "zero":
      return [...head, 0];
    case "segment-zero":
      return [...head, ...pad.u32(index), 0];
    case "zero-zero":
      return [...head, 0, 0];
    case "heap-type":
      return [...head, 0x70];
    case "const":
      return [...head, ...constantBits(instruction, pad)];
  }
}

function constantBits({ op, bits = 0n }: Instruction, pad: Padding): Bytes {
  if (op === "i32.const") return pad.signed(bits, 32);
  if (op === "i64.const") return pad.signed(bits, 64);
  const length = op === "f32.const" ? 4 : 8;
  return Array.from({ length }, (_, index) => Number((bits >> BigInt(8 * index)) & 0xffn));
}
