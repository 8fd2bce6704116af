/**
 * A fungible token as an object.
 * @module
 */
import type { Outcome, ReadOptions, SendOptions, SigningAccountRef } from "@yoctonear/account";
import { assertAccountId } from "@yoctonear/primitives";
import type { Network } from "./answer.ts";
import { ftBalance, ftDecimals, ftMetadata, type FtMetadata, ftTotalSupply } from "./ft-reads.ts";
import {
  ftTransfer,
  ftTransferCall,
  type FtTransferCalled,
  type FtTransferOptions,
  type FtTransferred,
} from "./ft-transfer.ts";
import {
  isRegistered,
  type RegistrationOptions,
  storageRegister,
  storageUnregister,
  type UnregisterOptions,
} from "./registration.ts";
import {
  type StorageBalance,
  storageBalance,
  storageBounds,
  type StorageBounds,
} from "./storage.ts";
import { formatTokens, type TokenAmount } from "./token-amount.ts";
import { whose } from "./whose.ts";

/** A fungible token to ask. Every method is the function of that name, bound to it. */
export interface FungibleToken {
  /** Account of the contract. */
  readonly contractId: string;
  /** Base units that an account has, the object's own unless told; see {@link ftBalance}. */
  balance(accountId?: string, options?: ReadOptions): Promise<bigint>;
  /** Base units that there are; see {@link ftTotalSupply}. */
  totalSupply(options?: ReadOptions): Promise<bigint>;
  /** What the token says of itself; see {@link ftMetadata}. */
  metadata(options?: ReadOptions): Promise<FtMetadata>;
  /** Base units as decimal text of tokens, by the decimals that the contract has now; see {@link formatTokens}. */
  format(amount: bigint, options?: ReadOptions): Promise<string>;
  /** What a registration costs; see {@link storageBounds}. */
  storageBounds(options?: ReadOptions): Promise<StorageBounds>;
  /** What an account has paid, the object's own unless told; see {@link storageBalance}. */
  storageBalance(accountId?: string, options?: ReadOptions): Promise<StorageBalance | null>;
  /** Whether an account, the object's own unless told, can receive tokens as it is; see {@link isRegistered}. */
  isRegistered(accountId?: string, options?: ReadOptions): Promise<boolean>;
}

/** A fungible token in the hands of an account. */
export interface FungibleTokenAccount<O extends Outcome = Outcome> extends FungibleToken {
  /** Transfers tokens; see {@link ftTransfer}. */
  transfer(
    receiverId: string,
    amount: TokenAmount,
    options?: FtTransferOptions,
  ): Promise<O & FtTransferred>;
  /** Transfers tokens and calls the receiver; see {@link ftTransferCall}. */
  transferCall(
    receiverId: string,
    amount: TokenAmount,
    msg: string,
    options?: FtTransferOptions,
  ): Promise<O & FtTransferCalled>;
  /** Registers an account, itself unless told; see {@link storageRegister}. */
  register(accountId?: string, options?: SendOptions & RegistrationOptions): Promise<O | null>;
  /** Gives up its registration; see {@link storageUnregister}. */
  unregister(options?: UnregisterOptions): Promise<O>;
}

/**
 * Names a fungible token: to ask, or with an account that signs to act with.
 * @param near - what `connect` returned, an account, or anything with a transport
 * @param contractId - account of the contract
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ft } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * const usdt = ft(alice, "usdt.near");
 * await usdt.transfer("bob.near", { tokens: "1.50" }); // registers bob.near, who is not yet
 * await usdt.balance("bob.near"); // 1500000n
 * await usdt.format(await usdt.balance()); // "998.5"
 * await ft(near, "usdt.near").isRegistered("bob.near"); // true
 * ```
 */
export function ft<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
): FungibleTokenAccount<O>;
export function ft(
  near: Network & { readonly accountId?: string | undefined },
  contractId: string,
): FungibleToken;
export function ft<O extends Outcome>(
  near: SigningAccountRef<O> | (Network & { readonly accountId?: string | undefined }),
  contractId: string,
): FungibleToken | FungibleTokenAccount<O> {
  assertAccountId(contractId, "contract id");
  const token = createToken(near, contractId);
  return Object.freeze("executor" in near ? { ...token, ...createHands(near, contractId) } : token);
}

function createToken(
  near: Network & { readonly accountId?: string | undefined },
  contractId: string,
): FungibleToken {
  return {
    contractId,
    balance: async (...args) => ftBalance(near, contractId, whose(args, near.accountId), args[1]),
    totalSupply: (options) => ftTotalSupply(near, contractId, options),
    metadata: (options) => ftMetadata(near, contractId, options),
    format: async (amount, options) =>
      formatTokens(amount, await ftDecimals(near, contractId, options)),
    storageBounds: (options) => storageBounds(near, contractId, options),
    storageBalance: async (...args) =>
      storageBalance(near, contractId, whose(args, near.accountId), args[1]),
    isRegistered: async (...args) =>
      isRegistered(near, contractId, whose(args, near.accountId), args[1]),
  };
}

function createHands<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
): Omit<FungibleTokenAccount<O>, keyof FungibleToken> {
  return {
    transfer: (receiverId, amount, options) =>
      ftTransfer(account, contractId, receiverId, amount, options),
    transferCall: (receiverId, amount, msg, options) =>
      ftTransferCall(account, contractId, receiverId, amount, msg, options),
    register: async (...args) =>
      storageRegister(account, contractId, whose(args, account.accountId), args[1]),
    unregister: (options) => storageUnregister(account, contractId, options),
  };
}
