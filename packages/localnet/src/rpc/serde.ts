/**
 * Reads parameters the way nearcore's serde does, with its error texts.
 * Source: nearcore chain/jsonrpc/src/api/mod.rs; the texts are recorded from a node.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import { isAccountId, parseHash } from "@yoctonear/primitives";
import { parsePublicKey } from "@yoctonear/keys";
import { remembering } from "../chain/memory.ts";
import type { Json } from "../runtime/json.ts";
import { parseFailure } from "./rpc-failure.ts";
import { accountIdFault, base64Fault, hashFault, publicKeyFault } from "./serde-text.ts";

/** An object of parameters. */
export type Fields = { readonly [key: string]: unknown };

/** Refuses with serde's text behind nearcore's prefix. */
export function refuse(text: string): never {
  throw parseFailure(`Failed parsing args: ${text}`);
}

/** Tells an object from arrays and the rest. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells a list from the rest. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Names a value as serde's `Unexpected` does. */
export function unexpected(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return `boolean \`${value}\``;
  if (typeof value === "bigint") return `integer \`${value}\``;
  if (typeof value === "number") {
    return Number.isInteger(value) ? `integer \`${value}\`` : `floating point \`${value}\``;
  }
  if (typeof value === "string") return `string ${JSON.stringify(value)}`;
  return Array.isArray(value) ? "sequence" : "map";
}

/** An object of parameters that serde flattens into a struct: only a map will do. */
export function needFields(value: unknown, struct: string): Fields {
  if (isFields(value)) return value;
  refuse(`invalid type: ${unexpected(value)}, expected struct ${struct}`);
}

/** A struct from an object; nearcore also takes a sequence of its fields in order. */
export function fieldsOf(value: unknown, struct: string, names: readonly string[]): Fields {
  if (isFields(value)) return value;
  if (!Array.isArray(value))
    refuse(`invalid type: ${unexpected(value)}, expected struct ${struct}`);
  const fields: { [key: string]: unknown } = {};
  for (const [index, name] of names.entries()) {
    if (index >= value.length) break;
    fields[name] = value[index];
  }
  if (value.length < names.length) {
    refuse(
      `invalid length ${value.length}, expected struct ${struct} with ${names.length} element${names.length === 1 ? "" : "s"}`,
    );
  }
  return fields;
}

/** A list. */
export function sequence(value: unknown): readonly unknown[] {
  if (isList(value)) return value;
  refuse(`invalid type: ${unexpected(value)}, expected a sequence`);
}

/** A field that must be there. */
export function required(fields: Fields, name: string): unknown {
  const value = fields[name];
  if (value === undefined) refuse(`missing field \`${name}\``);
  return value;
}

/** A string. */
export function readString(value: unknown): string {
  if (typeof value === "string") return value;
  refuse(`invalid type: ${unexpected(value)}, expected a string`);
}

/** A boolean. */
export function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  refuse(`invalid type: ${unexpected(value)}, expected a boolean`);
}

const U64_END = 1n << 64n;
const U32_END = 2 ** 32;

/** Reads a u64, or gives `null` where the value is none. */
export function u64Or(value: unknown): bigint | null {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === "bigint" && value >= 0n && value < U64_END) return value;
  return null;
}

/** A u64. */
export function readU64(value: unknown): bigint {
  const integer = u64Or(value);
  if (integer !== null) return integer;
  const isInteger = typeof value === "bigint" || Number.isInteger(value);
  refuse(`invalid ${isInteger ? "value" : "type"}: ${unexpected(value)}, expected u64`);
}

/** A u32 that is not zero (nearcore `NonZeroU32`), or `null` where the field is absent or null. */
export function optionalNonZeroU32(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const integer = u64Or(value);
  if (integer !== null && integer > 0n && integer < U32_END) return Number(integer);
  const isInteger = typeof value === "bigint" || Number.isInteger(value);
  refuse(`invalid ${isInteger ? "value" : "type"}: ${unexpected(value)}, expected a nonzero u32`);
}

/** An account id. */
export function readAccountId(value: unknown): string {
  const text = readString(value);
  if (isAccountId(text)) return text;
  refuse(accountIdFault(text));
}

/** A hash in base58. */
export function readHash(value: unknown): string {
  if (typeof value !== "string") {
    refuse(`invalid type: ${unexpected(value)}, expected base58-encoded 256-bit hash`);
  }
  if (isHash(value)) return value;
  refuse(hashFault(value));
}

/** Tells whether a value is a hash in base58. */
export function isHash(value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    parseHash(value);
    return true;
  } catch {
    return false;
  }
}

/** A public key; what comes back is nearcore's way of writing it. */
export function readPublicKey(value: unknown): string {
  const text = readString(value);
  try {
    return formatParsed(text);
  } catch {
    refuse(publicKeyFault(text));
  }
}

/** Bytes in base64. */
export function readBase64(value: unknown): Uint8Array<ArrayBuffer> {
  const text = readString(value);
  try {
    return decodeBase64(text);
  } catch {
    refuse(base64Fault(text));
  }
}

const formatParsed: (text: string) => string = /* @__PURE__ */ remembering((text) => {
  const key = parsePublicKey(text);
  return text.startsWith(`${key.type}:`)
    ? text
    : `${key.type}:${text.slice(text.indexOf(":") + 1)}`;
});

/**
 * Takes an object that came from JSON for what it is.
 * @throws {TypeError} for what JSON has not
 */
export function readJsonObject(fields: Fields): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(fields).map(([key, entry]) => [key, readJson(entry)]));
}

function readJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (isList(value)) return value.map(readJson);
  if (isFields(value)) return readJsonObject(value);
  throw new TypeError(`expected JSON, got ${typeof value}`);
}
