import { connect, prepareTransaction } from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import {
  broadcastTxCommit,
  type RpcTransactionResponse,
  sendTx,
  type Transport,
  tx,
} from "@yoctonear/rpc";
import {
  encodeSignedTransaction,
  signTransaction,
  transactionHash,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const PEOPLE = { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } as const;

/** Makes block after block until a task is done: it gets no further than it asked for. */
async function untilDone<T>(chain: Localnet, task: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const done = task.finally(() => (state.isDone = true));
  done.catch(() => undefined);
  while (!state.isDone) {
    await chain.produceBlock();
    // Long enough for an answer to come before the next block, whatever lies between.
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  }
  return done;
}

async function levelOf(
  ask: (transport: Transport, bytes: string, hash: string) => Promise<RpcTransactionResponse>,
): Promise<string> {
  const chain = await createLocalnet({ accounts: PEOPLE, blocks: "manual" });
  const signer = chain.signer("alice.near");
  const transaction = await prepareTransaction(chain.transport, {
    signerId: "alice.near",
    publicKey: signer.publicKey,
    receiverId: "bob.near",
    actions: [transfer("1 NEAR")],
  });
  const bytes = encodeSignedTransaction(await signTransaction(transaction, signer));
  const asked = ask(chain.transport, encodeBase64(bytes), transactionHash(transaction));
  return (await untilDone(chain, asked)).final_execution_status;
}

const test = suite("wait level: without one");

test("P45: sendTx, broadcastTxCommit and tx wait for EXECUTED_OPTIMISTIC, as documented", async () => {
  const senderAccountId = "alice.near";
  const levels = [
    await levelOf((transport, signedTxBase64) => sendTx(transport, { signedTxBase64 })),
    await levelOf((transport, signedTxBase64) => broadcastTxCommit(transport, { signedTxBase64 })),
    await levelOf(async (transport, signedTxBase64, txHash) => {
      await sendTx(transport, { signedTxBase64, waitUntil: "NONE" });
      return tx(transport, { txHash, senderAccountId });
    }),
  ];
  assert.equal(levels, ["EXECUTED_OPTIMISTIC", "EXECUTED_OPTIMISTIC", "EXECUTED_OPTIMISTIC"]);
});

test("P45: an account's send asks for EXECUTED_OPTIMISTIC, as documented", async () => {
  const chain = await createLocalnet({ accounts: PEOPLE });
  const waits: unknown[] = [];
  const transport: Transport = Object.assign(
    ((request, options) => {
      if (request.method === "send_tx")
        waits.push(Reflect.get(Object(request.params), "wait_until"));
      return chain.transport(request, options);
    }) satisfies Transport,
    { scope: chain },
  );
  await connect(transport)
    .account("alice.near", chain.signer("alice.near"))
    .transfer("bob.near", "1 NEAR");
  assert.ok(waits.includes("EXECUTED_OPTIMISTIC"), String(waits));
});

test.run();
