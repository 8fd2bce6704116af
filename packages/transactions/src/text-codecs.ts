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
export const hashCodec: Codec<string> = /* @__PURE__ */ (() =>
  mapped(fixedBytes(32), (text: string) => parseHash(text), formatHash))();

/** Texts remembered at most: the keys of a large pool. */
const MAX_REMEMBERED = 256;

/**
 * The same codec, remembering what it wrote: the key and the block hash of one transaction are mostly
 * those of the next, and base58 would be more than half the cost of encoding it.
 */
export function remembering(codec: Codec<string>): Codec<string> {
  const known = new Map<string, Uint8Array>();
  return {
    write: (writer, text) => {
      const bytes = known.get(text);
      if (bytes !== undefined) {
        writer.writeBytes(bytes);
        return;
      }
      const start = writer.offset;
      codec.write(writer, text);
      const { buffer, byteOffset } = writer.reserve(0);
      const written = new Uint8Array(buffer, byteOffset + start, writer.offset - start);
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(text, written.slice());
    },
    read: (reader) => codec.read(reader),
  };
}

function checked(accountId: string): string {
  assertAccountId(accountId);
  return accountId;
}
