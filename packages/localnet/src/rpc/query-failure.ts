/**
 * How a query fails: nearcore's causes and texts.
 * Source: nearcore chain/jsonrpc-primitives/src/types/query.rs (`RpcQueryError`).
 * @module
 */
import type { ContractIdentifier } from "@yoctonear/transactions";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { CompiledModules, VmConfig } from "@yoctonear/vm";
import type { Json } from "../runtime/json.ts";
import type { Trie } from "../state/trie.ts";
import { contractIdentifierView } from "./action-view.ts";
import { handlerFailure, type RpcFailure } from "./rpc-failure.ts";

/** The block at which was asked. */
export type At = { readonly block_height: number; readonly block_hash: string };

/** A state, and the block that it is of. */
export interface StateAt {
  readonly state: Trie;
  readonly at: At;
  /** What a view call may look at besides. */
  readonly surroundings: ViewSurroundings;
}

/** What a view call may look at besides the state. */
interface ViewSurroundings {
  readonly chainId: string;
  /** Nanoseconds since 1970. */
  readonly timestamp: bigint;
  readonly epochHeight: bigint;
  readonly validators: readonly ValidatorStake[];
  /** Contracts compiled beforehand. */
  readonly modules?: CompiledModules | undefined;
  /** Numbers by which contracts run; those of protocol 86 unless told. */
  readonly vmConfig?: VmConfig | undefined;
}

/** The account is not there. */
export function unknownAccount(accountId: string, at: At): RpcFailure {
  return handlerFailure(
    "UNKNOWN_ACCOUNT",
    { requested_account_id: accountId, ...at },
    `account ${accountId} does not exist while viewing`,
  );
}

/** The account has no contract. */
export function noContractCode(accountId: string, at: At): RpcFailure {
  return handlerFailure(
    "NO_CONTRACT_CODE",
    { contract_account_id: accountId, ...at },
    `Contract code for contract ID #${accountId} has never been observed on the node`,
  );
}

/** There is no such global contract. */
export function noGlobalContractCode(id: ContractIdentifier, at: At): RpcFailure {
  const debug =
    id.type === "codeHash" ? `CodeHash(${id.hash})` : `AccountId(AccountId("${id.accountId}"))`;
  return handlerFailure(
    "NO_GLOBAL_CONTRACT_CODE",
    { identifier: contractIdentifierView(id), ...at },
    `Global contract code with identifier ${debug} has never been observed on the node`,
  );
}

/** More data than the node gives at once. */
export function tooLargeState(accountId: string, at: At): RpcFailure {
  return handlerFailure(
    "TOO_LARGE_CONTRACT_STATE",
    { contract_account_id: accountId, ...at },
    `State of contract ${accountId} is too large to be viewed`,
  );
}

/** The key is not there. */
export function unknownAccessKey(publicKey: string, at: At): RpcFailure {
  return handlerFailure(
    "UNKNOWN_ACCESS_KEY",
    { public_key: publicKey, ...at },
    `Access key for public key ${publicKey} does not exist while viewing`,
  );
}

/** The key is not there, or no gas key. */
export function unknownGasKey(publicKey: string, at: At): RpcFailure {
  return handlerFailure(
    "UNKNOWN_GAS_KEY",
    { public_key: publicKey, ...at },
    `Gas key for public key ${publicKey} does not exist while viewing`,
  );
}

/** A view call failed: as the typed methods say it. */
export function contractExecutionError(vmError: Json, debug: string, at: At): RpcFailure {
  return handlerFailure(
    "CONTRACT_EXECUTION_ERROR",
    { vm_error: vmError, ...at },
    `Function call returned an error: ${debug}`,
  );
}
