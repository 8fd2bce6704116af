/**
 * What is said of a transaction that every node would refuse.
 * @module
 */
import { NearError } from "@yoctonear/base";

/** Names of nearcore's `ActionsValidationError`, `TransactionSizeExceeded` and `InvalidTransactionVersion`. */
export type LimitErrorCode =
  | "AddGasKeyWithNonZeroBalance"
  | "AddKeyMethodNameLengthExceeded"
  | "AddKeyMethodNamesNumberOfBytesExceeded"
  | "ContractSizeExceeded"
  | "DelegateActionMustBeOnlyOne"
  | "DeleteActionMustBeFinal"
  | "DeterministicStateInitKeyLengthExceeded"
  | "DeterministicStateInitValueLengthExceeded"
  | "FunctionCallArgumentsLengthExceeded"
  | "FunctionCallEmptyMethodName"
  | "FunctionCallMethodNameLengthExceeded"
  | "FunctionCallZeroAttachedGas"
  | "GasKeyFunctionCallAllowanceNotAllowed"
  | "GasKeyInvalidNumNonces"
  | "IntegerOverflow"
  | "InvalidAccountId"
  | "InvalidDeterministicStateInitReceiver"
  | "InvalidTransactionVersion"
  | "InvalidUniversalStateInitReceiver"
  | "RemovedProtocolFeature"
  | "TotalNumberOfStateInitKeysExceeded"
  | "TransferToUniversalAccountNotAllowed"
  | "TotalNumberOfActionsExceeded"
  | "TotalNumberOfDeployActionsExceeded"
  | "TotalNumberOfStateInitEntriesExceeded"
  | "TotalPrepaidGasExceeded"
  | "TransactionSizeExceeded"
  | "UnsuitableStakingKey"
  | "UnsupportedProtocolFeature"
  | "WithdrawFromGasKeyNotAllowedInDelegate";

/** Fields of an error, as nearcore names them. */
export type LimitErrorData = { readonly [field: string]: bigint | number | string };

/**
 * A transaction that every node refuses. Nothing has been signed.
 * @example
 * ```ts
 * import { checkActions, LimitError, transfer } from "@yoctonear/transactions";
 * try {
 *   checkActions(Array.from({ length: 101 }, () => transfer(1n)), "bob.near");
 * } catch (error) {
 *   error instanceof LimitError && error.code; // "TotalNumberOfActionsExceeded"
 * }
 * ```
 */
export class LimitError extends NearError {
  override readonly name = "LimitError";
  declare readonly code: LimitErrorCode;
  /** The fields of nearcore's error, e.g. `{ total_number_of_actions: 101, limit: 100 }`. */
  readonly data: LimitErrorData;

  constructor(code: LimitErrorCode, data: LimitErrorData = {}) {
    // One sentence for all: this is in every bundle that signs, and nearcore's names say it well.
    const fields = Object.entries(data).map(([name, value]) => `, ${name} ${value}`);
    super(code, `expected a transaction within nearcore's limits, got ${code}${fields.join("")}`);
    this.data = data;
  }
}
