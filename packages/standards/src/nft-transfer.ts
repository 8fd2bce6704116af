/**
 * Transfers of a non-fungible token (NEP-171).
 * @module
 */
import { type Outcome, send, type SigningAccountRef } from "@yoctonear/account";
import { showValue } from "@yoctonear/base";
import { functionCall } from "@yoctonear/transactions";
import { assertTokenId } from "./token-id.ts";
import { assertTransfer, TRANSFER_CALL_GAS, type TransferOptions } from "./transfer-options.ts";

/** What a transfer of a non-fungible token takes. */
export interface NftTransferOptions extends TransferOptions {
  /** Transfers for the owner under this approval (NEP-178), and only if it still stands. */
  readonly approvalId?: number | undefined;
}

/** What came of a transfer whose receiver was called, besides the outcome of its transaction. */
export interface NftTransferCalled {
  /**
   * Whether the receiver took the token; false where it went back. Undefined where the outcome does not tell: the transaction was
   * not waited for, or the contract answered something else.
   */
  readonly taken: boolean | undefined;
}

/**
 * Transfers a token.
 * @param account - its owner, or who has an approval
 * @param contractId - account of the contract
 * @param receiverId - who gets it; not the contract itself, where it would be lost
 * @param tokenId - id of the token
 * @param options - `memo`, `approvalId`, `gas` (30 Tgas), and those of sending
 * @throws {TransactionError}
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftTransfer } from "@yoctonear/standards";
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
 * await nftTransfer(alice, "art.near", "bob.near", "dawn", { memo: "for you" });
 * ```
 */
export async function nftTransfer<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  tokenId: string,
  options: NftTransferOptions = {},
): Promise<O> {
  assertTransfer(contractId, receiverId, null, options);
  const { memo, approvalId, gas, ...sending } = options;
  const args = argsOf(receiverId, tokenId, memo, approvalId);
  const action = functionCall("nft_transfer", args, { deposit: 1n, gas });
  return send(account, contractId, [action], sending);
}

/**
 * Transfers a token and calls the receiver, which is a contract that does something with it, or gives it back.
 * @param account - its owner, or who has an approval
 * @param contractId - account of the contract
 * @param receiverId - the contract that gets it, and is called with `nft_on_transfer`
 * @param tokenId - id of the token
 * @param msg - what the receiver is told; empty where it wants nothing
 * @param options - `memo`, `approvalId`, `gas` (100 Tgas), and those of sending
 * @returns an outcome that also tells whether the receiver has `taken` it; after a `resume()` it is the `value` of the outcome
 * @throws {TransactionError} not where the receiver failed: then the token has come back
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { nftTransferCall } from "@yoctonear/standards";
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
 * await chain.createAccount("defi.near", { balance: "9 NEAR" });
 * const defi = near.account("defi.near", chain.signer("defi.near"));
 * await defi.deploy(await loadContract("receiver"));
 * // This receiver gives back unless the msg says otherwise
 * (await nftTransferCall(alice, "art.near", "defi.near", "dawn", "return")).taken; // false
 * (await nftTransferCall(alice, "art.near", "defi.near", "dawn", "keep")).taken; // true
 * ```
 */
export async function nftTransferCall<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  tokenId: string,
  msg: string,
  options: NftTransferOptions = {},
): Promise<O & NftTransferCalled> {
  assertTransfer(contractId, receiverId, msg, options);
  const { memo, approvalId, gas = TRANSFER_CALL_GAS, ...sending } = options;
  const args = { ...argsOf(receiverId, tokenId, memo, approvalId), msg };
  const action = functionCall("nft_transfer_call", args, { deposit: 1n, gas });
  const outcome = await send(account, contractId, [action], sending);
  const { value } = outcome;
  return Object.assign(outcome, { taken: typeof value === "boolean" ? value : undefined });
}

function argsOf(
  receiverId: string,
  tokenId: string,
  memo: string | undefined,
  approvalId: number | undefined,
): { readonly [name: string]: unknown } {
  assertTokenId(tokenId);
  if (approvalId !== undefined && !(Number.isSafeInteger(approvalId) && approvalId >= 0)) {
    throw new TypeError(
      `expected approvalId to be an integer of 0 or more, got ${showValue(approvalId)}`,
    );
  }
  return { receiver_id: receiverId, token_id: tokenId, approval_id: approvalId, memo };
}
