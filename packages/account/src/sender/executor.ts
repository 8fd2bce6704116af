/**
 * The two sockets under a signing account: a signer, whose transactions are prepared and sent here,
 * or an executor (a wallet), which signs and sends by itself, with nonces of its own.
 * @module
 */
import type { RpcTransactionResponse } from "@yoctonear/rpc";
import type { Action, Delegate, DelegateV2, NonDelegateAction } from "@yoctonear/transactions";
import type { SendOptions } from "./options.ts";

/** A transaction to be signed and sent. */
export interface ExecuteRequest extends SendOptions {
  /** On whom the actions act. */
  readonly receiverId: string;
  /** Executed in order, all or nothing. */
  readonly actions: readonly Action[];
}

/** A transaction that came as far as was asked. */
export interface Executed {
  /** Hash of the transaction, base58. */
  readonly hash: string;
  /** Account that signed it. */
  readonly signerId: string;
  /** The signed bytes (borsh), where the executor has them. */
  readonly bytes?: Uint8Array | undefined;
  /** The node's answer, also where the execution failed. */
  readonly response: RpcTransactionResponse;
}

/** Actions to be signed for somebody else to send. */
export interface SignDelegateRequest {
  /** On whom the actions act. */
  readonly receiverId: string;
  /** Executed in order, all or nothing. */
  readonly actions: readonly NonDelegateAction[];
  /** Blocks, counted from the final one, in which they may be executed. */
  readonly validFor: number;
  /** Row of a gas key's nonces to use; unset for any other key. */
  readonly nonceIndex?: number | undefined;
  /** Ends the wait for the wallet. */
  readonly signal?: AbortSignal | undefined;
}

/** Signs and sends: a wallet, or the sender of this package. */
export interface Executor {
  /**
   * Signs and sends one transaction, once, and waits as far as `request.wait` says.
   * Throws `TransactionError` unless the transaction came that far, and any other error only while
   * nothing is out; an execution that failed is returned.
   */
  execute(request: ExecuteRequest): Promise<Executed>;
  /** Signs actions for somebody else to send, with a nonce of its own; unset where the wallet does not. */
  signDelegate?(request: SignDelegateRequest): Promise<Delegate | DelegateV2>;
}
