/**
 * The wallet contract of ETH-implicit accounts (`runtime/near-wallet-contract/src/lib.rs`): a global
 * contract that somebody must have deployed, or a genesis brought, before it can be called.
 * @module
 */
import { encodeUtf8, equalBytes } from "@yoctonear/base";

const MAINNET_HASH = "2zodJZK2e4nnv5AqwCRnenNSmkikXhEd7PPY6BmfTmW4";
const TESTNET_HASH = "3PpYvRxBfC5BkZxTw8ZFG3D52w1ZRhvDDWirKoxphMDn";
const LOCALNET_HASH = "FAq9tQRbwJPTV3PQLn2F7AUD3FW2Fw1V8ZeZuazfeu1v";

/** Code hash of the wallet contract on a chain. */
export function ethWalletCodeHash(chainId: string): string {
  if (chainId === "mainnet" || chainId === "mocknet") return MAINNET_HASH;
  return chainId === "testnet" ? TESTNET_HASH : LOCALNET_HASH;
}

/** Bytes of "near" and the 44 digits of each of these hashes. */
const MARKER_LENGTH = 48;

/**
 * Code hash of the wallet that a marker stands for, or `null`: accounts of before protocol 83 have the hash
 * after "near" in the place of code (`runtime/runtime/src/contract_code.rs`).
 */
export function markedWallet(code: Uint8Array): string | null {
  if (code.length !== MARKER_LENGTH) return null;
  const hashes = [MAINNET_HASH, TESTNET_HASH, LOCALNET_HASH];
  return hashes.find((hash) => equalBytes(code, encodeUtf8(`near${hash}`))) ?? null;
}
