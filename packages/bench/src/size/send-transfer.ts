/** A transfer step by step, as whoever counts bytes sends it: nothing asks again, nothing resumes. */
import type { Signer } from "yoctonear";
import { sendTx, type RpcTransactionResponse, type Transport, viewAccessKey } from "yoctonear/rpc";
import {
  createTransaction,
  encodeSignedTransaction,
  signTransaction,
  transfer,
} from "yoctonear/transactions";

export async function sendTransfer(
  transport: Transport,
  signer: Signer,
): Promise<RpcTransactionResponse> {
  const { publicKey } = signer;
  const accountId = "alice.testnet";
  const key = await viewAccessKey(transport, {
    accountId,
    publicKey,
    block: { finality: "final" },
  });
  const transaction = createTransaction({
    signerId: accountId,
    publicKey,
    nonce: key.nonce + 1n,
    receiverId: "bob.testnet",
    blockHash: key.block_hash,
    actions: [transfer("1 NEAR")],
  });
  const bytes = encodeSignedTransaction(await signTransaction(transaction, signer));
  return sendTx(transport, { signedTxBase64: btoa(String.fromCharCode(...bytes)) });
}
