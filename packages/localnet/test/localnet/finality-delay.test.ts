import { createLocalnet } from "@yoctonear/localnet";
import { sendTx, tx, viewAccount } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { signTransfer } from "./sending.ts";

const ACCOUNTS = { "alice.near": "10 NEAR", "bob.near": "5 NEAR" } as const;
/** Long enough that a test which waits for it by mistake is seen. */
const LONG = 60_000;
const PARTS = { from: "alice.near", to: "bob.near", amount: 3n } as const;

const test = suite("finalityDelay");

test("executes at once, and leaves final what nobody waits for for later", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, finalityDelay: LONG });
  const { hash, signedTxBase64 } = await signTransfer(chain, PARTS);
  const sent = await sendTx(chain.transport, { signedTxBase64, waitUntil: "EXECUTED_OPTIMISTIC" });
  assert.is(sent.final_execution_status, "EXECUTED_OPTIMISTIC");
  const bob = await viewAccount(chain.transport, { accountId: "bob.near" });
  assert.is(BigInt(bob.amount), 5n * 10n ** 24n + 3n);
  const request = { txHash: hash, senderAccountId: "alice.near" } as const;
  const atOnce = await tx(chain.transport, { ...request, waitUntil: "EXECUTED_OPTIMISTIC" });
  assert.is(atOnce.final_execution_status, "EXECUTED_OPTIMISTIC");
  // Who waits does not wait for time.
  const final = await tx(chain.transport, { ...request, waitUntil: "FINAL" });
  assert.is(final.final_execution_status, "FINAL");
  chain.stop();
});

test("comes to an end by itself", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, finalityDelay: 1 });
  const { hash, signedTxBase64 } = await signTransfer(chain, PARTS);
  await sendTx(chain.transport, { signedTxBase64, waitUntil: "EXECUTED_OPTIMISTIC" });
  const request = { txHash: hash, senderAccountId: "alice.near", waitUntil: "NONE" } as const;
  for (;;) {
    const { final_execution_status: level } = await tx(chain.transport, request);
    if (level === "FINAL") break;
    await new Promise((resolve) => setTimeout(resolve));
  }
  chain.stop();
});

test("puts nothing off that skips heights: a final block must not be old", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, finalityDelay: LONG });
  await chain.fastForward(1000);
  const { signedTxBase64 } = await signTransfer(chain, PARTS);
  const sent = await sendTx(chain.transport, { signedTxBase64, waitUntil: "FINAL" });
  assert.is(sent.final_execution_status, "FINAL");
  chain.stop();
});

test.run();
