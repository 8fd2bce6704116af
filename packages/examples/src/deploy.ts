import { loadContract } from "@yoctonear/contracts";
import { functionCall } from "yoctonear";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Deploy a contract, with its init in the same transaction";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const counter = await newAccount(context, "counter");
  const code = await loadContract("counter");

  await counter.deploy(code, { init: functionCall("new", { value: 41 }) });

  const value = await near.view(counter.accountId, "get");
  await counter.deleteAccount({ beneficiaryId: root.accountId });
  return `${code.length} bytes of code; the counter is at ${String(value)}`;
}
