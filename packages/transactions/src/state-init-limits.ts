/**
 * How much the state inits of one transaction may hold, since protocol 87. What is in a universal one takes a decoder
 * to count, so this stands apart. Source: nearcore `runtime/runtime/src/action_validation.rs`.
 * @module
 */
import type { Action } from "./action.ts";
import { checkStateInitCounts } from "./check-actions.ts";
import { stateInitCounts } from "./cost/state-init-counts.ts";

/**
 * Refuses state inits that together have more than the 1,024 keys or the 1,500 storage entries that nodes take since
 * protocol 87. A universal one that `universalStateInit` makes of its parts is within these limits.
 * @param actions - well-formed, as the builders or the decoder return them; those in delegates count
 * @param protocolVersion - of the node
 * @throws {LimitError} `TotalNumberOfStateInitKeysExceeded`, `TotalNumberOfStateInitEntriesExceeded`
 * @example
 * ```ts
 * import { assertStateInitsAccepted, deterministicStateInit } from "@yoctonear/transactions";
 * const data = new Map([[Uint8Array.of(1), Uint8Array.of(2)]]);
 * assertStateInitsAccepted([deterministicStateInit({ code: { account: "ft.near" }, data })], 88); // undefined: all is well
 * ```
 */
export function assertStateInitsAccepted(
  actions: readonly Action[],
  protocolVersion: number,
): void {
  if (protocolVersion >= 87) checkStateInitCounts(stateInitCounts(actions));
}
