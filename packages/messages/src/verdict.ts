/**
 * What a node's answer says, and what it does not.
 * @module
 */
import { isRpcError, type RpcErrorCode } from "@yoctonear/rpc";

/**
 * Tells whether a node answered so. What it says as text within a result, and not as an error, may be of a proxy in between: then the
 * text must be nearcore's.
 */
export function isVerdict(error: unknown, code: RpcErrorCode, text: string): boolean {
  if (!isRpcError(error, code)) return false;
  const { raw } = error;
  return (typeof raw === "object" && raw !== null && "name" in raw) || error.message.includes(text);
}
