/**
 * What a fungible token tells (NEP-141, NEP-148).
 * @module
 */
import type { ReadOptions } from "@yoctonear/account";
import { assertAccountId } from "@yoctonear/primitives";
import {
  ask,
  type JsonRecord,
  type Network,
  readAmount,
  readOptionalText,
  readRecord,
  readTextField,
  type Refuse,
} from "./answer.ts";
import { isDecimals, MAX_DECIMALS, parseTokens, type TokenAmount } from "./token-amount.ts";
import { TokenError } from "./token-error.ts";

/**
 * What a fungible token says of itself (NEP-148), with whatever else it tells. All of it is the contract's own word: two tokens may have
 * the same name.
 */
export interface FtMetadata {
  /** Version of the standard, e.g. `ft-1.0.0`. */
  readonly spec: string;
  readonly name: string;
  readonly symbol: string;
  /** A small image as a data URL. */
  readonly icon: string | null;
  /** URL of more about it. */
  readonly reference: string | null;
  /** Base64 of the SHA-256 of what is there. */
  readonly reference_hash: string | null;
  /** 10 to the power of this are the base units of one token; 0 to 38. */
  readonly decimals: number;
  readonly [field: string]: unknown;
}

/**
 * Asks how many tokens an account has.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param accountId - whose tokens
 * @returns base units; 0 also for who is not registered
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftBalance } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * await ftBalance(near, "usdt.near", "alice.near"); // 1000000000n
 * ```
 */
export async function ftBalance(
  near: Network,
  contractId: string,
  accountId: string,
  options?: ReadOptions,
): Promise<bigint> {
  assertAccountId(accountId);
  const args = { account_id: accountId };
  return ask(near, contractId, "ft_balance_of", args, readAmount, options);
}

/**
 * Asks how many tokens there are.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @returns base units
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftTotalSupply } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * await ftTotalSupply(near, "usdt.near"); // 1000000000n
 * ```
 */
export function ftTotalSupply(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<bigint> {
  return ask(near, contractId, "ft_total_supply", {}, readAmount, options);
}

/**
 * Asks what the token says of itself. Nothing is kept: each call asks anew, since the decimals are part of every amount.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @throws {TokenError} `unexpected_answer`, also for more than 38 decimals
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftMetadata } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * const { symbol, decimals } = await ftMetadata(near, "usdt.near");
 * symbol; // "USDt"
 * decimals; // 6
 * ```
 */
export function ftMetadata(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<FtMetadata> {
  return ask(near, contractId, "ft_metadata", {}, readMetadata, options);
}

/** Asks for the decimals alone: whatever else is wrong with the metadata keeps nobody from paying. */
export function ftDecimals(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<number> {
  return ask(
    near,
    contractId,
    "ft_metadata",
    {},
    (answer, refuse) => readDecimals(readRecord(answer, refuse), refuse),
    options,
  );
}

/** Turns an amount into base units; asks the contract for its decimals where they matter. */
export async function baseUnits(
  near: Network,
  contractId: string,
  amount: TokenAmount,
  options?: ReadOptions,
): Promise<bigint> {
  // Of base units there is nothing to ask, and of what is no amount.
  if (typeof amount !== "object" || amount === null) return parseTokens(amount, 0);
  const decimals = await ftDecimals(near, contractId, options);
  const expected = amount.decimals ?? decimals;
  if (decimals === expected) return parseTokens(amount, decimals);
  throw new TokenError(
    "decimals_differ",
    contractId,
    `expected a token of ${expected} decimals, got one of ${decimals}`,
  );
}

function readMetadata(answer: unknown, refuse: Refuse): FtMetadata {
  const metadata = readRecord(answer, refuse);
  return {
    ...metadata,
    spec: readTextField(metadata, "spec", refuse),
    name: readTextField(metadata, "name", refuse),
    symbol: readTextField(metadata, "symbol", refuse),
    icon: readOptionalText(metadata, "icon", refuse),
    reference: readOptionalText(metadata, "reference", refuse),
    reference_hash: readOptionalText(metadata, "reference_hash", refuse),
    decimals: readDecimals(metadata, refuse),
  };
}

function readDecimals({ decimals }: JsonRecord, refuse: Refuse): number {
  if (isDecimals(decimals)) return decimals;
  throw refuse(`decimals of 0 to ${MAX_DECIMALS}`, decimals);
}
