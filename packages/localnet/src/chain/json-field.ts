/**
 * Typed access into JSON from outside (genesis files, state patches): what is not as asked is a
 * TypeError that names its place. Numbers and strings of digits both stand for integers, as in nearcore.
 * @module
 */
import { showValue } from "@yoctonear/base";

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** The field as an object. */
export function objectField(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  if (!isJsonObject(value)) throw wrong(name, "an object", value);
  return value;
}

/** The field as a list. */
export function listField(object: JsonObject, name: string): readonly unknown[] {
  const value = object[name];
  if (!Array.isArray(value)) throw wrong(name, "a list", value);
  return value;
}

/** The field as text. */
export function textField(object: JsonObject, name: string): string {
  const value = object[name];
  if (typeof value !== "string") throw wrong(name, "text", value);
  return value;
}

/** The field as an integer that is not negative. */
export function integerField(object: JsonObject, name: string): bigint {
  return toInteger(object[name], name);
}

/** The field as a pair of integers: numerator and denominator. */
export function ratioField(object: JsonObject, name: string): readonly [bigint, bigint] {
  const [numerator, denominator] = listField(object, name);
  return [toInteger(numerator, name), toInteger(denominator, name)];
}

/** The field as an integer that a number can hold. */
export function countField(object: JsonObject, name: string): number {
  const value = Number(integerField(object, name));
  if (!Number.isSafeInteger(value)) throw wrong(name, "an integer below 2^53", object[name]);
  return value;
}

/** Tells whether a value is an object, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toInteger(value: unknown, name: string): bigint {
  if (typeof value === "bigint" && value >= 0n) return value;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === "string" && /^\d+$/.test(value)) return BigInt(value);
  throw wrong(name, "an integer", value);
}

function wrong(name: string, expected: string, got: unknown): TypeError {
  return new TypeError(`expected ${name} to be ${expected}, got ${showValue(got)}`);
}
