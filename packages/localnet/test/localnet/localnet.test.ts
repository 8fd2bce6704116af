import { createLocalnet, type Localnet, type LocalnetOptions } from "@yoctonear/localnet";
import {
  block,
  chunk,
  experimentalProtocolConfig,
  fetchTransport,
  gasPrice,
  genesisConfig,
  isRpcError,
  sendTx,
  status,
  type Transport,
  tx,
  validators,
  viewAccessKeyList,
  viewAccount,
} from "@yoctonear/rpc";
import { loadRecording, record } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sendTransfer, signTransfer } from "./sending.ts";

const ACCOUNTS = { "alice.near": "10 NEAR", "bob.near": "5 NEAR" } as const;
const NEAR = 10n ** 24n;

const testOptions = suite("createLocalnet: options");

testOptions("refuses a misspelt option by name", async () => {
  const options: LocalnetOptions & { readonly acounts: object } = { acounts: {} };
  await refuses(createLocalnet(options), "TypeError", 'got "acounts"');
});

testOptions("refuses options and accounts that are no objects", async () => {
  for (const wrong of ["5", '"alice.near"', "[]", "true", "null"]) {
    await refuses(createLocalnet(JSON.parse(wrong)), "TypeError", "an object");
    await refuses(createLocalnet(JSON.parse(`{"accounts":${wrong}}`)), "TypeError", "an object");
  }
});

testOptions(
  "refuses accounts beside a genesis, and account ids that are none or taken",
  async () => {
    const genesis = record(await loadRecording("genesis"));
    await refuses(
      createLocalnet({ genesis, accounts: ACCOUNTS }),
      "TypeError",
      "either genesis or accounts",
    );
    await refuses(
      createLocalnet({ accounts: { "Alice.near": "1 NEAR" } }),
      "ParseError",
      "account id",
    );
    await refuses(createLocalnet({ accounts: { near: "1 NEAR" } }), "RangeError", "near");
  },
);

testOptions("refuses a mode, an interval, a clock or modules that cannot be", async () => {
  await refuses(createLocalnet({ blocks: { interval: 0 } }), "RangeError", "blocks.interval");
  // As from a script without types.
  const wrongMode = JSON.parse('{"blocks":"sometimes"}');
  await refuses(createLocalnet(wrongMode), "TypeError", '"sometimes"');
  const wrongModules = JSON.parse('{"modules":{}}');
  await refuses(createLocalnet(wrongModules), "TypeError", "modules to be a Map");
  const wrongClock = JSON.parse('{"clock":"lunar"}');
  await refuses(createLocalnet(wrongClock), "TypeError", '"lunar"');
});

testOptions("funds accounts and has their signers", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, chainId: "my-chain" });
  assert.is(
    (await viewAccount(chain.transport, { accountId: "alice.near" })).amount,
    String(10n * NEAR),
  );
  assert.is((await status(chain.transport)).chain_id, "my-chain");
  await sendTransfer(chain, { from: "alice.near", to: "bob.near", amount: NEAR });
  assert.is(
    (await viewAccount(chain.transport, { accountId: "bob.near" })).amount,
    String(6n * NEAR),
  );
});

testOptions("starts from nearcore's genesis.json with the block that the node had", async () => {
  const genesis = record(await loadRecording("genesis"));
  const chain = await createLocalnet({ genesis });
  const { header } = await block(chain.transport, { block: { blockId: 0 } });
  assert.is(header.hash, "9qNsdfuyHHRqJx6dg7y9yh2YTj9Auq4Lkj45H1jraY43");
});

testOptions.run();

const testDeterminism = suite("createLocalnet: the same inputs give the same bytes");

testDeterminism("two chains agree on every block", async () => {
  const [one, two] = await Promise.all([story(), story()]);
  assert.ok(one.length > 10);
  assert.equal(one, two);
});

testDeterminism("whatever the order in which transactions of one block come", async () => {
  const heads: string[] = [];
  for (const order of [1, -1]) {
    const chain = await createLocalnet({ accounts: ACCOUNTS, blocks: "manual" });
    const transfers = [
      await signTransfer(chain, { from: "alice.near", to: "bob.near" }),
      await signTransfer(chain, { from: "bob.near", to: "alice.near" }),
    ];
    if (order < 0) transfers.reverse();
    for (const { signedTxBase64 } of transfers) {
      await chain.transport({ method: "broadcast_tx_async", params: [signedTxBase64] });
    }
    await chain.produceBlocks(3);
    heads.push((await block(chain.transport)).header.hash);
  }
  assert.is(heads[0], heads[1]);
});

testDeterminism.run();

const testModes = suite("block modes");

testModes("instant: what was sent is final, refund and all, when the answer is here", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const answer = await sendTransfer(chain, { from: "alice.near", to: "bob.near", amount: NEAR });
  assert.is(answer.final_execution_status, "EXECUTED_OPTIMISTIC");
  const bob = await viewAccount(chain.transport, {
    accountId: "bob.near",
    block: { finality: "final" },
  });
  assert.is(bob.amount, String(6n * NEAR));
});

testModes("instant: transactions that come together are in one block", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const transfers = await Promise.all([
    signTransfer(chain, { from: "alice.near", to: "bob.near" }),
    signTransfer(chain, { from: "bob.near", to: "alice.near" }),
  ]);
  const answers = await Promise.all(
    transfers.map(({ signedTxBase64 }) =>
      chain.transport({
        method: "send_tx",
        params: { signed_tx_base64: signedTxBase64, wait_until: "FINAL" },
      }),
    ),
  );
  const blocks = new Set(
    answers.map(
      (answer) => JSON.stringify(answer).match(/"transaction_outcome".*?"block_hash":"(\w+)"/)?.[1],
    ),
  );
  assert.is(blocks.size, 1);
});

testModes("instant: no block is made while nothing waits", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const before = await height(chain);
  await viewAccount(chain.transport, { accountId: "bob.near" });
  assert.is(await height(chain), before);
  await sendTransfer(chain, { from: "alice.near", to: "bob.near" });
  const after = await height(chain);
  await viewAccount(chain.transport, { accountId: "bob.near" });
  assert.is(await height(chain), after);
});

testModes("manual: a block is made when asked, and a call waits for it", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, blocks: "manual" });
  const levels: string[] = [];
  const { hash, signedTxBase64 } = await signTransfer(chain, {
    from: "alice.near",
    to: "bob.near",
  });
  const sent = chain.transport({
    method: "send_tx",
    params: { signed_tx_base64: signedTxBase64, wait_until: "FINAL" },
  });
  for (let made = 0; made < 5; made += 1) {
    await chain.produceBlock();
    const answer = await tx(chain.transport, {
      txHash: hash,
      senderAccountId: "alice.near",
      waitUntil: "NONE",
    });
    levels.push(answer.final_execution_status);
  }
  assert.equal(levels, ["INCLUDED", "EXECUTED_OPTIMISTIC", "EXECUTED", "EXECUTED", "FINAL"]);
  await sent;
});

testModes("manual: a call that waits in vain ends with the node's timeout", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, blocks: "manual", pollingTimeout: 5 });
  await refusesWith(sendTransfer(chain, { from: "alice.near", to: "bob.near" }), "TIMEOUT_ERROR");
});

testModes("manual: a call that waits can be given up", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, blocks: "manual" });
  const controller = new AbortController();
  const { signedTxBase64 } = await signTransfer(chain, { from: "alice.near", to: "bob.near" });
  const sent = chain.transport(
    { method: "send_tx", params: { signed_tx_base64: signedTxBase64 } },
    { signal: controller.signal },
  );
  controller.abort("enough");
  assert.is(await sent.catch((reason: unknown) => reason), "enough");
});

testModes("interval: blocks come by themselves, until stopped", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, blocks: { interval: 1 } });
  await sendTransfer(chain, { from: "alice.near", to: "bob.near" }, "FINAL");
  chain.stop();
  assert.ok((await height(chain)) >= 5);
});

testModes.run();

const testControls = suite("controls");

testControls("a snapshot is gone back to, again and again", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const fresh = chain.snapshot();
  const freshHeight = await height(chain);
  const hashes: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    await sendTransfer(chain, { from: "alice.near", to: "bob.near", amount: NEAR });
    hashes.push((await block(chain.transport)).header.hash);
    await chain.restore(fresh);
    assert.is(await height(chain), freshHeight);
    assert.is(
      (await viewAccount(chain.transport, { accountId: "bob.near" })).amount,
      String(5n * NEAR),
    );
  }
  assert.is(new Set(hashes).size, 1);
});

testControls("what was before a restore is unknown after it", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const fresh = chain.snapshot();
  const { hash, signedTxBase64 } = await signTransfer(chain, {
    from: "alice.near",
    to: "bob.near",
  });
  await chain.transport({ method: "send_tx", params: [signedTxBase64] });
  await chain.restore(fresh);
  const question = { txHash: hash, senderAccountId: "alice.near", waitUntil: "NONE" } as const;
  await refusesWith(tx(chain.transport, question), "UNKNOWN_TRANSACTION");
});

testControls("heights pass, and time with them", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  await chain.produceBlock();
  const before = await block(chain.transport);
  await chain.fastForward(1000);
  const after = await block(chain.transport);
  assert.ok(after.header.height >= before.header.height + 1000n);
  assert.ok(after.header.timestamp > before.header.timestamp + 1000n * 100_000_000n);
  assert.not(after.header.epoch_id === before.header.epoch_id);
});

testControls("time passes when told", async () => {
  const chain = await createLocalnet();
  await chain.produceBlock();
  const before = await block(chain.transport);
  chain.advanceTime(3_600_000);
  await chain.produceBlock();
  const after = await block(chain.transport);
  assert.ok(after.header.timestamp - before.header.timestamp >= 3_600_000_000_000n);
});

testControls("accounts come from nothing, and can sign", async () => {
  const chain = await createLocalnet();
  await chain.createAccount("carol.near", { balance: "7 NEAR" });
  await chain.createAccount("dave.near");
  await sendTransfer(chain, { from: "carol.near", to: "dave.near", amount: NEAR });
  assert.is((await viewAccount(chain.transport, { accountId: "dave.near" })).amount, String(NEAR));
  await chain.createAccount("carol.near", { balance: "9 NEAR" });
  assert.is(
    (await viewAccount(chain.transport, { accountId: "carol.near" })).amount,
    String(9n * NEAR),
  );
});

testControls("records are written as the sandbox does", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const data = { account_id: "alice.near", data_key: "a2V5", value: "dmFsdWU=" };
  await chain.patchState([{ Data: data }]);
  const answer = await chain.transport({
    method: "query",
    params: {
      request_type: "view_state",
      account_id: "alice.near",
      prefix_base64: "",
      finality: "final",
    },
  });
  assert.ok(JSON.stringify(answer).includes('"values":[{"key":"a2V5","value":"dmFsdWU="}]'));
});

testControls("answers are copies: who changes one changes nothing else", async () => {
  const chain = await createLocalnet();
  for (const method of ["genesis_config", "EXPERIMENTAL_protocol_config", "status", "block"]) {
    const params = { finality: "final" };
    const one = await chain.transport({ method, params });
    const before = JSON.stringify(one, printable);
    spoil(one);
    assert.is(JSON.stringify(await chain.transport({ method, params }), printable), before);
  }
});

testControls.run();

const testFetch = suite("fetchTransport over chain.fetch");

testFetch("P40: no answer holds a number that is not exact, either way", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const overHttp = fetchTransport("http://localhost:3030", {
    fetch: (url, init) => chain.fetch(new Request(url, init)),
  });
  const answers = (transport: Transport): Promise<unknown[]> =>
    Promise.all([
      block(transport),
      chunk(transport, { blockId: 0, shardId: 0 }),
      experimentalProtocolConfig(transport),
      gasPrice(transport),
      genesisConfig(transport),
      validators(transport),
      viewAccount(transport, { accountId: "alice.near" }),
      viewAccessKeyList(transport, { accountId: "alice.near" }),
    ]);
  assert.equal(await answers(chain.transport), await answers(overHttp));
});

testFetch("answers and refuses as the transport does", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const overHttp = fetchTransport("http://localhost:3030", {
    fetch: (url, init) => chain.fetch(new Request(url, init)),
  });
  await sendTransfer(chain, { from: "alice.near", to: "bob.near" });
  for (const transport of [overHttp, chain.transport]) {
    assert.equal(
      await block(transport, { block: { blockId: 1 } }),
      await block(chain.transport, { block: { blockId: 1 } }),
    );
    await refusesWith(viewAccount(transport, { accountId: "nobody.near" }), "UNKNOWN_ACCOUNT");
  }
  const errors = await Promise.all(
    [overHttp, chain.transport].map((transport) =>
      viewAccount(transport, { accountId: "nobody.near" }).catch((error: unknown) => error),
    ),
  );
  const [one, two] = errors.map((error) =>
    isRpcError(error) ? [error.code, error.message, error.data, error.raw] : null,
  );
  assert.equal(one, two);
});

testFetch.run();

/** A few transactions and waits; gives the hash of every block. */
async function story(): Promise<readonly string[]> {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  await sendTransfer(chain, { from: "alice.near", to: "bob.near" });
  await chain.createAccount("carol.near", { balance: "1 NEAR" });
  await chain.fastForward(100);
  // Signed before any is sent: how long a signature takes is no input of the chain.
  const transfers = [
    await signTransfer(chain, { from: "alice.near", to: "carol.near" }),
    await signTransfer(chain, { from: "bob.near", to: "carol.near" }),
  ];
  await Promise.all(
    transfers.map(({ signedTxBase64 }) => sendTx(chain.transport, { signedTxBase64 })),
  );
  const hashes: string[] = [];
  for (let at = await height(chain); at >= 0; at -= 1) {
    const found = await block(chain.transport, { block: { blockId: at } }).catch(() => null);
    if (found !== null) hashes.push(found.header.hash);
  }
  return hashes;
}

async function height(chain: Localnet): Promise<number> {
  return Number((await status(chain.transport)).sync_info.latest_block_height);
}

async function refuses(promise: Promise<unknown>, name: string, part: string): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.instance(error, Error);
  if (!(error instanceof Error)) return;
  assert.is(error.name, name);
  assert.ok(error.message.includes(part), error.message);
}

async function refusesWith(promise: Promise<unknown>, code: string): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(isRpcError(error), String(error));
  assert.is(isRpcError(error) ? error.code : "", code);
}

function printable(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function spoil(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const entry of Object.values(value)) spoil(entry);
  for (const key of Object.keys(value)) Reflect.deleteProperty(value, key);
}
