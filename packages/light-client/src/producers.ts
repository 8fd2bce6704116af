/**
 * Block producers, and the hash by which a header names those of the next epoch.
 * @module
 */
import { type Codec, encode, string, struct, u128, u8, vec } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { formatHash, isAccountId, sha256 } from "@yoctonear/primitives";
import type { ValidatorStakeView } from "@yoctonear/rpc";
import { refuse } from "./errors.ts";

/** One who produces and approves blocks. */
export interface BlockProducer {
  readonly accountId: string;
  /** In text form. */
  readonly publicKey: string;
  /** yoctoNEAR; its weight. */
  readonly stake: bigint;
}

/** A producer in the form of before protocol 49. */
const untaggedCodec: Codec<BlockProducer> = /* @__PURE__ */ struct({
  accountId: string,
  publicKey: publicKeyCodec,
  stake: u128,
});

/** A producer as since then: behind a tag. */
export const taggedCodec: Codec<BlockProducer> = {
  write: (writer, producer) => {
    u8.write(writer, 0);
    untaggedCodec.write(writer, producer);
  },
  read: (reader) => {
    u8.read(reader);
    return untaggedCodec.read(reader);
  },
};

/** Producers as a light client keeps them. */
export const producersCodec: Codec<readonly BlockProducer[]> = /* @__PURE__ */ vec(untaggedCodec);

/**
 * Reads producers that hash to what a header names.
 * @param hash - the header's `next_bp_hash`
 * @throws {LightClientError} `malformed`, `wrong_producers`
 */
export function readProducers(
  views: readonly ValidatorStakeView[],
  hash: string,
): readonly BlockProducer[] {
  const producers = views.map(readProducer);
  // Old blocks show no version, and their hashes have none.
  const isTagged = views.every((view) => view.validator_stake_struct_version !== undefined);
  const found = producersHash(producers, isTagged);
  if (found !== hash) refuse("wrong_producers", `next producers with hash ${hash}`, found);
  return producers;
}

/** Hash of producers, base58. */
export function producersHash(producers: readonly BlockProducer[], isTagged: boolean): string {
  return formatHash(sha256(encode(vec(isTagged ? taggedCodec : untaggedCodec), producers)));
}

/**
 * Reads a producer as a node shows it.
 * @throws {LightClientError} `malformed`
 */
export function readProducer(view: ValidatorStakeView): BlockProducer {
  const { account_id: accountId, public_key: publicKey, stake } = view;
  // Checked, so that no bytes can be read as producers of either form.
  const isWhole = isAccountId(accountId) && /^\d{1,39}$/.test(stake);
  if (!isWhole) return refuse("malformed", "a block producer", "something else");
  return { accountId, publicKey, stake: BigInt(stake) };
}
