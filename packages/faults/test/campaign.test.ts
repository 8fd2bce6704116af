import { connect, type Executor } from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { inVirtualTime, runCampaign, type Sender } from "@yoctonear/faults";
import type { KeyPair } from "@yoctonear/keys";
import { block, sendTx, type Transport, viewAccessKey } from "@yoctonear/rpc";
import {
  createTransaction,
  encodeSignedTransaction,
  signTransaction,
  transactionHash,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("campaign");

/** What others do: after any error it signs anew. */
const forgetful: Sender = (transport, accountId, keys) => {
  let turn = 0;
  const executor: Executor = {
    execute: async ({ receiverId, actions }) => {
      const key = keys[(turn += 1) % keys.length];
      if (key === undefined) throw new RangeError("expected keys");
      for (let tries = 0; ; tries += 1) {
        try {
          return await sendAnew(transport, accountId, key, receiverId, actions);
        } catch (error) {
          if (tries === 10) throw error;
        }
      }
    },
  };
  return connect(transport).account(accountId, executor);
};

async function sendAnew(
  transport: Transport,
  signerId: string,
  key: KeyPair,
  receiverId: string,
  actions: Parameters<Executor["execute"]>[0]["actions"],
): Promise<Awaited<ReturnType<Executor["execute"]>>> {
  const { publicKey } = key;
  const { nonce } = await viewAccessKey(transport, { accountId: signerId, publicKey });
  const { hash: blockHash } = (await block(transport)).header;
  const parts = { signerId, publicKey, receiverId, actions, blockHash, nonce: nonce + 1n };
  const transaction = createTransaction(parts);
  const signed = await signTransaction(transaction, key);
  const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
  const response = await sendTx(transport, { signedTxBase64 });
  return { hash: transactionHash(transaction), signerId, response };
}

test("the same seed goes the same way, to the hash of the last block", async () => {
  const run = () => inVirtualTime(() => runCampaign({ seed: 7, transfers: 32 }));
  const [one, other] = [await run(), await run()];
  assert.equal(one, other);
  const another = await inVirtualTime(() => runCampaign({ seed: 8, transfers: 32 }));
  assert.is.not(one.head, another.head);
});

test("a sender that signs anew is caught paying twice", async () => {
  const options = { seed: 1, transfers: 48, sender: forgetful };
  const { violations } = await inVirtualTime(() => runCampaign(options));
  const twice = violations.filter((line) => line.includes("executed 2 times"));
  assert.ok(twice.length > 0, violations.join("\n"));
});

test("without faults nothing is refused", async () => {
  const { told, violations } = await inVirtualTime(() =>
    runCampaign({ seed: 1, transfers: 32, rate: 0 }),
  );
  assert.is(told.get("rejected"), undefined);
  assert.is(told.get("expired"), undefined);
  assert.equal(violations, []);
});

test.run();
