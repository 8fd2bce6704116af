import {
  block,
  blockEffects,
  broadcastTxAsync,
  call,
  callFunction,
  changes,
  experimentalCallFunction,
  experimentalLightClientStateProof,
  experimentalReceiptToTx,
  experimentalValidatorsOrdered,
  gasPrice,
  genesisConfig,
  isRpcError,
  nextLightClientBlock,
  RpcError,
  sendTx,
  type Transport,
  TransportError,
  tx,
  viewAccessKey,
  viewAccessKeyList,
  viewAccount,
  viewGasKeyNonces,
  viewState,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./http-doubles.ts";

const HASH = "11111111111111111111111111111111";
const ACCOUNT = {
  amount: "5",
  locked: "0",
  storage_usage: 182,
  code_hash: HASH,
  block_hash: HASH,
  block_height: 7,
};
const KEY = { nonce: 5, permission: "FullAccess", block_hash: HASH, block_height: 7 };
const OUTCOME = { outcome: { status: { SuccessValue: "" }, gas_burnt: 1, tokens_burnt: "2" } };
const DONE = {
  final_execution_status: "FINAL",
  status: { SuccessValue: "" },
  transaction: { hash: HASH, nonce: 1 },
  transaction_outcome: OUTCOME,
  receipts_outcome: [OUTCOME],
};

const answering =
  (value: unknown): Transport =>
  async () =>
    value;
const without = (value: object, name: string): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));

async function malformed(promise: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error = await rejection(promise);
  if (!(error instanceof TransportError)) throw error;
  assert.is(error.code, "malformed");
  assert.match(error.message, message);
}

const shapes = suite("methods: what money depends on");

shapes("an account without its balance is no answer", async () => {
  const ask = (value: unknown): Promise<unknown> =>
    viewAccount(answering(value), { accountId: "alice.near" });
  assert.is(Reflect.get(Object(await ask(ACCOUNT)), "storage_usage"), 182n);
  for (const name of Object.keys(ACCOUNT)) {
    await malformed(ask(without(ACCOUNT, name)), `query.${name}: expected `);
    await malformed(ask({ ...ACCOUNT, [name]: null }), `query.${name}: expected `);
    await malformed(ask({ ...ACCOUNT, [name]: {} }), `query.${name}: expected `);
  }
  await malformed(
    ask({ ...ACCOUNT, amount: "1e5" }),
    'query.amount: expected a decimal string, got "1e5"',
  );
  await malformed(ask({ ...ACCOUNT, amount: 5 }), "query.amount: expected a decimal string, got 5");
  for (const value of [null, undefined, [], "text", 5]) await malformed(ask(value), "expected");
});

shapes("P40: a nonce whose digits a transport lost is refused", async () => {
  const ask = (nonce: unknown): Promise<unknown> =>
    viewAccessKey(answering({ ...KEY, nonce }), {
      accountId: "alice.near",
      publicKey: "ed25519:1",
    });
  assert.is(Reflect.get(Object(await ask(2n ** 64n - 1n)), "nonce"), 2n ** 64n - 1n);
  assert.is(Reflect.get(Object(await ask(0)), "nonce"), 0n);
  await malformed(ask(18446744073709552000), "exact integer");
  await malformed(ask(1.5), "query.nonce: expected an integer");
  await malformed(ask("5"), "query.nonce");
  await malformed(ask(null), "query.nonce");
});

shapes("keys, nonces and storage are lists of what they should be", async () => {
  const at = { block_hash: HASH, block_height: 7 };
  const params = { accountId: "alice.near", publicKey: "ed25519:1" };
  await malformed(viewAccessKeyList(answering({ ...at, keys: {} }), params), "query.keys");
  await malformed(
    viewAccessKeyList(answering({ ...at, keys: [{ public_key: "a" }] }), params),
    "query.keys.access_key",
  );
  assert.equal(await viewAccessKeyList(answering({ ...at, keys: [] }), params), {
    ...at,
    block_height: 7n,
    keys: [],
  });
  await malformed(viewGasKeyNonces(answering({ ...at, nonces: [1, "2"] }), params), "query.nonces");
  assert.equal((await viewGasKeyNonces(answering({ ...at, nonces: [1, 2] }), params)).nonces, [
    1n,
    2n,
  ]);
  await malformed(
    viewState(answering({ ...at, values: [{ key: "a" }] }), params),
    "query.values.value",
  );
});

shapes("the result of a call is bytes", async () => {
  for (const [call, method] of [
    [callFunction, "query"],
    [experimentalCallFunction, "EXPERIMENTAL_call_function"],
  ] as const) {
    const ask = (result: unknown): Promise<unknown> =>
      call(answering({ result, logs: [], block_height: 7, block_hash: HASH }), {
        accountId: "a.near",
        methodName: "m",
      });
    assert.equal(Reflect.get(Object(await ask([0, 255])), "result"), [0, 255]);
    for (const bad of [undefined, null, "AAAA", [256], [-1], [1.5], ["1"], [null], [1n], {}]) {
      await malformed(ask(bad), `${method}.result: expected bytes`);
    }
  }
});

shapes("changes are lists of what changed, and why", async () => {
  const change = { cause: { type: "migration" }, type: "data_deletion", change: {} };
  const ask = (list: unknown): Promise<unknown> =>
    changes(answering({ block_hash: HASH, changes: list }), {
      changesType: "account_changes",
      accountIds: ["a.near"],
    });
  assert.equal(await ask([change]), { block_hash: HASH, changes: [change] });
  for (const name of Object.keys(change)) {
    await malformed(ask([without(change, name)]), `changes.changes.${name}: expected `);
  }
  await malformed(ask({}), "changes.changes: expected a list");
  const effects = (list: unknown): Promise<unknown> =>
    blockEffects(answering({ block_hash: HASH, changes: list }));
  await malformed(effects([{ type: "account_touched" }]), "block_effects.changes.account_id");
  await malformed(
    experimentalReceiptToTx(answering({ transaction_hash: HASH }), { receiptId: HASH }),
    "EXPERIMENTAL_receipt_to_tx.sender_account_id",
  );
});

shapes("a failed call says in its own method why, as nearcore's value", async () => {
  const vmError = { MethodResolveError: "MethodNotFound" };
  const info = { vm_error: vmError, block_height: 7, block_hash: HASH };
  const raw = { name: "HANDLER_ERROR", cause: { name: "CONTRACT_EXECUTION_ERROR", info } };
  const failing = (): Promise<never> => Promise.reject(new RpcError("m", raw));
  const error = await rejection(
    experimentalCallFunction(failing, { accountId: "a.near", methodName: "m" }),
  );
  if (!isRpcError(error, "CONTRACT_EXECUTION_ERROR")) throw error;
  assert.equal(error.data.vm_error, vmError);
});

shapes("a block needs its hash and height, a gas price its digits", async () => {
  await malformed(
    block(answering({ header: { height: 1, gas_price: "1" }, chunks: [] })),
    "block.header.hash",
  );
  await malformed(block(answering({})), "block.header: expected an object, got nothing");
  await malformed(
    block(answering({ header: [], chunks: [] })),
    "block.header: expected an object, got []",
  );
  await malformed(gasPrice(answering({ gas_price: 1 })), "gas_price.gas_price");
  await malformed(
    broadcastTxAsync(answering({}), { signedTxBase64: "AA" }),
    "broadcast_tx_async: expected text",
  );
});

shapes("an executed transaction needs its outcome; below that it may be missing", async () => {
  const ask = (value: unknown): Promise<unknown> =>
    tx(answering(value), { txHash: HASH, senderAccountId: "alice.near" });
  await ask(DONE);
  for (const level of ["EXECUTED_OPTIMISTIC", "EXECUTED", "FINAL"]) {
    await malformed(ask({ final_execution_status: level }), "tx: expected an outcome, got nothing");
  }
  for (const level of ["NONE", "INCLUDED", "INCLUDED_FINAL", "SOMETHING_NEW"]) {
    assert.equal(await ask({ final_execution_status: level }), { final_execution_status: level });
  }
  for (const name of ["status", "transaction_outcome", "receipts_outcome"]) {
    await malformed(ask(without(DONE, name)), "expected");
  }
  await malformed(ask(without(DONE, "final_execution_status")), "tx.final_execution_status");
  const bad = { outcome: { ...OUTCOME.outcome, tokens_burnt: 5 } };
  await malformed(
    ask({ ...DONE, receipts_outcome: [OUTCOME, bad] }),
    "tx.receipts_outcome.outcome.tokens_burnt",
  );
});

shapes("the outcome of another transaction is refused", async () => {
  const other = { ...DONE, transaction: { hash: "3zpXJJNiRJZtBVEvajZcjxspNorxXDXHy4wDYd6aG2MH" } };
  await malformed(
    tx(answering(other), { txHash: HASH, senderAccountId: "a.near" }),
    `expected the transaction ${HASH}`,
  );
  const nameless = {
    ...without(DONE, "transaction"),
    transaction_outcome: { ...OUTCOME, id: "x" },
  };
  await malformed(
    tx(answering(nameless), { txHash: HASH, senderAccountId: "a.near" }),
    `expected the transaction ${HASH}`,
  );
});

shapes("an answer that is nested too deep for the engine is malformed", async () => {
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  const ask = viewAccount(answering({ ...ACCOUNT, brandnew: deep }), { accountId: "a.near" });
  await malformed(ask, "nested too deep");
});

shapes("P43: what a transport throws comes through with its cause", async () => {
  const cause = new AggregateError([]);
  const raw = { cause: { name: "TIMEOUT_ERROR", info: { status: { gas_burnt: 5 } } } };
  const thrown = Object.assign(new RpcError("send_tx", raw), { cause });
  const error = await rejection(sendTx(() => Promise.reject(thrown), { signedTxBase64: "AA==" }));
  assert.is(error, thrown);
  assert.is(thrown.cause, cause);
});

shapes("P8, P41: unknown fields stay, unknown variants pass", async () => {
  const account = await viewAccount(answering({ ...ACCOUNT, state: "new", bootstrap_nonce: 5 }), {
    accountId: "a.near",
  });
  assert.is(Reflect.get(account, "state"), "new");
  const key = await viewAccessKey(
    answering({ ...KEY, permission: { Brandnew: { nonce: 1, x: 1 } } }),
    {
      accountId: "a.near",
      publicKey: "k",
    },
  );
  // A name has one meaning, so that a nonce is exact wherever a newer node puts it.
  assert.equal(Object(key.permission), { Brandnew: { nonce: 1n, x: 1 } });
  // One that is no integer is another field of that name.
  const status = { Failure: { BrandnewError: { deep: [1, 2n], limit: 0.5 } } };
  const done = await tx(answering({ ...DONE, status }), {
    txHash: HASH,
    senderAccountId: "a.near",
  });
  assert.equal(Object(done.status), status);
});

shapes("the answer of a transport is left as it was", async () => {
  const frozen = Object.freeze({ ...ACCOUNT });
  await viewAccount(answering(frozen), { accountId: "a.near" });
  assert.is(frozen.storage_usage, 182);
});

shapes("amounts are digits, and nothing else that is text", async () => {
  await malformed(gasPrice(answering({ gas_price: "0x1" })), "gas_price.gas_price");
  const odd = { outcome: { ...OUTCOME.outcome, tokens_burnt: "-1" } };
  const ask = tx(answering({ ...DONE, transaction_outcome: odd }), {
    txHash: HASH,
    senderAccountId: "a.near",
  });
  await malformed(ask, "tokens_burnt: expected a decimal string");
  const producer = { account_id: "a.near", public_key: "ed25519:1", stake: "1.5" };
  await malformed(experimentalValidatorsOrdered(answering([producer])), "stake");
  const inner_lite = { height: 1, outcome_root: HASH, block_merkle_root: HASH };
  const hashes = { inner_rest_hash: HASH, next_block_inner_hash: HASH, prev_block_hash: HASH };
  const block = { inner_lite, ...hashes, approvals_after_next: "none" };
  const next = nextLightClientBlock(answering(block), { lastBlockHash: HASH });
  await malformed(next, "approvals_after_next: expected a list");
});

shapes("the node's width of an integer decides, in maps too", async () => {
  const config = { chain_id: "x", genesis_height: 1, total_supply: "1" };
  const shard_layout = { V2: { id_to_index_map: { "7": 0 }, shard_ids: [7], version: 3 } };
  const genesis = await genesisConfig(answering({ ...config, shard_layout }));
  assert.equal(Reflect.get(genesis, "shard_layout"), {
    V2: { id_to_index_map: { "7": 0n }, shard_ids: [7n], version: 3 },
  });
  // Of this variant the limit has 16 bits, of the others 64.
  const status = { Failure: { GasKeyInvalidNumNonces: { limit: 5 }, Other: { limit: 5 } } };
  const done = await tx(answering({ ...DONE, status }), { txHash: HASH, senderAccountId: "a" });
  assert.equal(Object(done.status), {
    Failure: { GasKeyInvalidNumNonces: { limit: 5 }, Other: { limit: 5n } },
  });
});

shapes("what a node needs is sent though it is not told, in its own spelling", async () => {
  const sent: unknown[] = [];
  const transport: Transport = async ({ params }) => {
    sent.push(params);
    throw new TransportError("network", "reset");
  };
  await rejection(viewState(transport, { accountId: "a.near" }));
  const accountIds = ["a.near"];
  await rejection(changes(transport, { changesType: "data_changes", accountIds }));
  await rejection(
    experimentalLightClientStateProof(transport, {
      chunkId: { blockHash: HASH, shardId: 0 },
      lightClientHead: HASH,
      target: { targetType: "account", accountId: "a.near" },
    }),
  );
  const finality = "optimistic";
  const changes_type = "data_changes";
  assert.equal(sent, [
    { request_type: "view_state", finality, account_id: "a.near", prefix_base64: "" },
    { finality, changes_type, account_ids: accountIds, key_prefix_base64: "" },
    {
      chunk_id: { block_hash: HASH, shard_id: 0 },
      light_client_head: HASH,
      target: { target_type: "account", account_id: "a.near" },
    },
  ]);
});

shapes("call knows the lists of all methods", async () => {
  const answer = await call(answering(ACCOUNT), "query", {
    request_type: "view_account",
    account_id: "a.near",
    finality: "final",
  });
  assert.is(Reflect.get(answer, "storage_usage"), 182n);
  assert.is((await call(answering({ gas_price: "1" }), "gas_price", [null])).gas_price, "1");
  assert.is(await call(answering(null), "health", []), null);
});

shapes.run();
