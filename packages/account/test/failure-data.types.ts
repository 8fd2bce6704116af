/** What the compiler knows of the fields of nearcore's errors; compiled only. */
import { type FailureData, type FailureKind, isTransactionError } from "@yoctonear/account";

export function read(error: unknown): void {
  if (isTransactionError(error, "InvalidNonce")) {
    error.kind satisfies "InvalidNonce";
    error.data.ak_nonce satisfies bigint;
    // @ts-expect-error a misspelt field
    void error.data.nonce;
  }
  if (isTransactionError(error, "AccountDoesNotExist")) error.data.account_id satisfies string;
  if (isTransactionError(error, "ExecutionError")) error.data satisfies string;
  if (isTransactionError(error, "Expired")) error.data satisfies undefined;
  // @ts-expect-error a misspelt kind
  isTransactionError(error, "AcountDoesNotExist");
  "GasKeyDoesNotExist" satisfies FailureKind;
  ({ method_name: "vote" }) satisfies FailureData<"MethodNameMismatch">;
}
