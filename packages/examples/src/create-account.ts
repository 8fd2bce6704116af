import { randomEd25519KeyPair } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Create a sub-account";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const accountId = freshId("app");
  const keyPair = randomEd25519KeyPair();
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.1 NEAR" });

  const app = near.account(accountId, keyPair);
  const keys = await app.keys();
  await app.deleteAccount({ beneficiaryId: root.accountId });
  return `${accountId} had ${keys.length} key`;
}
