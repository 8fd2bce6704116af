import { generateSeedPhrase, parseSeedPhrase } from "yoctonear/seed-phrase";
import type { ExampleContext } from "./example.ts";

export const title = "Create an account from a seed phrase";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const { phrase, keyPair } = generateSeedPhrase();
  const accountId = freshId("words");
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance: "0.1 NEAR" });

  // Later, elsewhere: the words alone bring the key back.
  const account = near.account(accountId, parseSeedPhrase(phrase));
  await account.deleteAccount({ beneficiaryId: root.accountId });
  return `${phrase.split(" ").length} words, ${keyPair.publicKey}`;
}
