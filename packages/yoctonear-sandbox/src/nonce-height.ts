/**
 * How high a chain must be for its keys. A key starts with a nonce of a million for each height below it, and no transaction may
 * have a higher one than that; so keys of a dump are of no use on a chain that begins lower, where near-kit's `restart` puts
 * them. nearcore's node leaves it to time.
 * Source: nearcore runtime/runtime/src/verifier.rs (`ACCESS_KEY_NONCE_RANGE_MULTIPLIER`).
 * @module
 */
import { isJsonObject, type JsonObject } from "./json-file.ts";

const NONCES_PER_HEIGHT = 1_000_000n;
/** Its keys may sign so much before the next height. */
const MARGIN = 2n;

/** Heights that a chain of this genesis must let pass until all its keys can sign; 0 as a rule. */
export function heightsForNonces(genesis: JsonObject): number {
  const { records, genesis_height: start } = genesis;
  const list: readonly unknown[] = Array.isArray(records) ? records : [];
  let highest = 0n;
  for (const record of list) {
    if (!isJsonObject(record)) continue;
    const { AccessKey: key, GasKeyNonce: lane } = record;
    const owner = isJsonObject(key) ? key["access_key"] : lane;
    const nonce = isJsonObject(owner) ? integerOf(owner["nonce"]) : 0n;
    if (nonce > highest) highest = nonce;
  }
  if (highest < NONCES_PER_HEIGHT) return 0;
  const missing = highest / NONCES_PER_HEIGHT + MARGIN - integerOf(start);
  // One that is absurd is no height of any chain.
  return missing > 0n && missing < 2n ** 32n ? Number(missing) : 0;
}

function integerOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : 0n;
}
