/** Signing with the runtime's own Ed25519 and sending a transfer exactly once, over HTTP. */
import type { Outcome } from "yoctonear";
import { signingAccount, transfer } from "yoctonear/account";
import { fetchTransport } from "yoctonear/rpc";
import { webCryptoSigner } from "yoctonear/webcrypto";

export async function pay(secretKey: string): Promise<Outcome> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  const signer = await webCryptoSigner(secretKey);
  return transfer(signingAccount(transport, "alice.testnet", signer), "bob.testnet", "1 NEAR");
}
