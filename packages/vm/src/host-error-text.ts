/**
 * What nearcore says of a host error: the text of an outcome's `ExecutionError`.
 * Source: nearcore runtime/near-vm-runner/src/logic/errors.rs.
 * @module
 */
import type { HostError } from "./host-error.ts";

/** Returns nearcore's text of a host error. */
export function hostErrorText({ name, fields }: HostError): string {
  const field = (key: string): string => String(fields[key]);
  const beyond = (subject: string, key: string): string =>
    `${subject} ${field(key)} exceeds the limit ${field("limit")}`;
  switch (name) {
    case "BadUTF8":
      return "String encoding is bad UTF-8 sequence.";
    case "BadUTF16":
      return "String encoding is bad UTF-16 sequence.";
    case "GasExceeded":
      return "Exceeded the prepaid gas.";
    case "GasLimitExceeded":
      return "Exceeded the maximum amount of gas allowed to burn per contract.";
    case "BalanceExceeded":
      return "Exceeded the account balance.";
    case "EmptyMethodName":
      return "Tried to call an empty method name.";
    case "GuestPanic":
      return `Smart contract panicked: ${field("panic_msg")}`;
    case "IntegerOverflow":
      return "Integer overflow.";
    case "InvalidPromiseIndex":
      return `${field("promise_idx")} does not correspond to existing promises`;
    case "CannotAppendActionToJointPromise":
      return "Actions can only be appended to non-joint promise.";
    case "CannotReturnJointPromise":
      return "Returning joint promise is currently prohibited.";
    case "CannotSetRefundToOnJointPromise":
      return "Setting refund_to on a joint promise is prohibited.";
    case "InvalidPromiseResultIndex":
      return `Accessed invalid promise result index: ${field("result_idx")}`;
    case "InvalidRegisterId":
      return `Accessed invalid register id: ${field("register_id")}`;
    case "MemoryAccessViolation":
      return "Accessed memory outside the bounds.";
    case "InvalidReceiptIndex":
      return `VM Logic returned an invalid receipt index: ${field("receipt_index")}`;
    case "InvalidActionIndex":
      return `Action ${field("action_index")} in receipt ${field("receipt_index")} does not exist or has the wrong type of action.`;
    case "InvalidAccountId":
      return "VM Logic returned an invalid account id";
    case "InvalidMethodName":
      return "VM Logic returned an invalid method name";
    case "InvalidPublicKey":
      return "VM Logic provided an invalid public key";
    case "ProhibitedInView":
      return `${field("method_name")} is not allowed in view calls`;
    case "NumberOfLogsExceeded":
      return `The number of logs will exceed the limit ${field("limit")}`;
    case "KeyLengthExceeded":
      return beyond("The length of a storage key", "length");
    case "ValueLengthExceeded":
      return beyond("The length of a storage value", "length");
    case "TotalLogLengthExceeded":
      return beyond("The length of a log message", "length");
    case "NumberPromisesExceeded":
      return beyond("The number of promises within a FunctionCall", "number_of_promises");
    case "NumberInputDataDependenciesExceeded":
      return beyond("The number of input data dependencies", "number_of_input_data_dependencies");
    case "ReturnedValueLengthExceeded":
      return beyond("The length of a returned value", "length");
    case "ContractSizeExceeded":
      return beyond("The size of a contract code in DeployContract action", "size");
    case "Deprecated":
      return `Attempted to call deprecated host function ${field("method_name")}`;
    case "AltBn128InvalidInput":
      return `AltBn128 invalid input: ${field("msg")}`;
    case "ECRecoverError":
      return `ECDSA recover error: ${field("msg")}`;
    case "Ed25519VerifyInvalidInput":
      return `ED25519 signature verification error: ${field("msg")}`;
    case "P256VerifyInvalidInput":
      return `P256 signature verification error: ${field("msg")}`;
    case "MlDsaVerifyInvalidInput":
      return `ML-DSA-65 signature verification error: ${field("msg")}`;
    case "BLS12381InvalidInput":
      return `BLS12-381 invalid input: ${field("msg")}`;
    case "YieldPayloadLength":
      return `Yield resume payload is ${field("length")} bytes which exceeds the ${field("limit")} byte limit`;
    case "DataIdMalformed":
      return "yield resumption token is malformed";
    case "YieldIdMalformed":
      return "yield id is malformed";
    case "ContractCodeHashMalformed":
      return "contract code hash is malformed";
    case "DataEntryAlreadyExists":
      return "Data entry for given key already exists";
    default:
      throw new RangeError(`expected the name of a host error, got ${name}`);
  }
}
