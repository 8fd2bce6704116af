import type { KeyPair, Scheme, Signer } from "@yoctonear/keys";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { secp256k1 } from "@yoctonear/keys/secp256k1";
import { generateSeedPhrase } from "@yoctonear/keys/seed-phrase";

// A key pair is a signer; a signer is no key pair.
export const asSigner = (keyPair: KeyPair): Signer => keyPair;
// @ts-expect-error no secret in a signer
export const asKeyPair = (signer: Signer): KeyPair => signer;

export const schemes: readonly Scheme[] = [ed25519, secp256k1];

// A signer needs no more than these two members.
export const minimal = {
  publicKey: "ed25519:…",
  sign: async ({ hash, bytes, kind }) => `${kind}${hash.length}${bytes.length}`,
} satisfies Signer;

// @ts-expect-error BIP-39 has no 13 words
export const thirteen = (): unknown => generateSeedPhrase({ words: 13 });
