/**
 * A chain with some accounts, on which a test deploys contracts and acts.
 * @module
 */
import { type ContractName, loadContract } from "@yoctonear/contracts";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import * as assert from "uvu/assert";
import {
  connect,
  deployContract,
  functionCall,
  type Near,
  type SigningAccount,
  TransactionError,
} from "yoctonear";

/** Arguments of a method, for JSON. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Where a test acts. */
export interface Stage {
  readonly chain: Localnet;
  readonly near: Near;
  /** An account of the chain, with its key. */
  as(accountId: string): SigningAccount;
  /** Deploys a contract to an account, which exists; calls its `new` where there are arguments for it. */
  deploy(accountId: string, name: ContractName, init?: Arguments): Promise<void>;
  /** yoctoNEAR that an account has. */
  balanceOf(accountId: string): Promise<bigint>;
}

/** Starts a chain whose accounts have 100 NEAR each. */
export async function openStage(...accountIds: readonly string[]): Promise<Stage> {
  const accounts = Object.fromEntries(accountIds.map((id) => [id, "100 NEAR"] as const));
  const chain = await createLocalnet({ accounts });
  const near = connect(chain);
  const as = (accountId: string): SigningAccount =>
    near.account(accountId, chain.signer(accountId));
  return {
    chain,
    near,
    as,
    deploy: async (accountId, name, init) => {
      await as(accountId).send(accountId, [
        deployContract(await loadContract(name)),
        ...(init === undefined ? [] : [functionCall("new", init)]),
      ]);
    },
    balanceOf: async (accountId) => (await near.account(accountId).balance()).total,
  };
}

/** Expects a transaction to fail since the contract panicked with this message. */
export async function assertPanic(transaction: Promise<unknown>, message: string): Promise<void> {
  const error = await failureOf(transaction);
  assert.is(error.code, "failed");
  assert.ok(error.message.includes(`Smart contract panicked: ${message}`), error.message);
}

/** The error with which a transaction ends. */
export async function failureOf(transaction: Promise<unknown>): Promise<TransactionError> {
  const error = await transaction.then(
    () => new Error("expected the transaction to fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof TransactionError) return error;
  throw error;
}

/** What the logs say as events of NEP-297. */
export function eventsOf(logs: readonly string[]): readonly unknown[] {
  const prefix = "EVENT_JSON:";
  return logs
    .filter((log) => log.startsWith(prefix))
    .map((log): unknown => JSON.parse(log.slice(prefix.length)));
}
