/**
 * The two sockets under a signing account: a signer, whose transactions are prepared and sent here,
 * or an executor (a wallet), which signs and sends by itself, with nonces of its own.
 * @module
 */
import type { RpcTransactionResponse } from "@yoctonear/rpc";
import type { Action } from "@yoctonear/transactions";
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

/** Signs and sends: a wallet, or the sender of this package. */
export interface Executor {
  /**
   * Signs and sends one transaction, once, and waits as far as `request.wait` says.
   * Throws `TransactionError` unless the transaction came that far, and any other error only while
   * nothing is out; an execution that failed is returned.
   */
  execute(request: ExecuteRequest): Promise<Executed>;
}
