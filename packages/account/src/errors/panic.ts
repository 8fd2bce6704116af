/**
 * What a contract said when it panicked, be it in a transaction or in a view call.
 * @module
 */
import { field } from "../record.ts";

/** Rust's escapes in the debug form of a text; any other character stands for itself. */
const ESCAPES: { readonly [letter: string]: string } = { n: "\n", r: "\r", t: "\t", "0": "\0" };

/**
 * Finds the message with which a contract panicked, exactly as the contract gave it.
 * @param error - whatever was caught of a transaction or a view call, or a `Failure` of an outcome or of
 *   a receipt
 * @returns undefined where no contract panicked
 * @example
 * ```ts
 * import { describeFailure, panicOf } from "@yoctonear/account";
 * import { RpcError } from "@yoctonear/rpc";
 * const said = 'wasm execution failed with error: HostError(GuestPanic { panic_msg: "no votes" })';
 * const cause = { name: "CONTRACT_EXECUTION_ERROR", info: { vm_error: said } };
 * panicOf(new RpcError("query", { cause })); // "no votes"
 * panicOf(describeFailure({ FunctionCallError: { ExecutionError: "Smart contract panicked: no votes" } })); // "no votes"
 * panicOf(describeFailure("Expired")); // undefined
 * ```
 */
export function panicOf(error: unknown): string | undefined {
  const data = field(error, "data") ?? field(error, "fields");
  const vmError = field(data, "vm_error") ?? data;
  const text = field(vmError, "ExecutionError") ?? vmError;
  if (typeof text !== "string") return undefined;
  const plain = /^Smart contract panicked: ([^]*)/.exec(text)?.[1];
  // `query` answers with the debug form of nearcore's error.
  const quoted = /\bGuestPanic \{ panic_msg: "([^]*)" \}/.exec(text)?.[1];
  return plain ?? quoted?.replace(/\\(?:u\{(10[\da-f]{4}|[\da-f]{1,5})\}|([^]))/g, unescape);
}

function unescape(_: string, hex: string | undefined, letter: string): string {
  return hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(parseInt(hex, 16));
}
