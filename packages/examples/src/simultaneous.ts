import {
  addKey,
  createAccount,
  deleteAccount,
  fullAccess,
  keyPool,
  randomEd25519KeyPair,
  transfer,
} from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Send transactions simultaneously, with many keys";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPairs = [randomEd25519KeyPair(), randomEd25519KeyPair(), randomEd25519KeyPair()];
  const accountId = freshId("pool");
  await root.send(accountId, [
    createAccount(),
    transfer("0.5 NEAR"),
    ...keyPairs.map(({ publicKey }) => addKey(publicKey, fullAccess())),
  ]);

  const pool = near.account(accountId, keyPool(keyPairs));
  const results = await pool.sendAll(
    Array.from({ length: 6 }, () => ({
      receiverId: root.accountId,
      actions: [transfer("0.01 NEAR")],
    })),
  );

  await pool.send(accountId, [deleteAccount(root.accountId)]);
  const sent = results.filter(({ status }) => status === "fulfilled").length;
  return `${sent} of ${results.length} transfers went through, ${keyPairs.length} at a time`;
}
