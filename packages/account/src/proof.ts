/**
 * Proves that a transaction can never be included: the only ground on which it may be signed anew.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import { block, isRpcError, type Transport, viewAccessKey, viewGasKeyNonces } from "@yoctonear/rpc";
import type { Transaction } from "@yoctonear/transactions";
import { describeFailure } from "./failure.ts";
import { protocolNumber } from "./protocol-config.ts";
import type { Sending } from "./sending.ts";

/**
 * Looks at the final block for a reason why the transaction cannot be in any later one, then hands
 * its bytes to a node to look at, not to pass on: only when the same node does not know it and refuses
 * it for the same reason, it is dead. By its hash a node that lags behind would not know it either.
 * @param transport - reaches the network
 * @param sending - the transaction
 * @param kind - nearcore's name of the refusal
 * @param isOnlyCopy - whether the bytes were nowhere but where they were refused: then any reason will do
 * @returns how it ended, or null as long as nothing is proved
 */
export async function proveDead(
  transport: Transport,
  { signed: { transaction }, bytes }: Sending,
  kind: string,
  isOnlyCopy: boolean,
  signal: AbortSignal,
): Promise<"rejected" | "expired" | null> {
  // Whatever the state, and where nobody looked at the transaction.
  if (kind === "InvalidSignature" || (isOnlyCopy && !/^[A-Z][a-z]/.test(kind))) return "rejected";
  const passed =
    kind === "InvalidNonce"
      ? await isNonceUsed(transport, transaction, signal)
      : kind === "Expired"
        ? await isExpired(transport, transaction, signal)
        : isOnlyCopy;
  if (!passed) return null;
  const params = { signed_tx_base64: encodeBase64(bytes), wait_until: "NONE" };
  try {
    await transport({ method: "tx", params }, { signal });
    return null;
  } catch (error) {
    if (!isRpcError(error, "INVALID_TRANSACTION") || describeFailure(error.data).kind !== kind) {
      throw error;
    }
    return kind === "Expired" ? "expired" : "rejected";
  }
}

/** Whether the key's nonce at the final block is past the transaction's. */
async function isNonceUsed(
  transport: Transport,
  { signerId, publicKey, nonce }: Transaction,
  signal: AbortSignal,
): Promise<boolean> {
  const key = { accountId: signerId, publicKey, block: { finality: "final" } } as const;
  if (typeof nonce === "bigint")
    return (await viewAccessKey(transport, key, { signal })).nonce >= nonce;
  if (nonce.type === "nonce") {
    return (await viewAccessKey(transport, key, { signal })).nonce >= nonce.nonce;
  }
  const { nonces } = await viewGasKeyNonces(transport, key, { signal });
  return (nonces[nonce.nonceIndex] ?? 0n) >= nonce.nonce;
}

/** Whether the final block is past the last one that could include the transaction. */
async function isExpired(
  transport: Transport,
  { blockHash }: Transaction,
  signal: AbortSignal,
): Promise<boolean> {
  const [base, final, period] = await Promise.all([
    block(transport, { block: { blockId: blockHash } }, { signal }),
    block(transport, { block: { finality: "final" } }, { signal }),
    protocolNumber(transport, "transaction_validity_period", { signal }),
  ]);
  return final.header.height > base.header.height + period;
}
