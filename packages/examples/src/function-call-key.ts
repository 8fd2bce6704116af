import { functionCallAccess, isNearError, randomEd25519KeyPair, TransactionError } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Add and delete a function-call key";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  const permission = functionCallAccess(freshId("app"), {
    methods: ["vote"],
    allowance: "0.25 NEAR",
  });
  await root.addKey(keyPair.publicKey, permission);

  // It may call `vote`; it may not move money.
  const refused = await near
    .account(root.accountId, keyPair)
    .transfer(root.accountId, "1 NEAR")
    .catch((error: unknown) => error);
  if (!(refused instanceof TransactionError) || !isNearError(refused, "rejected")) throw refused;

  await root.deleteKey(keyPair.publicKey);
  return `a transfer with it is ${refused.code}: ${refused.kind}`;
}
