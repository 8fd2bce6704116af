/** Signing with noble's ed25519 and sending a transfer exactly once, over HTTP. */
import { signingAccount, transfer } from "yoctonear/account";
import { ed25519KeyPair, type Outcome } from "yoctonear";
import { fetchTransport } from "yoctonear/rpc";

export function pay(secretKey: string): Promise<Outcome> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  const alice = signingAccount(transport, "alice.testnet", ed25519KeyPair(secretKey));
  return transfer(alice, "bob.testnet", "1 NEAR");
}
