/**
 * Programs for the probe contract: its input is a list of calls of host functions.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";
import { encode, u32, u64, u8 } from "@yoctonear/borsh";
import { integer, list, loadProbeTable, text } from "@yoctonear/vectors";

/** An argument: a number; bytes, passed by length and pointer; bytes, passed by pointer; the result of a call before. */
export type Argument =
  | bigint
  | string
  | Uint8Array
  | { readonly at: string | Uint8Array }
  | { readonly result: number };

/** A call of a host function by its name, and its arguments. */
export type Call = readonly [name: string, ...args: readonly Argument[]];

const RESULT_BIT = 1n << 62n;
/** The program returns the results of its calls, 8 bytes each. */
const RETURN_RESULTS = 1;

const operations = new Map(
  list(await loadProbeTable()).map((row) => [
    text(row, "name"),
    { op: Number(integer(row, "op")), params: list(row, "params").length },
  ]),
);

/** The input of the probe that makes it run calls in order and return their results. */
export function program(...calls: readonly Call[]): Uint8Array {
  return encodeProgram(RETURN_RESULTS, calls);
}

/** The same without the results: what the calls return stands. */
export function quietProgram(...calls: readonly Call[]): Uint8Array {
  return encodeProgram(0, calls);
}

function encodeProgram(mode: number, calls: readonly Call[]): Uint8Array {
  let data = new Uint8Array();
  const place = (content: string | Uint8Array): bigint => {
    const bytes = typeof content === "string" ? encodeUtf8(content) : content;
    const pointer = BigInt(data.length);
    data = concatBytes(data, bytes);
    return pointer;
  };
  const encoded = calls.map(([name, ...args]) => {
    const operation = operations.get(name);
    if (operation === undefined) throw new TypeError(`expected a host function, got ${name}`);
    const values = args.flatMap((arg): readonly bigint[] => {
      if (typeof arg === "bigint") return [arg];
      if (typeof arg === "string") return [BigInt(encodeUtf8(arg).length), place(arg)];
      if (arg instanceof Uint8Array) return [BigInt(arg.length), place(arg)];
      return ["at" in arg ? place(arg.at) : RESULT_BIT | BigInt(arg.result)];
    });
    if (values.length !== operation.params) {
      throw new TypeError(
        `expected ${operation.params} arguments of ${name}, got ${values.length}`,
      );
    }
    return concatBytes(encode(u8, operation.op), ...values.map((value) => encode(u64, value)));
  });
  const bytes = concatBytes(...encoded);
  return concatBytes(
    encode(u8, mode),
    encode(u32, calls.length),
    encode(u32, bytes.length),
    bytes,
    data,
  );
}

/** An amount of 16 bytes. */
export function amount(yocto: bigint): { readonly at: Uint8Array } {
  return {
    at: concatBytes(
      encode(u64, BigInt.asUintN(64, yocto)),
      encode(u64, BigInt.asUintN(64, yocto >> 64n)),
    ),
  };
}
