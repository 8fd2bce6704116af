import { loadContract } from "@yoctonear/contracts";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "A global contract, by its account: the account upgrades it for all";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const owner = await newAccount(context, "owner", "2 NEAR");
  const user = await newAccount(context, "user");
  await owner.deployGlobal(await loadContract("hello"), { by: "account" });

  await user.useGlobal({ account: owner.accountId });
  const before = await near.view(user.accountId, "hello");

  // The user does nothing, and has the new code.
  await owner.deployGlobal(await loadContract("counter"), { by: "account" });
  const after = await near.view(user.accountId, "get");

  await user.deleteAccount({ beneficiaryId: root.accountId });
  await owner.deleteAccount({ beneficiaryId: root.accountId });
  return `first it said ${String(before)}, then it counted: ${String(after)}`;
}
