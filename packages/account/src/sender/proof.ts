/**
 * Proves that a transaction can never be included: the only ground on which it may be signed anew.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { block, isRpcError, type Transport, viewAccessKey, viewGasKeyNonces } from "@yoctonear/rpc";
import { describeFailure } from "../errors/failure.ts";
import { protocolNumber } from "../protocol-config.ts";
import { nonceOf, type Sending } from "./sending.ts";

/** The proof that a transaction can never be included. */
export interface Proof {
  /** Height of a final block at which its nonce was used; unset where that is not the reason. */
  readonly usedAt?: bigint | undefined;
}

/**
 * Looks at the final block for a reason why the transaction cannot be in any later one, then hands
 * its bytes to a node to look at, not to pass on: only when the same node does not know it and refuses
 * it for the same reason, it is dead. By its hash a node that lags behind would not know it either.
 * @param transport - reaches the network
 * @param sending - the transaction
 * @param kind - nearcore's name of the refusal
 * @param isOnlyCopy - whether the bytes were nowhere but where they were refused: then any reason will do
 * @returns the proof, or null as long as there is none
 */
export async function proveDead(
  transport: Transport,
  sending: Sending,
  kind: string | undefined,
  isOnlyCopy: boolean,
  signal: AbortSignal,
): Promise<Proof | null> {
  const { bytes } = sending;
  // Whatever the state, and where nobody looked at the transaction.
  if (kind === "InvalidSignature" || (isOnlyCopy && !/^[A-Z][a-z]/.test(kind ?? ""))) {
    return {};
  }
  const usedAt =
    kind === "InvalidNonce" ? await findNonceUsed(transport, sending, signal) : undefined;
  const passed =
    kind === "Expired"
      ? await isExpired(transport, sending, signal)
      : usedAt !== undefined || (isOnlyCopy && kind !== "InvalidNonce");
  if (!passed) return null;
  const params = { signed_tx_base64: encodeBase64(bytes), wait_until: "NONE" };
  // A node looks for the transaction first and checks it then: in between it may have come with the next block. The
  // second look is after that check.
  for (const _ of [1, 2]) {
    try {
      await transport({ method: "tx", params }, { signal });
      return null;
    } catch (error) {
      if (!isRpcError(error, "INVALID_TRANSACTION") || describeFailure(error.data).kind !== kind) {
        throw error;
      }
    }
  }
  return { usedAt };
}

/** The height of the final block, where the key's nonce is past the transaction's. */
async function findNonceUsed(
  transport: Transport,
  sending: Sending,
  signal: AbortSignal,
): Promise<bigint | undefined> {
  const { signerId, publicKey, nonce: own } = sending.signed.transaction;
  const key = { accountId: signerId, publicKey, block: { finality: "final" } } as const;
  const nonce = nonceOf(sending);
  if (typeof own !== "bigint" && own.type === "gasKeyNonce") {
    const row = await viewGasKeyNonces(transport, key, { signal });
    return (row.nonces[own.nonceIndex] ?? 0n) >= nonce ? row.block_height : undefined;
  }
  const row = await viewAccessKey(transport, key, { signal });
  return row.nonce >= nonce ? row.block_height : undefined;
}

/** Whether the final block is past the last one that could include the transaction. */
async function isExpired(
  transport: Transport,
  sending: Sending,
  signal: AbortSignal,
): Promise<boolean> {
  const { blockHash } = sending.signed.transaction;
  const [base, final, period] = await Promise.all([
    block(transport, { block: { blockId: blockHash } }, { signal }),
    block(transport, { block: { finality: "final" } }, { signal }),
    protocolNumber(transport, "transaction_validity_period", { signal }),
  ]);
  const age = final.header.height - base.header.height;
  if (age <= period) return false;
  // Nodes keep five epochs, 2.5 periods: what was executed longer ago is known to an archive only. Then the nonce tells,
  // while nothing has used it.
  return age <= 2n * period || (await findNonceUsed(transport, sending, signal)) === undefined;
}
