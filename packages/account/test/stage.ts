import { connect, type Near, type SigningAccount } from "@yoctonear/account";
import { type ContractName, loadContract } from "@yoctonear/contracts";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";

/** A chain with people, and contracts that are deployed. */
export interface Stage {
  readonly chain: Localnet;
  readonly near: Near;
  /** An account of the chain, with its key. */
  act(accountId: string): SigningAccount;
  readonly alice: SigningAccount;
  readonly bob: SigningAccount;
}

/** Sets a stage: alice and bob with 100 NEAR, and each contract on an account, by the account's id. */
export async function setStage(
  contracts: Readonly<Record<string, ContractName>> = {},
): Promise<Stage> {
  // Every chain has the account near.
  const ids = ["alice.near", "bob.near", ...Object.keys(contracts)].filter((id) => id !== "near");
  const chain = await createLocalnet({
    accounts: Object.fromEntries(ids.map((id) => [id, "100 NEAR"] as const)),
  });
  const near = connect(chain);
  const act = (id: string): SigningAccount => near.account(id, chain.signer(id));
  for (const [id, name] of Object.entries(contracts)) {
    await act(id).deploy(await loadContract(name));
  }
  return { chain, near, act, alice: act("alice.near"), bob: act("bob.near") };
}

/** What a task was rejected with. */
export function rejection(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => undefined,
    (error: unknown) => error,
  );
}
