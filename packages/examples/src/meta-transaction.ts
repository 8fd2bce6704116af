import { loadContract } from "@yoctonear/contracts";
import { deleteAccount, formatNear, functionCall } from "yoctonear";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Meta-transaction: one signs, another pays";

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const guestbook = await newAccount(context, "guestbook");
  await guestbook.deploy(await loadContract("guestbook"));
  const poor = await newAccount(context, "poor", "0 NEAR");

  // Signed without a NEAR, e.g. in a browser; it goes to a relayer, which pays for it.
  const delegated = await poor.delegate(guestbook.accountId, [
    functionCall("add_message", { text: "hi" }, { gas: "10 Tgas" }),
  ]);
  await root.relay(delegated);

  const messages = await near.view(guestbook.accountId, "get_messages");
  const { total } = await poor.balance();
  await root.relay(await poor.delegate(poor.accountId, [deleteAccount(root.accountId)]));
  await guestbook.deleteAccount({ beneficiaryId: root.accountId });
  return `${JSON.stringify(messages)}\nits sender has ${formatNear(total)}`;
}
