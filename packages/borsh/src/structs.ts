/**
 * Structs and enums, in the order in which their definition is written.
 * @module
 */
import { showValue } from "@yoctonear/base";
import type { Codec, Infer } from "./codec.ts";
import type { Reader, Writer } from "./cursor.ts";
import { readPart, refuse, writePart } from "./errors.ts";
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
  const layout = layoutOf(fields, fields);
  return {
    write: (writer, value) => writeFields(writer, layout, value),
    read: (reader) => {
      const value = {};
      readFields(reader, layout, value);
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
  const list = Object.entries(variants).map(([type, [tag, fields]]) => ({
    type,
    tag,
    layout: layoutOf(fields, { type, ...fields }),
  }));
  const byType = new Map<unknown, (typeof list)[number]>(list.map((v) => [v.type, v]));
  const byTag = new Map(list.map((v) => [v.tag, v]));
  return {
    write: (writer, value) => {
      const type = isObject(value) ? value["type"] : value;
      const variant = isObject(value) ? byType.get(type) : undefined;
      if (variant === undefined) {
        const types = [...byType.keys()].join(", ");
        return refuse(writer.offset, "invalid_tag", `a type of ${types}`, showValue(type));
      }
      u8.write(writer, variant.tag);
      writeFields(writer, variant.layout, value);
    },
    read: (reader) => {
      const { type, layout } = readTag(reader, (tag) => byTag.get(tag));
      const value = { type };
      readFields(reader, layout, value);
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
  const isName = (name: unknown): name is N =>
    typeof name === "string" && Object.hasOwn(discriminants, name);
  return {
    write: (writer, value) => {
      if (!isName(value)) {
        const names = Object.keys(discriminants).join(", ");
        return refuse(writer.offset, "invalid_tag", `one of ${names}`, showValue(value));
      }
      u8.write(writer, discriminants[value]);
    },
    read: (reader) =>
      readTag(reader, (tag) =>
        Object.keys(discriminants)
          .filter(isName)
          .find((name) => discriminants[name] === tag),
      ),
  };
}

/** How an object lies on the wire: its fields in order, and the names that it may have. */
interface Layout {
  readonly entries: readonly (readonly [name: string, codec: Codec<unknown>])[];
  readonly known: object;
}

function layoutOf(fields: Fields, known: object): Layout {
  return { entries: Object.entries(fields), known };
}

function writeFields(writer: Writer, { entries, known }: Layout, value: unknown): void {
  if (!isObject(value)) {
    const names = Object.keys(known).join(", ");
    return refuse(writer.offset, "invalid_value", `an object with ${names}`, showValue(value));
  }
  for (const [name, codec] of entries) writePart(name, codec, writer, value[name]);
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(known, name)) continue;
    const names = Object.keys(known).join(", ");
    refuse(writer.offset, "invalid_value", `no field but ${names}`, showValue(name));
  }
}

function readFields(reader: Reader, { entries }: Layout, value: Record<string, unknown>): void {
  for (const [name, codec] of entries) value[name] = readPart(name, codec, reader);
}

function readTag<T>(reader: Reader, find: (tag: number) => T | undefined): T {
  const { offset } = reader;
  const tag = u8.read(reader);
  return find(tag) ?? refuse(offset, "invalid_tag", "a known discriminant", tag);
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
