import { decodeBase64, decodeHex, encodeBase64 } from "@yoctonear/base";
import {
  accessKeyStateKey,
  type AccountRow,
  accountStateKey,
  contractCodeStateKey,
  contractDataStateKey,
  LightClientError,
  shardIndexOf,
  verifyAccessKey,
  verifyAccount,
  verifyStateProof,
  verifyStateRoot,
  verifyStateValue,
} from "@yoctonear/light-client";
import { formatHash, sha256 } from "@yoctonear/primitives";
import {
  type AccessKeyPermissionView,
  type RpcBlockResponse,
  type ShardLayout,
  viewAccessKey,
} from "@yoctonear/rpc";
import { has, list, loadRecording, loadVectors, record, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readFullHeader } from "#light-client/full-header";
import { nibblesOf } from "#light-client/trie-node";
import { buildTrie, type Row } from "./trie-builder.ts";

const vectors = await loadVectors("chain");
const genesis = await loadRecording("genesis");

const states = suite("light-client: state proofs");

function rowsOf(...path: readonly string[]): readonly Row[] {
  return Object.entries(record(vectors, ...path)).map(([key, value]) => [
    decodeHex(key),
    decodeHex(text(value)),
  ]);
}

function refused(run: () => void): void {
  assert.throws(
    run,
    (error: unknown) => error instanceof LightClientError && error.code === "wrong_state",
  );
}

states(
  "the state of a real genesis, and a small one, have the roots that they are built to",
  () => {
    assert.is(buildTrie(rowsOf("genesis", "records")).root, text(vectors, "genesis", "state_root"));
    assert.is(buildTrie(rowsOf("small_trie", "records")).root, text(vectors, "small_trie", "root"));
    for (const path of [
      ["genesis", "records"],
      ["small_trie", "records"],
    ] as const) {
      const rows = rowsOf(...path);
      const trie = buildTrie(rows);
      for (const [key, value] of rows) verifyStateValue({ ...trie, key }, value);
      for (const [key] of rows) {
        const other = Uint8Array.from([...key, 0, 1]);
        if (rows.some(([known]) => String(known) === String(other))) continue;
        assert.is(verifyStateProof({ ...trie, key: other }), null);
        refused(() => verifyStateValue({ ...trie, key: other }, new Uint8Array()));
        refused(() => verifyStateValue({ ...trie, key }, null));
      }
    }
  },
);

states("accounts and keys of a real genesis are what a node says of them", async () => {
  const trie = buildTrie(rowsOf("genesis", "records"));
  let count = 0;
  for (const one of list(genesis, "records")) {
    count += 1;
    if (has(one, "Account")) {
      const accountId = text(one, "Account", "account_id");
      const given = record(one, "Account", "account");
      const view: AccountRow = {
        amount: text(given["amount"] ?? null),
        locked: text(given["locked"] ?? null),
        code_hash: text(given["code_hash"] ?? null),
        // The genesis counts anew.
        storage_usage: storageOf(accountId),
      };
      verifyAccount(trie, accountId, view);
      refused(() => verifyAccount(trie, accountId, { ...view, amount: `${view.amount}0` }));
      refused(() => verifyAccount(trie, accountId, { ...view, locked: "1" }));
      refused(() => verifyAccount(trie, accountId, { ...view, storage_usage: 1n }));
      refused(() => verifyAccount(trie, accountId, { ...view, code_hash: trie.root }));
      refused(() => verifyAccount(trie, accountId, { ...view, amount: "-1" }));
      refused(() => verifyAccount(trie, accountId, null));
    } else {
      const accountId = text(one, "AccessKey", "account_id");
      const publicKey = text(one, "AccessKey", "public_key");
      const view = { ...record(one, "AccessKey", "access_key"), block_height: 0, block_hash: "1" };
      const key = await viewAccessKey(async () => view, { accountId, publicKey });
      verifyAccessKey(trie, accountId, publicKey, key);
      refused(() => verifyAccessKey(trie, accountId, publicKey, { ...key, nonce: 1n }));
      refused(() => verifyAccessKey(trie, accountId, publicKey, null));
      verifyAccessKey(trie, "nobody.near", publicKey, null);
      refused(() => verifyAccessKey(trie, "nobody.near", publicKey, key));
    }
  }
  assert.is(count, 26);
  verifyAccount(trie, "nobody.near", null);
  assert.is(verifyStateProof({ ...trie, key: contractCodeStateKey("test.near") }), null);
});

/** 182 bytes with one ed25519 key. */
function storageOf(accountId: string): bigint {
  const row = record(vectors, "genesis", "records")[hexKey(accountId)];
  const hex = text(row ?? null).slice(-16);
  return BigInt(`0x${hex.match(/../g)?.reverse().join("") ?? "0"}`);
}

function hexKey(accountId: string): string {
  return Array.from(accountStateKey(accountId), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

const KEY = "ed25519:11111111111111111111111111111111";
const ZEROS = "0".repeat(32);
const U128 = { one: `01${"0".repeat(30)}`, two: `02${"0".repeat(30)}` };

const HEADER: RpcBlockResponse["header"] = {
  hash: hash(9),
  prev_hash: hash(8),
  height: 7n,
  epoch_id: hash(0),
  next_epoch_id: hash(0),
  prev_state_root: hash(0),
  outcome_root: hash(0),
  timestamp: 0n,
  timestamp_nanosec: "0",
  next_bp_hash: hash(0),
  block_merkle_root: hash(0),
  block_body_hash: hash(1),
  chunk_receipts_root: hash(2),
  chunk_headers_root: hash(3),
  chunk_tx_root: hash(4),
  chunks_included: 2n,
  chunk_mask: [true, false, true],
  chunk_endorsements: [[1], [], [3, 255]],
  validator_proposals: [],
  gas_price: "1",
  total_supply: "2",
  last_final_block: hash(6),
  last_ds_final_block: hash(7),
  block_ordinal: 5n,
  prev_height: 6n,
  approvals: [null],
  latest_protocol_version: 86,
  random_value: hash(5),
  challenges_result: [],
  challenges_root: hash(0),
  shard_split: [9n, "bob.near"],
  signature: "ed25519:1",
};

const CHUNK: RpcBlockResponse["chunks"][number] = {
  chunk_hash: hash(1),
  prev_block_hash: hash(8),
  outcome_root: hash(0),
  prev_state_root: hash(0),
  encoded_merkle_root: hash(0),
  encoded_length: 8n,
  height_created: 7n,
  height_included: 7n,
  shard_id: 0n,
  gas_used: 0n,
  gas_limit: 0n,
  balance_burnt: "0",
  outgoing_receipts_root: hash(0),
  tx_root: hash(0),
  validator_proposals: [],
  signature: "ed25519:1",
};

/** Rows in the forms of `runtime.md` and `hashes.md`, by hand. */
const ACCOUNTS: readonly (readonly [name: string, row: string, view: Partial<AccountRow>])[] = [
  [
    "a local contract",
    `${U128.one}${U128.two}${"11".repeat(32)}0500000000000000`,
    { code_hash: hash(0x11) },
  ],
  ["one that once had a global contract", second("00"), {}],
  ["a local one after that", second(`01${"11".repeat(32)}`), { code_hash: hash(0x11) }],
  ["a global one by hash", second(`02${"22".repeat(32)}`), { global_contract_hash: hash(0x22) }],
  ["a global one by account", second("03020000006162"), { global_contract_account_id: "ab" }],
];

function second(contract: string): string {
  return `${"ff".repeat(16)}00${U128.one}${U128.two}0500000000000000${contract}`;
}

function hash(byte: number): string {
  return formatHash(new Uint8Array(32).fill(byte));
}

for (const [name, row, given] of ACCOUNTS) {
  states(`an account with ${name}`, () => {
    const trie = buildTrie([[accountStateKey("alice.near"), decodeHex(row)]]);
    const view = {
      amount: "1",
      locked: "2",
      code_hash: "1".repeat(32),
      storage_usage: 5n,
      ...given,
    };
    verifyAccount(trie, "alice.near", view);
    refused(() => verifyAccount(trie, "alice.near", { ...view, global_contract_account_id: "xy" }));
  });
}

const CALL = "0200000061620200000001000000780100000079";
const call = { receiver_id: "ab", method_names: ["x", "y"] };
const PERMISSIONS: readonly (readonly [row: string, permission: AccessKeyPermissionView])[] = [
  ["01", "FullAccess"],
  [`0000${CALL}`, { FunctionCall: { ...call, allowance: null } }],
  [`0001${ZEROS}${CALL}`, { FunctionCall: { ...call, allowance: "0" } }],
  [
    `02${U128.one}030001${U128.two}${CALL}`,
    { GasKeyFunctionCall: { ...call, allowance: "2", balance: "1", num_nonces: 3 } },
  ],
  [`03${U128.one}0300`, { GasKeyFullAccess: { balance: "1", num_nonces: 3 } }],
];

for (const [row, permission] of PERMISSIONS) {
  states(`a key: ${JSON.stringify(permission)}`, () => {
    const key = accessKeyStateKey("alice.near", KEY);
    const trie = buildTrie([[key, decodeHex(`0700000000000000${row}`)]]);
    verifyAccessKey(trie, "alice.near", KEY, { nonce: 7n, permission });
    refused(() => verifyAccessKey(trie, "alice.near", KEY, { nonce: 8n, permission }));
    for (const [, other] of PERMISSIONS) {
      if (other === permission) continue;
      refused(() => verifyAccessKey(trie, "alice.near", KEY, { nonce: 7n, permission: other }));
      if (permission === "FullAccess" || other === "FullAccess") continue;
      // What is beside the proved one would be believed.
      const both = { ...other, ...permission };
      if (Object.keys(both).length < 2) continue;
      refused(() => verifyAccessKey(trie, "alice.near", KEY, { nonce: 7n, permission: both }));
    }
  });
}

states("P14: an allowance of 0 is not none", () => {
  const key = accessKeyStateKey("alice.near", KEY);
  const trie = buildTrie([[key, decodeHex(`07000000000000000001${ZEROS}${CALL}`)]]);
  const unlimited = { FunctionCall: { ...call, allowance: null } };
  refused(() => verifyAccessKey(trie, "alice.near", KEY, { nonce: 7n, permission: unlimited }));
});

states("nodes that are none", () => {
  const key = accountStateKey("near");
  for (const node of ["", "AA==", "////", "BAAAAAAAAAAAAAAA"]) {
    const root = formatHash(sha256(decodeBase64(node)));
    const ask = (): unknown => verifyStateProof({ root, nodes: [node], key });
    assert.throws(ask, /expected a trie node/);
    // Where they are not on the way they do no harm.
    assert.is(verifyStateProof({ root: hash(0), nodes: [node], key }), null);
  }
  refused(() => void verifyStateProof({ root: hash(0), nodes: ["not base64!"], key }));
  assert.throws(
    () => verifyStateProof({ root: "0", nodes: [], key: new Uint8Array(1) }),
    /expected a hash/,
  );
});

states("a row as deep as the longest key", () => {
  const key = contractDataStateKey("a".repeat(64), new Uint8Array(2048));
  // Of each nibble a branch, which whoever has written all that is before may have made.
  let node = Uint8Array.from([0, 1, 0, 0, 0, 0x20, 1, 0, 0, 0, ...sha256(Uint8Array.of(7))]);
  const nodes: string[] = [];
  for (const nibble of nibblesOf(key).slice().reverse()) {
    const sized = Uint8Array.from([...node, ...new Uint8Array(8)]);
    nodes.push(encodeBase64(sized));
    const bitmap = 1 << nibble;
    node = Uint8Array.from([1, bitmap & 255, bitmap >> 8, ...sha256(sized)]);
  }
  const top = Uint8Array.from([...node, ...new Uint8Array(8)]);
  nodes.push(encodeBase64(top));
  verifyStateValue({ root: formatHash(sha256(top)), nodes, key }, Uint8Array.of(7));
});

states("roots of many shards stand under the one of the header, in their order", () => {
  const roots = [1, 2, 3].map(hash);
  const combine = (left: Uint8Array, right: Uint8Array): Uint8Array =>
    sha256(Uint8Array.from([...left, ...right]));
  const [a, b, c] = [1, 2, 3].map((byte) => sha256(new Uint8Array(32).fill(byte)));
  if (a === undefined || b === undefined || c === undefined) throw new TypeError("expected three");
  const header = { ...HEADER, prev_state_root: formatHash(combine(combine(a, b), c)) };
  const head = readFullHeader(header);
  const chunksOf = (list: readonly string[]): RpcBlockResponse["chunks"] =>
    list.map((root) => ({ ...CHUNK, prev_state_root: root }));
  const chunks = chunksOf(roots);
  const rootOf = (shard: number, shown: Partial<RpcBlockResponse> = {}): string =>
    verifyStateRoot(head, { header, chunks, ...shown }, shard);
  assert.is(rootOf(0), roots[0]);
  assert.is(rootOf(2), roots[2]);
  refused(() => void rootOf(3));
  refused(() => void rootOf(0, { chunks: chunksOf([...roots].reverse()) }));
  refused(() => void rootOf(0, { chunks: chunksOf([...roots, roots[2] ?? ""]) }));
  refused(() => void rootOf(0, { chunks: [] }));
  assert.throws(() => rootOf(1), /expected a new chunk 1 at height 7/);
  const pretended = { ...header, chunk_mask: [true, true, true] };
  assert.throws(() => rootOf(1, { header: pretended }), /expected the header of block/);
  const other = { ...header, height: 6n };
  assert.throws(() => rootOf(0, { header: other }), /expected the header of block/);
});

states("shards: boundaries belong to the right, and old layouts go by hash", () => {
  const boundary_accounts = ["b", "bob.near", "x"];
  const layouts = [
    { V1: { boundary_accounts, version: 1 } },
    {
      V2: {
        boundary_accounts,
        shard_ids: [3n, 1n, 2n, 0n],
        id_to_index_map: {},
        index_to_id_map: {},
        version: 3,
      },
    },
    {
      V3: {
        boundary_accounts,
        shard_ids: [3n, 1n, 2n, 0n],
        id_to_index_map: {},
        last_split: 1n,
        shards_split_map: {},
      },
    },
  ];
  for (const layout of layouts) {
    const ids = ["alice.near", "b", "bob", "bob.near", "bob.near2", "x", "z"];
    assert.equal(
      ids.map((id) => shardIndexOf(id, layout)),
      [0, 1, 1, 2, 2, 3, 3],
    );
  }
  const newer: ShardLayout = Object({ V4: {} });
  assert.throws(() => shardIndexOf("bob.near", newer), /a layout of shards up to V3, got V4/);
  const one = { V0: { num_shards: 1n, version: 0 } };
  assert.is(shardIndexOf("alice.near", one), 0);
  const four = { V0: { num_shards: 4n, version: 0 } };
  const places = new Set(Array.from({ length: 50 }, (_, i) => shardIndexOf(`a${i}`, four)));
  assert.equal(
    [...places].sort((a, b) => a - b),
    [0, 1, 2, 3],
  );
});

states.run();
