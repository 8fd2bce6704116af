/**
 * Modules of tests: from text, from bytes, from the generators of the vectors.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import wabt from "wabt";

const FEATURES = {
  bulk_memory: true,
  exceptions: true,
  memory64: true,
  multi_memory: true,
  multi_value: true,
  mutable_globals: true,
  reference_types: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  tail_call: true,
  threads: true,
};

/** Assembles text; what is not valid is assembled all the same. */
export async function assemble(wat: string): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  // Names of text formats that the assembler no longer knows.
  const text = wat.replaceAll("anyfunc", "funcref").replaceAll("get_local", "local.get");
  const module = parseWat("test.wat", text, FEATURES);
  try {
    return Uint8Array.from(module.toBinary({ canonicalize_lebs: true }).buffer);
  } finally {
    module.destroy();
  }
}

/** Makes a module longer by a custom section, as nearcore's assembler does by one with names. */
export function padTo(bytes: Uint8Array, length: number): Uint8Array {
  const missing = length - bytes.length;
  if (missing === 0) return bytes;
  if (missing < 3) throw new RangeError(`cannot add ${missing} bytes`);
  // A custom section with an empty name; its length takes another byte from 128 on.
  const body = missing < 130 ? missing - 2 : missing - 3;
  return concatBytes(bytes, Uint8Array.of(0), leb(body), new Uint8Array(body));
}

/** nearcore's `LargeContract`. */
export function largeContract(options: {
  readonly functions: number;
  readonly localsPerFunction: number;
  readonly panicImports: number;
}): Uint8Array {
  const { functions, localsPerFunction, panicImports } = options;
  const panic = concatBytes(name("env"), name("panic"), Uint8Array.of(0, 0));
  const locals = concatBytes(Uint8Array.of(1), leb(localsPerFunction), Uint8Array.of(0x7e, 0x0b));
  return moduleOf([
    [1, vector(1, Uint8Array.of(0x60, 0, 0))],
    ...(panicImports === 0 ? [] : [[2, vector(panicImports, panic)] as const]),
    [3, vector(functions, Uint8Array.of(0))],
    [7, vector(1, concatBytes(name("main"), Uint8Array.of(0, 0)))],
    [10, vector(functions, concatBytes(leb(locals.length), locals))],
  ]);
}

/** One function `main` of so many nops. */
export function nops(count: number): Uint8Array {
  const body = concatBytes(Uint8Array.of(0), new Uint8Array(count).fill(0x01), Uint8Array.of(0x0b));
  return moduleOf([
    [1, vector(1, Uint8Array.of(0x60, 0, 0))],
    [3, vector(1, Uint8Array.of(0))],
    [7, vector(1, concatBytes(name("main"), Uint8Array.of(0, 0)))],
    [10, vector(1, concatBytes(leb(body.length), body))],
  ]);
}

/** So many globals and an empty `main`. */
export function globals(count: number): Uint8Array {
  return moduleOf([
    [1, vector(1, Uint8Array.of(0x60, 0, 0))],
    [3, vector(1, Uint8Array.of(0))],
    [6, vector(count, Uint8Array.of(0x7f, 0, 0x41, 0, 0x0b))],
    [7, vector(1, concatBytes(name("main"), Uint8Array.of(0, 0)))],
    [10, vector(1, Uint8Array.of(2, 0, 0x0b))],
  ]);
}

/** A module of sections. */
export function moduleOf(
  sections: readonly (readonly [id: number, body: Uint8Array])[],
): Uint8Array {
  return concatBytes(
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    ...sections.flatMap(([id, body]) => [Uint8Array.of(id), leb(body.length), body]),
  );
}

function vector(count: number, element: Uint8Array): Uint8Array {
  const elements = new Uint8Array(count * element.length);
  for (let i = 0; i < count; i += 1) elements.set(element, i * element.length);
  return concatBytes(leb(count), elements);
}

function name(text: string): Uint8Array {
  return concatBytes(leb(text.length), encodeUtf8(text));
}

function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
