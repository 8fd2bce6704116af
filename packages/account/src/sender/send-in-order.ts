/**
 * A plan: transactions one after the other, each only after the one before it has succeeded.
 * @module
 */
import type { SigningAccountRef } from "../account.ts";
import type { Outcome } from "../outcome/outcome.ts";
import { send, type SendItem } from "./send.ts";

/** How far a plan has come. */
export interface PlanResult<O extends Outcome = Outcome> {
  /** Outcomes of the transactions that succeeded, from the first on. */
  readonly done: readonly O[];
  /** The one that did not succeed; unset where all did. */
  readonly failed?: FailedItem | undefined;
  /** Those after it, of which nothing was signed or sent. */
  readonly notBegun: readonly SendItem[];
}

/** The transaction at which a plan has stopped. */
export interface FailedItem {
  readonly item: SendItem;
  /**
   * Why: a `TransactionError` once something was sent. One of `unknown_outcome` may still be executed: `resume()` it
   * before you go on.
   */
  readonly error: unknown;
}

/**
 * Sends transactions in order and stops at the first that does not succeed.
 * @param account - who acts and pays
 * @param items - the transactions; each waits for its own level
 * @returns what was done, what failed, what was not begun
 * @example
 * ```ts
 * import { sendInOrder, signingAccount } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { done, failed, notBegun } = await sendInOrder(
 *   alice,
 *   ["bob.near", "nobody.near", "bob.near"].map((receiverId) => ({
 *     receiverId,
 *     actions: [transfer("1 NEAR")],
 *   })),
 * );
 * [done.length, failed?.item.receiverId, notBegun.length]; // [1, "nobody.near", 1]
 * ```
 */
export async function sendInOrder<O extends Outcome>(
  account: SigningAccountRef<O>,
  items: readonly SendItem[],
): Promise<PlanResult<O>> {
  const done: O[] = [];
  for (const [index, item] of items.entries()) {
    const { receiverId, actions, ...options } = item;
    try {
      done.push(await send(account, receiverId, actions, options));
    } catch (error) {
      return { done, failed: { item, error }, notBegun: items.slice(index + 1) };
    }
  }
  return { done, notBegun: [] };
}
