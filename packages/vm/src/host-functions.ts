/**
 * All that contracts can import from `env`: the 89 functions of protocol 86, and `sandbox_debug_log`; since 87 also SHA3
 * and ML-DSA-65, since 88 universal accounts.
 * Source: nearcore runtime/near-vm-runner/src/imports.rs.
 * @module
 */
import { ALT_BN128_FUNCTIONS } from "./host/alt-bn128.ts";
import { BLS12381_FUNCTIONS } from "./host/bls12381.ts";
import { CONTEXT_FUNCTIONS } from "./host/context.ts";
import { ECONOMICS_FUNCTIONS } from "./host/economics.ts";
import { GAS_KEY_FUNCTIONS } from "./host/gas-keys.ts";
import { HASH_FUNCTIONS, SHA3_FUNCTIONS } from "./host/hashes.ts";
import { MESSAGE_FUNCTIONS } from "./host/messages.ts";
import { PROMISE_ACTION_FUNCTIONS } from "./host/promise-actions.ts";
import { PROMISE_CALL_FUNCTIONS } from "./host/promise-calls.ts";
import { PROMISE_CONTRACT_FUNCTIONS } from "./host/promise-contracts.ts";
import { PROMISE_FUNCTIONS } from "./host/promises.ts";
import { REGISTER_FUNCTIONS } from "./host/registers.ts";
import { ML_DSA_FUNCTIONS, SIGNATURE_FUNCTIONS } from "./host/signatures.ts";
import { STORAGE_FUNCTIONS } from "./host/storage.ts";
import { UNIVERSAL_ACCOUNT_FUNCTIONS } from "./host/universal-accounts.ts";
import { YIELD_FUNCTIONS } from "./host/yields.ts";
import type { HostFunction, HostFunctions } from "./host.ts";

/** Functions of protocol 86 by their names; a map, since a contract may ask for any name. */
export const HOST_FUNCTIONS: ReadonlyMap<string, HostFunction> = /* @__PURE__ */ (() =>
  new Map(
    [
      REGISTER_FUNCTIONS,
      CONTEXT_FUNCTIONS,
      ECONOMICS_FUNCTIONS,
      MESSAGE_FUNCTIONS,
      STORAGE_FUNCTIONS,
      PROMISE_FUNCTIONS,
      PROMISE_CALL_FUNCTIONS,
      PROMISE_ACTION_FUNCTIONS,
      PROMISE_CONTRACT_FUNCTIONS,
      GAS_KEY_FUNCTIONS,
      YIELD_FUNCTIONS,
      HASH_FUNCTIONS,
      SIGNATURE_FUNCTIONS,
      ALT_BN128_FUNCTIONS,
      BLS12381_FUNCTIONS,
    ].flatMap((functions) => Object.entries(functions)),
  ))();

/** A function that a later protocol version adds. */
interface LaterHostFunction {
  readonly since: number;
  readonly called: HostFunction;
}

/** Functions that later protocol versions add. */
export const LATER_HOST_FUNCTIONS: ReadonlyMap<string, LaterHostFunction> = /* @__PURE__ */ (() => {
  const since = (version: number, functions: HostFunctions) =>
    Object.entries(functions).map(([name, called]) => [name, { since: version, called }] as const);
  return new Map([
    ...since(87, SHA3_FUNCTIONS),
    ...since(87, ML_DSA_FUNCTIONS),
    ...since(88, UNIVERSAL_ACCOUNT_FUNCTIONS),
  ]);
})();
