/**
 * Whether an action may run on the receiver at all (`runtime/runtime/src/actions.rs`
 * `check_account_existence`, `check_actor_permissions`).
 * @module
 */
import { accountKind } from "@yoctonear/primitives";
import type { Action } from "@yoctonear/transactions";
import { accountDoesNotExist, accountNotInitialized, actorNoPermission } from "./action-errors.ts";
import type { ActionErrorKind, ActionScope } from "./action-scope.ts";
import { isSince88 } from "./protocol-version.ts";

/** The account that refunds come from. */
export const SYSTEM_ID = "system";

/** nearcore's error where the receiver must or must not exist, or the actor must be another; or `null`. */
export function checkPermission(scope: ActionScope, action: Action): ActionErrorKind | null {
  return checkExistence(scope, action) ?? checkActor(scope, action);
}

/** Tells whether an id is that of an account which a transfer makes. */
function isImplicitAccountId(accountId: string, protocolVersion: number): boolean {
  const kind = accountKind(accountId);
  // Before protocol 88 the ids of universal accounts are names like others.
  return kind === "universal" ? isSince88(protocolVersion) : kind !== "named";
}

function checkExistence(
  { account, receipt, actionReceipt: { actions }, context: { protocolVersion } }: ActionScope,
  action: Action,
): ActionErrorKind | null {
  const { receiverId, predecessorId } = receipt;
  switch (action.type) {
    case "createAccount":
      if (account !== null) return { AccountAlreadyExists: { account_id: receiverId } };
      return isImplicitAccountId(receiverId, protocolVersion)
        ? { OnlyImplicitAccountCreationAllowed: { account_id: receiverId } }
        : null;
    case "transfer": {
      if (account !== null) return null;
      // Alone in its receipt, so that nobody adds a key to the account while it is made: the id of a
      // universal account says which keys it has. A refund to a deleted account must not make it again.
      const isAlone = actions.length === 1 || accountKind(receiverId) === "universal";
      return isAlone &&
        predecessorId !== SYSTEM_ID &&
        isImplicitAccountId(receiverId, protocolVersion)
        ? null
        : accountDoesNotExist(receiverId);
    }
    case "deterministicStateInit":
    case "universalStateInit":
      return null;
    default:
      if (account === null) return accountDoesNotExist(receiverId);
      return account.bootstrapNonce === undefined ? null : accountNotInitialized(receiverId);
  }
}

function checkActor(
  { account, actorId, receipt: { receiverId } }: ActionScope,
  action: Action,
): ActionErrorKind | null {
  switch (action.type) {
    case "deployContract":
    case "stake":
    case "addKey":
    case "deleteKey":
    case "deployGlobalContract":
    case "useGlobalContract":
    case "withdrawFromGasKey":
      return actorId === receiverId ? null : actorNoPermission(receiverId, actorId);
    case "deleteAccount":
      if (actorId !== receiverId) return actorNoPermission(receiverId, actorId);
      return account !== null && account.locked > 0n
        ? { DeleteAccountStaking: { account_id: receiverId } }
        : null;
    default:
      return null;
  }
}
