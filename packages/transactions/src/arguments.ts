/**
 * Arguments of a contract's method as bytes.
 * @module
 */
/**
 * What a method may be given: bytes as they are, or a value that `JSON.stringify` takes. A bigint is
 * refused, since only the contract knows whether it wants a number or text.
 */
export type FunctionArguments = Uint8Array | object | string | number | boolean | null;

/**
 * Encodes the arguments of a contract's method: bytes as they are, anything else as JSON. Without
 * arguments it is `{}`, which the contracts of NEAR's SDKs take for none. Arguments in borsh are
 * bytes that the caller encodes, with `encode(codec, value)` of `@yoctonear/borsh`.
 * @param args - bytes, or a value for `JSON.stringify`
 * @throws {TypeError} for what JSON would lose without a word: bigint, NaN and infinities, bytes,
 *   maps and sets inside, a function
 * @example
 * ```ts
 * import { decodeUtf8 } from "@yoctonear/base";
 * import { encodeArguments } from "@yoctonear/transactions";
 * decodeUtf8(encodeArguments({ id: 1 })); // '{"id":1}'
 * decodeUtf8(encodeArguments(undefined)); // "{}"
 * encodeArguments(Uint8Array.of(1, 2)); // Uint8Array [1, 2]
 * ```
 */
export function encodeArguments(args: FunctionArguments = {}): Uint8Array {
  if (args instanceof Uint8Array) return args;
  const json: unknown = JSON.stringify(args, refuseLossy);
  if (typeof json !== "string") {
    throw new TypeError(`expected args of a type that JSON has, got a ${typeof args}`);
  }
  // `JSON.stringify` escapes lone surrogates, so there is nothing to refuse.
  return new TextEncoder().encode(json);
}

/** Refuses what JSON would lose without a word. */
function refuseLossy(key: string, value: unknown): unknown {
  const got =
    typeof value === "bigint"
      ? `${value}n: give String(value) or Number(value), as the contract takes`
      : typeof value === "number" && !Number.isFinite(value)
        ? `${value}`
        : value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)
          ? `${value.constructor.name}: give an array or an object`
          : undefined;
  if (got === undefined) return value;
  const place = key === "" ? "args" : `args with ${JSON.stringify(key)}`;
  throw new TypeError(`expected ${place} of a type that JSON has, got ${got}`);
}
