/**
 * Changing the contract of an account, with its storage usage (`runtime/runtime/src/global_contracts.rs`).
 * @module
 */
import type { ContractIdentifier } from "@yoctonear/transactions";
import type { ContractKind } from "@yoctonear/vm";
import { hashBytes } from "../chain/hash.ts";
import { type Account, type AccountContract, withContract } from "../state/account.ts";
import type { StateUpdate } from "../state/state-update.ts";
import { contractStorage } from "../state/storage-usage.ts";
import { globalContractCodeKey } from "../state/trie-key.ts";
import type { ActionErrorKind, ActionScope } from "./action-scope.ts";

/** Bytes that the account's contract takes. */
function contractUsage(state: StateUpdate, accountId: string, account: Account): bigint {
  const { contract } = account;
  const length = contract.type === "local" ? (state.code.get(accountId)?.length ?? 0) : 0;
  return contractStorage(contract, length);
}

/** Storage usage without the contract; nearcore saturates here. */
export function usageWithoutContract(
  state: StateUpdate,
  accountId: string,
  account: Account,
): bigint {
  const usage = contractUsage(state, accountId, account);
  return account.storageUsage > usage ? account.storageUsage - usage : 0n;
}

/** Gives the account a global contract; it must have arrived on this shard. */
export function useGlobalContract(
  { state, receipt }: ActionScope,
  account: Account,
  identifier: ContractIdentifier,
): { readonly account: Account; readonly error: ActionErrorKind | null } {
  const { receiverId } = receipt;
  if (state.other.get(globalContractCodeKey(identifier)) === null) {
    const error = { GlobalContractDoesNotExist: { identifier: identifierJson(identifier) } };
    return { account, error };
  }
  const usage = usageWithoutContract(state, receiverId, account);
  if (account.contract.type === "local") state.code.remove(receiverId);
  const contract = contractOf(identifier);
  const storageUsage = usage + contractStorage(contract, 0);
  return { account: withContract({ ...account, storageUsage }, contract), error: null };
}

/** The wasm that the account's contract runs, or `null` where there is none. */
export function contractCode(
  state: StateUpdate,
  accountId: string,
  contract: AccountContract,
): Uint8Array | null {
  switch (contract.type) {
    case "none":
      return null;
    case "local":
      return state.code.get(accountId);
    case "global":
      return state.other.get(globalContractCodeKey({ type: "codeHash", hash: contract.hash }));
    case "globalByAccount":
      return state.other.get(
        globalContractCodeKey({ type: "accountId", accountId: contract.accountId }),
      );
  }
}

/** Hash of the code where the account tells it; `undefined` where another account may replace the code. */
export function codeHashOf(contract: AccountContract): string | undefined {
  return contract.type === "local" || contract.type === "global" ? contract.hash : undefined;
}

/** The account's contract as the contract itself is told. */
export function contractKind(contract: AccountContract): ContractKind {
  return contract.type === "local" || contract.type === "global"
    ? { type: contract.type, hash: hashBytes(contract.hash) }
    : contract;
}

/** The account's contract when it uses the global one. */
function contractOf(identifier: ContractIdentifier): AccountContract {
  return identifier.type === "codeHash"
    ? { type: "global", hash: identifier.hash }
    : { type: "globalByAccount", accountId: identifier.accountId };
}

function identifierJson(identifier: ContractIdentifier): { readonly [key: string]: string } {
  return identifier.type === "codeHash"
    ? { hash: identifier.hash }
    : { account_id: identifier.accountId };
}
