/** Telling who signed a message, over HTTP, with ed25519 keys. */
import { verifyMessage, type ExpectedMessage, type SignedMessage } from "yoctonear/messages";
import { fetchTransport } from "yoctonear/rpc";

export async function signerOf(signed: SignedMessage, expected: ExpectedMessage): Promise<string> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return (await verifyMessage(transport, signed, expected)).accountId;
}
