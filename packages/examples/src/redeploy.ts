import { loadContract } from "@yoctonear/contracts";
import { functionCall } from "yoctonear";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Redeploy: new code, the state stays and is migrated";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const counter = await newAccount(context, "counter");
  await counter.deploy(await loadContract("counter"), { init: functionCall("new", { value: 41 }) });
  const { code_hash: before } = await counter.state();

  // Code and migration together: if one fails, the old contract is there as it was.
  await counter.deploy(await loadContract("counter-v2"), { init: functionCall("migrate") });

  const { code_hash: after } = await counter.state();
  await root.call(counter.accountId, "increment");
  const state = await near.view(counter.accountId, "get");
  await counter.deleteAccount({ beneficiaryId: root.accountId });
  return `${before} → ${after}\n${JSON.stringify(state)}`;
}
