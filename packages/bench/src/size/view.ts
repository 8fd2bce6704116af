/** Asking a contract, over HTTP. */
import { view } from "yoctonear/account";
import { fetchTransport } from "yoctonear/rpc";

export function greeting(): Promise<unknown> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return view(transport, "hello.near-examples.testnet", "get_greeting");
}
