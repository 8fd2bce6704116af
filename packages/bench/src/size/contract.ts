/** Asking a contract that is typed by an interface, over HTTP. */
import { contract } from "yoctonear/contract";
import { fetchTransport } from "yoctonear/rpc";

interface Greeter {
  readonly view: { get_greeting(): string };
}

export function greeting(): Promise<string> {
  const transport = fetchTransport("https://test.rpc.fastnear.com");
  return contract<Greeter>({ transport }, "hello.near-examples.testnet").view.get_greeting();
}
