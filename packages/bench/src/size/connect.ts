/** `connect` and a whole account that acts, with noble's ed25519. */
import { connect, ed25519KeyPair, type SigningAccount } from "yoctonear";

export function alice(secretKey: string): SigningAccount {
  return connect("testnet").account("alice.testnet", ed25519KeyPair(secretKey));
}
