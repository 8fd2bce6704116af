/**
 * A validator with its stake, as headers, epochs and the light client's hash have it.
 * Source: nearcore core/primitives/src/types.rs, `ValidatorStake`.
 * @module
 */
import { type Codec, encode, string, u128, u8, vec } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { hashOf } from "./hash.ts";

/** An account that stakes, or proposes to. */
export interface ValidatorStake {
  readonly accountId: string;
  readonly publicKey: string;
  /** yoctoNEAR */
  readonly stake: bigint;
}

/** Version 1, the only one. */
const validatorStakeCodec: Codec<ValidatorStake> = {
  write: (writer, validator) => {
    u8.write(writer, 0);
    string.write(writer, validator.accountId);
    publicKeyCodec.write(writer, validator.publicKey);
    u128.write(writer, validator.stake);
  },
  read: (reader) => {
    u8.read(reader);
    return {
      accountId: string.read(reader),
      publicKey: publicKeyCodec.read(reader),
      stake: u128.read(reader),
    };
  },
};

/** A list of them. */
export const validatorStakesCodec: Codec<readonly ValidatorStake[]> =
  /* @__PURE__ */ vec(validatorStakeCodec);

/** Hash, base58, by which a header names the block producers of the next epoch. */
export function blockProducersHash(producers: readonly ValidatorStake[]): string {
  return hashOf(encode(validatorStakesCodec, producers));
}
