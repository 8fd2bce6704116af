/**
 * Structs and enums, in the order in which their definition is written.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { Codec, Infer } from "./codec.ts";
import type { Reader, Writer } from "./cursor.ts";
import { BorshError, within } from "./errors.ts";
import { u8 } from "./numbers.ts";

/** The fields of a struct in wire order, each with its codec. */
export interface Fields {
  readonly [name: string]: Codec<unknown>;
}

/** The plain object that a struct's codec writes and reads. */
export type StructValue<F extends Fields> = { readonly [K in keyof F]: Infer<F[K]> };

/** The variants of an enum: for each `type` its discriminant on the wire, and its fields. */
export interface Variants {
  readonly [type: string]: readonly [discriminant: number, fields: Fields];
}

/** The plain objects, told apart by `type`, that an enum's codec writes and reads. */
export type EnumValue<V extends Variants> = {
  readonly [N in keyof V]: { readonly type: N } & StructValue<V[N][1]>;
}[keyof V];

/**
 * A struct: its fields one after another, in the order given. Values may not have other fields,
 * so that a misspelt one is not silently left out.
 * @param fields - codec of each field
 * @example
 * ```ts
 * import { decode, encode, string, struct, u64 } from "@yoctonear/borsh";
 * const vote = struct({ proposal: u64, comment: string });
 * decode(vote, encode(vote, { proposal: 7n, comment: "yes" })); // { proposal: 7n, comment: "yes" }
 * ```
 */
export function struct<const F extends Fields>(fields: F): Codec<StructValue<F>> {
  const entries = Object.entries(fields);
  const known = new Set(Object.keys(fields));
  return {
    write: (writer, value) => writeFields(writer, entries, known, value),
    read: (reader) => {
      const value: Record<string, unknown> = {};
      readFields(reader, entries, value);
      assertStruct(value, fields);
      return value;
    },
  };
}

/**
 * An enum whose variants may have fields: a u8 discriminant, then the fields of the variant.
 * @param variants - `type` of the value → discriminant and fields
 * @example
 * ```ts
 * import { encode, taggedEnum, u128 } from "@yoctonear/borsh";
 * const action = taggedEnum({ createAccount: [0, {}], transfer: [3, { deposit: u128 }] });
 * encode(action, { type: "transfer", deposit: 1n }); // 17 bytes
 * ```
 */
export function taggedEnum<const V extends Variants>(variants: V): Codec<EnumValue<V>> {
  const byType = new Map<unknown, Variant>(
    Object.entries(variants).map(([type, [discriminant, fields]]) => [
      type,
      {
        type,
        discriminant,
        entries: Object.entries(fields),
        known: new Set(["type", ...Object.keys(fields)]),
      },
    ]),
  );
  const byDiscriminant = new Map([...byType.values()].map((v) => [v.discriminant, v]));
  return {
    write: (writer, value) => {
      const variant = isObject(value) ? byType.get(value["type"]) : undefined;
      if (variant === undefined) {
        const types = [...byType.keys()].join(", ");
        const got = isObject(value) ? showValue(value["type"]) : showValue(value);
        throw new BorshError(
          "invalid_tag",
          `expected a type of ${types}, got ${got}`,
          writer.offset,
        );
      }
      u8.write(writer, variant.discriminant);
      writeFields(writer, variant.entries, variant.known, value);
    },
    read: (reader) => {
      const variant = readVariant(reader, byDiscriminant);
      const value: Record<string, unknown> = { type: variant.type };
      readFields(reader, variant.entries, value);
      assertVariant(value, variants);
      return value;
    },
  };
}

/**
 * An enum without fields: a u8 discriminant, a name as the value.
 * @param discriminants - name → discriminant
 * @example
 * ```ts
 * import { encode, unitEnum } from "@yoctonear/borsh";
 * encode(unitEnum({ monotonic: 0, strict: 1 }), "strict"); // Uint8Array [1]
 * ```
 */
export function unitEnum<const N extends string>(
  discriminants: Readonly<Record<N, number>>,
): Codec<N> {
  const entries: [string, number][] = Object.entries(discriminants);
  const isName = (name: unknown): name is N =>
    typeof name === "string" && Object.hasOwn(discriminants, name);
  return {
    write: (writer, value) => {
      if (!isName(value)) {
        const names = entries.map(([name]) => name).join(", ");
        throw new BorshError(
          "invalid_tag",
          `expected one of ${names}, got ${showValue(value)}`,
          writer.offset,
        );
      }
      u8.write(writer, discriminants[value]);
    },
    read: (reader) => {
      const { offset } = reader;
      const tag = u8.read(reader);
      const name = entries.find(([, discriminant]) => discriminant === tag)?.[0];
      if (!isName(name)) throw unknownTag(tag, offset);
      return name;
    },
  };
}

type Entries = readonly (readonly [name: string, codec: Codec<unknown>])[];

interface Variant {
  readonly type: string;
  readonly discriminant: number;
  readonly entries: Entries;
  readonly known: ReadonlySet<string>;
}

function writeFields(
  writer: Writer,
  entries: Entries,
  known: ReadonlySet<string>,
  value: unknown,
): void {
  if (!isObject(value)) {
    throw new BorshError(
      "invalid_value",
      `expected an object with ${entries.map(([name]) => name).join(", ")}, got ${showValue(value)}`,
      writer.offset,
    );
  }
  for (const [name, codec] of entries) {
    try {
      codec.write(writer, value[name]);
    } catch (error) {
      within(name, error);
    }
  }
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue;
    throw new BorshError(
      "invalid_value",
      `expected no field but ${[...known].join(", ")}, got ${showValue(name)}`,
      writer.offset,
    );
  }
}

function readFields(reader: Reader, entries: Entries, value: Record<string, unknown>): void {
  for (const [name, codec] of entries) {
    try {
      value[name] = codec.read(reader);
    } catch (error) {
      within(name, error);
    }
  }
}

// These two do nothing at run time: they say what the loop over the fields has made, which the type
// checker cannot follow.
function assertStruct<F extends Fields>(
  _value: unknown,
  _fields: F,
): asserts _value is StructValue<F> {}
function assertVariant<V extends Variants>(
  _value: unknown,
  _variants: V,
): asserts _value is EnumValue<V> {}

function readVariant<T>(reader: Reader, byDiscriminant: ReadonlyMap<number, T>): T {
  const { offset } = reader;
  const tag = u8.read(reader);
  const variant = byDiscriminant.get(tag);
  if (variant === undefined) throw unknownTag(tag, offset);
  return variant;
}

function unknownTag(tag: number, offset: number): BorshError {
  return new BorshError("invalid_tag", `expected a known discriminant, got ${tag}`, offset);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
