import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { isRpcError, sendTx, status, tx, viewAccount } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sendTransfer, signTransfer } from "./sending.ts";

const ACCOUNTS = { "alice.near": "10 NEAR", "bob.near": "5 NEAR" } as const;
const RANGE = 1_000_000n;

const testPool = suite("the pool");

testPool("the same bytes again get the same answer, and are paid once", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const { signedTxBase64 } = await signTransfer(chain, { from: "alice.near", to: "bob.near" });
  const request = { signedTxBase64, waitUntil: "FINAL" } as const;
  const first = await sendTx(chain.transport, request);
  const balance = (await viewAccount(chain.transport, { accountId: "alice.near" })).amount;
  assert.equal(await sendTx(chain.transport, request), first);
  assert.is((await viewAccount(chain.transport, { accountId: "alice.near" })).amount, balance);
});

testPool("the same bytes at the same time are one transaction", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const { signedTxBase64 } = await signTransfer(chain, { from: "alice.near", to: "bob.near" });
  const request = { signedTxBase64, waitUntil: "FINAL" } as const;
  const answers = await Promise.all([1, 2, 3].map(() => sendTx(chain.transport, request)));
  assert.equal(answers[1], answers[0]);
  assert.equal(answers[2], answers[0]);
});

testPool("another transaction with a used nonce is refused", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  await sendTransfer(chain, { from: "alice.near", to: "bob.near" });
  const error = await refusal(
    sendTransfer(chain, { from: "alice.near", to: "bob.near", nonce: 1n, amount: 2n }),
  );
  assert.equal(error, { InvalidNonce: { tx_nonce: 1n, ak_nonce: 1n } });
});

testPool("checks the signature before the state", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const signer = { ...chain.signer("bob.near"), publicKey: chain.signer("alice.near").publicKey };
  const parts = { from: "alice.near", to: "bob.near", amount: 2n ** 100n, signer };
  assert.is(await refusal(sendTransfer(chain, parts)), "InvalidSignature");
});

testPool(
  "a wrong signature leaves no trace, whatever was made of the transaction meanwhile",
  async () => {
    const chain = await createLocalnet({ accounts: ACCOUNTS });
    const other = await createLocalnet({ accounts: ACCOUNTS });
    chain.advanceTime(5_000);
    other.advanceTime(5_000);
    const signer = { ...chain.signer("bob.near"), publicKey: chain.signer("alice.near").publicKey };
    const parts = { from: "alice.near", to: "bob.near" };
    assert.is(await refusal(sendTransfer(chain, { ...parts, signer })), "InvalidSignature");
    assert.is(await headHash(chain), await headHash(other));
    await sendTransfer(chain, parts);
    await sendTransfer(other, parts);
    assert.is(await headHash(chain), await headHash(other));
  },
);

testPool("what comes while a signature is checked goes into the same block", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const first = await signTransfer(chain, { from: "alice.near", to: "bob.near" });
  const second = await signTransfer(chain, { from: "bob.near", to: "alice.near" });
  const answers = [
    sendTx(chain.transport, { signedTxBase64: first.signedTxBase64, waitUntil: "FINAL" }),
  ];
  await Promise.resolve();
  answers.push(
    sendTx(chain.transport, { signedTxBase64: second.signedTxBase64, waitUntil: "FINAL" }),
  );
  const blocks = (await Promise.all(answers)).map(
    ({ transaction_outcome: outcome }) => outcome?.block_hash,
  );
  assert.ok(blocks[0]);
  assert.is(blocks[1], blocks[0]);
});

testPool("a nonce above its bound is taken, never included, and reported as expired", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  await chain.produceBlock();
  const nonce = ((await height(chain)) + 200n) * RANGE;
  assert.is(
    await refusal(sendTransfer(chain, { from: "alice.near", to: "bob.near", nonce })),
    "Expired",
  );
});

testPool("a nonce that a few more heights allow is included then", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  await chain.produceBlock();
  const at = await height(chain);
  await sendTransfer(chain, { from: "alice.near", to: "bob.near", nonce: (at + 20n) * RANGE });
  assert.ok((await height(chain)) > at + 20n);
});

testPool("strict nonces wait for those before them", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const [first, second, third] = await Promise.all(
    [1n, 2n, 3n].map((nonce) =>
      signTransfer(chain, { from: "alice.near", to: "bob.near", nonce, isStrict: true }),
    ),
  );
  const send = (signed: typeof first): Promise<unknown> =>
    sendTx(chain.transport, { signedTxBase64: signed?.signedTxBase64 ?? "", waitUntil: "FINAL" });
  const later = [send(third), send(second)];
  const question = {
    txHash: third?.hash ?? "",
    senderAccountId: "alice.near",
    waitUntil: "NONE",
  } as const;
  const error = await tx(chain.transport, question).catch((reason: unknown) => reason);
  assert.ok(isRpcError(error, "UNKNOWN_TRANSACTION"));
  await send(first);
  await Promise.all(later);
});

testPool("an expired block hash is refused, as is an unknown one", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const { signedTxBase64 } = await signTransfer(chain, { from: "alice.near", to: "bob.near" });
  await chain.fastForward(200);
  assert.is(await refusal(sendTx(chain.transport, { signedTxBase64 })), "Expired");
  const other = await createLocalnet({ accounts: ACCOUNTS, chainId: "other" });
  const foreign = await signTransfer(other, { from: "alice.near", to: "bob.near" });
  const { signedTxBase64: foreignBase64 } = foreign;
  assert.is(await refusal(sendTx(chain.transport, { signedTxBase64: foreignBase64 })), "Expired");
});

testPool("broadcast_tx_async gives the hash, whatever the transaction is", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const parts = { from: "alice.near", to: "bob.near", amount: 2n ** 100n };
  const { hash, signedTxBase64 } = await signTransfer(chain, parts);
  const answer = await chain.transport({ method: "broadcast_tx_async", params: [signedTxBase64] });
  assert.is(answer, hash);
});

testPool("1,000 transfers at once from many accounts, and every yocto is there", async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `a${index}.near`);
  const accounts = Object.fromEntries(ids.map((id) => [id, "1 NEAR"] as const));
  const chain = await createLocalnet({ accounts, blocks: "manual" });
  const transfers = await Promise.all(
    ids.flatMap((from, index) =>
      Array.from({ length: 10 }, (_, number) =>
        signTransfer(chain, {
          from,
          to: ids[(index + 1) % ids.length] ?? "",
          amount: BigInt(number + 1),
          nonce: BigInt(number + 1),
        }),
      ),
    ),
  );
  const sent = transfers.map(({ signedTxBase64 }) =>
    sendTx(chain.transport, { signedTxBase64, waitUntil: "FINAL" }),
  );
  await chain.produceBlocks(6);
  const answers = await Promise.all(sent);
  assert.is(answers.length, 1000);
  const before = await totalOf(createLocalnet({ accounts }), ids);
  const burnt = answers.reduce(
    (sum, answer) =>
      sum +
      [answer.transaction_outcome, ...(answer.receipts_outcome ?? [])].reduce(
        (all, outcome) => all + BigInt(outcome?.outcome.tokens_burnt ?? 0),
        0n,
      ),
    0n,
  );
  assert.is((await totalOf(Promise.resolve(chain), ids)) + burnt, before);
});

testPool.run();

async function headHash(chain: Localnet): Promise<string> {
  return (await status(chain.transport)).sync_info.latest_block_hash;
}

async function height(chain: Localnet): Promise<bigint> {
  return (await status(chain.transport)).sync_info.latest_block_height;
}

async function totalOf(starting: Promise<Localnet>, ids: readonly string[]): Promise<bigint> {
  const { transport } = await starting;
  const accounts = await Promise.all(ids.map((accountId) => viewAccount(transport, { accountId })));
  return accounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
}

/** nearcore's InvalidTxError. */
async function refusal(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isRpcError(error, "INVALID_TRANSACTION") ? error.data : error;
}
