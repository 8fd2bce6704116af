import { loadContract } from "@yoctonear/contracts";
import { functionCall } from "yoctonear";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Look inside: the tree of receipts of a call across contracts";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const counter = await newAccount(context, "counter");
  await counter.deploy(await loadContract("counter"), { init: functionCall("new", { value: 41 }) });
  const caller = await newAccount(context, "caller");
  await caller.deploy(await loadContract("cross-contract"));

  const { hash } = await root.call(
    caller.accountId,
    "ask",
    { account_id: counter.accountId, method: "increment" },
    { gas: "60 Tgas" },
  );
  // Every outcome has a tree(); this one also knows who called what, and the refunds.
  const outcome = await near.trace(hash, root.accountId, { wait: "FINAL" });

  await caller.deleteAccount({ beneficiaryId: root.accountId });
  await counter.deleteAccount({ beneficiaryId: root.accountId });
  return `${JSON.stringify(outcome.value)}\n${outcome.tree()}`;
}
