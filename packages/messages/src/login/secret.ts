/**
 * The secret of a login: what was signed with it came from here.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" } as const;

/** Signs with a secret (HMAC-SHA-256), and tells whether it has signed. */
export interface Secret {
  sign(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  verify(bytes: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** Makes the signer of a secret; the key is imported when it is first needed. */
export function openSecret(secret: Uint8Array): Secret {
  if (!(secret instanceof Uint8Array) || secret.length < 32) {
    throw new TypeError("expected secret as a Uint8Array of 32 random bytes or more");
  }
  const bytes = new Uint8Array(secret);
  let key: Promise<CryptoKey> | undefined;
  const imported = (): Promise<CryptoKey> =>
    (key ??= crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["sign", "verify"]));
  return {
    sign: async (data) =>
      new Uint8Array(await crypto.subtle.sign(ALGORITHM, await imported(), new Uint8Array(data))),
    verify: async (data, signature) =>
      crypto.subtle.verify(
        ALGORITHM,
        await imported(),
        new Uint8Array(signature),
        new Uint8Array(data),
      ),
  };
}

/** Compares in a time that tells nothing of where they differ. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/** Joins lines and bytes; what begins so is nothing that a session signs, which begins with `eyJ`. */
export function labelled(lines: readonly string[], bytes: Uint8Array): Uint8Array {
  return concatBytes(encodeUtf8(`${lines.join("\n")}\n`), bytes);
}
