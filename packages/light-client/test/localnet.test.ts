/**
 * Against a whole chain, with transactions.
 */
import { send, signingAccount, transfer } from "@yoctonear/account";
import { encodeBase64, encodeUtf8 } from "@yoctonear/base";
import {
  decodeLightClientState,
  encodeLightClientState,
  LightClientError,
  type LightClientState,
  proveBlock,
  proveOutcome,
  proveState,
  syncLightClient,
  trustBlock,
  verifyApprovals,
} from "@yoctonear/light-client";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { block, nextLightClientBlock, type Transport } from "@yoctonear/rpc";
import { stake } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const EPOCH = 20;
const ACCOUNTS: Readonly<Record<string, `${number} NEAR`>> = {
  "alice.near": "100 NEAR",
  "bob.near": "1 NEAR",
  "app.near": "10 NEAR",
  "silent.near": "20000000 NEAR",
};

interface Chain {
  readonly chain: Localnet;
  readonly transport: Transport;
  readonly state: LightClientState;
}

/** A chain of short epochs, and a light client that trusts one of its blocks. */
async function startChain(blocks: number = 5): Promise<Chain> {
  const chain = await createLocalnet({ accounts: ACCOUNTS, epochLength: EPOCH });
  await chain.produceBlocks(blocks);
  const { transport } = chain;
  return { chain, transport, state: await trustBlock(transport, await finalHash(transport)) };
}

async function finalHash(transport: Transport): Promise<string> {
  return (await block(transport, { block: { finality: "final" } })).header.hash;
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LightClientError))
    throw new Error(`expected a refusal, got ${String(error)}`);
  return error.code;
}

const onChain = suite("light-client: on localnet");

onChain("trusts blocks anywhere in an epoch, and follows through many", async () => {
  const { chain, transport, state } = await startChain();
  assert.is(await syncLightClient(transport, state), state);
  const states = [state];
  for (let count = 0; count < 9; count++) {
    await chain.produceBlocks(7);
    const next = await syncLightClient(transport, states.at(-1) ?? state);
    // Where an epoch has just begun, the newest final block has no approvals of its own epoch's producers yet.
    const { height } = (await block(transport, { block: { finality: "final" } })).header;
    assert.ok(next.head.height >= height - 2n && next.head.height <= height);
    states.push(next);
  }
  // From each of them in one go, after it was stored.
  for (const old of states) {
    const read = decodeLightClientState(encodeLightClientState(old));
    assert.equal(read, old);
    assert.equal(await syncLightClient(transport, read), states.at(-1));
    assert.is(
      (await proveBlock(transport, states.at(-1)?.head ?? state.head, old.head.hash)).hash,
      old.head.hash,
    );
    assert.equal(await trustBlock(transport, old.head.hash), old);
  }
});

onChain("follows producers that come, sign nothing and go", async () => {
  const { chain, transport, state } = await startChain();
  const signer = chain.signer("silent.near");
  const silent = signingAccount(transport, "silent.near", signer);
  await send(silent, "silent.near", [stake("10000000 NEAR", signer.publicKey)]);
  let current = state;
  const seen: string[] = [];
  for (let epoch = 0; epoch < 6; epoch++) {
    await chain.produceBlocks(EPOCH);
    current = await syncLightClient(transport, current);
    seen.push(current.producers.map(({ accountId }) => accountId).join(" "));
  }
  assert.equal([...new Set(seen)], ["test.near", "test.near silent.near"]);
  assert.is(seen.at(-1), "test.near");
  assert.equal(await syncLightClient(transport, state), current);
  // With less than a third behind them their approvals are not missed; with more they would be.
  const { producers } = current;
  const [own] = producers;
  if (own === undefined) throw new TypeError("expected a producer");
  const heavy = { ...own, accountId: "silent.near", stake: (own.stake + 1n) / 2n };
  await chain.produceBlocks(5);
  const next = await nextLightClientBlock(transport, { lastBlockHash: current.head.hash });
  assert.equal(verifyApprovals(next, producers), { approved: own.stake, total: own.stake });
  const half = { ...heavy, stake: (own.stake - 1n) / 2n };
  assert.is(verifyApprovals(next, [own, half]).approved, own.stake);
  assert.throws(() => verifyApprovals(next, [own, heavy]), /more than 2\/3/);
});

onChain("proves what transactions did", async () => {
  const { chain, transport, state } = await startChain();
  const alice = signingAccount(transport, "alice.near", chain.signer("alice.near"));
  const sent = await transfer(alice, "bob.near", "1 NEAR");
  const missing = await transfer(alice, "nobody.near", "1 NEAR").catch((error: unknown) => error);
  const failed = String(Reflect.get(Object(missing), "hash"));
  await chain.produceBlocks(50);
  const { head } = await syncLightClient(transport, state);
  const receiptId = sent.response.receipts_outcome?.[0]?.id ?? "";
  const receipt = await proveOutcome(transport, head, {
    type: "receipt",
    receiptId,
    receiverId: "bob.near",
  });
  assert.equal(receipt.status, { type: "successValue", value: new Uint8Array() });
  assert.is(receipt.executorId, "bob.near");
  const of = { type: "transaction", senderId: "alice.near" } as const;
  const outcome = await proveOutcome(transport, head, { ...of, transactionHash: sent.hash });
  assert.equal(outcome.receiptIds, [receiptId]);
  assert.is(outcome.tokensBurnt > 0n, true);
  const bad = await proveOutcome(transport, head, { ...of, transactionHash: failed });
  const action = await proveOutcome(transport, head, {
    type: "receipt",
    receiptId: bad.receiptIds[0] ?? "",
    receiverId: "nobody.near",
  });
  assert.equal(action.status, { type: "failure" });
  // The head that was trusted before is older than all of this.
  const early = await proveOutcome(transport, state.head, {
    ...of,
    transactionHash: sent.hash,
  }).catch(String);
  assert.match(String(early), "is ahead of head block");
});

onChain("another outcome, another head, another status: refused", async () => {
  const { chain, transport, state } = await startChain();
  const alice = signingAccount(transport, "alice.near", chain.signer("alice.near"));
  const { hash } = await transfer(alice, "bob.near", "1 NEAR");
  const other = await transfer(alice, "bob.near", "2 NEAR");
  await chain.produceBlocks(10);
  const { head } = await syncLightClient(transport, state);
  const which = { type: "transaction", transactionHash: hash, senderId: "alice.near" } as const;
  const changing =
    (change: (answer: { [name: string]: unknown }) => unknown): Transport =>
    async (request) =>
      change({ ...Object(await transport(request)) });
  const swapped: Transport = ({ method, params }) =>
    transport({ method, params: { ...Object(params), transaction_hash: other.hash } });
  assert.is(await failure(proveOutcome(swapped, head, which)), "wrong_outcome");
  const failing = changing((answer) => {
    const proof = Object(answer["outcome_proof"]);
    const outcome = { ...proof.outcome, status: { Failure: { InvalidTxError: "Expired" } } };
    return { ...answer, outcome_proof: { ...proof, outcome } };
  });
  assert.is(await failure(proveOutcome(failing, head, which)), "wrong_outcome");
  const pathless = changing((answer) => ({ ...answer, block_proof: [] }));
  assert.is(await failure(proveOutcome(pathless, head, which)), "not_under_head");
  const elsewhere = { ...head, hash: state.head.hash, blockMerkleRoot: head.hash };
  const honest: Transport = ({ method, params }) =>
    transport({ method, params: { ...Object(params), light_client_head: head.hash } });
  assert.is(await failure(proveOutcome(honest, elsewhere, which)), "not_under_head");
});

onChain("proves what a contract has stored, and that nothing is left out", async () => {
  const { chain, transport, state } = await startChain();
  const rows = [
    ["", "empty key"],
    ["a", "1"],
    ["ab", ""],
    ["abc", "x".repeat(5000)],
    ["b", "2"],
  ] as const;
  await chain.patchState(
    rows.map(([key, value]) => ({
      Data: { account_id: "app.near", data_key: base64(key), value: base64(value) },
    })),
  );
  await chain.produceBlocks(5);
  const { head } = await syncLightClient(transport, state);
  const all = await proveState(transport, head, { accountId: "app.near" });
  assert.is(all.blockHash, head.prevHash);
  assert.equal(all.entries.map(({ key }) => text(key)).sort(), ["", "a", "ab", "abc", "b"]);
  const some = await proveState(transport, head, {
    accountId: "app.near",
    prefixBase64: base64("ab"),
  });
  assert.equal(
    some.entries.map(({ key }) => text(key)),
    ["ab", "abc"],
  );
  for (const prefix of ["abcd", "c", "ac"]) {
    const none = await proveState(transport, head, {
      accountId: "app.near",
      prefixBase64: base64(prefix),
    });
    assert.equal(none.entries, []);
  }
  assert.equal((await proveState(transport, head, { accountId: "alice.near" })).entries, []);
  const changed =
    (change: (view: { [name: string]: unknown[] }) => unknown): Transport =>
    async (request) => {
      const answer = await transport(request);
      return request.method === "query" ? change({ ...Object(answer) }) : answer;
    };
  const ask = (via: Transport): Promise<unknown> =>
    proveState(via, head, { accountId: "app.near" });
  const lies: readonly Transport[] = [
    changed((view) => ({ ...view, values: view["values"]?.slice(1) })),
    changed((view) => ({ ...view, values: [...(view["values"] ?? []), { key: "", value: "" }] })),
    changed((view) => ({ ...view, values: [{ key: base64("a"), value: base64("2") }] })),
    changed((view) => ({ ...view, values: [{ key: base64("zz"), value: base64("2") }] })),
    changed((view) => ({ ...view, proof: view["proof"]?.slice(1) })),
    changed((view) => ({ ...view, proof: view["proof"]?.slice(0, -1) })),
    changed((view) => ({ ...view, proof: [], values: [] })),
    changed((view) => ({ ...view, proof: ["AAAA"] })),
    // The state of another block.
    ({ method, params }) =>
      transport({
        method,
        params: method === "query" ? { ...Object(params), block_id: head.hash } : params,
      }),
  ];
  for (const lie of lies) assert.is(await failure(ask(lie)), "wrong_state");
});

onChain(
  "roots of the state that the head does not have, or that are older, are refused",
  async () => {
    const { chain, transport } = await startChain();
    const genesis = await block(transport, { block: { syncCheckpoint: "genesis" } });
    const blockId = genesis.header.height + 1n;
    const { header, chunks } = await block(transport, { block: { blockId } });
    const first = await trustBlock(transport, header.hash);
    // Block 1 repeats the chunk of the genesis.
    assert.is(
      await failure(proveState(transport, first.head, { accountId: "app.near" })),
      "missing_chunk",
    );
    // Whatever a node says of the chunk: the header knows.
    const pretending: Transport = async (request) => {
      const answer: object = Object(await transport(request));
      if (request.method !== "block") return answer;
      const fresh = chunks.map((chunk) => ({ ...chunk, height_included: header.height }));
      return { ...answer, chunks: fresh };
    };
    assert.is(
      await failure(proveState(pretending, first.head, { accountId: "app.near" })),
      "missing_chunk",
    );
    const { head } = await trustBlock(transport, await finalHash(transport));
    const older: Transport = async (request) => {
      const answer: object = Object(await transport(request));
      return request.method === "block" ? { ...answer, chunks } : answer;
    };
    assert.is(await failure(proveState(older, head, { accountId: "app.near" })), "wrong_state");
    const none = { accountId: "app.near", shardIndex: 1 };
    assert.is(await failure(proveState(transport, head, none)), "wrong_state");
    await chain.produceBlocks(1);
  },
);

onChain.run();

function base64(value: string): string {
  return encodeBase64(encodeUtf8(value));
}

function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}
