/**
 * A codec is a plain value that writes and reads one type; combinators make larger ones of it.
 * @module
 */
import { Reader, Writer } from "./cursor.ts";
import { BorshError, type BorshErrorCode, refuse } from "./errors.ts";

/** Writes and reads values of one type. */
export interface Codec<T> {
  /** Appends the value; throws {@link BorshError} for one that the type cannot hold. */
  write(writer: Writer, value: T): void;
  /** Takes the next value; throws {@link BorshError} for bytes that are none. */
  read(reader: Reader): T;
}

/** The type of the values of a codec. */
export type Infer<C> = C extends Codec<infer T> ? T : never;

/** The largest transaction fits; what a larger value has filled is not kept. */
const SPARE_CAPACITY = 1 << 21;
/** Kept for the next encode: a new buffer takes longer than writing a transfer into it. */
let spareWriter: Writer | undefined;

/**
 * Encodes a value.
 * @throws {BorshError} when the codec's type cannot hold the value
 * @example
 * ```ts
 * import { encode, struct, string, u32 } from "@yoctonear/borsh";
 * encode(struct({ name: string, age: u32 }), { name: "ana", age: 7 }); // 11 bytes
 * ```
 */
export function encode<T>(codec: Codec<T>, value: NoInfer<T>): Uint8Array<ArrayBuffer> {
  // A codec may itself call encode, so the writer is taken away while in use, and left to the
  // garbage collector when the codec throws.
  const writer = spareWriter ?? new Writer();
  spareWriter = undefined;
  writer.offset = 0;
  codec.write(writer, value);
  if (writer.offset <= SPARE_CAPACITY) spareWriter = writer;
  return writer.finish();
}

/**
 * Decodes bytes that are exactly one value.
 * @throws {BorshError} when they are not, or when bytes are left over
 * @example
 * ```ts
 * import { decode, u16 } from "@yoctonear/borsh";
 * decode(u16, Uint8Array.of(1, 1)); // 257
 * ```
 */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  const reader = new Reader(bytes);
  const value = codec.read(reader);
  if (reader.remaining > 0) {
    refuse(reader.offset, "trailing_bytes", "the end", `${reader.remaining} more bytes`);
  }
  return value;
}

/**
 * Makes a codec of another type from one, with a function for each way.
 * @param codec - the codec of the wire form
 * @param to - turns a value into the wire form; may throw to refuse it
 * @param from - turns the wire form into a value; may throw to refuse it
 * @example
 * ```ts
 * import { decode, mapped, u32 } from "@yoctonear/borsh";
 * const second = mapped(u32, (date: Date) => date.getTime() / 1000, (wire) => new Date(wire * 1000));
 * decode(second, new Uint8Array(4)); // 1970-01-01T00:00:00.000Z
 * ```
 */
export function mapped<T, Wire>(
  codec: Codec<Wire>,
  to: (value: T) => Wire,
  from: (wire: Wire) => T,
): Codec<T> {
  return {
    write: (writer, value) => codec.write(writer, refusing(writer.offset, to, value)),
    read: (reader) => {
      const { offset } = reader;
      return refusing(offset, from, codec.read(reader));
    },
  };
}

/** Runs a conversion; what it throws becomes a {@link BorshError} at the offset. */
export function refusing<A, B>(
  offset: number,
  convert: (value: A) => B,
  value: A,
  code: BorshErrorCode = "invalid_value",
): B {
  try {
    return convert(value);
  } catch (error) {
    if (error instanceof BorshError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BorshError(code, reason, offset, [], { cause: error });
  }
}

/**
 * Names a codec before it is made, for types that contain themselves. Values nested more than 128
 * times are refused both ways, so that hostile bytes or a cycle never exhaust the stack.
 * @param get - returns the codec; called at each use
 * @example
 * ```ts
 * import { type Codec, encode, lazy, struct, vec } from "@yoctonear/borsh";
 * interface Tree { readonly children: readonly Tree[] }
 * const tree: Codec<Tree> = struct({ children: vec(lazy(() => tree)) });
 * encode(tree, { children: [{ children: [] }] }); // 8 bytes
 * ```
 */
export function lazy<T>(get: () => Codec<T>): Codec<T> {
  return {
    write: (writer, value) => nest(writer, () => get().write(writer, value)),
    read: (reader) => nest(reader, () => get().read(reader)),
  };
}

/** A tree of 128 levels is deeper than any state seen, and far from the end of any engine's stack. */
const MAX_DEPTH = 128;

function nest<T>(cursor: Reader | Writer, step: () => T): T {
  if (++cursor.depth > MAX_DEPTH) {
    refuse(cursor.offset, "out_of_range", `at most ${MAX_DEPTH} levels`, "more");
  }
  const value = step();
  cursor.depth--;
  return value;
}
