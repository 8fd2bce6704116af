/**
 * Transfers by hand, straight to a chain's transport.
 * @module
 */
import { encodeBase64 } from "@yoctonear/base";
import type { Localnet } from "@yoctonear/localnet";
import type { Signer } from "@yoctonear/keys";
import {
  block,
  type RpcTransactionResponse,
  sendTx,
  type TxExecutionStatus,
  viewAccessKey,
} from "@yoctonear/rpc";
import {
  createTransaction,
  encodeSignedTransaction,
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
