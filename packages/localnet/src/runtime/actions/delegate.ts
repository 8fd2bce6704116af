/**
 * Delegate and DelegateV2: actions that the receiver has signed, paid by who sent the transaction
 * (NEP-366, NEP-611; `runtime/runtime/src/actions.rs` `apply_delegate_action`).
 * @module
 */
import type { Delegate, DelegateV2, TransactionNonce } from "@yoctonear/transactions";
import { type AccessKey, gasKeyOf } from "../../state/access-key.ts";
import type { ActionErrorKind, ActionScope, ApplyAction } from "../action-scope.ts";
import { checkKeyPermission } from "../function-call-key.ts";
import { type Json, u64Json } from "../json.ts";
import { NONCE_RANGE } from "../parameters.ts";
import { isDelegateSigned } from "../signature.ts";
import { prepaidSend, prepaidTotal } from "@yoctonear/transactions/cost";

export const applyDelegate: ApplyAction<"delegate" | "delegateV2"> = (scope, action) => {
  const { context, receipt, result } = scope;
  const { senderId, receiverId, actions, maxBlockHeight } = action.delegateAction;
  if (!isDelegateSigned(action, context.verdicts)) return "DelegateActionInvalidSignature";
  if (BigInt(context.height) > maxBlockHeight) return "DelegateActionExpired";
  if (senderId !== receipt.receiverId) {
    return {
      DelegateActionSenderDoesNotMatchTxReceiver: {
        sender_id: senderId,
        receiver_id: receipt.receiverId,
      },
    };
  }
  const error = useNonce(scope, action);
  if (error !== null) return error;
  const { signerId, signerPublicKey, gasPrice } = scope.actionReceipt;
  result.newReceipts.push({
    predecessorId: senderId,
    receiverId,
    body: {
      type: "action",
      signerId,
      signerPublicKey,
      gasPrice,
      outputDataReceivers: [],
      inputDataIds: [],
      actions,
      refundTo: null,
    },
  });
  // Sending the new receipt is burnt here, executing it there.
  const { protocolVersion } = context;
  const sendGas = prepaidSend([action], protocolVersion);
  result.gasUsed += prepaidTotal(actions, receiverId, protocolVersion) + sendGas;
  result.gasBurnt += sendGas;
  result.compute += sendGas;
  return null;
};

/** Checks the key that signed and its nonce, and stores the nonce. */
function useNonce(
  { state, context }: ActionScope,
  action: Delegate | DelegateV2,
): ActionErrorKind | null {
  const { senderId, publicKey, receiverId, actions } = action.delegateAction;
  const id = { accountId: senderId, publicKey };
  const accessKey = state.accessKeys.get(id);
  if (accessKey === null) {
    return keyError({ AccessKeyNotFound: { account_id: senderId, public_key: publicKey } });
  }
  const nonce = nonceOf(action);
  const laneError = checkLane(accessKey, nonce);
  if (laneError !== null) return laneError;
  const lane = nonce.type === "gasKeyNonce" ? { ...id, index: nonce.nonceIndex } : null;
  const last = lane === null ? accessKey.nonce : (state.gasKeyNonces.get(lane) ?? 0n);
  const nonceError = checkNonce(nonce.nonce, last, context.height);
  if (nonceError !== null) return nonceError;
  const permissionError = checkKeyPermission(accessKey.permission, receiverId, actions);
  if (permissionError !== null) return keyError(permissionError);
  if (lane === null) state.accessKeys.set(id, { ...accessKey, nonce: nonce.nonce });
  else state.gasKeyNonces.set(lane, nonce.nonce);
  return null;
}

function nonceOf(action: Delegate | DelegateV2): TransactionNonce {
  if (action.type === "delegateV2") return action.delegateAction.nonce;
  return { type: "nonce", nonce: action.delegateAction.nonce };
}

function checkLane(accessKey: AccessKey, nonce: TransactionNonce): ActionErrorKind | null {
  const gasKey = gasKeyOf(accessKey.permission);
  if (nonce.type === "nonce") {
    return gasKey === null ? null : keyError("DelegateActionRequiresNonGasKey");
  }
  if (gasKey === null) return keyError("DelegateActionRequiresGasKey");
  if (nonce.nonceIndex < gasKey.numNonces) return null;
  return {
    DelegateActionInvalidNonceIndex: {
      nonce_index: nonce.nonceIndex,
      num_nonces: gasKey.numNonces,
    },
  };
}

function checkNonce(nonce: bigint, last: bigint, height: number): ActionErrorKind | null {
  if (nonce <= last) {
    return {
      DelegateActionInvalidNonce: { delegate_nonce: u64Json(nonce), ak_nonce: u64Json(last) },
    };
  }
  const bound = BigInt(height) * NONCE_RANGE;
  if (nonce < bound) return null;
  return {
    DelegateActionNonceTooLarge: { delegate_nonce: u64Json(nonce), upper_bound: u64Json(bound) },
  };
}

function keyError(error: Json): ActionErrorKind {
  return { DelegateActionAccessKeyError: error };
}
