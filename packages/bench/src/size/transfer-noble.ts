/** Signing with noble's ed25519 and sending a transfer, over HTTP. */
import { ed25519KeyPair } from "yoctonear";
import { fetchTransport, type RpcTransactionResponse } from "yoctonear/rpc";
import { sendTransfer } from "./send-transfer.ts";

export function pay(secretKey: string): Promise<RpcTransactionResponse> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return sendTransfer(transport, ed25519KeyPair(secretKey));
}
