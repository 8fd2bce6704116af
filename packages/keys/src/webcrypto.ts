/**
 * ed25519 by the runtime's own WebCrypto: signers whose key cannot be exported, and verification with
 * nearcore's verdict. No curve of noble comes along. Node ≥ 20, Deno, Bun, workerd, Chrome ≥ 137,
 * Firefox ≥ 129 and Safari ≥ 17 have it, browsers on secure pages only.
 * @module
 */
import { concatBytes, encodeHex, equalBytes, NearError, ParseError } from "@yoctonear/base";
import { ed25519Case } from "./ed25519-case.ts";
import { formatPublicKey, formatSignature, parseSecretKey } from "./key-text.ts";
import type { Scheme } from "./scheme.ts";
import { checkHash, type Signer } from "./signer.ts";

const ALGORITHM = { name: "Ed25519" } as const;
/** An import takes a fifth of the time of a verification, and the same keys sign again and again. */
const MAX_IMPORTED = 1000;
/** DER of a PKCS#8 key of RFC 8410, up to its seed. */
const PKCS8_HEAD = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32] as const;

/**
 * Tells whether this runtime's WebCrypto has Ed25519.
 * @example
 * ```ts
 * import { hasEd25519 } from "@yoctonear/keys/webcrypto";
 * await hasEd25519(); // true
 * ```
 */
export async function hasEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", basePoint(), ALGORITHM, true, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes a signer with a new key that nobody can read, not even this process; IndexedDB can store it
 * (see {@link webCryptoSignerFrom}).
 * @throws {NearError} `unsupported` where WebCrypto has no Ed25519
 * @example
 * ```ts
 * import { generateWebCryptoSigner } from "@yoctonear/keys/webcrypto";
 * const signer = await generateWebCryptoSigner();
 * signer.publicKey.startsWith("ed25519:"); // true
 * ```
 */
export async function generateWebCryptoSigner(): Promise<Signer> {
  const keys = await supported(() =>
    crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]),
  );
  return webCryptoSignerFrom(keys);
}

/**
 * Makes a signer of a secret key; the key inside cannot be exported any more.
 * @param secretKey - ed25519 in text form, 64 bytes whose halves belong together, or the 32-byte seed
 * @throws {ParseError} `invalid_key`; the secret is never echoed
 * @throws {NearError} `unsupported` where WebCrypto has no Ed25519
 * @example
 * ```ts
 * import { webCryptoSigner } from "@yoctonear/keys/webcrypto";
 * const secret = "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
 * (await webCryptoSigner(secret)).publicKey; // "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847"
 * ```
 */
export async function webCryptoSigner(secretKey: string): Promise<Signer> {
  const bytes = parseSecretKey(secretKey, "ed25519");
  const pkcs8 = concatBytes(Uint8Array.from(PKCS8_HEAD), bytes.subarray(0, 32));
  const importKey = (extractable: boolean): Promise<CryptoKey> =>
    supported(() => crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, extractable, ["sign"]));
  // Only the JWK of a private key tells its public key, and only an extractable one has a JWK.
  const { x } = await crypto.subtle.exportKey("jwk", await importKey(true));
  const binary = atob(`${x}`.replaceAll("-", "+").replaceAll("_", "/"));
  const publicKey = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (bytes.length > 32 && !equalBytes(publicKey, bytes.subarray(32))) {
    throw new ParseError(
      "invalid_key",
      "expected a secret key whose public half belongs to it, got another half",
    );
  }
  return signerOf(await importKey(false), publicKey);
}

/**
 * Makes a signer of WebCrypto keys, e.g. those kept in IndexedDB.
 * @param keys - an Ed25519 pair for `sign` and `verify`; only the public key must be extractable
 * @throws {TypeError} for keys of another algorithm, or that do not belong together
 * @throws {DOMException} `InvalidAccessError` for keys of another use
 * @example
 * ```ts
 * import { webCryptoSignerFrom } from "@yoctonear/keys/webcrypto";
 * const keys = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
 * (await webCryptoSignerFrom(keys)).publicKey.startsWith("ed25519:"); // true
 * ```
 */
export async function webCryptoSignerFrom(keys: CryptoKeyPair): Promise<Signer> {
  const { privateKey, publicKey } = keys;
  const isUsable = [privateKey, publicKey].every(({ algorithm }) => algorithm.name === "Ed25519");
  const message = new Uint8Array();
  // A public key of another pair would only show when the chain refuses the signatures.
  const belong =
    isUsable &&
    (await crypto.subtle.verify(
      ALGORITHM,
      publicKey,
      await crypto.subtle.sign(ALGORITHM, privateKey, message),
      message,
    ));
  if (!belong) throw new TypeError("expected two Ed25519 keys that belong together");
  return signerOf(privateKey, new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
}

/**
 * Verifies by WebCrypto, several times as fast as in JavaScript, with nearcore's verdict on every
 * runtime: where runtimes may differ (see `ed25519Case`), and where WebCrypto has no Ed25519, the
 * scheme given decides. Make it once and keep it: it remembers the keys that it has imported.
 * @param fallback - `ed25519` of `@yoctonear/keys/ed25519`; makes the key pairs too
 * @example
 * ```ts
 * import { verifySignature } from "@yoctonear/keys";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { webCryptoEd25519 } from "@yoctonear/keys/webcrypto";
 * const fast = webCryptoEd25519(ed25519);
 * await fast.verify(new Uint8Array(32), new Uint8Array(64), new Uint8Array(32)); // false
 * ```
 */
export function webCryptoEd25519(fallback: Scheme): Scheme {
  const imported = new Map<string, CryptoKey>();
  const importKey = async (bytes: Uint8Array): Promise<CryptoKey> => {
    const name = encodeHex(bytes);
    const known = imported.get(name);
    if (known !== undefined) return known;
    const key = await crypto.subtle.importKey("raw", copy(bytes), ALGORITHM, true, ["verify"]);
    if (imported.size >= MAX_IMPORTED) imported.clear();
    imported.set(name, key);
    return key;
  };
  return {
    type: "ed25519",
    keyPair: fallback.keyPair,
    verify: async (hash, signature, publicKey) => {
      if (signature.length !== 64 || publicKey.length !== 32) return false;
      const found = ed25519Case(signature, publicKey);
      if (found === "invalid") return false;
      if (found === "unusual") return fallback.verify(hash, signature, publicKey);
      try {
        const key = await importKey(publicKey);
        return await crypto.subtle.verify(ALGORITHM, key, copy(signature), copy(hash));
      } catch {
        // No Ed25519 here, or bytes that are no point, which some runtimes refuse at the import.
        return fallback.verify(hash, signature, publicKey);
      }
    },
  };
}

function basePoint(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32).fill(0x66);
  bytes[0] = 0x58;
  return bytes;
}

function signerOf(key: CryptoKey, publicKey: Uint8Array<ArrayBuffer>): Signer {
  return Object.freeze({
    publicKey: formatPublicKey({ type: "ed25519", bytes: publicKey }),
    sign: async ({ hash }) => {
      const bytes = await crypto.subtle.sign(ALGORITHM, key, copy(checkHash(hash)));
      return formatSignature({ type: "ed25519", bytes: new Uint8Array(bytes) });
    },
  } satisfies Signer);
}

// WebCrypto takes no view of shared memory, which a plain `Uint8Array` may be.
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

async function supported<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (cause) {
    throw new NearError(
      "unsupported",
      "expected a runtime whose WebCrypto has Ed25519 (in browsers on secure pages), got one without: use @yoctonear/keys/ed25519",
      { cause },
    );
  }
}
