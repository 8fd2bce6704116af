import { loadContract } from "@yoctonear/contracts";
import { contract } from "yoctonear/contract";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "A contract typed by an interface";

interface Message {
  readonly premium: boolean;
  readonly sender: string;
  readonly text: string;
}

/** The compiler checks names, arguments and results. */
interface Guestbook {
  readonly view: {
    get_messages(args: { from_index?: string; limit?: number }): readonly Message[];
    total_messages(): number;
  };
  readonly call: {
    add_message(args: { text: string }): void;
  };
}

export async function run(context: ExampleContext): Promise<string> {
  const { near, root } = context;
  const account = await newAccount(context, "guestbook");
  await account.deploy(await loadContract("guestbook"));

  const guestbook = contract<Guestbook>(near, account.accountId);
  await guestbook.call(root).add_message({ text: "hi" }, { deposit: "0.1 NEAR" });
  const [message] = await guestbook.view.get_messages({ limit: 10 });
  const total = await guestbook.view.total_messages();

  await account.deleteAccount({ beneficiaryId: root.accountId });
  return `${total} message: "${message?.text}" by ${message?.sender}, premium: ${message?.premium}`;
}
