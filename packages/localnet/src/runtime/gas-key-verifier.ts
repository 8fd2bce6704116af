/**
 * Checks of a transaction whose gas a gas key pays (NEP-611, `runtime/runtime/src/verifier.rs`): gas from
 * the key's balance, deposits from the account. When only the deposit fails, the gas is burnt.
 * @module
 */
import type { Transaction } from "@yoctonear/transactions";
import { gasKeyOf } from "../state/access-key.ts";
import type { Account } from "../state/account.ts";
import type { StateUpdate } from "../state/state-update.ts";
import { checkKeyPermission } from "./function-call-key.ts";
import { type Json, u128Json } from "./json.ts";
import { missingStorageStake } from "./storage-stake.ts";
import { checkNonce, type Found, keyNotFound, nonceOf, rejected, type Verdict } from "./verdict.ts";

/** Checks a transaction with a nonce of lane `index`. */
export function verifyGasKeyTransaction(
  state: StateUpdate,
  transaction: Transaction,
  index: number,
  { account, accessKey, cost, options }: Found,
): Verdict {
  const { signerId, publicKey, receiverId, actions } = transaction;
  const gasKey = gasKeyOf(accessKey.permission);
  const lastNonce = state.gasKeyNonces.get({ accountId: signerId, publicKey, index });
  if (lastNonce === null) {
    return rejected({
      InvalidNonceIndex: { tx_nonce_index: index, num_nonces: gasKey?.numNonces ?? 0 },
    });
  }
  if (gasKey === null) return rejected(keyNotFound(transaction));
  const nonceError = checkNonce(transaction, lastNonce, options.height);
  if (nonceError !== null) return rejected(nonceError);
  if (gasKey.balance < cost.gasCost) {
    return rejected({
      NotEnoughGasKeyBalance: {
        signer_id: signerId,
        balance: u128Json(gasKey.balance),
        cost: u128Json(cost.gasCost),
      },
    });
  }
  const keyError = checkKeyPermission(gasKey, receiverId, actions);
  if (keyError !== null) return rejected({ InvalidAccessKeyError: keyError });
  const error = checkDeposit(signerId, account, cost.deposit);
  const gasCost = error === null ? cost.gasCost : cost.burntAmount;
  return {
    type: error === null ? "accepted" : "depositFailed",
    cost,
    account: error === null ? { ...account, amount: account.amount - cost.deposit } : account,
    accessKey: { ...accessKey, permission: { ...gasKey, balance: gasKey.balance - gasCost } },
    lane: { index, nonce: nonceOf(transaction) },
    error,
  };
}

function checkDeposit(signerId: string, account: Account, deposit: bigint): Json | null {
  if (account.amount < deposit) {
    return depositError(signerId, account.amount, deposit, "NotEnoughBalance");
  }
  const amount = account.amount - deposit;
  const missing = missingStorageStake({ ...account, amount });
  return missing === 0n ? null : depositError(signerId, amount, missing, "LackBalanceForState");
}

function depositError(signerId: string, balance: bigint, cost: bigint, reason: string): Json {
  return {
    NotEnoughBalanceForDeposit: {
      signer_id: signerId,
      balance: u128Json(balance),
      cost: u128Json(cost),
      reason,
    },
  };
}
