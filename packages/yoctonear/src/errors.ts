/**
 * Every error class, its guards, and nothing else.
 * @module
 */
export {
  DelegateError,
  type DelegateErrorCode,
  type FailureData,
  type FailureKind,
  hintOf,
  isTransactionError,
  panicOf,
  TransactionError,
  type TransactionErrorCode,
  type TransactionErrorDetails,
} from "@yoctonear/account";
export { isNearError, NearError, ParseError, type ParseErrorCode } from "@yoctonear/base";
export { BorshError, type BorshErrorCode } from "@yoctonear/borsh";
export { LightClientError, type LightClientErrorCode } from "@yoctonear/light-client";
export { MessageError, type MessageErrorCode } from "@yoctonear/messages";
export {
  isRetryable,
  isRpcError,
  RpcError,
  type RpcErrorCode,
  TransportError,
  type TransportErrorCode,
  type TransportErrorDetails,
  WrongNetworkError,
} from "@yoctonear/rpc";
export { TokenError, type TokenErrorCode } from "@yoctonear/standards";
export { LimitError, type LimitErrorCode, type LimitErrorData } from "@yoctonear/transactions";
