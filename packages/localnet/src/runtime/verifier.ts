/**
 * Checks of a transaction in nearcore's order (`runtime/runtime/src/verifier.rs`): first its form,
 * then against the state. The RPC pre-check and the chunk share them.
 * @module
 */
import type { Action, SignedTransaction, Transaction } from "@yoctonear/transactions";
import { signedTransactionBytes } from "../chain/transaction-bytes.ts";
import { type AccessKey, functionCallOf, gasKeyOf } from "../state/access-key.ts";
import type { Account } from "../state/account.ts";
import type { StateUpdate } from "../state/state-update.ts";
import { validateActions } from "./actions-validation.ts";
import { verifyBootstrap } from "./bootstrap-verifier.ts";
import { checkKeyPermission } from "./function-call-key.ts";
import { verifyGasKeyTransaction } from "./gas-key-verifier.ts";
import { type Json, u128Json } from "./json.ts";
import { MAX_TRANSACTION_SIZE } from "./parameters.ts";
import { missingStorageStake } from "./storage-stake.ts";
import { transactionCost } from "@yoctonear/transactions/cost";
import {
  checkNonce,
  type Found,
  keyNotFound,
  nonceOf,
  rejected,
  type Verdict,
  type VerifyOptions,
} from "./verdict.ts";

export type { Verdict, VerifyOptions } from "./verdict.ts";

/**
 * nearcore's `InvalidTxError` of the pre-check, or `null`. Whether it has expired is the chain's to say,
 * before this.
 * @param state - of the head, in which nothing is written
 * @param isSigned - verdict on the signature, from {@link verifySignature}
 */
export function checkTransaction(
  state: StateUpdate,
  signed: SignedTransaction,
  options: VerifyOptions & { readonly isSigned: boolean },
): Json | null {
  const formError = checkTransactionForm(signed, options.protocolVersion);
  if (formError !== null) return formError;
  if (!options.isSigned) return "InvalidSignature";
  const verdict = verifyTransaction(state, signed.transaction, options);
  return verdict.type === "accepted" ? null : verdict.error;
}

/** Checks that need neither state nor signature: the actions, the size. */
export function checkTransactionForm(
  signed: SignedTransaction,
  protocolVersion: number,
): Json | null {
  const { actions, receiverId } = signed.transaction;
  const error = validateActions(actions, receiverId, protocolVersion);
  if (error !== null) return { ActionsValidation: error };
  if (isSurelySmall(actions)) return null;
  const size = signedTransactionBytes(signed).length;
  if (size <= MAX_TRANSACTION_SIZE) return null;
  return { TransactionSizeExceeded: { size, limit: MAX_TRANSACTION_SIZE } };
}

/** Saves encoding the many that are far from the limit. */
function isSurelySmall(actions: readonly Action[]): boolean {
  return actions.every(({ type }) => type === "transfer" || type === "createAccount");
}

/** Checks a transaction against the state; writes nothing. */
export function verifyTransaction(
  state: StateUpdate,
  transaction: Transaction,
  options: VerifyOptions,
): Verdict {
  const { signerId, publicKey, receiverId, actions } = transaction;
  const { gasPrice, protocolVersion } = options;
  const cost = transactionCost(signerId, publicKey, receiverId, actions, gasPrice, protocolVersion);
  if (cost === null) return rejected("CostOverflow");
  const account = state.accounts.get(signerId);
  if (account === null) {
    return rejected(
      options.height === null
        ? { SignerDoesNotExist: { signer_id: signerId } }
        : { InvalidSignerId: { signer_id: signerId } },
    );
  }
  const accessKey = state.accessKeys.get({ accountId: signerId, publicKey });
  if (accessKey === null) {
    return (
      verifyBootstrap(transaction, account, cost, options) ?? rejected(keyNotFound(transaction))
    );
  }
  const lane = gasKeyNonce(transaction);
  if (lane !== null) {
    return verifyGasKeyTransaction(state, transaction, lane, { account, accessKey, cost, options });
  }
  return verifyPlain(transaction, { account, accessKey, cost, options });
}

function verifyPlain(
  transaction: Transaction,
  { account, accessKey, cost, options }: Found,
): Verdict {
  const { signerId, publicKey, receiverId, actions } = transaction;
  const gasKey = gasKeyOf(accessKey.permission);
  if (gasKey !== null) {
    return rejected({
      InvalidNonceIndex: { tx_nonce_index: null, num_nonces: gasKey.numNonces },
    });
  }
  const nonce = nonceOf(transaction);
  const nonceError = checkNonce(transaction, accessKey.nonce, options.height);
  if (nonceError !== null) return rejected(nonceError);
  const { totalCost } = cost;
  if (account.amount < totalCost) {
    return rejected({
      NotEnoughBalance: {
        signer_id: signerId,
        balance: u128Json(account.amount),
        cost: u128Json(totalCost),
      },
    });
  }
  const charged = chargeAllowance(accessKey, totalCost);
  if (charged === null) {
    return rejected({
      InvalidAccessKeyError: {
        NotEnoughAllowance: {
          account_id: signerId,
          public_key: publicKey,
          allowance: u128Json(functionCallOf(accessKey.permission)?.allowance ?? 0n),
          cost: u128Json(totalCost),
        },
      },
    });
  }
  const paid: Account = { ...account, amount: account.amount - totalCost };
  const missing = missingStorageStake(paid);
  if (missing > 0n) {
    return rejected({ LackBalanceForState: { signer_id: signerId, amount: u128Json(missing) } });
  }
  const keyError = checkKeyPermission(accessKey.permission, receiverId, actions);
  if (keyError !== null) return rejected({ InvalidAccessKeyError: keyError });
  return {
    type: "accepted",
    cost,
    account: paid,
    accessKey: { ...charged, nonce },
    lane: null,
    error: null,
  };
}

/** The key less what it may spend, or `null` where its allowance is too small. */
function chargeAllowance(accessKey: AccessKey, cost: bigint): AccessKey | null {
  const { permission } = accessKey;
  if (permission.type !== "functionCall" || permission.allowance === null) return accessKey;
  if (permission.allowance < cost) return null;
  return { ...accessKey, permission: { ...permission, allowance: permission.allowance - cost } };
}

function gasKeyNonce(transaction: Transaction): number | null {
  if (transaction.version === 0 || transaction.nonce.type === "nonce") return null;
  return transaction.nonce.nonceIndex;
}
