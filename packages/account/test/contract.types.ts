/** What the compiler lets pass of a contract typed by an interface; compiled only. */
import type { Near, Outcome, SigningAccount, SigningAccountRef } from "@yoctonear/account";
import { contract } from "@yoctonear/account/contract";

interface Message {
  readonly sender: string;
  readonly text: string;
}

interface Guestbook {
  view: {
    get_messages(args: { from_index?: string; limit?: number }): Message[];
    total_messages(): number;
    latest(args?: { by: string }): Message | null;
  };
  call: { add_message(args: { text: string }): number };
}

export async function views(near: Near): Promise<void> {
  const guestbook = contract<Guestbook>(near, "guestbook.near");
  const messages = await guestbook.view.get_messages({ limit: 10 });
  messages[0]?.text satisfies string | undefined;
  (await guestbook.view.total_messages()) satisfies number;
  (await guestbook.view.total_messages({}, { block: { finality: "final" } })) satisfies number;
  (await guestbook.view.latest()) satisfies Message | null;
  (await guestbook.view.latest({ by: "alice.near" })) satisfies Message | null;
  // @ts-expect-error a misspelt argument
  await guestbook.view.get_messages({ limits: 10 });
  // @ts-expect-error arguments are missing
  await guestbook.view.get_messages();
  // @ts-expect-error options in the place of arguments
  await guestbook.view.total_messages({ block: { finality: "final" } });
  // @ts-expect-error no such method
  "get_message" satisfies keyof typeof guestbook.view;
  // @ts-expect-error it changes state, so it is called
  "add_message" satisfies keyof typeof guestbook.view;
  // @ts-expect-error an option of calls
  await guestbook.view.get_messages({}, { deposit: 1n });
}

export async function calls(near: Near, alice: SigningAccount): Promise<void> {
  const guestbook = contract<Guestbook>(near, "guestbook.near");
  const outcome = await guestbook.call(alice).add_message({ text: "hi" }, { deposit: "1 NEAR" });
  outcome.value satisfies number | undefined;
  outcome.tree() satisfies string;
  // @ts-expect-error an amount without a unit
  await guestbook.call(alice).add_message({ text: "hi" }, { deposit: "1" });
  // @ts-expect-error an account that only reads
  guestbook.call(near.account("alice.near"));
}

export async function free(near: Near, alice: SigningAccountRef): Promise<Outcome> {
  const outcome = await contract<Guestbook>(near, "guestbook.near").call(alice).add_message({
    text: "hi",
  });
  // @ts-expect-error the outcomes of the free functions have no tree
  outcome.tree();
  return outcome;
}

export function shapes(near: Near, alice: SigningAccount): void {
  const counter = contract<{ view: { get(): number } }>(near, "counter.near");
  counter.view.get satisfies object;
  const { call } = counter;
  // @ts-expect-error without methods to call
  call(alice).get satisfies object;
  // @ts-expect-error methods take one value
  contract<{ view: { add(a: number, b: number): number } }>(near, "counter.near");
  // @ts-expect-error neither asked nor called
  contract<{ views: { get(): number } }>(near, "counter.near");
}
