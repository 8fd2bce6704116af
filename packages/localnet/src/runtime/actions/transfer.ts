/**
 * Transfer: adds to the balance, and makes implicit accounts; a refund of gas also tops up the key that
 * paid it (`runtime/runtime/src/actions.rs` `action_transfer`, `action_implicit_account_creation_transfer`).
 * @module
 */
import { decodeHex } from "@yoctonear/base";
import { formatPublicKey } from "@yoctonear/keys";
import { accountKind } from "@yoctonear/primitives";
import {
  type Account,
  createAccount,
  createUninitialized,
  NO_CONTRACT,
} from "../../state/account.ts";
import { type AccessKey, gasKeyOf } from "../../state/access-key.ts";
import { ACCOUNT_STORAGE, accessKeyStorage, contractStorage } from "../../state/storage-usage.ts";
import { SYSTEM_ID } from "../action-permission.ts";
import { accountOf, type ActionScope, type ApplyAction } from "../action-scope.ts";
import { ethWalletCodeHash } from "../eth-wallet.ts";
import { firstNonce } from "../first-nonce.ts";

const MAX_BALANCE = 2n ** 128n - 1n;

export const applyTransfer: ApplyAction<"transfer"> = (scope, { deposit }) => {
  if (scope.account === null) {
    scope.account = createImplicitAccount(scope, deposit);
    return null;
  }
  const { receipt, actionReceipt } = scope;
  const isGasRefund =
    receipt.predecessorId === SYSTEM_ID && actionReceipt.signerId === receipt.receiverId;
  if (isGasRefund && refundToKey(scope, deposit)) return null;
  const account = accountOf(scope);
  scope.account = { ...account, amount: account.amount + deposit };
  return null;
};

/** Gives a gas refund back to the key that paid; says whether the balance of a gas key took it. */
function refundToKey({ state, receipt, actionReceipt }: ActionScope, deposit: bigint): boolean {
  const id = { accountId: receipt.receiverId, publicKey: actionReceipt.signerPublicKey };
  const accessKey = state.accessKeys.get(id);
  if (accessKey === null) return false;
  const { permission } = accessKey;
  const gasKey = gasKeyOf(permission);
  if (gasKey !== null) {
    const balance = gasKey.balance + deposit;
    state.accessKeys.set(id, { ...accessKey, permission: { ...gasKey, balance } });
    return true;
  }
  if (permission.type === "functionCall" && permission.allowance !== null) {
    const sum = permission.allowance + deposit;
    const allowance = sum > MAX_BALANCE ? MAX_BALANCE : sum;
    state.accessKeys.set(id, { ...accessKey, permission: { ...permission, allowance } });
  }
  return false;
}

function createImplicitAccount(
  { state, context, receipt: { receiverId } }: ActionScope,
  deposit: bigint,
): Account {
  switch (accountKind(receiverId)) {
    case "near-implicit": {
      const publicKey = formatPublicKey({ type: "ed25519", bytes: decodeHex(receiverId) });
      const accessKey: AccessKey = {
        nonce: firstNonce(context.height),
        permission: { type: "fullAccess" },
      };
      state.accessKeys.set({ accountId: receiverId, publicKey }, accessKey);
      const storage = ACCOUNT_STORAGE + accessKeyStorage(publicKey, accessKey);
      return createAccount(deposit, storage, NO_CONTRACT);
    }
    case "eth-implicit": {
      const contract = { type: "global", hash: ethWalletCodeHash(context.chainId) } as const;
      return createAccount(deposit, ACCOUNT_STORAGE + contractStorage(contract, 0), contract);
    }
    case "universal":
      return createUninitialized(deposit, ACCOUNT_STORAGE, firstNonce(context.height));
    default:
      return createAccount(deposit, ACCOUNT_STORAGE, NO_CONTRACT);
  }
}
