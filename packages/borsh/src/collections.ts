/**
 * Bytes, text and collections. Lengths are u32; a length that the remaining bytes cannot hold is
 * refused before anything is allocated.
 * @module
 */
import { compareBytes, decodeUtf8, encodeUtf8, showValue } from "@yoctonear/base";
import { type Codec, refusing } from "./codec.ts";
import type { Reader, Writer } from "./cursor.ts";
import { readPart, refuse, writePart } from "./errors.ts";
import { u32, u8 } from "./numbers.ts";

/**
 * Bytes of any length, after a u32 length.
 * @example
 * ```ts
 * import { bytes, encode } from "@yoctonear/borsh";
 * encode(bytes, Uint8Array.of(7)); // Uint8Array [1, 0, 0, 0, 7]
 * ```
 */
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
 * @example
 * ```ts
 * import { encode, fixedBytes } from "@yoctonear/borsh";
 * encode(fixedBytes(2), Uint8Array.of(7, 8)); // Uint8Array [7, 8]
 * ```
 */
export function fixedBytes(length: number): Codec<Uint8Array<ArrayBufferLike>> {
  return {
    write: (writer, value) => {
      assertBytes(writer, value);
      if (value.length !== length) {
        refuse(writer.offset, "out_of_range", `${length} bytes`, value.length);
      }
      writer.writeBytes(value);
    },
    read: (reader) => reader.readBytes(length),
  };
}

/** Most text is an account id or a method name. */
const SHORT_TEXT = 256;

/**
 * Text as UTF-8, after a u32 length in bytes.
 * @example
 * ```ts
 * import { encode, string } from "@yoctonear/borsh";
 * encode(string, "é"); // Uint8Array [2, 0, 0, 0, 195, 169]
 * ```
 */
export const string: Codec<string> = {
  write: (writer, value) => {
    if (typeof value !== "string") {
      refuse(writer.offset, "out_of_range", "text", showValue(value));
    }
    if (value.length > SHORT_TEXT || !writeAscii(writer, value)) {
      bytes.write(writer, refusing(writer.offset, encodeUtf8, value, "invalid_utf8"));
    }
  },
  read: (reader) => {
    const { offset } = reader;
    return refusing(offset, decodeUtf8, bytes.read(reader), "invalid_utf8");
  },
};

/**
 * An optional value: `null` where there is none.
 * @param codec - of the value
 * @example
 * ```ts
 * import { encode, option, u8 } from "@yoctonear/borsh";
 * encode(option(u8), 7); // Uint8Array [1, 7]
 * encode(option(u8), null); // Uint8Array [0]
 * ```
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
      if (tag > 1) refuse(offset, "invalid_tag", "the option 0 or 1", tag);
      return tag === 0 ? null : codec.read(reader);
    },
  };
}

/**
 * A list of any length. Items that take no bytes are refused, as in borsh-rs: ten bytes could ask
 * for 2^32 of them.
 * @param codec - of an item
 * @example
 * ```ts
 * import { encode, u8, vec } from "@yoctonear/borsh";
 * encode(vec(u8), [7, 8]); // Uint8Array [2, 0, 0, 0, 7, 8]
 * ```
 */
export function vec<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (writer, items) => {
      assertArray(writer, items);
      u32.write(writer, items.length);
      const { offset } = writer;
      writeItems(writer, codec, items);
      assertNotEmpty(items.length, offset, writer.offset);
    },
    read: (reader) => {
      const count = u32.read(reader);
      const { offset } = reader;
      if (count > reader.remaining) {
        refuse(offset, "unexpected_end", `${count} items`, `${reader.remaining} bytes`);
      }
      const items = readItems(reader, codec, count);
      assertNotEmpty(count, offset, reader.offset);
      return items;
    },
  };
}

/**
 * A list of one length, without a length in front.
 * @param codec - of an item
 * @param length - number of items
 * @example
 * ```ts
 * import { array, encode, u8 } from "@yoctonear/borsh";
 * encode(array(u8, 2), [7, 8]); // Uint8Array [7, 8]
 * ```
 */
export function array<T>(codec: Codec<T>, length: number): Codec<readonly T[]> {
  return {
    write: (writer, items) => {
      assertArray(writer, items);
      if (items.length !== length) {
        refuse(writer.offset, "out_of_range", `${length} items`, items.length);
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
 * @example
 * ```ts
 * import { encode, set, u8 } from "@yoctonear/borsh";
 * encode(set(u8), new Set([8, 7])); // Uint8Array [2, 0, 0, 0, 7, 8]
 * ```
 */
export function set<T>(codec: Codec<T>, compare: Compare<T> = compareKeys): Codec<ReadonlySet<T>> {
  const items = vec(codec);
  return {
    write: (writer, value) => {
      assertInstance(writer, value, Set);
      items.write(writer, sortUnique(writer, [...value], compare));
    },
    read: (reader) => new Set(keepLast(reader, items.read(reader), compare)),
  };
}

/**
 * A map, written in ascending order of its keys; a repeated key is refused. Read in any order, of
 * a repeated key the last value is kept, as nearcore does.
 * @param key - codec of a key
 * @param value - codec of a value
 * @param compare - the order of Rust's `Ord` of the key; by default that of numbers, text, bytes
 * @example
 * ```ts
 * import { encode, map, u8 } from "@yoctonear/borsh";
 * encode(map(u8, u8), new Map([[8, 1], [7, 2]])); // Uint8Array [2, 0, 0, 0, 7, 2, 8, 1]
 * ```
 */
export function map<K, V>(
  key: Codec<K>,
  value: Codec<V>,
  compare: Compare<K> = compareKeys,
): Codec<ReadonlyMap<K, V>> {
  return mapBy(compare, key, value);
}

/**
 * A map as {@link map} makes it, in an order that is always given: a bundle holds no other.
 * @param compare - the order of Rust's `Ord` of the key
 * @param key - codec of a key
 * @param value - codec of a value
 * @example
 * ```ts
 * import { compareBytes } from "@yoctonear/base";
 * import { bytes, encode, mapBy } from "@yoctonear/borsh";
 * encode(mapBy(compareBytes, bytes, bytes), new Map([[Uint8Array.of(1), Uint8Array.of(2)]])).length; // 14
 * ```
 */
export function mapBy<K, V>(
  compare: Compare<K>,
  key: Codec<K>,
  value: Codec<V>,
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
    read: (reader) => new Map(keepLast(reader, entries.read(reader), compareEntries)),
  };
}

function compareKeys(a: unknown, b: unknown): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (isOrdered(a) && isOrdered(b)) return a < b ? -1 : a > b ? 1 : 0;
  throw new TypeError(
    `expected keys with an order of their own, got ${showValue(a)}: pass compare`,
  );
}

/** Orders text as its UTF-8 bytes, which is by code point. */
function compareText(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = rankOf(a.charCodeAt(i)) - rankOf(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

// In UTF-16 surrogates, of which the code points beyond U+FFFF are made, stand before U+E000.
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function isOrdered(value: unknown): value is number | bigint | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function sortUnique<T>(writer: Writer, items: readonly T[], compare: Compare<T>): readonly T[] {
  const unique = keepLast(writer, items, compare);
  if (unique.length !== items.length) {
    refuse(writer.offset, "invalid_value", "each key once", "one twice");
  }
  return unique;
}

function keepLast<T>(
  cursor: Reader | Writer,
  items: readonly T[],
  compare: Compare<T>,
): readonly T[] {
  const sortAndFilter = (): readonly T[] =>
    // The sort is stable, so that of equal items the last one read stands last.
    [...items]
      .sort(compare)
      .filter((item, i, all) => all.slice(i + 1, i + 2).every((next) => compare(item, next) !== 0));
  return refusing(cursor.offset, sortAndFilter, undefined);
}

function assertNotEmpty(count: number, start: number, end: number): void {
  if (count > 0 && end === start) {
    refuse(end, "invalid_value", "items of at least one byte", "empty ones");
  }
}

function writeItems<T>(writer: Writer, codec: Codec<T>, items: readonly T[]): void {
  let i = 0;
  // Unlike forEach, this does not step over the holes of a sparse array.
  for (const item of items) writePart(i++, codec, writer, item);
}

function readItems<T>(reader: Reader, codec: Codec<T>, count: number): T[] {
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(readPart(i, codec, reader));
  return items;
}

/** Writes text if it is ASCII, in a tenth of the time that TextEncoder takes, and tells whether it is. */
function writeAscii(writer: Writer, text: string): boolean {
  const { offset } = writer;
  u32.write(writer, text.length);
  const view = writer.reserve(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) {
      writer.offset = offset;
      return false;
    }
    view.setUint8(offset + 4 + i, unit);
  }
  return true;
}

function assertBytes(writer: Writer, value: unknown): void {
  assertInstance(writer, value, Uint8Array);
}

function assertArray(writer: Writer, value: unknown): void {
  if (!Array.isArray(value)) {
    refuse(writer.offset, "invalid_value", "an array", showValue(value));
  }
}

function assertInstance(
  writer: Writer,
  value: unknown,
  type: typeof Uint8Array | typeof Set | typeof Map,
): void {
  if (!(value instanceof type)) {
    refuse(writer.offset, "invalid_value", `a ${type.name}`, showValue(value));
  }
}
