/**
 * Host functions of the contract's own data. Trie nodes cost only where a row is written or removed.
 * Source besides logic.rs: nearcore runtime/runtime/src/ext.rs.
 * @module
 */
import type { NodeCount } from "../external.ts";
import type { Host, HostFunction, HostFunctions } from "../host.ts";
import { readBytes, refuseInView, writeRegister } from "../host-arguments.ts";
import { HostFailure } from "../host-error.ts";

/** Reading a longer value costs more: it is not held inline. */
const LARGE_READ_THRESHOLD = 4_000;

/** The contract's own data. */
export const STORAGE_FUNCTIONS: HostFunctions = {
  storage_write: { params: 5, type: "i64", result: "i64", call: storageWrite },
  storage_read: { params: 3, type: "i64", result: "i64", call: storageRead },
  storage_remove: { params: 3, type: "i64", result: "i64", call: storageRemove },
  storage_has_key: { params: 2, type: "i64", result: "i64", call: storageHasKey },
  storage_iter_prefix: deprecated("storage_iter_prefix", 2),
  storage_iter_range: deprecated("storage_iter_range", 4),
  storage_iter_next: deprecated("storage_iter_next", 3),
};

function storageWrite(
  host: Host,
  keyLen: bigint,
  keyPtr: bigint,
  valueLen: bigint,
  valuePtr: bigint,
  register: bigint,
): bigint {
  const { gas, external } = host;
  gas.payBase("base");
  refuseInView(host, "storage_write");
  gas.payBase("storageWriteBase");
  const key = readKey(host, keyLen, keyPtr);
  const value = readBytes(host, valueLen, valuePtr);
  const limit = host.config.limits.maxLengthStorageValue;
  if (value.length > limit) throw lengthExceeded("ValueLengthExceeded", value.length, limit);
  gas.payPer("storageWriteKeyByte", key.length);
  gas.payPer("storageWriteValueByte", value.length);
  const nodes = external.touchNodes(key);
  const evicted = external.storageGet(key);
  if (evicted !== null) gas.payPer("storageWriteEvictedByte", evicted.length);
  payForNodes(host, nodes, evicted === null ? null : external.touchValue(key));
  external.storageSet(key, value);
  if (evicted === null) {
    host.storageUsage += rowSize(host, key, value);
    return 0n;
  }
  host.storageUsage += BigInt(value.length - evicted.length);
  writeRegister(host, register, evicted);
  return 1n;
}

function storageRead(host: Host, keyLen: bigint, keyPtr: bigint, register: bigint): bigint {
  const { gas, external } = host;
  gas.payBase("base");
  gas.payBase("storageReadBase");
  const key = readKey(host, keyLen, keyPtr);
  gas.payPer("storageReadKeyByte", key.length);
  const value = external.storageGet(key);
  if (value === null) return 0n;
  gas.payPer("storageReadValueByte", value.length);
  if (value.length > LARGE_READ_THRESHOLD) {
    gas.payBase("storageLargeReadOverheadBase");
    gas.payPer("storageLargeReadOverheadByte", value.length);
  }
  external.noteRead(key);
  writeRegister(host, register, value);
  return 1n;
}

function storageRemove(host: Host, keyLen: bigint, keyPtr: bigint, register: bigint): bigint {
  const { gas, external } = host;
  gas.payBase("base");
  refuseInView(host, "storage_remove");
  gas.payBase("storageRemoveBase");
  const key = readKey(host, keyLen, keyPtr);
  gas.payPer("storageRemoveKeyByte", key.length);
  const nodes = external.touchNodes(key);
  const removed = external.storageGet(key);
  if (removed !== null) gas.payPer("storageRemoveRetValueByte", removed.length);
  payForNodes(host, nodes, removed === null ? null : external.touchValue(key));
  // Also where there is nothing: from now on the chunk has written this row.
  external.storageRemove(key);
  if (removed === null) return 0n;
  host.storageUsage -= rowSize(host, key, removed);
  writeRegister(host, register, removed);
  return 1n;
}

function storageHasKey(host: Host, keyLen: bigint, keyPtr: bigint): bigint {
  host.gas.payBase("base");
  host.gas.payBase("storageHasKeyBase");
  const key = readKey(host, keyLen, keyPtr);
  host.gas.payPer("storageHasKeyByte", key.length);
  return host.external.storageGet(key) === null ? 0n : 1n;
}

function readKey(host: Host, len: bigint, ptr: bigint): Uint8Array {
  const key = readBytes(host, len, ptr);
  const limit = host.config.limits.maxLengthStorageKey;
  if (key.length > limit) throw lengthExceeded("KeyLengthExceeded", key.length, limit);
  return key;
}

/** Two steps: the nodes that the chunk meets for the first time, then those that it met before. */
function payForNodes({ gas }: Host, nodes: NodeCount, value: NodeCount | null): void {
  gas.payPer("touchingTrieNode", nodes.touched + (value?.touched ?? 0));
  gas.payPer("readCachedTrieNode", nodes.cached + (value?.cached ?? 0));
}

function rowSize(host: Host, key: Uint8Array, value: Uint8Array): bigint {
  return BigInt(key.length + value.length) + host.config.storageNumExtraBytesRecord;
}

function deprecated(method: string, params: number): HostFunction {
  const call = (): never => {
    throw new HostFailure("Deprecated", { method_name: method });
  };
  return { params, type: "i64", result: "i64", call };
}

function lengthExceeded(name: string, length: number, limit: number): HostFailure {
  return new HostFailure(name, { length: BigInt(length), limit: BigInt(limit) });
}
