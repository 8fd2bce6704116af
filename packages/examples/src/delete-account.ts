import { formatNear, isNearError, randomEd25519KeyPair } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Delete an account";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  const accountId = freshId("old");
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.2 NEAR" });
  const account = near.account(accountId, keyPair);
  const { total } = await account.balance();

  // A beneficiary that is not there would burn the money, so it is looked up first.
  const refused = await account
    .deleteAccount({ beneficiaryId: freshId("nobody") })
    .catch((error: unknown) => error);
  if (!isNearError(refused, "unknown_beneficiary")) throw refused;

  await account.deleteAccount({ beneficiaryId: root.accountId });
  return `${formatNear(total)} went back; exists: ${await account.exists()}`;
}
