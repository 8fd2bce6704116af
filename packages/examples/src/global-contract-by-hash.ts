import { loadContract } from "@yoctonear/contracts";
import { codeHash } from "yoctonear/account";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "A global contract, by its hash: many accounts use one code, for good";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const code = await loadContract("hello");

  // Its storage is paid by burning NEAR, ten times as much as an account would hold for it.
  await root.deployGlobal(code, { by: "hash" });

  const hash = codeHash(code);
  const user = await newAccount(context, "user");
  await user.useGlobal({ hash });
  const answer = await near.view(user.accountId, "hello");
  const { storage_usage } = await user.state();
  await user.deleteAccount({ beneficiaryId: root.accountId });
  return `${hash}\n${String(answer)} from an account of ${storage_usage} bytes`;
}
