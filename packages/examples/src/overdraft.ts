import { randomEd25519KeyPair, TransactionError } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Handle an error: more than the balance";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  const accountId = freshId("poor");
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.1 NEAR" });
  const poor = near.account(accountId, keyPair);
  try {
    await poor.transfer(root.accountId, "1000 NEAR");
    return "the chain gave away money";
  } catch (error) {
    if (!(error instanceof TransactionError)) throw error;
    return `${error.code}, ${error.kind}\n${error.message}`;
  } finally {
    await poor.deleteAccount({ beneficiaryId: root.accountId });
  }
}
