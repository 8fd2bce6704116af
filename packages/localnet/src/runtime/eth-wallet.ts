/**
 * The wallet contract of ETH-implicit accounts (`runtime/near-wallet-contract/src/lib.rs`): a global
 * contract that somebody must have deployed before it can be called.
 * @module
 */

const MAINNET_HASH = "2zodJZK2e4nnv5AqwCRnenNSmkikXhEd7PPY6BmfTmW4";
const TESTNET_HASH = "3PpYvRxBfC5BkZxTw8ZFG3D52w1ZRhvDDWirKoxphMDn";
const LOCALNET_HASH = "FAq9tQRbwJPTV3PQLn2F7AUD3FW2Fw1V8ZeZuazfeu1v";

/** Code hash of the wallet contract on a chain. */
export function ethWalletCodeHash(chainId: string): string {
  if (chainId === "mainnet" || chainId === "mocknet") return MAINNET_HASH;
  return chainId === "testnet" ? TESTNET_HASH : LOCALNET_HASH;
}
