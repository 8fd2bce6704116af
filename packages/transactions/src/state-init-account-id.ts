/**
 * The id of a deterministic account, which follows from its state init.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { deterministicAccountId } from "@yoctonear/primitives";
import {
  type DeterministicAccountStateInit,
  deterministicStateInitCodec,
} from "./global-contract.ts";

/**
 * Derives the id of a deterministic account (NEP-616): `0s` and 40 hex digits.
 * @param stateInit - the contract that it uses and the first entries of its storage
 * @throws {BorshError} when the state init cannot be encoded
 * @example
 * ```ts
 * import { deterministicStateInit, stateInitAccountId } from "@yoctonear/transactions";
 * const { stateInit } = deterministicStateInit({ code: { account: "ft.near" } });
 * stateInitAccountId(stateInit); // "0s69284a5453e7be5632b28b6a01baecf6c12c156d"
 * ```
 */
export function stateInitAccountId(stateInit: DeterministicAccountStateInit): string {
  return deterministicAccountId(encode(deterministicStateInitCodec, stateInit));
}
