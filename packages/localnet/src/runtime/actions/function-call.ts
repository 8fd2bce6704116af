/**
 * FunctionCall: hands the code to the VM; the deposit is the contract's only where the call succeeds
 * (`runtime/runtime/src/function_call.rs`).
 * @module
 */
import { contractCode } from "../account-contract.ts";
import { accountOf, type ApplyAction } from "../action-scope.ts";

export const applyFunctionCall: ApplyAction<"functionCall"> = (scope, action) => {
  const { state, context, receipt } = scope;
  const { receiverId } = receipt;
  const { contract } = accountOf(scope);
  const code = contractCode(state, receiverId, contract);
  if (code === null) {
    return {
      FunctionCallError: {
        CompilationError: { CodeDoesNotExist: { account_id: receiverId } },
      },
    };
  }
  if (context.vm !== undefined) return context.vm.call(scope, action, code);
  return {
    FunctionCallError: { ExecutionError: "localnet runs no contract code yet" },
  };
};
