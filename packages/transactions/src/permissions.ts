/**
 * What a key may do, for {@link addKey}. It is always said: nothing here has a default.
 * @module
 */
import { showValue } from "@yoctonear/base";
import { assertAccountId, type NearInput, parseNear } from "@yoctonear/primitives";
import type {
  FullAccessPermission,
  FunctionCallPermission,
  GasKeyFullAccessPermission,
  GasKeyFunctionCallPermission,
} from "./access-key.ts";

/** Methods by name, at least one, or every method there is. */
export type AllowedMethods = readonly string[] | "any";

/**
 * Lets a key do everything, also delete the account.
 * @example
 * ```ts
 * import { fullAccess } from "@yoctonear/transactions";
 * fullAccess(); // { type: "fullAccess" }
 * ```
 */
export function fullAccess(): FullAccessPermission {
  return { type: "fullAccess" };
}

/**
 * Lets a key call methods of one contract, without a deposit.
 * @param receiverId - the contract
 * @param options - `methods`: which; `allowance`: what it may spend on gas, never refilled; 0 is
 *   nothing at all
 * @throws {ParseError} `invalid_account_id`, `invalid_amount`
 * @throws {TypeError} for methods that are no list of names
 * @example
 * ```ts
 * import { functionCallAccess } from "@yoctonear/transactions";
 * functionCallAccess("app.near", { methods: ["vote"], allowance: "0.25 NEAR" }).methodNames; // ["vote"]
 * functionCallAccess("app.near", { methods: "any", allowance: "unlimited" }).allowance; // null
 * ```
 */
export function functionCallAccess(
  receiverId: string,
  options: { readonly methods: AllowedMethods; readonly allowance: NearInput | "unlimited" },
): FunctionCallPermission {
  assertAccountId(receiverId, "receiver id");
  const { methods, allowance } = options;
  return {
    type: "functionCall",
    allowance: allowance === "unlimited" ? null : parseNear(allowance),
    receiverId,
    methodNames: toMethodNames(methods),
  };
}

/**
 * Lets a key do everything and pay gas from its own balance, on several nonce lanes. Protocol 85.
 * @param options - `numNonces`: lanes, 1 to 1024
 * @throws {RangeError} for another number of lanes
 * @example
 * ```ts
 * import { gasKeyFullAccess } from "@yoctonear/transactions";
 * gasKeyFullAccess({ numNonces: 8 }).balance; // 0n
 * ```
 */
export function gasKeyFullAccess(options: {
  readonly numNonces: number;
}): GasKeyFullAccessPermission {
  return { type: "gasKeyFullAccess", ...toGasKey(options.numNonces) };
}

/**
 * Lets a key call methods of one contract and pay gas from its own balance, on several nonce lanes.
 * Protocol 85. Its balance is its limit, so it has no allowance.
 * @param receiverId - the contract
 * @param options - `methods`: which; `numNonces`: lanes, 1 to 1024
 * @throws {ParseError} `invalid_account_id`
 * @throws {RangeError} for another number of lanes
 * @throws {TypeError} for methods that are no list of names
 * @example
 * ```ts
 * import { gasKeyFunctionCallAccess } from "@yoctonear/transactions";
 * gasKeyFunctionCallAccess("app.near", { methods: "any", numNonces: 2 }).numNonces; // 2
 * ```
 */
export function gasKeyFunctionCallAccess(
  receiverId: string,
  options: { readonly methods: AllowedMethods; readonly numNonces: number },
): GasKeyFunctionCallPermission {
  assertAccountId(receiverId, "receiver id");
  return {
    type: "gasKeyFunctionCall",
    ...toGasKey(options.numNonces),
    allowance: null,
    receiverId,
    methodNames: toMethodNames(options.methods),
  };
}

function toMethodNames(methods: AllowedMethods): readonly string[] {
  if (methods === "any") return [];
  const given: readonly unknown[] = Array.isArray(methods) ? methods : [];
  const names = given.filter((name) => typeof name === "string" && name !== "");
  // On the chain an empty list means every method, which nobody means who writes one.
  if (names.length === 0 || names.length < given.length) {
    throw new TypeError(
      `expected methods as a list of at least one name, or "any", got ${showValue(methods)}`,
    );
  }
  return names.map(String);
}

function toGasKey(numNonces: number): { readonly balance: bigint; readonly numNonces: number } {
  if (!Number.isInteger(numNonces) || numNonces < 1 || numNonces > 1024) {
    throw new RangeError(`expected numNonces from 1 to 1024, got ${showValue(numNonces)}`);
  }
  return { balance: 0n, numNonces };
}
