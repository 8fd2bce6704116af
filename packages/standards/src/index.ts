/**
 * Tokens of NEAR: fungible (NEP-141, 145, 148) and non-fungible ones (NEP-171, 177, 181). Every method of a token is a free
 * function here, so that a bundler can take one without the rest.
 * @module
 */
export { ft, type FungibleToken, type FungibleTokenAccount } from "./ft.ts";
export type { Network } from "./answer.ts";
export { ftBalance, ftMetadata, type FtMetadata, ftTotalSupply } from "./ft-reads.ts";
export {
  ftTransfer,
  ftTransferActions,
  ftTransferCall,
  type FtTransferCalled,
  type FtTransferDetails,
  type FtTransferOptions,
  type FtTransferPlan,
  type FtTransferred,
} from "./ft-transfer.ts";
export { nft, type NonFungibleToken, type NonFungibleTokenAccount } from "./nft.ts";
export {
  nftMetadata,
  type NftMetadata,
  type NftPage,
  nftSupplyForOwner,
  nftToken,
  type NftToken,
  nftTokensForOwner,
  nftTotalSupply,
} from "./nft-reads.ts";
export {
  nftTransfer,
  nftTransferCall,
  type NftTransferCalled,
  type NftTransferOptions,
} from "./nft-transfer.ts";
export {
  isRegistered,
  type RegistrationOptions,
  storageRegister,
  storageUnregister,
  type UnregisterOptions,
} from "./registration.ts";
export {
  type StorageBalance,
  storageBalance,
  storageBounds,
  type StorageBounds,
} from "./storage.ts";
export { formatTokens, parseTokens, type TokenAmount } from "./token-amount.ts";
export { TokenError, type TokenErrorCode } from "./token-error.ts";
export type { TransferDetails, TransferOptions } from "./transfer-options.ts";
