/**
 * Storage staking: an account must hold a balance for the bytes that it takes, unless they are few
 * (`runtime/runtime/src/verifier.rs` `check_storage_stake`, NEP-448).
 * @module
 */
import type { Account } from "../state/account.ts";
import { STORAGE_PRICE, ZERO_BALANCE_STORAGE_LIMIT } from "./parameters.ts";

/** yoctoNEAR that the account lacks for its storage; 0 where it has enough. */
export function missingStorageStake(account: Account): bigint {
  const { storageUsage, amount, locked } = account;
  const missing = storageUsage * STORAGE_PRICE - amount - locked;
  return missing <= 0n || storageUsage <= ZERO_BALANCE_STORAGE_LIMIT ? 0n : missing;
}
