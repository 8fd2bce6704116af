import { createNonce, signMessage } from "yoctonear/messages";
import type { ExampleContext } from "./example.ts";

export const title = "Sign a message: no transaction, no gas";

export async function run({ root }: ExampleContext): Promise<string> {
  const signed = await signMessage(root, {
    message: "Log in to app.example",
    recipient: "app.example",
    nonce: createNonce(),
  });
  return `${signed.accountId} signed with ${signed.publicKey}\n${signed.signature}`;
}
