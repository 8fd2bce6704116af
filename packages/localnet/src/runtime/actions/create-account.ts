/**
 * CreateAccount: sub-accounts by their parent, top-level ones by the registrar
 * (`runtime/runtime/src/actions.rs` `action_create_account`).
 * @module
 */
import { isSubAccountOf, isTopLevelAccountId } from "@yoctonear/primitives";
import { createAccount, NO_CONTRACT } from "../../state/account.ts";
import { ACCOUNT_STORAGE } from "../../state/storage-usage.ts";
import type { ApplyAction } from "../action-scope.ts";
import { MIN_TOP_LEVEL_LENGTH, REGISTRAR_ID } from "../parameters.ts";

export const applyCreateAccount: ApplyAction<"createAccount"> = (scope) => {
  const { receiverId, predecessorId } = scope.receipt;
  if (isTopLevelAccountId(receiverId)) {
    if (receiverId.length < MIN_TOP_LEVEL_LENGTH && predecessorId !== REGISTRAR_ID) {
      return {
        CreateAccountOnlyByRegistrar: {
          account_id: receiverId,
          registrar_account_id: REGISTRAR_ID,
          predecessor_id: predecessorId,
        },
      };
    }
  } else if (!isSubAccountOf(receiverId, predecessorId)) {
    return {
      CreateAccountNotAllowed: { account_id: receiverId, predecessor_id: predecessorId },
    };
  }
  scope.actorId = receiverId;
  scope.account = createAccount(0n, ACCOUNT_STORAGE, NO_CONTRACT);
  return null;
};
