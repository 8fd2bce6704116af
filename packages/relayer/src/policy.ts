/**
 * What a relayer pays for: only what its policy names. Everything here is decided from the delegate
 * action alone, before a node is asked.
 * @module
 */
import { showValue } from "@yoctonear/base";
import {
  assertAccountId,
  formatGas,
  formatNear,
  type GasInput,
  type NearInput,
  parseGas,
  parseNear,
} from "@yoctonear/primitives";
import type { Delegate, DelegateV2, NonDelegateAction } from "@yoctonear/transactions";
import { prepaidGas, totalDeposit } from "@yoctonear/transactions/cost";
import { Refusal } from "./refusal.ts";

/** Types of actions other than function calls. */
export type OtherAction = Exclude<NonDelegateAction["type"], "functionCall">;

/** What may be done on one receiver; nothing but what is named. */
export interface ReceiverRule {
  /** Methods that may be called; `"any"` for all. None unless told. */
  readonly methods?: readonly string[] | "any" | undefined;
  /** Types of actions that are no calls, e.g. `["transfer"]`. None unless told. */
  readonly actions?: readonly OtherAction[] | undefined;
  /** Actions in one delegate action; 1 unless told. */
  readonly maxActions?: number | undefined;
  /** Gas attached to all its calls together; 30 Tgas unless told. */
  readonly maxGas?: GasInput | undefined;
  /**
   * Deposits of all its actions together; none unless told. What is deposited is the sender's: where
   * the action fails the chain gives it to the sender, not back to the relayer.
   */
  readonly maxDeposit?: NearInput | undefined;
}

/** What a relayer pays for. The empty policy allows nothing. */
export interface RelayPolicy {
  /** By account id: what may be done on it. */
  readonly receivers?: Readonly<Record<string, ReceiverRule>> | undefined;
  /** What senders may do on their own account, unless `receivers` names it. */
  readonly self?: ReceiverRule | undefined;
  /** What may be done on any account that is named nowhere else. */
  readonly others?: ReceiverRule | undefined;
  /** Who may send; anyone unless told. */
  readonly senders?: readonly string[] | undefined;
  /** Who may not send, whatever `senders` says. */
  readonly deniedSenders?: readonly string[] | undefined;
  /** yoctoNEAR that one delegate action may cost at most: gas at its highest price, and deposits. */
  readonly maxCost?: NearInput | undefined;
  /** Delegate actions of one sender in each period. */
  readonly rate?: Rate | undefined;
  /** What all of them may cost. */
  readonly budget?: Budget | undefined;
}

/** So many in each period of so many milliseconds; periods begin at multiples of it. */
export interface Rate {
  readonly count: number;
  /** Milliseconds. */
  readonly per: number;
}

/** So much in each period of so many milliseconds, or in all. */
export interface Budget {
  readonly amount: NearInput;
  /** Milliseconds; without it the budget is never filled again. */
  readonly per?: number | undefined;
}

interface CheckedRule {
  readonly methods: ReadonlySet<string> | "any";
  readonly actions: ReadonlySet<string>;
  readonly maxActions: number;
  readonly maxGas: bigint;
  readonly maxDeposit: bigint;
}

/** A policy that has been read: amounts parsed, names known. */
export interface CheckedPolicy {
  readonly receivers: ReadonlyMap<string, CheckedRule>;
  readonly self: CheckedRule | undefined;
  readonly others: CheckedRule | undefined;
  readonly senders: ReadonlySet<string> | undefined;
  readonly deniedSenders: ReadonlySet<string>;
  readonly maxCost: bigint | undefined;
  readonly rate: Rate | undefined;
  readonly budget: { readonly amount: bigint; readonly per: number | undefined } | undefined;
}

/** Each name once, so that a new field of the policy cannot be forgotten here. */
const POLICY_FIELDS: Readonly<Record<keyof RelayPolicy, true>> = {
  receivers: true,
  self: true,
  others: true,
  senders: true,
  deniedSenders: true,
  maxCost: true,
  rate: true,
  budget: true,
};
const RULE_FIELDS: Readonly<Record<keyof ReceiverRule, true>> = {
  methods: true,
  actions: true,
  maxActions: true,
  maxGas: true,
  maxDeposit: true,
};
const RATE_FIELDS: Readonly<Record<keyof Rate, true>> = { count: true, per: true };
const BUDGET_FIELDS: Readonly<Record<keyof Budget, true>> = { amount: true, per: true };
const OTHER_ACTIONS: readonly string[] = [
  "createAccount",
  "deployContract",
  "transfer",
  "stake",
  "addKey",
  "deleteKey",
  "deleteAccount",
  "deployGlobalContract",
  "useGlobalContract",
  "deterministicStateInit",
  "universalStateInit",
  "transferToGasKey",
  "withdrawFromGasKey",
];

/**
 * Reads a policy.
 * @throws {TypeError} for a name that it does not have: a limit that was meant must not be missing
 * @throws {RangeError} for a number out of range
 * @throws {ParseError} `invalid_account_id`, `invalid_amount`
 */
export function checkPolicy(policy: RelayPolicy): CheckedPolicy {
  assertFields(policy, POLICY_FIELDS, "a policy");
  const { receivers = {}, self, others, senders, deniedSenders = [], maxCost } = policy;
  const { rate, budget } = policy;
  for (const id of [...Object.keys(receivers), ...(senders ?? []), ...deniedSenders]) {
    assertAccountId(id);
  }
  if (rate !== undefined) {
    assertFields(rate, RATE_FIELDS, "a rate");
    assertCount(rate.count, "the count of a rate");
    assertCount(rate.per, "the milliseconds of a rate");
  }
  if (budget !== undefined) {
    assertFields(budget, BUDGET_FIELDS, "a budget");
    if (budget.per !== undefined) assertCount(budget.per, "the milliseconds of a budget");
  }
  return {
    receivers: new Map(Object.entries(receivers).map(([id, rule]) => [id, checkRule(rule)])),
    self: self === undefined ? undefined : checkRule(self),
    others: others === undefined ? undefined : checkRule(others),
    senders: senders === undefined ? undefined : new Set(senders),
    deniedSenders: new Set(deniedSenders),
    maxCost: maxCost === undefined ? undefined : parseNear(maxCost),
    rate: rate && { ...rate },
    budget: budget && { amount: parseNear(budget.amount), per: budget.per },
  };
}

function checkRule(rule: ReceiverRule): CheckedRule {
  assertFields(rule, RULE_FIELDS, "a rule");
  const { methods = [], actions = [], maxActions = 1, maxGas, maxDeposit = 0n } = rule;
  if (methods !== "any" && !isNames(methods)) {
    throw new TypeError(`expected a list of methods or "any", got ${showValue(methods)}`);
  }
  if (!isNames(actions))
    throw new TypeError(`expected a list of actions, got ${showValue(actions)}`);
  for (const action of actions) {
    if (OTHER_ACTIONS.includes(action)) continue;
    const known = OTHER_ACTIONS.join(", ");
    throw new TypeError(`expected actions of ${known}, got ${showValue(action)}`);
  }
  assertCount(maxActions, "maxActions");
  return {
    methods: methods === "any" ? methods : new Set(methods),
    actions: new Set(actions),
    maxActions,
    maxGas: parseGas(maxGas ?? "30 Tgas"),
    maxDeposit: parseNear(maxDeposit),
  };
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function assertFields(value: object, known: object, what: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`expected ${what} as an object, got ${showValue(value)}`);
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(known, name)) continue;
    throw new TypeError(`expected ${Object.keys(known).join(", ")} in ${what}, got ${name}`);
  }
}

function assertCount(value: number, what: string): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  throw new RangeError(`expected ${what} as a whole number above 0, got ${showValue(value)}`);
}

/**
 * Tells whether the policy names what a delegate action does, its rate and budget aside.
 * @param policy - as it was read
 * @param delegated - the delegate action
 * @param maxCost - the most that relaying it can cost, yoctoNEAR
 * @throws {Refusal} when it does not
 */
export function assertAllowed(
  policy: CheckedPolicy,
  { delegateAction }: Delegate | DelegateV2,
  maxCost: bigint,
): void {
  const { senderId, receiverId, actions } = delegateAction;
  const { senders, deniedSenders } = policy;
  if (deniedSenders.has(senderId) || (senders !== undefined && !senders.has(senderId))) {
    throw new Refusal("sender_not_allowed", `expected a sender that is allowed, got ${senderId}`);
  }
  const own = receiverId === senderId ? policy.self : undefined;
  const rule = policy.receivers.get(receiverId) ?? own ?? policy.others;
  if (rule === undefined) {
    const reason = `expected a receiver that is allowed, got ${receiverId}`;
    throw new Refusal("receiver_not_allowed", reason);
  }
  if (actions.length === 0) throw new Refusal("action_not_allowed", "expected an action, got none");
  if (actions.length > rule.maxActions) {
    const reason = `expected ${rule.maxActions} or fewer actions, got ${actions.length}`;
    throw new Refusal("too_many_actions", reason);
  }
  for (const action of actions) assertAction(rule, action, receiverId);
  const gas = prepaidGas(actions);
  if (gas > rule.maxGas) {
    const reason = `expected ${formatGas(rule.maxGas)} or less, got ${formatGas(gas)}`;
    throw new Refusal("too_much_gas", reason);
  }
  const deposit = totalDeposit(actions);
  if (deposit > rule.maxDeposit) {
    const reason = `expected deposits of ${formatNear(rule.maxDeposit)} or less, got ${formatNear(deposit)}`;
    throw new Refusal("too_much_deposit", reason);
  }
  if (policy.maxCost !== undefined && maxCost > policy.maxCost) {
    const reason = `expected a cost of ${formatNear(policy.maxCost)} or less, got up to ${formatNear(maxCost)}`;
    throw new Refusal("too_expensive", reason);
  }
}

function assertAction(rule: CheckedRule, action: NonDelegateAction, receiverId: string): void {
  if (action.type !== "functionCall") {
    if (rule.actions.has(action.type)) return;
    const reason = `expected an action that is allowed on ${receiverId}, got ${action.type}`;
    throw new Refusal("action_not_allowed", reason);
  }
  if (rule.methods === "any" || rule.methods.has(action.methodName)) return;
  const reason = `expected a method of ${receiverId} that is allowed, got ${showValue(action.methodName)}`;
  throw new Refusal("function_not_allowed", reason);
}
