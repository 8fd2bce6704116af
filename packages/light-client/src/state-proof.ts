/**
 * Proves what stands in the state under a root, and what does not.
 * @module
 */
import { decodeBase64, decodeHex, encodeBase64, encodeHex, equalBytes } from "@yoctonear/base";
import { sha256 } from "@yoctonear/primitives";
import type { RpcViewStateResponse } from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import { readHash } from "./merkle.ts";
import { contractDataStateKey } from "./state-key.ts";
import { decodeTrieNode, nibblesOf, type StateValueRef, type TrieNode } from "./trie-node.ts";

/** Nodes of the trie that are said to lead from the root to a key. */
export interface StateProof {
  /** In base58. */
  readonly root: string;
  /** In base64, in any order; more than are needed do no harm. */
  readonly nodes: readonly string[];
}

/** A row of contract data that is proved. */
export interface StateEntry {
  /** The contract's own key. */
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * Follows a proof to a key.
 * @param proof - the root, the nodes and the key of the row
 * @returns what its value must be; null where the proof shows that there is no such row
 * @throws {LightClientError} `wrong_state` when the nodes do not lead there, `malformed` for a root that is no hash
 * @example
 * ```ts
 * import { accountStateKey, verifyStateProof } from "@yoctonear/light-client";
 * // Of an empty state nothing need be shown.
 * verifyStateProof({ root: "11111111111111111111111111111111", nodes: [], key: accountStateKey("alice.near") }); // null
 * ```
 */
export function verifyStateProof(
  proof: StateProof & { readonly key: Uint8Array },
): StateValueRef | null {
  const [found] = looking("malformed", () => findRows(proof, proof.key, false)).values();
  return found ?? null;
}

/**
 * Verifies the value of a row, or that there is no such row.
 * @param proof - the root, the nodes and the key of the row
 * @param value - its value; null for none
 * @throws {LightClientError} `wrong_state`
 * @example
 * ```ts
 * import { accountStateKey, verifyStateValue } from "@yoctonear/light-client";
 * const proof = { root: "11111111111111111111111111111111", nodes: [], key: accountStateKey("alice.near") };
 * verifyStateValue(proof, null); // undefined
 * ```
 */
export function verifyStateValue(
  proof: StateProof & { readonly key: Uint8Array },
  value: Uint8Array | null,
): void {
  const found = verifyStateProof(proof);
  if (found === null && value === null) return;
  if (found === null) refuse("wrong_state", "no value", `one of ${value?.length} bytes`);
  if (value === null) refuse("wrong_state", `a value of ${found.length} bytes`, "none");
  assertValue(found, value);
}

/**
 * Verifies an answer of `viewState` with `includeProof`: each value, and that no row is left out.
 * @param root - of the state that was asked, in base58
 * @param params - what was asked for
 * @param view - the answer
 * @throws {LightClientError} `wrong_state`
 * @example
 * ```ts
 * import { verifyViewState } from "@yoctonear/light-client";
 * const root = "11111111111111111111111111111111";
 * const view = { values: [], proof: [], block_hash: root, block_height: 5n };
 * verifyViewState(root, { accountId: "alice.near" }, view); // []
 * ```
 */
export function verifyViewState(
  root: string,
  params: { readonly accountId: string; readonly prefixBase64?: string | undefined },
  view: RpcViewStateResponse,
): readonly StateEntry[] {
  const prefix = contractDataStateKey(params.accountId, readBase64(params.prefixBase64 ?? ""));
  return looking("malformed", () => checkRows(root, params.accountId, prefix, view));
}

/** Their bytes by their hashes in hex. */
type Nodes = ReadonlyMap<string, Uint8Array>;

function checkRows(
  root: string,
  accountId: string,
  prefix: Uint8Array,
  view: RpcViewStateResponse,
): readonly StateEntry[] {
  const proved = findRows({ root, nodes: view.proof ?? [] }, prefix, true);
  const skip = contractDataStateKey(accountId, new Uint8Array()).length;
  const entries = view.values.map((row) => {
    const key = readBase64(row.key);
    const value = readBase64(row.value);
    const name = encodeHex(contractDataStateKey(accountId, key));
    const found = proved.get(name);
    if (found === undefined)
      refuse("wrong_state", "a row that is proved", `${row.key}, which is not`);
    assertValue(found, value);
    proved.delete(name);
    return { key, value };
  });
  for (const name of proved.keys()) {
    refuse("wrong_state", "all rows", `none for ${encodeBase64(decodeHex(name).subarray(skip))}`);
  }
  return entries;
}

function readNodes({ nodes }: StateProof): Nodes {
  return new Map(
    nodes.map((text) => {
      const encoded = readBase64(text);
      return [encodeHex(sha256(encoded)), encoded];
    }),
  );
}

function nodeAt(nodes: Nodes, hash: Uint8Array): TrieNode | null {
  // The root of nothing.
  if (hash.every((byte) => byte === 0)) return null;
  const name = encodeHex(hash);
  const encoded = nodes.get(name) ?? refuse("wrong_state", `the trie node ${name}`, "none");
  return decodeTrieNode(encoded);
}

/** Where a search goes: to one key, or to all that begin with it. */
interface Goal {
  readonly nibbles: readonly number[];
  readonly isPrefix: boolean;
}

/** A node that is yet to be looked at, and the nibbles that lead to it. */
interface Step {
  readonly hash: Uint8Array;
  readonly place: readonly number[];
}

/** Rows by the nibbles of their keys in hex. */
type Rows = Map<string, StateValueRef>;

/** Finds the rows that a search is for, and needs no node that is not on the way. */
function findRows(proof: StateProof, key: Uint8Array, isPrefix: boolean): Rows {
  const found: Rows = new Map();
  const goal = { nibbles: nibblesOf(key), isPrefix };
  const nodes = readNodes(proof);
  // Not by recursion: a key may be thousands of nibbles long.
  const todo: Step[] = [{ hash: readHash(proof.root), place: [] }];
  for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
    const node = nodeAt(nodes, step.hash);
    if (node === null) continue;
    const here = node.type === "branch" ? step.place : [...step.place, ...node.path];
    if (!isOnTheWay(here, goal)) continue;
    if (node.type === "extension") {
      todo.push({ hash: node.child, place: here });
      continue;
    }
    if (node.value !== null && here.length >= goal.nibbles.length) {
      found.set(hexOf(here), node.value);
    }
    if (node.type === "leaf") continue;
    for (const [nibble, hash] of node.children.entries()) {
      if (hash === null) continue;
      const place = [...here, nibble];
      if (isOnTheWay(place, goal)) todo.push({ hash, place });
    }
  }
  return found;
}

function isOnTheWay(place: readonly number[], { nibbles, isPrefix }: Goal): boolean {
  if (!isPrefix && place.length > nibbles.length) return false;
  const shared = Math.min(place.length, nibbles.length);
  return place.slice(0, shared).every((nibble, index) => nibble === nibbles[index]);
}

function hexOf(nibbles: readonly number[]): string {
  return nibbles.map((nibble) => nibble.toString(16)).join("");
}

function assertValue(expected: StateValueRef, value: Uint8Array): void {
  const isRight = value.length === expected.length && equalBytes(sha256(value), expected.hash);
  if (isRight) return;
  const hash = encodeHex(expected.hash);
  refuse(
    "wrong_state",
    `a value of ${expected.length} bytes with SHA-256 ${hash}`,
    `one of ${value.length} bytes with ${encodeHex(sha256(value))}`,
  );
}

function readBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return decodeBase64(text);
  } catch (cause) {
    return refuse("wrong_state", "base64", "something else", { cause });
  }
}
