/**
 * Hashes, and the trees that nearcore makes of them.
 * Source: nearcore core/primitives/src/merkle.rs.
 * @module
 */
import { concatBytes } from "@yoctonear/base";
import { type Codec, fixedBytes, mapped } from "@yoctonear/borsh";
import { formatHash, parseHash, sha256 } from "@yoctonear/primitives";
import type { MerklePathItem } from "@yoctonear/rpc";
import { refuse } from "./errors.ts";

const HASH_LENGTH = 32;

/** A hash, which is base58 in values. */
export const hashCodec: Codec<string> = /* @__PURE__ */ mapped(
  /* @__PURE__ */ fixedBytes(HASH_LENGTH),
  (text: string) => parseHash(text),
  formatHash,
);

/** SHA-256 of two hashes, one after the other. */
export function combineHashes(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(left, right));
}

/**
 * Follows a proof from a leaf to the root.
 * @returns the root in base58
 * @throws {LightClientError} `malformed`
 */
export function foldPath(leaf: Uint8Array, path: readonly MerklePathItem[]): string {
  let hash = leaf;
  for (const item of path) {
    const beside = readHash(item.hash);
    if (item.direction === "Left") hash = combineHashes(beside, hash);
    else if (item.direction === "Right") hash = combineHashes(hash, beside);
    else refuse("malformed", "Left or Right", String(item.direction));
  }
  return formatHash(hash);
}

/** Root, base58, of items in borsh: an odd last node moves up as it is, of nothing it is zero. */
export function merkleRoot(items: readonly Uint8Array[]): string {
  let level = items.map((item) => sha256(item));
  if (level.length === 0) return formatHash(new Uint8Array(HASH_LENGTH));
  while (level.length > 1) {
    const above: Uint8Array<ArrayBuffer>[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = level.slice(i, i + 2);
      if (left !== undefined) above.push(right === undefined ? left : combineHashes(left, right));
    }
    level = above;
  }
  return formatHash(level[0] ?? new Uint8Array(HASH_LENGTH));
}

/**
 * Bytes of a hash that a node sent.
 * @throws {LightClientError} `malformed`
 */
export function readHash(text: string): Uint8Array<ArrayBuffer> {
  try {
    return parseHash(text);
  } catch (cause) {
    return refuse("malformed", "a hash", "something else", { cause });
  }
}
