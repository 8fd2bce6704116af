/**
 * Signs what a block producer signs, with ed25519. What a block's hash hangs on is signed by WebCrypto
 * where the runtime has it; what only a reader of the block sees is signed by noble when it is read.
 * ed25519 is deterministic, so both give the same bytes.
 * @module
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@yoctonear/base";
import { formatPublicKey, formatSignature } from "@yoctonear/keys";

/** Signs messages as a validator. */
export interface BlockSigner {
  readonly publicKey: string;
  /** Signs bytes as they are, not their hash; gives the signature in text form. */
  sign(message: Uint8Array): Promise<string>;
  /** The same at once, by noble: for the few that are looked at. */
  signNow(message: Uint8Array): string;
}

const ALGORITHM = { name: "Ed25519" } as const;
/** What stands before the seed in a PKCS#8 key of RFC 8410. */
const PKCS8_HEAD = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32] as const;

/**
 * Makes a signer; the seed stays inside.
 * @param seed - 32 bytes
 * @param publicKey - where it is known, so that it need not be computed
 */
export async function createBlockSigner(
  seed: Uint8Array,
  publicKey?: string,
): Promise<BlockSigner> {
  const secret = new Uint8Array(seed);
  const key = await importKey(secret);
  const signNow = (message: Uint8Array): string => formatBytes(ed25519.sign(message, secret));
  let known = publicKey;
  return {
    // Found when asked for: noble's first step takes some milliseconds of a chain's start.
    get publicKey(): string {
      return (known ??= formatPublicKey({
        type: "ed25519",
        bytes: new Uint8Array(ed25519.getPublicKey(secret)),
      }));
    },
    signNow,
    sign: async (message) =>
      key === null
        ? signNow(message)
        : formatBytes(await crypto.subtle.sign(ALGORITHM, key, new Uint8Array(message))),
  };
}

function formatBytes(signature: ArrayBuffer | Uint8Array): string {
  return formatSignature({ type: "ed25519", bytes: new Uint8Array(signature) });
}

async function importKey(seed: Uint8Array): Promise<CryptoKey | null> {
  try {
    const pkcs8 = concatBytes(Uint8Array.from(PKCS8_HEAD), seed);
    return await crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
  } catch {
    // This runtime has no Ed25519, or no WebCrypto at all, as on pages without TLS.
    return null;
  }
}
