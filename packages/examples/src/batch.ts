import { addKey, createAccount, fullAccess, randomEd25519KeyPair, transfer } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Batch actions: all or nothing, one receiver";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  const accountId = freshId("batch");
  const outcome = await root.send(accountId, [
    createAccount(),
    transfer("0.1 NEAR"),
    addKey(keyPair.publicKey, fullAccess()),
    addKey(randomEd25519KeyPair().publicKey, fullAccess()),
  ]);

  const account = near.account(accountId, keyPair);
  const keys = await account.keys();
  await account.deleteAccount({ beneficiaryId: root.accountId });
  return `4 actions in one transaction (${outcome.hash}), ${keys.length} keys`;
}
