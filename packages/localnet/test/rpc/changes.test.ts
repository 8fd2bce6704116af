// Compiles WebAssembly at run time, which workerd forbids.
import { encodeBase64, encodeUtf8 } from "@yoctonear/base";
import { connect } from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { isRpcError } from "@yoctonear/rpc";
import {
  type Action,
  createTransaction,
  encodeSignedTransaction,
  fullAccess,
  gasKeyFullAccess,
  addKey,
  deleteKey,
  deployContract,
  signTransaction,
  transfer,
} from "@yoctonear/transactions";
import { field, type Json, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { effectsOf } from "#localnet/rpc/changes";
import { genesis, readSigned, replay } from "../chain/replay.ts";

const ALICE = "alice.near";
const BOB = "bob.near";
const KEY = "ed25519:8cHLM5qkHsmdNrJK2xwsRc4FNutyFo5ks95DQKpnr4pS";
const GAS_KEY = "ed25519:52QyXZn5U3HzMm7Y3btziKQmL13x1jSAjo2Rdo7D5p8r";
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

type Fields = { readonly [key: string]: Json };

interface Sent {
  /** Block of the transaction. */
  readonly block: string;
  readonly hash: string;
  /** Block of the receipt, and its id. */
  readonly receiptBlock: string;
  readonly receiptId: string;
}

function start(): Promise<Localnet> {
  return createLocalnet({ accounts: { [ALICE]: "100 NEAR", [BOB]: "1 NEAR" } });
}

async function send(
  chain: Localnet,
  receiverId: string,
  actions: readonly Action[],
  nonce: bigint,
): Promise<Sent> {
  const signer = chain.signer(ALICE);
  const final = await ask(chain, "block", { finality: "final" });
  const transaction = createTransaction({
    signerId: ALICE,
    publicKey: signer.publicKey,
    nonce,
    receiverId,
    blockHash: text(final, "header", "hash"),
    actions,
  });
  const signed = await signTransaction(transaction, signer);
  const base64 = encodeBase64(encodeSignedTransaction(signed));
  const status = await ask(chain, "send_tx", { signed_tx_base64: base64, wait_until: "FINAL" });
  return {
    block: text(status, "transaction_outcome", "block_hash"),
    hash: text(status, "transaction_outcome", "id"),
    receiptBlock: text(status, "receipts_outcome", 0, "block_hash"),
    receiptId: text(status, "receipts_outcome", 0, "id"),
  };
}

async function ask(chain: Localnet, method: string, params: Json): Promise<Json> {
  const result = await chain.transport({ method, params });
  if (isJson(result)) return result;
  throw new TypeError(`expected an answer to ${method}`);
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

async function changes(chain: Localnet, block: string, request: Fields): Promise<readonly Json[]> {
  const params = { block_id: block, ...request };
  const answer = await ask(chain, "changes", params);
  assert.is(text(answer, "block_hash"), block);
  assert.equal(await ask(chain, "EXPERIMENTAL_changes", params), answer);
  return list(answer, "changes");
}

async function effects(chain: Localnet, block: string): Promise<readonly Json[]> {
  const answer = await ask(chain, "block_effects", { block_id: block });
  const old = await ask(chain, "EXPERIMENTAL_changes_in_block", { block_id: block });
  assert.equal(old, answer);
  return list(answer, "changes");
}

const testChanges = suite("changes: rows that a block wrote");

testChanges("shows accounts with what changed them, in the order asked", async () => {
  const chain = await start();
  const before = await connect(chain).account(ALICE).balance();
  const sent = await send(chain, BOB, [transfer("1 NEAR")], 1n);
  const request = { changes_type: "account_changes", account_ids: [BOB, ALICE, "nobody.near"] };
  const charged = await changes(chain, sent.block, request);
  assert.is(charged.length, 1);
  const [charge = null] = charged;
  assert.equal(field(charge, "cause"), { type: "transaction_processing", tx_hash: sent.hash });
  assert.is(text(charge, "type"), "account_update");
  assert.equal(Object.keys(Object(field(charge, "change"))).sort(), [
    "account_id",
    "amount",
    "code_hash",
    "locked",
    "storage_paid_at",
    "storage_usage",
  ]);
  assert.ok(BigInt(text(charge, "change", "amount")) < before.total - 10n ** 24n);

  const [arrival = null, ...rest] = await changes(chain, sent.receiptBlock, request);
  assert.equal(rest, []);
  assert.equal(field(arrival, "cause"), {
    type: "receipt_processing",
    receipt_hash: sent.receiptId,
  });
  assert.is(text(arrival, "change", "account_id"), BOB);
  assert.is(text(arrival, "change", "amount"), `2${"0".repeat(24)}`);
});

testChanges("shows access keys: all of an account, or those named", async () => {
  const chain = await start();
  const sent = await send(chain, ALICE, [addKey(KEY, fullAccess())], 1n);
  const all = await changes(chain, sent.block, {
    changes_type: "all_access_key_changes",
    account_ids: [ALICE],
  });
  // The key that signed, whose nonce moved, and the new one: in the order of their rows.
  assert.equal(all.map((change) => text(change, "change", "public_key")).sort(), [
    ...[KEY, chain.signer(ALICE).publicKey].sort(),
  ]);
  const named = await changes(chain, sent.block, {
    changes_type: "single_access_key_changes",
    keys: [{ account_id: ALICE, public_key: KEY }],
  });
  assert.is(named.length, 1);
  assert.is(text(named[0] ?? null, "type"), "access_key_update");
  assert.is(text(named[0] ?? null, "change", "access_key", "permission"), "FullAccess");

  const removal = await send(chain, ALICE, [deleteKey(KEY)], 2n);
  const gone = await changes(chain, removal.block, {
    changes_type: "single_access_key_changes",
    keys: [{ account_id: ALICE, public_key: KEY }],
  });
  assert.equal(gone, [
    {
      cause: { type: "receipt_processing", receipt_hash: removal.receiptId },
      type: "access_key_deletion",
      change: { account_id: ALICE, public_key: KEY },
    },
  ]);
});

testChanges(
  "shows the nonces of a gas key behind the key, when all or that key are asked for",
  async () => {
    const chain = await start();
    const sent = await send(
      chain,
      ALICE,
      [addKey(GAS_KEY, gasKeyFullAccess({ numNonces: 2 }))],
      1n,
    );
    const named = await changes(chain, sent.block, {
      changes_type: "single_access_key_changes",
      keys: [{ account_id: ALICE, public_key: GAS_KEY }],
    });
    assert.equal(
      named.map((change) => text(change, "type")),
      ["access_key_update", "gas_key_nonce_update", "gas_key_nonce_update"],
    );
    const lanes = named.slice(1).map((change) => field(change, "change"));
    assert.equal(
      lanes.map((lane) => Number(field(lane, "index"))),
      [0, 1],
    );
    assert.equal(Object.keys(Object(lanes[0])).sort(), [
      "account_id",
      "index",
      "nonce",
      "public_key",
    ]);
    const all = await changes(chain, sent.block, {
      changes_type: "all_access_key_changes",
      account_ids: [ALICE],
    });
    assert.is(all.length, 4);
    // Nonces have no kind of their own among the effects.
    assert.equal(
      (await effects(chain, sent.block)).map((effect) => text(effect, "type")),
      ["account_touched", "access_key_touched", "access_key_touched"],
    );
    const removal = await send(chain, ALICE, [deleteKey(GAS_KEY)], 2n);
    const gone = await changes(chain, removal.block, {
      changes_type: "single_access_key_changes",
      keys: [{ account_id: ALICE, public_key: GAS_KEY }],
    });
    assert.equal(
      gone.map((change) => text(change, "type")),
      ["access_key_deletion"],
    );
  },
);

testChanges("shows contract code whole", async () => {
  const chain = await start();
  const sent = await send(chain, ALICE, [deployContract(EMPTY_MODULE)], 1n);
  const request = { changes_type: "contract_code_changes", account_ids: [ALICE, BOB] };
  assert.equal(await changes(chain, sent.block, request), [
    {
      cause: { type: "receipt_processing", receipt_hash: sent.receiptId },
      type: "contract_code_update",
      change: { account_id: ALICE, code_base64: encodeBase64(EMPTY_MODULE) },
    },
  ]);
  assert.equal(await effects(chain, sent.block), [
    { type: "account_touched", account_id: ALICE },
    { type: "contract_code_touched", account_id: ALICE },
    { type: "access_key_touched", account_id: ALICE },
  ]);
});

testChanges(
  "shows data by prefix, in the order of the rows; a patch has the cause migration",
  async () => {
    const chain = await start();
    const data = (account: string, key: string, value: string): Json => ({
      Data: { account_id: account, data_key: base64(key), value: base64(value) },
    });
    await chain.patchState([
      data(ALICE, "b", "2"),
      data(BOB, "a", "3"),
      data(ALICE, "ab", "1"),
      data(ALICE, "a", ""),
    ]);
    const block = await patchedBlock(chain);
    const request = { changes_type: "data_changes", account_ids: [ALICE], key_prefix_base64: "" };
    const all = await changes(chain, block, request);
    assert.equal(all, [
      patched("data_update", ALICE, { key_base64: base64("a"), value_base64: "" }),
      patched("data_update", ALICE, { key_base64: base64("ab"), value_base64: base64("1") }),
      patched("data_update", ALICE, { key_base64: base64("b"), value_base64: base64("2") }),
    ]);
    const some = await changes(chain, block, { ...request, key_prefix_base64: base64("ab") });
    assert.equal(some, all.slice(1, 2));
    const both = await changes(chain, block, { ...request, account_ids: [BOB, ALICE] });
    assert.is(both.length, 4);
    assert.is(text(both[0] ?? null, "change", "account_id"), BOB);
    // One effect for each row.
    assert.equal(
      (await effects(chain, block)).map((effect) => text(effect, "account_id")),
      [ALICE, ALICE, ALICE, BOB],
    );
  },
);

testChanges(
  "gives nothing for a block in which nothing happened, and for the genesis",
  async () => {
    const chain = await start();
    await chain.produceBlocks(2);
    const request = { changes_type: "account_changes", account_ids: [ALICE] };
    for (const reference of [{ finality: "optimistic" }, { sync_checkpoint: "genesis" }]) {
      const answer = await ask(chain, "changes", { ...reference, ...request });
      assert.equal(field(answer, "changes"), []);
      assert.equal(field(await ask(chain, "block_effects", reference), "changes"), []);
    }
  },
);

testChanges("answers for an old block as it did when that was new", async () => {
  const chain = await start();
  const sent = await send(chain, BOB, [transfer("1 NEAR")], 1n);
  const request = { changes_type: "account_changes", account_ids: [ALICE, BOB] };
  const first = await changes(chain, sent.block, request);
  await chain.fastForward(500);
  await send(chain, BOB, [transfer("1 NEAR")], 2n);
  assert.equal(await changes(chain, sent.block, request), first);
});

testChanges("refuses as nearcore does", async () => {
  const chain = await start();
  const head = { finality: "final" };
  const cases: readonly (readonly [Json, string])[] = [
    [[], "invalid type: sequence, expected struct RpcStateChangesInBlockByTypeRequest"],
    [
      { changes_type: "account_changes" },
      "no variant of enum BlockReference found in flattened data",
    ],
    [head, "missing field `changes_type`"],
    [
      { ...head, changes_type: "all" },
      "unknown variant `all`, expected one of `account_changes`, `single_access_key_changes`, `all_access_key_changes`, `contract_code_changes`, `data_changes`",
    ],
    [{ ...head, changes_type: "account_changes" }, "missing field `account_ids`"],
    [
      { ...head, changes_type: "account_changes", account_ids: ALICE },
      `invalid type: string "${ALICE}", expected a sequence`,
    ],
    [
      { ...head, changes_type: "data_changes", account_ids: [] },
      "missing field `key_prefix_base64`",
    ],
    [
      { ...head, changes_type: "single_access_key_changes", keys: [{ account_id: ALICE }] },
      "missing field `public_key`",
    ],
  ];
  for (const [params, message] of cases) {
    const error = await chain.transport({ method: "changes", params }).catch((e: unknown) => e);
    assert.ok(isRpcError(error, "PARSE_ERROR"), message);
    assert.is(text(readJson(error.data), "error_message"), `Failed parsing args: ${message}`);
  }
  const unknown = { block_id: 1000, changes_type: "account_changes", account_ids: [] };
  for (const method of ["changes", "block_effects"]) {
    const error = await chain.transport({ method, params: unknown }).catch((e: unknown) => e);
    assert.ok(isRpcError(error, "UNKNOWN_BLOCK"));
    assert.equal(field(readJson(error.raw), "data"), { name: "UNKNOWN_BLOCK", info: {} });
  }
});

testChanges("equal, row by row, what a node told of 117 recorded blocks", async () => {
  const recording = await loadRecording("chain");
  const effectsByBlock = new Map<string, readonly Json[]>();
  replay({
    recording,
    config: genesis.config,
    transactions: readSigned(recording),
    last: 425,
    isExact: true,
    onApplied: (blockHash, applied) => effectsByBlock.set(blockHash, effectsOf(applied.changes)),
  });
  const recorded = list(recording, "changes");
  for (const told of recorded) {
    const blockHash = text(told, "block_hash");
    assert.equal(effectsByBlock.get(blockHash), list(told, "changes"), blockHash);
  }
  assert.is(recorded.length, 117);
});

testChanges.run();

function patched(type: string, accountId: string, row: { readonly [key: string]: string }): Json {
  return { cause: { type: "migration" }, type, change: { account_id: accountId, ...row } };
}

/** The newest block in which a row of data was written. */
async function patchedBlock(chain: Localnet): Promise<string> {
  const head = await ask(chain, "block", { finality: "optimistic" });
  for (let height = Number(field(head, "header", "height")); height > 1; height -= 1) {
    const answer = await ask(chain, "block_effects", { block_id: height });
    if (list(answer, "changes").length > 0) return text(answer, "block_hash");
  }
  throw new TypeError("expected a patched block");
}

function base64(content: string): string {
  return encodeBase64(encodeUtf8(content));
}

function readJson(value: unknown): Json {
  if (isJson(value)) return value;
  throw new TypeError("expected JSON");
}
