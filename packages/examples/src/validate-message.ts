import { randomEd25519KeyPair } from "yoctonear";
import {
  createNonceStore,
  createTimedNonce,
  type ExpectedMessage,
  MessageError,
  type SignedMessage,
  signMessage,
  verifyMessage,
} from "yoctonear/messages";
import type { ExampleContext } from "./example.ts";

export const title = "Validate a message: who signed it, or why not";

export async function run({ near, root }: ExampleContext): Promise<string> {
  // The server issues what is to be signed, and accepts it once, within five minutes.
  const nonce = createTimedNonce();
  const issued = { message: "Log in to app.example", recipient: "app.example", nonce };
  const rules = { maxAge: 300_000, nonceStore: createNonceStore() };

  const validate = async (signed: SignedMessage, expected: ExpectedMessage): Promise<string> => {
    try {
      const { accountId } = await verifyMessage(near, signed, expected, rules);
      return `signed by ${accountId}`;
    } catch (error) {
      // Whatever else it is, a network that is down, says nothing of the message.
      if (!(error instanceof MessageError)) throw error;
      return `refused: ${error.code}`;
    }
  };

  const signed = await signMessage(root, issued);
  // The key is looked up on the chain, so nobody signs for another.
  const stranger = { accountId: root.accountId, signer: randomEd25519KeyPair() };
  const forged = await signMessage(stranger, issued);
  return [
    await validate(forged, issued),
    await validate(signed, { ...issued, recipient: "bank.example" }),
    await validate(signed, issued),
    await validate(signed, issued),
  ].join("\n");
}
