import { loadContract } from "@yoctonear/contracts";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "View: ask a contract, for free";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const guestbook = await newAccount(context, "guestbook");
  await guestbook.deploy(await loadContract("guestbook"));
  for (const text of ["hi", "hello"]) {
    await root.call(guestbook.accountId, "add_message", { text });
  }

  const messages = await near.view(guestbook.accountId, "get_messages", { limit: 10 });

  await guestbook.deleteAccount({ beneficiaryId: root.accountId });
  return JSON.stringify(messages);
}
