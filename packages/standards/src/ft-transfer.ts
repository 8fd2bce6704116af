/**
 * Transfers of a fungible token (NEP-141). The receiver is registered in the same transaction where it has to be (NEP-145), so that
 * either both happen or neither.
 * @module
 */
import { type Outcome, send, type SigningAccountRef } from "@yoctonear/account";
import { type FunctionCall, functionCall } from "@yoctonear/transactions";
import { amountOf } from "./answer.ts";
import { baseUnits } from "./ft-reads.ts";
import { registrationOf, type RegistrationOptions } from "./storage.ts";
import type { TokenAmount } from "./token-amount.ts";
import { assertTransfer, TRANSFER_CALL_GAS, type TransferOptions } from "./transfer-options.ts";

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
 */
export async function ftTransfer<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  options: FtTransferOptions = {},
): Promise<O & FtTransferred> {
  assertTransfer(contractId, receiverId, null, options);
  const transfer = (units: bigint): FunctionCall =>
    functionCall(
      "ft_transfer",
      { receiver_id: receiverId, amount: String(units), memo: options.memo },
      { deposit: 1n, gas: options.gas },
    );
  const { outcome, ...sent } = await sendTokens(
    account,
    contractId,
    receiverId,
    amount,
    transfer,
    options,
  );
  return Object.assign(outcome, sent);
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
 */
export async function ftTransferCall<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  msg: string,
  options: FtTransferOptions = {},
): Promise<O & FtTransferCalled> {
  assertTransfer(contractId, receiverId, msg, options);
  const transfer = (units: bigint): FunctionCall =>
    functionCall(
      "ft_transfer_call",
      { receiver_id: receiverId, amount: String(units), memo: options.memo, msg },
      { deposit: 1n, gas: options.gas ?? TRANSFER_CALL_GAS },
    );
  const { outcome, ...sent } = await sendTokens(
    account,
    contractId,
    receiverId,
    amount,
    transfer,
    options,
  );
  const answered = amountOf(outcome.value);
  const taken = answered !== undefined && answered <= sent.sent ? answered : undefined;
  return Object.assign(outcome, { ...sent, taken });
}

async function sendTokens<O extends Outcome>(
  account: SigningAccountRef<O>,
  contractId: string,
  receiverId: string,
  amount: TokenAmount,
  transfer: (units: bigint) => FunctionCall,
  { memo: _, gas: __, maxRegistration, ...sending }: FtTransferOptions,
): Promise<FtTransferred & { readonly outcome: O }> {
  const { signal } = sending;
  const [sent, { actions, price }] = await Promise.all([
    baseUnits(account, contractId, amount, { signal }),
    registrationOf(account, contractId, receiverId, { maxRegistration, signal }),
  ]);
  const outcome = await send(account, contractId, [...actions, transfer(sent)], sending);
  return { outcome, sent, registration: price };
}
