import { createLocalnet } from "@yoctonear/localnet";
import { sendTx, viewAccessKey, viewAccount } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { signTransfer } from "./sending.ts";

const ACCOUNTS = { "alice.near": "10 NEAR", "bob.near": "5 NEAR" } as const;
/** Long enough that a test which waits for it by mistake is seen. */
const LONG = 60_000;

const test = suite("nonceGapWait");

test("lets transactions overtake each other on the way, and takes them in order", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, nonceGapWait: LONG });
  const sent = await Promise.all(
    [1n, 2n, 3n, 4n].map((nonce) =>
      signTransfer(chain, { from: "alice.near", to: "bob.near", nonce, amount: nonce }),
    ),
  );
  const waitUntil = "FINAL";
  const answers: Promise<unknown>[] = [];
  for (const { signedTxBase64 } of sent.reverse()) {
    answers.push(sendTx(chain.transport, { signedTxBase64, waitUntil }));
    // What comes by other connections comes in other turns.
    await chain.produceBlock();
  }
  await Promise.all(answers);
  const bob = await viewAccount(chain.transport, { accountId: "bob.near" });
  assert.is(BigInt(bob.amount), 5n * 10n ** 24n + 10n);
});

test("includes a transaction without those before it when its time is up", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, nonceGapWait: 1 });
  const parts = { from: "alice.near", to: "bob.near", nonce: 7n };
  const { signedTxBase64 } = await signTransfer(chain, parts);
  await sendTx(chain.transport, { signedTxBase64, waitUntil: "FINAL" });
  const { publicKey } = chain.signer("alice.near");
  const key = await viewAccessKey(chain.transport, { accountId: "alice.near", publicKey });
  assert.is(key.nonce, 7n);
});

test("holds nobody up whose nonce is the next, nor other keys", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS, nonceGapWait: LONG });
  const gap = await signTransfer(chain, { from: "alice.near", to: "bob.near", nonce: 5n });
  await sendTx(chain.transport, { signedTxBase64: gap.signedTxBase64, waitUntil: "NONE" });
  const next = await signTransfer(chain, { from: "bob.near", to: "alice.near" });
  await sendTx(chain.transport, { signedTxBase64: next.signedTxBase64, waitUntil: "FINAL" });
  chain.stop();
});

test("is an option like others", async () => {
  for (const nonceGapWait of [-1, 0.5, 2 ** 31]) {
    try {
      await createLocalnet({ nonceGapWait });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, RangeError);
    }
  }
});

test.run();
