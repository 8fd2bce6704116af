/**
 * A contract of non-fungible tokens as an object.
 * @module
 */
import type { Outcome, ReadOptions, SigningAccountRef } from "@yoctonear/account";
import { assertAccountId } from "@yoctonear/primitives";
import type { Network } from "./answer.ts";
import {
  nftMetadata,
  type NftMetadata,
  type NftPage,
  nftSupplyForOwner,
  nftToken,
  type NftToken,
  nftTokensForOwner,
  nftTotalSupply,
} from "./nft-reads.ts";
import {
  nftTransfer,
  nftTransferCall,
  type NftTransferCalled,
  type NftTransferOptions,
} from "./nft-transfer.ts";

/** Non-fungible tokens to ask for. Every method is the function of that name, bound to the contract. */
export interface NonFungibleToken {
  /** Account of the contract. */
  readonly contractId: string;
  /** What the contract says of itself; see {@link nftMetadata}. */
  metadata(options?: ReadOptions): Promise<NftMetadata>;
  /** A token, or null; see {@link nftToken}. */
  token(tokenId: string, options?: ReadOptions): Promise<NftToken | null>;
  /** Tokens of an owner, a page at a time; see {@link nftTokensForOwner}. */
  tokensForOwner(accountId: string, options?: NftPage): Promise<readonly NftToken[]>;
  /** How many tokens an owner has; see {@link nftSupplyForOwner}. */
  supplyForOwner(accountId: string, options?: ReadOptions): Promise<bigint>;
  /** How many tokens there are; see {@link nftTotalSupply}. */
  totalSupply(options?: ReadOptions): Promise<bigint>;
}

/** Non-fungible tokens in the hands of an account. */
export interface NonFungibleTokenAccount<O extends Outcome = Outcome> extends NonFungibleToken {
  /** Transfers a token; see {@link nftTransfer}. */
  transfer(receiverId: string, tokenId: string, options?: NftTransferOptions): Promise<O>;
  /** Transfers a token and calls the receiver; see {@link nftTransferCall}. */
  transferCall(
    receiverId: string,
    tokenId: string,
    msg: string,
    options?: NftTransferOptions,
  ): Promise<O & NftTransferCalled>;
}

/**
 * Names a contract of non-fungible tokens: to ask, or with an account that signs to act with.
 * @param near - what `connect` returned, an account, or anything with a transport
 * @param contractId - account of the contract
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nft } from "@yoctonear/standards";
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
 * const art = nft(alice, "art.near");
 * await art.transfer("bob.near", "dawn", { memo: "for you" });
 * (await art.token("dawn"))?.owner_id; // "bob.near"
 * await nft(near, "art.near").supplyForOwner("bob.near"); // 1n
 * ```
 */
export function nft<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
): NonFungibleTokenAccount<O>;
export function nft(near: Network, contractId: string): NonFungibleToken;
export function nft<O extends Outcome>(
  near: SigningAccountRef<O> | Network,
  contractId: string,
): NonFungibleToken | NonFungibleTokenAccount<O> {
  assertAccountId(contractId, "contract id");
  const token = createToken(near, contractId);
  return Object.freeze("executor" in near ? { ...token, ...createHands(near, contractId) } : token);
}

function createToken(near: Network, contractId: string): NonFungibleToken {
  return {
    contractId,
    metadata: (options) => nftMetadata(near, contractId, options),
    token: (tokenId, options) => nftToken(near, contractId, tokenId, options),
    tokensForOwner: (accountId, options) => nftTokensForOwner(near, contractId, accountId, options),
    supplyForOwner: (accountId, options) => nftSupplyForOwner(near, contractId, accountId, options),
    totalSupply: (options) => nftTotalSupply(near, contractId, options),
  };
}

function createHands<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
): Omit<NonFungibleTokenAccount<O>, keyof NonFungibleToken> {
  return {
    transfer: (receiverId, tokenId, options) =>
      nftTransfer(account, contractId, receiverId, tokenId, options),
    transferCall: (receiverId, tokenId, msg, options) =>
      nftTransferCall(account, contractId, receiverId, tokenId, msg, options),
  };
}
