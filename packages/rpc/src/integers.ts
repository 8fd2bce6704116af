/**
 * Turns the 64-bit integers of an answer into bigint, by the lists in `generated/integers.ts`.
 * @module
 */
import { isRecord } from "./record.ts";
import { refuse } from "./refuse.ts";

/**
 * Returns a copy whose integers of these names are bigint, at any depth, in lists too.
 * @param names - with spaces between; `*shards` are the values of a map `shards`, `chunk_id.shard_id` is that of
 *   an object `chunk_id`, and an object `-shards` is left as it is
 */
export function toBigints(value: unknown, names: string): unknown {
  const listed = new Set(names.split(" "));
  const hasOwners = names.includes(".");
  const convert = (inner: unknown, name: string): unknown => {
    if (Array.isArray(inner)) return inner.map((item) => convert(item, name));
    // A fraction is another field of that name, which a newer node has.
    if (!isRecord(inner))
      return listed.has(name) && Number(inner) % 1 === 0 ? toBigint(inner) : inner;
    if (listed.has(`-${name}`)) return inner;
    const every = `*${name}`;
    // Not by way of entries, which takes twice as long: every answer comes through here.
    const copy = { ...inner };
    for (const key of Object.keys(copy)) {
      const owned = hasOwners ? `${name}.${key}` : key;
      copy[key] = convert(copy[key], listed.has(every) ? every : listed.has(owned) ? owned : key);
    }
    return copy;
  };
  return convert(value, " ");
}

/**
 * Turns a number into a bigint, and leaves everything else.
 * @throws {TransportError} `malformed` when its digits are lost: the transport does not parse as it must
 */
export function toBigint(value: unknown): unknown {
  if (typeof value !== "number") return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  return refuse("answer", "an exact integer", value);
}
