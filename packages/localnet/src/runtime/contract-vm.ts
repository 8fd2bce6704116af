/**
 * The socket for the contract VM: the runtime has everything around a call, the VM only runs the code.
 * @module
 */
import type { Action } from "@yoctonear/transactions";
import type { ActionErrorKind, ActionScope } from "./action-scope.ts";

/** Runs contract code. */
export interface ContractVm {
  /**
   * Runs one call: reads and writes the state through the scope; adds gas, compute, logs, receipts,
   * profile and the return value to the scope's result; on success writes the account's balance, with
   * the deposit, and its storage usage into the scope. Returns the error, if any.
   * @param scope - receipt, account and state that the call sees
   * @param action - the call
   * @param code - wasm of the account's contract
   */
  call(
    scope: ActionScope,
    action: Extract<Action, { readonly type: "functionCall" }>,
    code: Uint8Array,
  ): ActionErrorKind | null;
}
