import type { ExampleContext } from "./example.ts";

export const title = "List the keys of an account";

export async function run({ near, root }: ExampleContext): Promise<string> {
  const keys = await near.account(root.accountId).keys();
  return keys
    .map(({ public_key, access_key }) => {
      const { permission } = access_key;
      const may = typeof permission === "string" ? permission : Object.keys(permission).join();
      return `${public_key} ${may}`;
    })
    .join("\n");
}
