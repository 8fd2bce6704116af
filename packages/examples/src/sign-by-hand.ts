import { randomEd25519KeyPair, transfer, fullAccess } from "yoctonear";
import { attachSignature, signingRequest, summarizeTransaction } from "yoctonear/transactions";
import type { ExampleContext } from "./example.ts";

export const title = "Sign by hand: prepare, sign elsewhere, send";

export async function run({ near, root }: ExampleContext): Promise<string> {
  const signer = randomEd25519KeyPair();
  await root.addKey(signer.publicKey, fullAccess());
  const account = near.account(root.accountId, signer);

  const transaction = await account.prepare(root.accountId, [transfer("1 NEAR")]);
  const summary = summarizeTransaction(transaction);

  // `signer` may be a Ledger, a KMS, another machine: it gets the bytes and their hash.
  const signature = await signer.sign(signingRequest(transaction));
  const signed = attachSignature(transaction, signature);

  const { hash } = await near.send(signed);
  const status = await near.status(hash, root.accountId);
  await root.deleteKey(signer.publicKey);
  return [...summary, `${hash} ${status.level}`].join("\n");
}
