/**
 * nearcore's nested error enums, as JSON, turned into a name, its fields and a sentence. Unknown
 * variants pass through: nodes upgrade first.
 * @module
 */
import { formatNear } from "@yoctonear/primitives";

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
const WRAPPERS: ReadonlySet<string> = new Set([
  "ActionsValidation",
  "CompilationError",
  "DelegateActionAccessKeyError",
  "FunctionCallError",
  "InvalidAccessKeyError",
  "InvalidTxError",
  "MethodResolveError",
  "NewReceiptValidationError",
  "PrepareError",
  "TxExecutionError",
]);

/** Fields that are yoctoNEAR amounts, in any of nearcore's errors. */
const AMOUNTS: ReadonlySet<string> = new Set([
  "allowance",
  "amount",
  "balance",
  "cost",
  "locked",
  "minimum_stake",
  "required",
  "stake",
]);

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

function innermost(json: unknown): Omit<Failure, "description"> {
  if (typeof json === "string") return { kind: json, fields: undefined, actionIndex: undefined };
  const entries = isRecord(json) ? Object.entries(json) : [];
  const [variant] = entries;
  if (variant === undefined || entries.length > 1) {
    return { kind: "Unknown", fields: json, actionIndex: undefined };
  }
  const [kind, fields] = variant;
  if (kind === "ActionError" && isRecord(fields)) {
    const { index } = fields;
    const known = typeof index === "bigint" || typeof index === "number";
    return { ...innermost(fields["kind"]), actionIndex: known ? Number(index) : undefined };
  }
  if (WRAPPERS.has(kind)) return innermost(fields);
  return { kind, fields, actionIndex: undefined };
}

function describeFields(fields: unknown): string {
  if (fields === undefined || fields === null) return "";
  if (!isRecord(fields)) return `: ${String(fields)}`;
  const parts = Object.entries(fields).map(([name, value]) => {
    const words = name.replaceAll("_", " ");
    if (AMOUNTS.has(name) && typeof value === "string" && /^\d{1,39}$/.test(value)) {
      return `${words} ${formatNear(BigInt(value))}`;
    }
    return `${words} ${isRecord(value) ? describeFailure(value).description : String(value)}`;
  });
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
