/**
 * Every error class and its guard, and nothing else.
 * @module
 */
export { TransactionError, type TransactionErrorCode } from "@yoctonear/account";
export { isNearError, NearError, ParseError, type ParseErrorCode } from "@yoctonear/base";
export { BorshError, type BorshErrorCode } from "@yoctonear/borsh";
export { isRpcError, RpcError, type RpcErrorCode, TransportError } from "@yoctonear/rpc";
