/**
 * Which categories of the protocol's vectors run, and where; those of later issues are listed as not
 * yet run, so that none is forgotten.
 * @module
 */
import { list, loadVectors, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** Category → the package whose tests run it, and how many of it run. */
const RUN: { readonly [category: string]: readonly [where: string, count: number] } = {
  "account-id-validity": ["primitives", 36],
  "action-borsh": ["transactions", 15],
  delegate: ["transactions", 6],
  "implicit-eth": ["primitives", 1],
  "implicit-near": ["primitives", 3],
  "key-derive": ["keys", 8],
  "key-text": ["keys", 4],
  merkle: ["localnet", 1],
  "nep461-discriminant": ["transactions", 2],
  nep616: ["primitives, transactions", 3],
  nonce: ["localnet", 1],
  "outcome-hash": ["localnet", 1],
  "rpc-sample": ["rpc", 2],
  "seed-phrase": ["keys", 3],
  signature: ["keys", 4],
  "slip10-ed25519": ["keys", 7],
  "trie-node": ["localnet", 5],
  "tx-decode-errors": ["transactions", 3],
  "tx-ecc": ["transactions", 1],
  "tx-sign": ["transactions", 3],
  "tx-v0": ["transactions", 5],
  "tx-v1": ["transactions", 6],
  units: ["primitives", 4],
  "universal-account": ["primitives", 8],
  "universal-account-encoding": ["primitives", 3],
};

/** Category → what it waits for, and how many of it wait. */
const NOT_YET_RUN: { readonly [category: string]: readonly [waitsFor: string, count: number] } = {
  "light-client-block": ["light-client", 11],
  "light-client-update": ["light-client", 2],
  "ml-dsa-handle": ["ml-dsa", 2],
  "ml-dsa-signature": ["ml-dsa", 1],
  nep413: ["messages", 3],
  "nep461-discriminant": ["messages", 1],
  nep641: ["messages", 1],
  "nep649-ml-dsa-65": ["ml-dsa", 17],
  "outcome-proof": ["light-client", 6],
  "seed-phrase": ["ml-dsa", 1],
  "slip10-ml-dsa-65": ["ml-dsa", 9],
};

const test = suite("vectors: what runs");

test("every vector runs, or is listed as not yet run", async () => {
  const vectors = list(await loadVectors("protocol"), "vectors");
  const counts = new Map<string, number>();
  for (const vector of vectors) {
    const category = text(vector, "category");
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  for (const [category, [where, count]] of Object.entries(RUN)) {
    console.log(`${category}: ${count} of ${counts.get(category) ?? 0} run in ${where}`);
  }
  for (const [category, [waitsFor, count]] of Object.entries(NOT_YET_RUN)) {
    console.log(`${category}: ${count} not yet run, for ${waitsFor}`);
  }
  for (const [category, count] of counts) {
    const [, run] = RUN[category] ?? ["", 0];
    const [, waiting] = NOT_YET_RUN[category] ?? ["", 0];
    assert.is(run + waiting, count, category);
  }
  const known = new Set([...Object.keys(RUN), ...Object.keys(NOT_YET_RUN)]);
  assert.equal(
    [...known].filter((category) => !counts.has(category)),
    [],
  );
});

test.run();
