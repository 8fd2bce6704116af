/**
 * Transfers and other transactions by hand, straight to a chain's transport.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import type { Localnet } from "@yoctonear/localnet";
import type { KeyPair, Signer } from "@yoctonear/keys";
import {
  block,
  isRpcError,
  type RpcTransactionResponse,
  sendTx,
  type TxExecutionStatus,
  viewAccessKey,
} from "@yoctonear/rpc";
import {
  type Action,
  attachSignature,
  createTransaction,
  encodeSignedTransaction,
  type NonceMode,
  signingRequest,
  signTransaction,
  transactionHash,
} from "@yoctonear/transactions";

/** A signed transfer. */
export interface Transfer {
  readonly hash: string;
  readonly signedTxBase64: string;
}

/** What of a transfer may be said. */
export interface TransferParts {
  readonly from: string;
  readonly to: string;
  readonly amount?: bigint | undefined;
  /** The key's next one unless told. */
  readonly nonce?: bigint | undefined;
  readonly isStrict?: boolean | undefined;
  readonly signer?: Signer | undefined;
}

/** Signs a transfer. */
export async function signTransfer(chain: Localnet, parts: TransferParts): Promise<Transfer> {
  const { from, to, amount = 1n, isStrict = false, signer = chain.signer(from) } = parts;
  const { publicKey } = signer;
  const key = await viewAccessKey(chain.transport, { accountId: from, publicKey });
  const { header } = await block(chain.transport, { block: { finality: "final" } });
  const transaction = createTransaction({
    signerId: from,
    publicKey,
    nonce: parts.nonce ?? key.nonce + 1n,
    receiverId: to,
    blockHash: header.hash,
    actions: [{ type: "transfer", deposit: amount }],
    ...(isStrict ? { nonceMode: "strict" as const } : {}),
  });
  const signed = await signTransaction(transaction, signer);
  const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
  return { hash: transactionHash(transaction), signedTxBase64 };
}

/** Signs a transfer and sends it. */
export async function sendTransfer(
  chain: Localnet,
  parts: TransferParts,
  waitUntil: TxExecutionStatus = "EXECUTED_OPTIMISTIC",
): Promise<RpcTransactionResponse> {
  const { signedTxBase64 } = await signTransfer(chain, parts);
  return sendTx(chain.transport, { signedTxBase64, waitUntil });
}

/** What of a transaction may be said. */
export interface ByHand {
  readonly nonce?: bigint | undefined;
  readonly nonceMode?: NonceMode | undefined;
}

/** Signs by hand, as no client would, and sends. */
export async function sendActions(
  chain: Localnet,
  signer: KeyPair,
  signerId: string,
  receiverId: string,
  actions: readonly Action[],
  { nonce, nonceMode }: ByHand = {},
): Promise<Awaited<ReturnType<typeof sendTx>>> {
  const { publicKey } = signer;
  const { header } = await block(chain.transport, { block: { finality: "final" } });
  const transaction = {
    ...createTransaction({
      signerId,
      publicKey,
      nonce: nonce ?? 1n,
      nonceMode,
      receiverId: signerId,
      blockHash: header.hash,
      actions: [],
    }),
    receiverId,
    actions,
  };
  const signature = await signer.sign(signingRequest(transaction));
  const bytes = encodeSignedTransaction(attachSignature(transaction, signature));
  const signedTxBase64 = encodeBase64(bytes);
  return sendTx(chain.transport, { signedTxBase64, waitUntil: "EXECUTED_OPTIMISTIC" });
}

/** What a node refuses a transaction with, or null. */
export async function refusalOf(...parts: Parameters<typeof sendActions>): Promise<unknown> {
  try {
    await sendActions(...parts);
    return null;
  } catch (error) {
    if (isRpcError(error)) return error.data;
    throw error;
  }
}
