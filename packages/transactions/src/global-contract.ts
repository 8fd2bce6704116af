/**
 * Global contracts (NEP-591) and the state init of deterministic accounts (NEP-616).
 * Source: nearcore `core/primitives-core/src/{global_contract,deterministic_account_id}.rs`.
 * @module
 */
import { compareBytes } from "@yoctonear/base";
import { bytes, type Codec, mapBy, taggedEnum, unitEnum } from "@yoctonear/borsh";
import { accountIdCodec, hashCodec } from "./text-codecs.ts";

/** Which global contract: one code for ever, or whatever an account has deployed last. */
export type ContractIdentifier =
  | {
      readonly type: "codeHash";
      /** SHA-256 of the code, base58. */
      readonly hash: string;
    }
  | {
      readonly type: "accountId";
      /** The account that deployed it. */
      readonly accountId: string;
    };

/** How others refer to a deployed global contract. */
export type GlobalContractDeployMode = "codeHash" | "accountId";

/** What a deterministic account starts with; its id is derived from these bytes. */
export interface DeterministicStateInitV1 {
  readonly type: "v1";
  /** The global contract that the account uses. */
  readonly code: ContractIdentifier;
  /** Entries of the contract's storage; written in the order of their keys, each key once. */
  readonly data: ReadonlyMap<Uint8Array, Uint8Array>;
}

/** A state init of any version; there is one so far. */
export type DeterministicAccountStateInit = DeterministicStateInitV1;

/**
 * Codec of a global contract's identifier.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { contractIdentifierCodec } from "@yoctonear/transactions";
 * encode(contractIdentifierCodec, { type: "accountId", accountId: "ft.near" }).length; // 12
 * ```
 */
export const contractIdentifierCodec: Codec<ContractIdentifier> = /* @__PURE__ */ taggedEnum({
  codeHash: [0, { hash: hashCodec }],
  accountId: [1, { accountId: accountIdCodec }],
});

/**
 * Codec of a deploy mode.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { deployModeCodec } from "@yoctonear/transactions";
 * encode(deployModeCodec, "accountId"); // Uint8Array [1]
 * ```
 */
export const deployModeCodec: Codec<GlobalContractDeployMode> = /* @__PURE__ */ unitEnum({
  codeHash: 0,
  accountId: 1,
});

/**
 * Codec of a state init. `deterministicAccountId` of its bytes is the account's id.
 * @example
 * ```ts
 * import { encode } from "@yoctonear/borsh";
 * import { deterministicAccountId } from "@yoctonear/primitives";
 * import { deterministicStateInitCodec } from "@yoctonear/transactions";
 * const code = { type: "accountId", accountId: "ft.near" } as const;
 * const stateInit = encode(deterministicStateInitCodec, { type: "v1", code, data: new Map() });
 * deterministicAccountId(stateInit); // "0s69284a5453e7be5632b28b6a01baecf6c12c156d"
 * ```
 */
export const deterministicStateInitCodec: Codec<DeterministicAccountStateInit> =
  /* @__PURE__ */ (() =>
    taggedEnum({
      v1: [0, { code: contractIdentifierCodec, data: mapBy(compareBytes, bytes, bytes) }],
    }))();
