/**
 * nearcore's nested error enums, as JSON, turned into a name, its fields and a sentence. Unknown
 * variants pass through: nodes upgrade first.
 * @module
 */
import { formatNear } from "@yoctonear/primitives";
import { isRecord } from "../record.ts";

/** The innermost error of a failure. */
export interface Failure {
  /** nearcore's name of the innermost variant. */
  readonly kind: string;
  /** Its fields as they came; undefined for a unit variant. */
  readonly fields: unknown;
  /** Index of the action that failed, where one did. */
  readonly actionIndex: number | undefined;
  /** For a person: the name, then the fields, amounts in NEAR. */
  readonly description: string;
}

/** Variants that only wrap another error. */
const WRAPPERS =
  /^(ActionsValidation|(Compilation|DelegateActionAccessKey|FunctionCall|InvalidAccessKey|InvalidTx|MethodResolve|NewReceiptValidation|Prepare|TxExecution)Error)$/;

/** Fields that are yoctoNEAR amounts, in any of nearcore's errors. */
const AMOUNTS = /^(allowance|amount|balance|cost|locked|minimum_stake|required|stake)$/;

/**
 * Reads the JSON of a `Failure` status or of an `InvalidTxError`.
 * @param json - nearcore's error as the node sent it
 * @example
 * ```ts
 * import { describeFailure } from "@yoctonear/account";
 * const failure = { ActionError: { index: 0n, kind: { AccountDoesNotExist: { account_id: "bob.near" } } } };
 * describeFailure(failure).description; // "action 0: AccountDoesNotExist (account id bob.near)"
 * ```
 */
export function describeFailure(json: unknown): Failure {
  const { kind, fields, actionIndex } = innermost(json);
  const action = actionIndex === undefined ? "" : `action ${actionIndex}: `;
  return { kind, fields, actionIndex, description: `${action}${kind}${describeFields(fields)}` };
}

function innermost(json: unknown): Pick<Failure, "kind"> & Partial<Failure> {
  if (typeof json === "string") return { kind: json };
  const entries = isRecord(json) ? Object.entries(json) : [];
  const [variant] = entries;
  if (variant === undefined || entries.length > 1) {
    return { kind: "Unknown", fields: json };
  }
  const [kind, fields] = variant;
  if (kind === "ActionError" && isRecord(fields)) {
    const { index } = fields;
    const known = typeof index === "bigint" || typeof index === "number";
    return { ...innermost(fields["kind"]), actionIndex: known ? Number(index) : undefined };
  }
  if (WRAPPERS.test(kind)) return innermost(fields);
  return { kind, fields };
}

function describeFields(fields: unknown): string {
  if (fields === undefined || fields === null) return "";
  if (!isRecord(fields)) return `: ${String(fields)}`;
  const parts = Object.entries(fields).map(([name, value]) => {
    const words = name.replaceAll("_", " ");
    if (AMOUNTS.test(name) && isAmount(value)) {
      return `${words} ${formatNear(BigInt(value))}`;
    }
    return `${words} ${isRecord(value) ? describeFailure(value).description : String(value)}`;
  });
  const { cost, balance: held = fields["allowance"] } = fields;
  const missing = isAmount(cost) && isAmount(held) ? BigInt(cost) - BigInt(held) : 0n;
  if (missing > 0n) parts.push(`missing ${formatNear(missing)}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function isAmount(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,39}$/.test(value);
}
