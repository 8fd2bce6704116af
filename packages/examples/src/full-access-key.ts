import { fullAccess, randomEd25519KeyPair } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Add and delete a full-access key";

export async function run({ near, root }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  await root.addKey(keyPair.publicKey, fullAccess());

  // The new key acts, then takes itself away.
  await near.account(root.accountId, keyPair).deleteKey(keyPair.publicKey);
  return `${keyPair.publicKey} is there: ${(await root.key(keyPair.publicKey)) !== null}`;
}
