/**
 * Proves that a transaction can never be included: the only ground on which it may be signed anew.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { block, type Transport, tx, viewAccessKey, viewGasKeyNonces } from "@yoctonear/rpc";
import type { Transaction } from "@yoctonear/transactions";
import { protocolNumber } from "./protocol-config.ts";
import type { Sending } from "./sending.ts";

/**
 * Looks at the final block for a reason why the transaction cannot be in any later one, then asks
 * for it by hash: only when it is also unknown, it is dead.
 * @param transport - reaches the network
 * @param sending - the transaction
 * @param kind - nearcore's name of the refusal
 * @returns how it ended, or null as long as nothing is proved
 */
export async function proveDead(
  transport: Transport,
  { signed: { transaction }, hash }: Sending,
  kind: string,
  signal: AbortSignal,
): Promise<"rejected" | "expired" | null> {
  const code = kind === "InvalidNonce" ? "rejected" : kind === "Expired" ? "expired" : null;
  if (code === null) return null;
  const passed =
    code === "rejected"
      ? await isNonceUsed(transport, transaction, signal)
      : await isExpired(transport, transaction, signal);
  if (!passed) return null;
  try {
    const question = { txHash: hash, senderAccountId: transaction.signerId };
    await tx(transport, { ...question, waitUntil: "NONE" }, { signal });
    return null;
  } catch (error) {
    if (isNearError(error, "UNKNOWN_TRANSACTION")) return code;
    throw error;
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
