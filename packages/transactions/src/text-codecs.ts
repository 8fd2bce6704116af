/**
 * Codecs of the protocol's values that are text in this library: account ids and hashes.
 * Keys and signatures have theirs in `@yoctonear/keys`.
 * @module
 */
import { type Codec, fixedBytes, mapped, string } from "@yoctonear/borsh";
import { assertAccountId, formatHash, parseHash } from "@yoctonear/primitives";

/**
 * An account id. Its grammar is checked both ways, as nearcore does when it decodes one; a refused
 * one is a BorshError `invalid_value`.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { accountIdCodec } from "@yoctonear/transactions";
 * encode(accountIdCodec, "alice.near").length; // 14
 * ```
 */
export const accountIdCodec: Codec<string> = /* @__PURE__ */ mapped(string, checked, checked);

/**
 * A hash of 32 bytes, base58 in values.
 * @example
 * ```ts
 * import { decode } from "@yoctonear/borsh";
 * import { hashCodec } from "@yoctonear/transactions";
 * decode(hashCodec, new Uint8Array(32)); // "11111111111111111111111111111111"
 * ```
 */
export const hashCodec: Codec<string> = /* @__PURE__ */ mapped(
  /* @__PURE__ */ fixedBytes(32),
  (text: string) => parseHash(text),
  formatHash,
);

function checked(accountId: string): string {
  assertAccountId(accountId);
  return accountId;
}
