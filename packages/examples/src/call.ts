import { loadContract } from "@yoctonear/contracts";
import { formatGas } from "yoctonear";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Call a contract";

export async function run(context: ExampleContext): Promise<string> {
  const { root } = context;
  const guestbook = await newAccount(context, "guestbook");
  await guestbook.deploy(await loadContract("guestbook"));

  const outcome = await root.call(
    guestbook.accountId,
    "add_message",
    { text: "hi" },
    { deposit: "0.1 NEAR", gas: "10 Tgas" },
  );
  const { value } = await root.call(guestbook.accountId, "total_messages");

  await guestbook.deleteAccount({ beneficiaryId: root.accountId });
  return `${outcome.hash} burnt ${formatGas(outcome.gasBurnt)}; messages: ${String(value)}`;
}
