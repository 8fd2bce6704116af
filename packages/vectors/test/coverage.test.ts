/**
 * Which categories of the protocol's and the runtime's vectors run, and where; none is
 * forgotten.
 * @module
 */
import { list, loadVectors, record, text } from "@yoctonear/vectors";
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
  "light-client-block": ["light-client", 11],
  "light-client-update": ["light-client", 2],
  merkle: ["localnet", 1],
  "ml-dsa-handle": ["ml-dsa", 2],
  "ml-dsa-signature": ["ml-dsa", 1],
  nep413: ["messages", 3],
  "nep461-discriminant": ["messages, transactions", 3],
  nep616: ["primitives, transactions", 3],
  nep641: ["messages", 1],
  "nep649-ml-dsa-65": ["ml-dsa", 17],
  nonce: ["localnet", 1],
  "outcome-hash": ["localnet", 1],
  "outcome-proof": ["light-client", 6],
  "rpc-sample": ["rpc", 2],
  "seed-phrase": ["keys, ml-dsa", 4],
  signature: ["keys", 4],
  "slip10-ed25519": ["keys", 7],
  "slip10-ml-dsa-65": ["ml-dsa", 9],
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

/** Group of runtime.json → the packages whose tests run it, and how many cases it has. */
const RUNTIME: { readonly [group: string]: readonly [where: string, count: number] } = {
  action_out_of_gas: ["vm", 19],
  crypto: ["vm", 199],
  deterministic_state_init_storage: ["localnet", 2],
  execution_metadata_view: ["localnet, vm", 113],
  gas_counter_scenarios: ["vm", 5],
  gas_weights: ["vm", 8],
  host_call_used_gas: ["vm", 7],
  ids: ["localnet, vm", 8],
  log_costs: ["vm", 11],
  protocol_config_runtime_config_view: ["localnet", 1],
  receipts_gas_profile_snapshot: ["localnet", 25],
  register_gas: ["vm", 4],
  storage_usage: ["localnet", 6],
  trie_node_counts: ["localnet", 4],
  trivial_contract_gas_profile: ["vm", 1],
  tx_cost_pv86: ["localnet", 13],
  used_gas_differences: ["vm", 3],
  vm_logic_test_fees: ["vm", 26],
  wasm_gas_cases: ["vm, wasm", 66],
};

/** What of runtime.json does not run, and why. */
const NOT_RUN: { readonly [vector: string]: string } = {
  "ids.receipt_proof_shuffle": "orders receipts of several shards; localnet has one",
  "ids.account_ids.1": "derives an ETH-implicit id from a key that the vector does not give",
  "wasm_gas_cases.unsupported_features.module_linking": "is a comment in nearcore's own test",
};

const test = suite("vectors: what runs");

test("every vector of the protocol runs", async () => {
  const vectors = list(await loadVectors("protocol"), "vectors");
  const counts = new Map<string, number>();
  for (const vector of vectors) {
    const category = text(vector, "category");
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  for (const [category, [where, count]] of Object.entries(RUN)) {
    console.log(`${category}: ${count} of ${counts.get(category) ?? 0} run in ${where}`);
  }
  for (const [category, count] of counts) {
    assert.is(RUN[category]?.[1], count, category);
  }
  assert.equal(new Set(Object.keys(RUN)), new Set(counts.keys()));
});

test("every group of the runtime's vectors runs, and what does not is listed", async () => {
  const groups = Object.keys(record(await loadVectors("runtime"))).filter((key) => key !== "_meta");
  for (const [group, [where, count]] of Object.entries(RUNTIME)) {
    console.log(`${group}: ${count} run in ${where}`);
  }
  for (const [vector, reason] of Object.entries(NOT_RUN)) {
    console.log(`${vector}: not run, ${reason}`);
  }
  assert.equal(Object.keys(RUNTIME), groups.sort());
});

test.run();
