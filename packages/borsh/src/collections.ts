/**
 * Bytes, text and collections. Lengths are u32; a length that the remaining bytes cannot hold is
 * refused before anything is allocated.
 * @module
 */
import { compareBytes, decodeUtf8, encodeUtf8, ParseError, showValue } from "@yoctonear/base";
import type { Codec } from "./codec.ts";
import type { Reader, Writer } from "./cursor.ts";
import { BorshError, within } from "./errors.ts";
import { u32, u8 } from "./numbers.ts";

/** More items than this, with no bytes left, are refused: no type of the protocol is empty. */
const MAX_EMPTY_ITEMS = 1024;

/** Bytes of any length, after a u32 length. */
export const bytes: Codec<Uint8Array<ArrayBufferLike>> = {
  write: (writer, value) => {
    assertBytes(writer, value);
    u32.write(writer, value.length);
    writer.writeBytes(value);
  },
  read: (reader) => reader.readBytes(u32.read(reader)),
};

/**
 * Bytes of one length, without a length in front.
 * @param length - in bytes
 */
export function fixedBytes(length: number): Codec<Uint8Array<ArrayBufferLike>> {
  return {
    write: (writer, value) => {
      assertBytes(writer, value);
      if (value.length !== length) {
        throw new BorshError(
          "out_of_range",
          `expected ${length} bytes, got ${value.length}`,
          writer.offset,
        );
      }
      writer.writeBytes(value);
    },
    read: (reader) => reader.readBytes(length),
  };
}

/** Text as UTF-8, after a u32 length in bytes. */
export const string: Codec<string> = {
  write: (writer, value) => {
    if (typeof value !== "string") {
      throw new BorshError("out_of_range", `expected text, got ${showValue(value)}`, writer.offset);
    }
    bytes.write(
      writer,
      utf8(writer.offset, () => encodeUtf8(value)),
    );
  },
  read: (reader) => {
    const { offset } = reader;
    const encoded = bytes.read(reader);
    return utf8(offset, () => decodeUtf8(encoded));
  },
};

/**
 * An optional value: `null` where there is none.
 * @param codec - of the value
 */
export function option<T>(codec: Codec<T>): Codec<T | null> {
  return {
    write: (writer, value) => {
      u8.write(writer, value === null ? 0 : 1);
      if (value !== null) codec.write(writer, value);
    },
    read: (reader) => {
      const { offset } = reader;
      const tag = u8.read(reader);
      if (tag > 1) {
        throw new BorshError("invalid_tag", `expected the option 0 or 1, got ${tag}`, offset);
      }
      return tag === 0 ? null : codec.read(reader);
    },
  };
}

/**
 * A list of any length.
 * @param codec - of an item
 */
export function vec<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (writer, items) => {
      assertArray(writer, items);
      u32.write(writer, items.length);
      writeItems(writer, codec, items);
    },
    read: (reader) => readItems(reader, codec, u32.read(reader)),
  };
}

/**
 * A list of one length, without a length in front.
 * @param codec - of an item
 * @param length - number of items
 */
export function array<T>(codec: Codec<T>, length: number): Codec<readonly T[]> {
  return {
    write: (writer, items) => {
      assertArray(writer, items);
      if (items.length !== length) {
        throw new BorshError(
          "out_of_range",
          `expected ${length} items, got ${items.length}`,
          writer.offset,
        );
      }
      writeItems(writer, codec, items);
    },
    read: (reader) => readItems(reader, codec, length),
  };
}

/** Orders two keys of a map or items of a set: negative, zero or positive. */
export type Compare<T> = (a: T, b: T) => number;

/**
 * A set, written in ascending order; a repeated item is refused. Read in any order, repeats
 * dropped, as nearcore does.
 * @param codec - of an item
 * @param compare - the order of Rust's `Ord` of the item; by default that of numbers, text, bytes
 */
export function set<T>(codec: Codec<T>, compare: Compare<T> = compareKeys): Codec<ReadonlySet<T>> {
  const items = vec(codec);
  return {
    write: (writer, value) => {
      assertInstance(writer, value, Set);
      items.write(writer, sortUnique(writer, [...value], compare));
    },
    read: (reader) => new Set(keepLast(items.read(reader), compare)),
  };
}

/**
 * A map, written in ascending order of its keys; a repeated key is refused. Read in any order, of
 * a repeated key the last value is kept, as nearcore does.
 * @param key - codec of a key
 * @param value - codec of a value
 * @param compare - the order of Rust's `Ord` of the key; by default that of numbers, text, bytes
 */
export function map<K, V>(
  key: Codec<K>,
  value: Codec<V>,
  compare: Compare<K> = compareKeys,
): Codec<ReadonlyMap<K, V>> {
  const compareEntries: Compare<readonly [K, V]> = ([a], [b]) => compare(a, b);
  const entries = vec<readonly [K, V]>({
    write: (writer, [name, content]) => {
      key.write(writer, name);
      value.write(writer, content);
    },
    read: (reader) => [key.read(reader), value.read(reader)],
  });
  return {
    write: (writer, content) => {
      assertInstance(writer, content, Map);
      entries.write(writer, sortUnique(writer, [...content], compareEntries));
    },
    read: (reader) => new Map(keepLast(entries.read(reader), compareEntries)),
  };
}

function compareKeys(a: unknown, b: unknown): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  if (typeof a === "string" && typeof b === "string") {
    return compareBytes(encodeUtf8(a), encodeUtf8(b));
  }
  if (isOrdered(a) && isOrdered(b)) return a < b ? -1 : a > b ? 1 : 0;
  throw new TypeError(
    `expected keys with an order of their own, got ${showValue(a)}: pass compare`,
  );
}

function isOrdered(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function sortUnique<T>(writer: Writer, items: readonly T[], compare: Compare<T>): readonly T[] {
  const sorted = [...items].sort(compare);
  sorted.forEach((item, i) => {
    const next = sorted[i + 1];
    if (next !== undefined && compare(item, next) === 0) {
      throw new BorshError("invalid_value", "expected each key once, got one twice", writer.offset);
    }
  });
  return sorted;
}

function keepLast<T>(items: readonly T[], compare: Compare<T>): readonly T[] {
  const sorted = [...items].sort(compare);
  return sorted.filter((item, i) => {
    const next = sorted[i + 1];
    return next === undefined || compare(item, next) !== 0;
  });
}

function writeItems<T>(writer: Writer, codec: Codec<T>, items: readonly T[]): void {
  items.forEach((item, i) => {
    try {
      codec.write(writer, item);
    } catch (error) {
      within(i, error);
    }
  });
}

function readItems<T>(reader: Reader, codec: Codec<T>, count: number): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) {
    try {
      items.push(codec.read(reader));
    } catch (error) {
      within(i, error);
    }
    // Items of no bytes would let ten bytes of input ask for 2^32 of them.
    if (reader.remaining === 0 && count - i > MAX_EMPTY_ITEMS) {
      throw new BorshError(
        "unexpected_end",
        `expected ${count} items, got ${i + 1}`,
        reader.offset,
      );
    }
  }
  return items;
}

function utf8<T>(offset: number, convert: () => T): T {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new BorshError("invalid_utf8", error.message, offset, [], { cause: error });
  }
}

function assertBytes(writer: Writer, value: unknown): void {
  assertInstance(writer, value, Uint8Array);
}

function assertArray(writer: Writer, value: unknown): void {
  assertInstance(writer, value, Array);
}

function assertInstance(
  writer: Writer,
  value: unknown,
  type: typeof Uint8Array | typeof Array | typeof Set | typeof Map,
): void {
  if (value instanceof type) return;
  throw new BorshError(
    "invalid_value",
    `expected a value of type ${type.name}, got ${showValue(value)}`,
    writer.offset,
  );
}
