/**
 * Host functions that hash.
 * @module
 */
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256, keccak_512, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import type { ExtCostName, LaterExtCostName } from "../ext-costs.ts";
import type { HostFunction, HostFunctions } from "../host.ts";
import { readBytes, writeRegister } from "../host-arguments.ts";

/** Hashes. */
export const HASH_FUNCTIONS: HostFunctions = {
  sha256: /* @__PURE__ */ hashing("sha256Base", "sha256Byte", bytes, sha256),
  keccak256: /* @__PURE__ */ hashing("keccak256Base", "keccak256Byte", bytes, keccak_256),
  keccak512: /* @__PURE__ */ hashing("keccak512Base", "keccak512Byte", bytes, keccak_512),
  ripemd160: /* @__PURE__ */ hashing("ripemd160Base", "ripemd160Block", blocks, ripemd160),
};

/** Hashes that contracts have since protocol 87. */
export const SHA3_FUNCTIONS: HostFunctions = {
  sha3_256: /* @__PURE__ */ hashing("sha3_256Base", "sha3_256Byte", bytes, sha3_256),
  sha3_384: /* @__PURE__ */ hashing("sha3_384Base", "sha3_384Byte", bytes, sha3_384),
  sha3_512: /* @__PURE__ */ hashing("sha3_512Base", "sha3_512Byte", bytes, sha3_512),
};

function hashing(
  base: ExtCostName | LaterExtCostName,
  part: ExtCostName | LaterExtCostName,
  count: (length: number) => number,
  hash: (value: Uint8Array) => Uint8Array,
): HostFunction {
  return {
    params: 3,
    type: "i64",
    result: null,
    call(host, len, ptr, register) {
      host.gas.payBase(base);
      const value = readBytes(host, len, ptr);
      host.gas.payPer(part, count(value.length));
      writeRegister(host, register, hash(value));
    },
  };
}

function bytes(length: number): number {
  return length;
}

/** Blocks of 64 bytes, with the byte and the length that end a message. */
function blocks(length: number): number {
  return Math.floor((length + 8) / 64) + 1;
}
