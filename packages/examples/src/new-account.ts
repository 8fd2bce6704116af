/**
 * An account for one example.
 * @module
 */
import { randomEd25519KeyPair, type SigningAccount } from "yoctonear";
import type { ExampleContext } from "./example.ts";

/** Creates an account of which nobody has heard, below the root. */
export async function newAccount(
  { near, root, freshId }: ExampleContext,
  name: string,
  balance: `${string} NEAR` = "0.5 NEAR",
): Promise<SigningAccount> {
  const accountId = freshId(name);
  const keyPair = randomEd25519KeyPair();
  await root.createAccount(accountId, { publicKey: keyPair.publicKey, balance });
  return near.account(accountId, keyPair);
}
