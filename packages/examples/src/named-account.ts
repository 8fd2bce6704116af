import { randomEd25519KeyPair } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Create a named account, through the registrar";

export async function run({ near, root, freshNamedId }: ExampleContext): Promise<string> {
  const accountId = freshNamedId("named");
  const keyPair = randomEd25519KeyPair();

  // The contract of `near` or `testnet` creates it; where it answers false, this throws and the money is back.
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.1 NEAR" });
  const again = await root
    .createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.1 NEAR" })
    .catch((error: unknown) => error);

  const named = near.account(accountId, keyPair);
  const keys = await named.keys();
  await named.deleteAccount({ beneficiaryId: root.accountId });
  return `${accountId} had ${keys.length} key; a second time: ${String(again)}`;
}
