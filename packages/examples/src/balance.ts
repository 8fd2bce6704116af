import { formatNear } from "yoctonear";
import type { ExampleContext } from "./example.ts";

export const title = "Get the balance of an account";

export async function run({ near, root }: ExampleContext): Promise<string> {
  const { total, available, staked, lockedForStorage } = await near
    .account(root.accountId)
    .balance();
  return [
    `total      ${formatNear(total)}`,
    `available  ${formatNear(available)}`,
    `staked     ${formatNear(staked)}`,
    `storage    ${formatNear(lockedForStorage)}`,
  ].join("\n");
}
