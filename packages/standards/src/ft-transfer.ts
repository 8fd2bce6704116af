/**
 * Transfers of a fungible token (NEP-141). The receiver is registered in the same transaction where it has to be (NEP-145), so that
 * either both happen or neither.
 * @module
 */
import { type Outcome, send, type SendOptions, type SigningAccountRef } from "@yoctonear/account";
import { type FunctionCall, functionCall } from "@yoctonear/transactions";
import { amountOf, type Network } from "./answer.ts";
import { baseUnits } from "./ft-reads.ts";
import { registrationOf, type RegistrationOptions } from "./registration.ts";
import type { TokenAmount } from "./token-amount.ts";
import {
  assertTransfer,
  TRANSFER_CALL_GAS,
  type TransferDetails,
  type TransferOptions,
} from "./transfer-options.ts";

/** What a transfer of a fungible token takes, sent or not. */
export type FtTransferDetails = TransferDetails & RegistrationOptions;

/** What a transfer of a fungible token takes. */
export type FtTransferOptions = TransferOptions & RegistrationOptions;

/** What came of a transfer, besides the outcome of its transaction. */
export interface FtTransferred {
  /** Base units that were sent. */
  readonly sent: bigint;
  /** yoctoNEAR that were attached to register the receiver; 0 where it could receive as it was. */
  readonly registration: bigint;
}

/** What came of a transfer whose receiver was called. */
export interface FtTransferCalled extends FtTransferred {
  /**
   * Base units that the receiver took; the rest came back. Undefined where the outcome does not tell: the transaction was not waited
   * for, or the contract answered something else.
   */
  readonly taken: bigint | undefined;
}

/**
 * Transfers tokens, and registers the receiver where it has to be.
 * @param account - whose tokens
 * @param contractId - account of the token's contract
 * @param receiverId - who gets them; not the contract itself, where they would be lost
 * @param amount - `{ tokens: "1.50" }`, or base units as bigint
 * @param options - `memo`, `maxRegistration` ("0.1 NEAR"), `gas` (30 Tgas), and those of sending
 * @throws {TransactionError}
 * @throws {TokenError} and then nothing was sent
 * @throws {ParseError} `invalid_amount`, `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftTransfer } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * const options = { memo: "rent", maxRegistration: "0.01 NEAR" } as const;
 * const { sent, registration } = await ftTransfer(alice, "usdt.near", "bob.near", { tokens: "1.50" }, options);
 * sent; // 1500000n
 * registration; // 1220000000000000000000n
 * ```
 */
export async function ftTransfer<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  options: FtTransferOptions = {},
): Promise<O & FtTransferred> {
  return sendTokens(account, contractId, { receiverId, amount, msg: null }, options);
}

/**
 * Transfers tokens and calls the receiver, which is a contract that does something with them and gives back what it does not take.
 * @param account - whose tokens
 * @param contractId - account of the token's contract
 * @param receiverId - the contract that gets them, and is called with `ft_on_transfer`
 * @param amount - `{ tokens: "1.50" }`, or base units as bigint
 * @param msg - what the receiver is told; empty where it wants nothing
 * @param options - `memo`, `maxRegistration` ("0.1 NEAR"), `gas` (100 Tgas), and those of sending
 * @returns an outcome that also tells what the receiver has `taken`; after a `resume()` it is the `value` of the outcome, as text
 * @throws {TransactionError} not where the receiver failed: then all has come back
 * @throws {TokenError} and then nothing was sent
 * @throws {ParseError} `invalid_amount`, `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftTransferCall } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "9 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const contract = near.account("usdt.near", chain.signer("usdt.near"));
 * await contract.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * await chain.createAccount("defi.near", { balance: "9 NEAR" });
 * const defi = near.account("defi.near", chain.signer("defi.near"));
 * await defi.deploy(await loadContract("receiver"));
 * // This receiver gives back as much as the msg says
 * const { taken } = await ftTransferCall(alice, "usdt.near", "defi.near", { tokens: "1" }, "400000");
 * taken; // 600000n
 * ```
 */
export async function ftTransferCall<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  msg: string,
  options: FtTransferOptions = {},
): Promise<O & FtTransferCalled> {
  const outcome = await sendTokens(account, contractId, { receiverId, amount, msg }, options);
  const answered = amountOf(outcome.value);
  const taken = answered !== undefined && answered <= outcome.sent ? answered : undefined;
  return Object.assign(outcome, { taken });
}

/** A transfer that is not sent yet. */
export interface FtTransferPlan extends FtTransferred {
  /** One transaction's actions on the contract of the token: perhaps the registration, then the transfer. */
  readonly actions: readonly FunctionCall[];
}

/**
 * Makes the actions of a transfer, for a transaction that is sent by other means: signed by hand, relayed, one of many.
 * @param near - what `connect` returned, an account, or anything with a transport
 * @param contractId - account of the token's contract, which is the receiver of the transaction
 * @param receiverId - who gets the tokens; not the contract itself
 * @param amount - `{ tokens: "1.50" }`, or base units as bigint
 * @param details - `memo`, `maxRegistration` ("0.1 NEAR"), `gas` (30 Tgas)
 * @throws {TokenError}
 * @throws {ParseError} `invalid_amount`, `invalid_account_id`
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { loadContract } from "@yoctonear/contracts";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { ftBalance, ftTransferActions } from "@yoctonear/standards";
 * import { functionCall } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "0 NEAR", "usdt.near": "9 NEAR" } });
 * const near = connect(chain);
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * const metadata = { spec: "ft-1.0.0", name: "Tether USD", symbol: "USDt", decimals: 6 };
 * const init = { owner_id: "alice.near", total_supply: "1000000000", metadata };
 * const usdt = near.account("usdt.near", chain.signer("usdt.near"));
 * await usdt.deploy(await loadContract("fungible-token"), { init: functionCall("new", init) });
 * const { actions } = await ftTransferActions(near, "usdt.near", "usdt-fans.near", 5n);
 * // Alice has no NEAR: she signs, and whoever relays it pays
 * await usdt.relay(await alice.delegate("usdt.near", actions));
 * await ftBalance(near, "usdt.near", "usdt-fans.near"); // 5n
 * ```
 */
export async function ftTransferActions(
  near: Network,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  details: FtTransferDetails & Pick<SendOptions, "signal"> = {},
): Promise<FtTransferPlan> {
  assertTransfer(contractId, receiverId, null, details);
  return plan(near, contractId, { receiverId, amount, msg: null }, details);
}

/** A transfer as it was ordered. */
interface Order {
  readonly receiverId: string;
  readonly amount: TokenAmount;
  /** Null where the receiver is not called. */
  readonly msg: string | null;
}

async function plan(
  near: Network,
  contractId: string,
  { receiverId, amount, msg }: Order,
  { memo, gas, maxRegistration, signal, ...rest }: FtTransferDetails & Pick<SendOptions, "signal">,
): Promise<FtTransferPlan> {
  for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
  const [sent, registration] = await Promise.all([
    baseUnits(near, contractId, amount, { signal }),
    registrationOf(near, contractId, receiverId, { maxRegistration, signal }),
  ]);
  const args = { receiver_id: receiverId, amount: String(sent), memo };
  const transfer =
    msg === null
      ? functionCall("ft_transfer", args, { deposit: 1n, gas })
      : functionCall(
          "ft_transfer_call",
          { ...args, msg },
          { deposit: 1n, gas: gas ?? TRANSFER_CALL_GAS },
        );
  const actions = [...registration.actions, transfer];
  return { actions, sent, registration: registration.price };
}

async function sendTokens<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  order: Order,
  options: FtTransferOptions,
): Promise<O & FtTransferred> {
  assertTransfer(contractId, order.receiverId, order.msg, options);
  const { memo, gas, maxRegistration, ...sending } = options;
  const details = { memo, gas, maxRegistration, signal: sending.signal };
  const { actions, ...planned } = await plan(account, contractId, order, details);
  const outcome = await send(account, contractId, actions, sending);
  return Object.assign(outcome, planned);
}
