/**
 * TransferToGasKey: adds to the balance of a gas key, by anybody
 * (`runtime/runtime/src/access_keys.rs` `action_transfer_to_gas_key`).
 * @module
 */
import { gasKeyOf } from "../../state/access-key.ts";
import { gasKeyDoesNotExist } from "../action-errors.ts";
import type { ApplyAction } from "../action-scope.ts";

export const applyTransferToGasKey: ApplyAction<"transferToGasKey"> = (
  { state, receipt },
  { publicKey, deposit },
) => {
  const id = { accountId: receipt.receiverId, publicKey };
  const accessKey = state.accessKeys.get(id);
  const gasKey = accessKey === null ? null : gasKeyOf(accessKey.permission);
  if (accessKey === null || gasKey === null) return gasKeyDoesNotExist(id.accountId, publicKey);
  const balance = gasKey.balance + deposit;
  state.accessKeys.set(id, { ...accessKey, permission: { ...gasKey, balance } });
  return null;
};
