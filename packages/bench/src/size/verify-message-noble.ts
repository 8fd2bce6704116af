/** The same on a platform whose WebCrypto has no ed25519. */
import { ed25519 } from "yoctonear/ed25519";
import { verifyMessage, type ExpectedMessage, type SignedMessage } from "yoctonear/messages";
import { fetchTransport } from "yoctonear/rpc";

export async function signerOf(signed: SignedMessage, expected: ExpectedMessage): Promise<string> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return (await verifyMessage(transport, signed, expected, { schemes: [ed25519] })).accountId;
}
