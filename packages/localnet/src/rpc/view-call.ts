/**
 * View calls. Without a contract VM only what comes before the contract can be answered.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import type { Account } from "../state/account.ts";
import type { StateAt } from "./query-failure.ts";
import type { CallFunctionRequest } from "./query-params.ts";
import { ViewCallFailure } from "./view-call-failure.ts";

/**
 * Answers a view call.
 * @throws {ViewCallFailure} when the call fails, as all do that reach a contract
 */
export function callFunction(
  _view: StateAt,
  account: Account,
  request: CallFunctionRequest,
): { readonly [key: string]: Json } {
  const { accountId } = request;
  if (account.contract.type === "none") {
    throw new ViewCallFailure(
      { CompilationError: { CodeDoesNotExist: { account_id: accountId } } },
      `CompilationError(CodeDoesNotExist { account_id: "${accountId}" })`,
      `CompilationError(CodeDoesNotExist { account_id: AccountId("${accountId}") })`,
    );
  }
  const text = "localnet runs no contract code yet";
  throw new ViewCallFailure(
    { ExecutionError: text },
    `ExecutionError("${text}")`,
    `ExecutionError("${text}")`,
  );
}
