import type { ExampleContext } from "./example.ts";

export const title = "Get the state of an account";

export async function run({ near, root, freshId }: ExampleContext): Promise<string> {
  const state = await near.account(root.accountId).state();
  const nobody = freshId("nobody");
  const there = await near.account(nobody).exists();
  return `${state.storage_usage} bytes stored, code hash ${state.code_hash}\n${nobody} exists: ${there}`;
}
