/**
 * What a transaction did, read from the node's answer without ever throwing: when it is read, the
 * money has moved.
 * @module
 */
import { decodeBase64, decodeUtf8 } from "@yoctonear/base";
import { parseJson, type RpcTransactionResponse } from "@yoctonear/rpc";
import { describeFailure, type Failure } from "../errors/failure.ts";
import { field } from "../record.ts";

/** What a transaction did. */
export interface Outcome {
  /** Hash of the transaction, base58. */
  readonly hash: string;
  /** How far the transaction had come when the node answered. */
  readonly level: string;
  /** The result parsed as JSON; undefined where there is none, or where it is not JSON. */
  readonly value: unknown;
  /** The result; undefined where there is none yet, or the transaction failed. */
  readonly bytes: Uint8Array | undefined;
  /** Logs of all receipts, in order of execution. */
  readonly logs: readonly string[];
  /** Gas burnt by the transaction and all its receipts so far. */
  readonly gasBurnt: bigint;
  /** yoctoNEAR burnt by the transaction and all its receipts so far. */
  readonly tokensBurnt: bigint;
  /** What failed; undefined for a success, or where it is not known yet. */
  readonly failure: Failure | undefined;
  /** The node's whole answer. */
  readonly response: RpcTransactionResponse;
  /** The tree of receipts as text; set where the account is of `connect`, see `TracedOutcome`. */
  readonly tree?: (() => string) | undefined;
}

/** Makes the outcome of a transaction's hash and the node's answer. */
export type OutcomeReader<O extends Outcome = Outcome> = (
  hash: string,
  response: RpcTransactionResponse,
) => O;

/**
 * Reads the answer of a node to `send_tx`, `tx` or `EXPERIMENTAL_tx_status`.
 * @param hash - of the transaction
 * @param response - the answer
 * @example
 * ```ts
 * import { readOutcome, signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalTxStatus } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash: txHash } = await transfer(alice, "bob.near", "1 NEAR");
 * const question = { txHash, senderAccountId: "alice.near", waitUntil: "FINAL" } as const;
 * const response = await experimentalTxStatus(chain.transport, question);
 * readOutcome(txHash, response).tokensBurnt; // 44636512500000000000n
 * ```
 */
export function readOutcome(hash: string, response: RpcTransactionResponse): Outcome {
  const outcomes = [response.transaction_outcome, ...(response.receipts_outcome ?? [])]
    .filter((entry) => entry !== undefined && entry !== null)
    .map((entry) => entry.outcome);
  const bytes = successValue(response.status);
  return {
    hash,
    level: response.final_execution_status,
    get value(): unknown {
      return parseValue(bytes);
    },
    bytes,
    logs: outcomes.flatMap((outcome) => outcome.logs),
    // A number where a wallet answered.
    gasBurnt: outcomes.reduce((sum, outcome) => sum + BigInt(`${outcome.gas_burnt}`), 0n),
    tokensBurnt: outcomes.reduce((sum, outcome) => sum + BigInt(outcome.tokens_burnt), 0n),
    failure: readFailure(response.status),
    response,
  };
}

/** What failed, by a status of nearcore; undefined where nothing did. */
export function readFailure(status: unknown): Failure | undefined {
  const failure = field(status, "Failure");
  return failure === undefined ? undefined : describeFailure(failure);
}

/** The result that a status carries; undefined where there is none. */
export function successValue(status: unknown): Uint8Array | undefined {
  const value = field(status, "SuccessValue");
  if (typeof value !== "string") return undefined;
  try {
    return decodeBase64(value);
  } catch {
    return undefined;
  }
}

/** Bytes as JSON, undefined for what is none. */
export function parseValue(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    return parseJson(decodeUtf8(bytes));
  } catch {
    return undefined;
  }
}
