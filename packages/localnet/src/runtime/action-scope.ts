/**
 * What an action sees and changes: every action has the same signature, {@link ApplyAction}.
 * @module
 */
import type { Action } from "@yoctonear/transactions";
import type { GasProfileEntry } from "../chain/outcome.ts";
import type { ActionReceipt, Receipt, ReceiptBody } from "../chain/receipt.ts";
import type { ValidatorStake } from "../chain/validator-stake.ts";
import type { Account } from "../state/account.ts";
import type { StateUpdate } from "../state/state-update.ts";
import type { ChunkNodes } from "../state/trie-nodes.ts";
import type { ApplyContext } from "./context.ts";
import { internalError } from "./invariant.ts";
import type { Json } from "./json.ts";

/** A nearcore `ActionErrorKind` in its JSON form. */
export type ActionErrorKind = Json;

/** A receipt that an action makes: its id follows from its place in the final list. */
export interface NewReceipt {
  readonly predecessorId: string;
  readonly receiverId: string;
  readonly body: ReceiptBody;
}

/** What an action returns. */
export type ReturnData =
  | { readonly type: "none" }
  | { readonly type: "value"; readonly value: Uint8Array }
  /** The outputs are those of a new receipt, by its place among the receipts made. */
  | { readonly type: "receiptIndex"; readonly index: number };

/** Result of one promise that a receipt waited for: `null` means it failed. */
export type PromiseResult = Uint8Array | null;

/** What the actions of a receipt have done so far (nearcore `ActionResult`). */
export interface ActionResult {
  gasBurnt: bigint;
  /** Gas burnt inside the VM, of which the contract gets its share. */
  gasBurntForFunctionCall: bigint;
  gasUsed: bigint;
  compute: bigint;
  readonly logs: string[];
  newReceipts: NewReceipt[];
  validatorProposals: ValidatorStake[];
  /** yoctoNEAR that contracts without money were given to attach. */
  subsidized: bigint;
  /** yoctoNEAR burnt besides gas: storage of global contracts, balances of deleted gas keys. */
  tokensBurnt: bigint;
  readonly profile: GasProfileEntry[];
  returned: ReturnData;
}

/** The receipt, the account and the state on which an action works. */
export interface ActionScope {
  readonly context: ApplyContext;
  readonly state: StateUpdate;
  /** Nodes of the trie that contracts have met in this chunk. */
  readonly nodes: ChunkNodes;
  readonly receipt: Receipt;
  readonly actionReceipt: ActionReceipt;
  readonly promiseResults: readonly PromiseResult[];
  /** The receiver's account as the actions before have left it; `null` where there is none. */
  account: Account | null;
  /** Who acts: the predecessor, or the new account after CreateAccount. */
  actorId: string;
  /** Place of the current action in the receipt. */
  actionIndex: number;
  /** Result of the current action alone: gas, logs and compute count even when it fails. */
  result: ActionResult;
}

/** Applies one action of a kind; returns nearcore's error where it fails, and then changes of the state do not matter. */
export type ApplyAction<Type extends Action["type"]> = (
  scope: ActionScope,
  action: Extract<Action, { readonly type: Type }>,
) => ActionErrorKind | null;

/**
 * The receiver's account; the existence check before every action promises it.
 * @throws {NearError} `internal_error` where there is none
 */
export function accountOf({ account, receipt }: ActionScope): Account {
  if (account !== null) return account;
  throw internalError(`an action runs on ${receipt.receiverId}, which does not exist`);
}
