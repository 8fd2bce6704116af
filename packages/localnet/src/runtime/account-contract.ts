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
import { markedWallet } from "./eth-wallet.ts";
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

/** The code that a call of an account runs. */
export interface ContractCode {
  /** `null` where there is none, or a global contract that is not here. */
  readonly code: Uint8Array | null;
  /** Base58, where it is known without hashing: another account may replace the code of a contract by account. */
  readonly codeHash: string | undefined;
}

/** Finds the code that a call of the account runs. */
export function contractCode(
  state: StateUpdate,
  accountId: string,
  contract: AccountContract,
): ContractCode {
  switch (contract.type) {
    case "none":
      return { code: null, codeHash: undefined };
    case "local": {
      const code = state.code.get(accountId);
      const wallet = code === null ? null : markedWallet(code);
      return wallet === null ? { code, codeHash: contract.hash } : globalCode(state, wallet);
    }
    case "global":
      return globalCode(state, contract.hash);
    case "globalByAccount": {
      const { accountId: deployer } = contract;
      const key = globalContractCodeKey({ type: "accountId", accountId: deployer });
      return { code: state.other.get(key), codeHash: undefined };
    }
  }
}

function globalCode(state: StateUpdate, hash: string): ContractCode {
  const key = globalContractCodeKey({ type: "codeHash", hash });
  return { code: state.other.get(key), codeHash: hash };
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
