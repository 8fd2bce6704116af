/** Asking for a balance of tokens, over HTTP. */
import { fetchTransport } from "yoctonear/rpc";
import { ftBalance } from "yoctonear/standards";

export function balance(): Promise<bigint> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return ftBalance({ transport }, "usdt.testnet", "bob.testnet");
}
