/** The same with keys of every type: ed25519 by the platform, the others by noble. */
import { mlDsa65 } from "@yoctonear/ml-dsa";
import {
  nativeEd25519,
  verifyMessage,
  type ExpectedMessage,
  type SignedMessage,
} from "yoctonear/messages";
import { fetchTransport } from "yoctonear/rpc";
import { secp256k1 } from "yoctonear/secp256k1";

export async function signerOf(signed: SignedMessage, expected: ExpectedMessage): Promise<string> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  const schemes = [nativeEd25519, secp256k1, mlDsa65];
  return (await verifyMessage(transport, signed, expected, { schemes })).accountId;
}
