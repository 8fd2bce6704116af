/**
 * The transaction by which a universal account initialises itself (NEP-655, `runtime/runtime/src/verifier.rs`): it has
 * no key yet, but its id is the hash of the state init, which names its keys.
 * @module
 */
import { equalBytes } from "@yoctonear/base";
import { decode } from "@yoctonear/borsh";
import { universalAccountId } from "@yoctonear/primitives";
import { type Transaction, universalStateInitCodec } from "@yoctonear/transactions";
import type { TransactionCost } from "@yoctonear/transactions/cost";
import type { Account } from "../state/account.ts";
import { publicKeyHandle } from "../state/trie-key.ts";
import { u128Json } from "./json.ts";
import { isSince88 } from "./protocol-version.ts";
import { checkNonce, nonceOf, rejected, type Verdict, type VerifyOptions } from "./verdict.ts";

/** The verdict, or `null` where it is no such transaction. */
export function verifyBootstrap(
  transaction: Transaction,
  account: Account,
  cost: TransactionCost,
  { height, protocolVersion }: VerifyOptions,
): Verdict | null {
  const { bootstrapNonce } = account;
  if (bootstrapNonce === undefined || !isSince88(protocolVersion)) return null;
  if (!isBootstrap(transaction)) return null;
  // The next nonce and no other, whatever the transaction asks for: another could lie above those of the new keys.
  const nonceError = checkNonce(transaction, bootstrapNonce, height, true);
  if (nonceError !== null) return rejected(nonceError);
  const { signerId } = transaction;
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
  const amount = account.amount - totalCost;
  return {
    type: "accepted",
    cost,
    account: { ...account, amount, bootstrapNonce: nonceOf(transaction) },
    accessKey: null,
    lane: null,
    error: null,
  };
}

/** Of the account to itself, signed with a key of a state init at its top level, without a lane. */
function isBootstrap(transaction: Transaction): boolean {
  const { signerId, receiverId, publicKey, actions } = transaction;
  const hasLane = transaction.version === 1 && transaction.nonce.type === "gasKeyNonce";
  if (signerId !== receiverId || hasLane) return false;
  return actions.some(
    (action) =>
      action.type === "universalStateInit" &&
      universalAccountId(action.stateInit) === signerId &&
      hasKey(action.stateInit, publicKey),
  );
}

function hasKey(stateInit: Uint8Array, publicKey: string): boolean {
  try {
    const handle = publicKeyHandle(publicKey);
    const { accessKeys } = decode(universalStateInitCodec, stateInit);
    return accessKeys.some((key) => equalBytes(publicKeyHandle(key), handle));
  } catch {
    return false;
  }
}
