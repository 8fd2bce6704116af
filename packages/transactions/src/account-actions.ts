/**
 * Builders of the actions on accounts, balances and keys. They check what they are given and return
 * plain objects.
 * @module
 */
import { assertAccountId, type NearInput, parseNear } from "@yoctonear/primitives";
import type { AccessKeyPermission } from "./access-key.ts";
import { canonicalKey } from "./canonical-key.ts";
import type {
  AddKey,
  CreateAccount,
  DeleteAccount,
  DeleteKey,
  Stake,
  Transfer,
  TransferToGasKey,
  WithdrawFromGasKey,
} from "./non-delegate-action.ts";

/**
 * Creates the receiver; only its direct parent may, e.g. `alice.near` for `app.alice.near`.
 * @example
 * ```ts
 * import { createAccount } from "@yoctonear/transactions";
 * createAccount(); // { type: "createAccount" }
 * ```
 */
export function createAccount(): CreateAccount {
  return { type: "createAccount" };
}

/**
 * Sends NEAR to the receiver.
 * @param amount - e.g. `"1.5 NEAR"`
 * @throws {ParseError} `invalid_amount`
 * @example
 * ```ts
 * import { transfer } from "@yoctonear/transactions";
 * transfer("1.5 NEAR"); // { type: "transfer", deposit: 1500000000000000000000000n }
 * ```
 */
export function transfer(amount: NearInput): Transfer {
  return { type: "transfer", deposit: parseNear(amount) };
}

/**
 * Stakes for the receiver as a validator.
 * @param amount - the whole stake; 0n takes it back
 * @param publicKey - the validator's ed25519 key
 * @throws {ParseError} `invalid_amount`, `invalid_key`
 * @example
 * ```ts
 * import { stake } from "@yoctonear/transactions";
 * stake("30000 NEAR", "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp").type; // "stake"
 * ```
 */
export function stake(amount: NearInput, publicKey: string): Stake {
  return { type: "stake", stake: parseNear(amount), publicKey: canonicalKey(publicKey) };
}

/**
 * Adds a key to the receiver.
 * @param publicKey - e.g. `"ed25519:…"`; a secret key in its place is refused
 * @param permission - what it may do: {@link fullAccess}, {@link functionCallAccess} and the like
 * @throws {ParseError} `invalid_key`
 * @example
 * ```ts
 * import { addKey, functionCallAccess } from "@yoctonear/transactions";
 * const publicKey = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
 * addKey(publicKey, functionCallAccess("app.near", { methods: ["vote"], allowance: "0.25 NEAR" })).type; // "addKey"
 * ```
 */
export function addKey(publicKey: string, permission: AccessKeyPermission): AddKey {
  const key = canonicalKey(publicKey);
  if (typeof permission?.type !== "string") {
    throw new TypeError("expected permission, e.g. fullAccess() or functionCallAccess(…)");
  }
  // The runtime sets the nonce itself.
  return { type: "addKey", publicKey: key, accessKey: { nonce: 0n, permission } };
}

/**
 * Takes a key from the receiver.
 * @param publicKey - the key
 * @throws {ParseError} `invalid_key`
 * @example
 * ```ts
 * import { deleteKey } from "@yoctonear/transactions";
 * deleteKey("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp").type; // "deleteKey"
 * ```
 */
export function deleteKey(publicKey: string): DeleteKey {
  return { type: "deleteKey", publicKey: canonicalKey(publicKey) };
}

/**
 * Deletes the receiver.
 * @param beneficiaryId - gets what is left; where this account does not exist, it is burnt
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { deleteAccount } from "@yoctonear/transactions";
 * deleteAccount("alice.near"); // { type: "deleteAccount", beneficiaryId: "alice.near" }
 * ```
 */
export function deleteAccount(beneficiaryId: string): DeleteAccount {
  assertAccountId(beneficiaryId, "beneficiary id");
  return { type: "deleteAccount", beneficiaryId };
}

/**
 * Moves NEAR from the sender to a gas key of the receiver. Protocol 85.
 * @param publicKey - the gas key
 * @param amount - e.g. `"0.5 NEAR"`
 * @throws {ParseError} `invalid_key`, `invalid_amount`
 * @example
 * ```ts
 * import { transferToGasKey } from "@yoctonear/transactions";
 * transferToGasKey("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp", "0.5 NEAR").type; // "transferToGasKey"
 * ```
 */
export function transferToGasKey(publicKey: string, amount: NearInput): TransferToGasKey {
  return {
    type: "transferToGasKey",
    publicKey: canonicalKey(publicKey),
    deposit: parseNear(amount),
  };
}

/**
 * Moves NEAR from a gas key of the receiver to the receiver itself. Protocol 85.
 * @param publicKey - the gas key
 * @param amount - e.g. `"0.5 NEAR"`
 * @throws {ParseError} `invalid_key`, `invalid_amount`
 * @example
 * ```ts
 * import { withdrawFromGasKey } from "@yoctonear/transactions";
 * withdrawFromGasKey("ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp", "0.5 NEAR").type; // "withdrawFromGasKey"
 * ```
 */
export function withdrawFromGasKey(publicKey: string, amount: NearInput): WithdrawFromGasKey {
  return {
    type: "withdrawFromGasKey",
    publicKey: canonicalKey(publicKey),
    amount: parseNear(amount),
  };
}
