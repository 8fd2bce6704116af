/** Signing with noble's ed25519 and sending a fungible token, its receiver registered where it has to be, over HTTP. */
import { ed25519KeyPair, type Outcome } from "yoctonear";
import { signingAccount } from "yoctonear/account";
import { fetchTransport } from "yoctonear/rpc";
import { ftTransfer } from "yoctonear/standards";

export function pay(secretKey: string): Promise<Outcome> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  const alice = signingAccount(transport, "alice.testnet", ed25519KeyPair(secretKey));
  return ftTransfer(alice, "usdt.testnet", "bob.testnet", { tokens: "1.50" });
}
