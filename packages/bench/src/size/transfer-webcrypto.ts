/** Signing with the runtime's own Ed25519 and sending a transfer, over HTTP. */
import { fetchTransport, type RpcTransactionResponse } from "yoctonear/rpc";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { sendTransfer } from "./send-transfer.ts";

export async function pay(secretKey: string): Promise<RpcTransactionResponse> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return sendTransfer(transport, await webCryptoSigner(secretKey));
}
