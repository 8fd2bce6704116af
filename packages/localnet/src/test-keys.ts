/**
 * Keys that follow from account ids, so that every chain and every test has the same. Their secrets are
 * known to all: they are for tests only. WebCrypto works on them where the runtime has Ed25519: the
 * first multiplication of noble alone takes longer than the chain's start.
 * @module
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes, decodeBase64, encodeBase58 } from "@yoctonear/base";
import {
  createKeyPair,
  formatPublicKey,
  formatSignature,
  type KeyPair,
  parsePublicKey,
  type SigningRequest,
} from "@yoctonear/keys";
import {
  DEFAULT_NEAR_KEY,
  DEFAULT_VALIDATOR_ID,
  DEFAULT_VALIDATOR_KEY,
  testKeySeed,
} from "./chain/default-genesis.ts";
import { createMemory, type Memory } from "./chain/memory.ts";

/** Public keys of the accounts that every chain has. */
export const DEFAULT_KEYS: Readonly<Record<string, string>> = {
  [DEFAULT_VALIDATOR_ID]: DEFAULT_VALIDATOR_KEY,
  near: DEFAULT_NEAR_KEY,
};

interface TestKey {
  readonly seed: Uint8Array;
  /** `null` where WebCrypto has no Ed25519. */
  readonly imported: Promise<CryptoKey | null>;
  publicKey: string | undefined;
  keyPair: KeyPair | undefined;
}

const ALGORITHM = { name: "Ed25519" } as const;
/** What stands before the seed in a PKCS#8 key of RFC 8410. */
const PKCS8_HEAD = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32] as const;
const HASH_LENGTH = 32;

/** Of all chains of this process: importing ten keys takes longer than all else of a later start. */
const keys: Memory<TestKey> = /* @__PURE__ */ createMemory();

/** Public key of an account. */
export async function testPublicKey(accountId: string): Promise<string> {
  const key = keyOf(accountId);
  const imported = await key.imported;
  key.publicKey ??= imported === null ? derive(key.seed) : await exportPublicKey(imported);
  return key.publicKey;
}

/** Key pair of an account; its public key is at hand where it was asked for before. */
export function testKeyPair(accountId: string): KeyPair {
  const key = keyOf(accountId);
  key.publicKey ??= derive(key.seed);
  key.keyPair ??= createPair(key, key.publicKey);
  return key.keyPair;
}

function keyOf(accountId: string): TestKey {
  const known = keys.find(accountId);
  if (known !== undefined) return known;
  const seed = testKeySeed(accountId);
  const publicKey = DEFAULT_KEYS[accountId];
  const key = { seed, imported: importSeed(seed), publicKey, keyPair: undefined };
  keys.keep(accountId, key);
  return key;
}

function createPair({ seed, imported }: TestKey, publicKey: string): KeyPair {
  const signHash = (hash: Uint8Array): string => format(ed25519.sign(hash, seed));
  const secretKey = `ed25519:${encodeBase58(concatBytes(seed, parsePublicKey(publicKey).bytes))}`;
  const keyPair = createKeyPair({ publicKey, secretKey, signHash });
  const sign = async (request: SigningRequest): Promise<string> => {
    const key = await imported;
    // What is no hash is refused there.
    if (key === null || request.hash.length !== HASH_LENGTH) return keyPair.sign(request);
    const hash = new Uint8Array(request.hash);
    return format(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, hash)));
  };
  return Object.freeze({ ...keyPair, sign });
}

async function importSeed(seed: Uint8Array): Promise<CryptoKey | null> {
  try {
    const pkcs8 = concatBytes(Uint8Array.from(PKCS8_HEAD), seed);
    return await crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, true, ["sign"]);
  } catch {
    // This runtime has no Ed25519, or no WebCrypto at all, as on pages without TLS.
    return null;
  }
}

async function exportPublicKey(key: CryptoKey): Promise<string> {
  // Only the JWK of a private key tells its public key.
  const { x = "" } = await crypto.subtle.exportKey("jwk", key);
  const bytes = decodeBase64(`${x.replaceAll("-", "+").replaceAll("_", "/")}=`);
  return formatPublicKey({ type: "ed25519", bytes });
}

function derive(seed: Uint8Array): string {
  const bytes = new Uint8Array(ed25519.getPublicKey(seed));
  return formatPublicKey({ type: "ed25519", bytes });
}

function format(signature: Uint8Array): string {
  return formatSignature({ type: "ed25519", bytes: new Uint8Array(signature) });
}
