/**
 * Ed25519 by the platform: what messages are verified with unless told, so that no curve comes along.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
import { hasEd25519, webCryptoEd25519 } from "@yoctonear/keys/webcrypto";

/**
 * Verifies ed25519 by the platform's WebCrypto: what messages are verified with unless told. It refuses what nearcore accepts of keys
 * of small order: for those anybody can sign, and nobody has one by accident. Where the platform has no Ed25519, or the page is not
 * secure, it throws `unsupported`: pass `ed25519` of `@yoctonear/keys/ed25519` instead.
 * @example
 * ```ts
 * import { secp256k1 } from "@yoctonear/keys/secp256k1";
 * import { nativeEd25519 } from "@yoctonear/messages";
 * const schemes = [nativeEd25519, secp256k1]; // the option of `verifyMessage`
 * schemes.map(({ type }) => type); // ["ed25519", "secp256k1"]
 * ```
 */
export const nativeEd25519: Scheme = /* @__PURE__ */ webCryptoEd25519({
  type: "ed25519",
  keyPair: () => {
    throw new TypeError("expected a scheme that makes key pairs, got one that only verifies");
  },
  verify: async () => {
    if (await hasEd25519()) return false;
    throw new NearError(
      "unsupported",
      "expected a runtime whose WebCrypto has Ed25519 (in browsers on secure pages), got one without: pass schemes: [ed25519] of @yoctonear/keys/ed25519",
    );
  },
});
