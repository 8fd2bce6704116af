import { formatNear, randomEd25519KeyPair } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Send NEAR tokens";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const keyPair = randomEd25519KeyPair();
  const receiverId = freshId("receiver");
  await root.createAccount(receiverId, { publicKey: keyPair.publicKey });

  await root.transfer(receiverId, "0.1 NEAR");

  const receiver = near.account(receiverId, keyPair);
  const { total } = await receiver.balance();
  await receiver.deleteAccount({ beneficiaryId: root.accountId });
  return `${receiverId} received ${formatNear(total)}`;
}
