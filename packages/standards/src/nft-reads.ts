/**
 * What a contract of non-fungible tokens tells (NEP-171, NEP-177, NEP-181).
 * @module
 */
import type { ReadOptions } from "@yoctonear/account";
import { assertAccountId, isAccountId } from "@yoctonear/primitives";
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
import { assertTokenId } from "./token-id.ts";

/** What a contract of non-fungible tokens says of itself (NEP-177), with whatever else it tells. All of it is its own word. */
export interface NftMetadata {
  /** Version of the standard, e.g. `nft-1.0.0`. */
  readonly spec: string;
  readonly name: string;
  readonly symbol: string;
  /** A small image as a data URL. */
  readonly icon: string | null;
  /** What the URLs of the tokens begin with. */
  readonly base_uri: string | null;
  /** URL of more about it. */
  readonly reference: string | null;
  /** Base64 of the SHA-256 of what is there. */
  readonly reference_hash: string | null;
  readonly [field: string]: unknown;
}

/** A token, with whatever else the contract tells of it. */
export interface NftToken {
  readonly token_id: string;
  readonly owner_id: string;
  /** Title, media and so on as NEP-177 names them, where the contract has them; not checked. */
  readonly metadata?: unknown;
  /** Who may transfer it besides its owner, and under which approval (NEP-178); not checked. */
  readonly approved_account_ids?: unknown;
  readonly [field: string]: unknown;
}

/** Which of an owner's tokens. */
export interface NftPage extends ReadOptions {
  /** How many are left out before; none unless told. */
  readonly from?: number | bigint | undefined;
  /** How many at most; the contract decides unless told. */
  readonly limit?: number | undefined;
}

/**
 * Asks what the contract says of itself.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftMetadata } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "art.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
 * const init = functionCall("new", { owner_id: "alice.near", metadata });
 * const contract = near.account("art.near", chain.signer("art.near"));
 * await contract.deploy(await loadContract("non-fungible-token"), { init });
 * (await nftMetadata(near, "art.near")).symbol; // "ART"
 * ```
 */
export function nftMetadata(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<NftMetadata> {
  return ask(near, contractId, "nft_metadata", {}, readMetadata, options);
}

/**
 * Asks for a token: its owner and its metadata; null where there is none of that id.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param tokenId - id of the token
 * @throws {TokenError} `unexpected_answer`, also for another token than was asked for
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftToken } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "art.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
 * const init = functionCall("new", { owner_id: "alice.near", metadata });
 * const contract = near.account("art.near", chain.signer("art.near"));
 * await contract.deploy(await loadContract("non-fungible-token"), { init });
 * const token = { token_id: "dawn", token_owner_id: "alice.near", token_metadata: { title: "Dawn" } };
 * await alice.call("art.near", "nft_mint", token, { deposit: "0.01 NEAR" });
 * (await nftToken(near, "art.near", "dawn"))?.owner_id; // "alice.near"
 * await nftToken(near, "art.near", "dusk"); // null
 * ```
 */
export async function nftToken(
  near: Network,
  contractId: string,
  tokenId: string,
  options?: ReadOptions,
): Promise<NftToken | null> {
  assertTokenId(tokenId);
  const read = (answer: unknown, refuse: Refuse): NftToken | null => {
    if (answer === null) return null;
    const token = readToken(answer, refuse);
    if (token.token_id !== tokenId) throw refuse(`the token ${tokenId}`, token.token_id);
    return token;
  };
  return ask(near, contractId, "nft_token", { token_id: tokenId }, read, options);
}

/**
 * Asks for the tokens of an owner, a page at a time.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param accountId - the owner
 * @param options - `from`, `limit`, `block`
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError} also where the contract lists no tokens (NEP-181), or not so many at once
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftTokensForOwner } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "art.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
 * const init = functionCall("new", { owner_id: "alice.near", metadata });
 * const contract = near.account("art.near", chain.signer("art.near"));
 * await contract.deploy(await loadContract("non-fungible-token"), { init });
 * const token = { token_id: "dawn", token_owner_id: "alice.near", token_metadata: { title: "Dawn" } };
 * await alice.call("art.near", "nft_mint", token, { deposit: "0.01 NEAR" });
 * const [first] = await nftTokensForOwner(near, "art.near", "alice.near", { from: 0, limit: 10 });
 * first?.token_id; // "dawn"
 * ```
 */
export async function nftTokensForOwner(
  near: Network,
  contractId: string,
  accountId: string,
  { from, limit, ...options }: NftPage = {},
): Promise<readonly NftToken[]> {
  assertAccountId(accountId);
  assertCount("from", from);
  assertCount("limit", limit);
  const page = { from_index: from === undefined ? undefined : String(from), limit };
  const args = { account_id: accountId, ...page };
  return ask(near, contractId, "nft_tokens_for_owner", args, readTokens, options);
}

/**
 * Asks how many tokens an owner has.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @param accountId - the owner
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftSupplyForOwner } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "art.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
 * const init = functionCall("new", { owner_id: "alice.near", metadata });
 * const contract = near.account("art.near", chain.signer("art.near"));
 * await contract.deploy(await loadContract("non-fungible-token"), { init });
 * const token = { token_id: "dawn", token_owner_id: "alice.near", token_metadata: { title: "Dawn" } };
 * await alice.call("art.near", "nft_mint", token, { deposit: "0.01 NEAR" });
 * await nftSupplyForOwner(near, "art.near", "alice.near"); // 1n
 * ```
 */
export async function nftSupplyForOwner(
  near: Network,
  contractId: string,
  accountId: string,
  options?: ReadOptions,
): Promise<bigint> {
  assertAccountId(accountId);
  const args = { account_id: accountId };
  return ask(near, contractId, "nft_supply_for_owner", args, readAmount, options);
}

/**
 * Asks how many tokens there are.
 * @param near - what `connect` returned, or anything with a transport
 * @param contractId - account of the contract
 * @throws {TokenError} `unexpected_answer`
 * @throws {RpcError}
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftTotalSupply } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "art.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "nft-1.0.0", name: "Art", symbol: "ART" };
 * const init = functionCall("new", { owner_id: "alice.near", metadata });
 * const contract = near.account("art.near", chain.signer("art.near"));
 * await contract.deploy(await loadContract("non-fungible-token"), { init });
 * const token = { token_id: "dawn", token_owner_id: "alice.near", token_metadata: { title: "Dawn" } };
 * await alice.call("art.near", "nft_mint", token, { deposit: "0.01 NEAR" });
 * await nftTotalSupply(near, "art.near"); // 1n
 * ```
 */
export function nftTotalSupply(
  near: Network,
  contractId: string,
  options?: ReadOptions,
): Promise<bigint> {
  return ask(near, contractId, "nft_total_supply", {}, readAmount, options);
}

function readMetadata(answer: unknown, refuse: Refuse): NftMetadata {
  const metadata = readRecord(answer, refuse);
  return {
    ...metadata,
    spec: readTextField(metadata, "spec", refuse),
    name: readTextField(metadata, "name", refuse),
    symbol: readTextField(metadata, "symbol", refuse),
    icon: readOptionalText(metadata, "icon", refuse),
    base_uri: readOptionalText(metadata, "base_uri", refuse),
    reference: readOptionalText(metadata, "reference", refuse),
    reference_hash: readOptionalText(metadata, "reference_hash", refuse),
  };
}

function readToken(answer: unknown, refuse: Refuse): NftToken {
  const token: JsonRecord = readRecord(answer, refuse);
  const tokenId = readTextField(token, "token_id", refuse);
  const ownerId = token["owner_id"];
  if (!isAccountId(ownerId)) throw refuse("owner_id as an account id", ownerId);
  return { ...token, token_id: tokenId, owner_id: ownerId };
}

function readTokens(answer: unknown, refuse: Refuse): readonly NftToken[] {
  if (Array.isArray(answer)) return answer.map((token) => readToken(token, refuse));
  throw refuse("an array", answer);
}

function assertCount(name: string, count: number | bigint | undefined): void {
  if (count === undefined || (typeof count === "bigint" && count >= 0n)) return;
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new RangeError(`expected ${name} to be an integer of 0 or more, got ${String(count)}`);
}
