/**
 * What stands in the way of a transaction, found out before it is signed.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { accountKind } from "@yoctonear/primitives";
import { type AccessKeyPermissionView, type CallOptions, viewAccount } from "@yoctonear/rpc";
import type { Action } from "@yoctonear/transactions";
import type { AccountRef } from "./account.ts";
import { balance } from "./balance.ts";
import { type CostPreview, previewCost } from "./cost.ts";
import { describeFailure, type Failure } from "./errors/failure.ts";
import { functionCallOf, gasKeyOf, permissionProblem } from "./key-permission.ts";
import { contractOf, key } from "./reads.ts";
import { field } from "./record.ts";

/** What a transaction would cost, and what stands in its way. */
export interface DryRun {
  readonly cost: CostPreview;
  /** nearcore's errors with which it would be refused or fail; none where nothing was found. */
  readonly problems: readonly Failure[];
}

/**
 * Looks for what would make a transaction fail: the key and what it may do, the balance with the price
 * of the gas, the receiver and its contract. Nothing is signed or sent, no nonce is taken. What a
 * contract does cannot be told without running it: a chain in this process (`@yoctonear/localnet`) can.
 * @param account - who would sign and pay; without a key of its own, only money and receiver are looked at
 * @param receiverId - on whom the actions act
 * @param actions - as they would be sent
 * @param options - signal
 * @throws {LimitError} what no chain would take is found where the actions are built or signed
 * @example
 * ```ts
 * import { dryRun } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { transfer } from "@yoctonear/transactions";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = { transport, accountId: "alice.near" };
 * const { problems } = await dryRun(alice, "bob.near", [transfer("100 NEAR")]);
 * problems.map(({ kind }) => kind); // ["NotEnoughBalance", "AccountDoesNotExist"]
 * ```
 */
export async function dryRun(
  account: AccountRef & { readonly publicKey?: string | undefined },
  receiverId: string,
  actions: readonly Action[],
  options: CallOptions = {},
): Promise<DryRun> {
  const { accountId, publicKey } = account;
  const [cost, found] = await Promise.all([
    previewCost(account, receiverId, actions, options),
    publicKey === undefined ? undefined : key(account, publicKey, options),
  ]);
  const problems = await Promise.all([
    publicKey === undefined || found === undefined
      ? null
      : keyProblem(accountId, publicKey, found?.permission, { receiverId, actions, cost }),
    // A gas key pays for the gas.
    balanceProblem(account, gasKeyOf(found?.permission) ? cost.deposit : cost.upfront, options),
    receiverProblem(account, receiverId, actions, options),
  ]);
  return { cost, problems: problems.filter((json) => json !== null).map(describeFailure) };
}

/** What is looked at, and its cost. */
interface Draft {
  readonly receiverId: string;
  readonly actions: readonly Action[];
  readonly cost: CostPreview;
}

function keyProblem(
  accountId: string,
  publicKey: string,
  permission: AccessKeyPermissionView | undefined,
  { receiverId, actions, cost: { upfront, deposit } }: Draft,
): unknown {
  const place = { account_id: accountId, public_key: publicKey };
  if (permission === undefined) return { AccessKeyNotFound: place };
  const held = field(gasKeyOf(permission), "balance");
  if (typeof held === "string" && BigInt(held) < upfront - deposit) {
    const cost = `${upfront - deposit}`;
    return { NotEnoughGasKeyBalance: { signer_id: accountId, balance: held, cost } };
  }
  const allowance = field(functionCallOf(permission), "allowance");
  if (typeof allowance === "string" && BigInt(allowance) < upfront) {
    return { NotEnoughAllowance: { ...place, allowance, cost: `${upfront}` } };
  }
  return permissionProblem(permission, receiverId, actions);
}

async function balanceProblem(
  account: AccountRef,
  needed: bigint,
  options: CallOptions,
): Promise<unknown> {
  const { accountId } = account;
  try {
    const { available, lockedForStorage } = await balance(account, options);
    if (needed <= available) return null;
    if (needed <= available + lockedForStorage) {
      return { LackBalanceForState: { signer_id: accountId, amount: `${needed - available}` } };
    }
    const held = `${available + lockedForStorage}`;
    return { NotEnoughBalance: { signer_id: accountId, balance: held, cost: `${needed}` } };
  } catch (error) {
    if (!isNearError(error, "UNKNOWN_ACCOUNT")) throw error;
    return { SignerDoesNotExist: { signer_id: accountId } };
  }
}

async function receiverProblem(
  { transport }: AccountRef,
  receiverId: string,
  actions: readonly Action[],
  options: CallOptions,
): Promise<unknown> {
  const receiver = { transport, accountId: receiverId };
  const creates = actions.findIndex(({ type }) => type === "createAccount");
  try {
    await viewAccount(transport, { accountId: receiverId }, options);
    if (creates === 0) return atAction(0, { AccountAlreadyExists: { account_id: receiverId } });
  } catch (error) {
    if (!isNearError(error, "UNKNOWN_ACCOUNT")) throw error;
    if (creates === 0 || makesItself(receiverId, actions)) return null;
    return atAction(0, { AccountDoesNotExist: { account_id: receiverId } });
  }
  const called = actions.findIndex(({ type }) => type === "functionCall");
  const brings = actions.slice(0, called).some(({ type }) => /^deploy|^useGlobal/.test(type));
  if (called === -1 || brings || (await contractOf(receiver, options)) !== null) return null;
  return atAction(called, {
    FunctionCallError: { CompilationError: { CodeDoesNotExist: { account_id: receiverId } } },
  });
}

/** Whether a transfer or a state init makes the account: where the id says which key or state it has. */
function makesItself(receiverId: string, actions: readonly Action[]): boolean {
  const [first] = actions;
  if (accountKind(receiverId) === "named" || first === undefined) return false;
  return (first.type === "transfer" && actions.length === 1) || first.type.endsWith("StateInit");
}

function atAction(index: number, kind: object): object {
  return { ActionError: { index, kind } };
}
