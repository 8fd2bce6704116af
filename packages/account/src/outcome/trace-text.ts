/**
 * The tree of receipts as text, for a person: a line of gas, account and actions for each, its logs and
 * its result or error below it.
 * @module
 */
import { decodeBase64, decodeUtf8 } from "@yoctonear/base";
import { formatGas, formatNear } from "@yoctonear/primitives";
import type { ActionView } from "@yoctonear/rpc";
import type { ReceiptTrace } from "./trace.ts";

/** Characters that are shown of arguments, logs and results. */
const SHOWN_LENGTH = 100;

/**
 * Writes a tree of receipts: on the left the gas that each has burnt, in Tgas to three decimals. The one
 * whose result is that of the receipt above it is `(returned)`. Amounts are exact; long arguments, logs
 * and results are cut, and no foreign text can pass for a line.
 * @param trace - of {@link readTrace}
 * @example
 * ```ts
 * import { formatTrace, readTrace, signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
 * const { hash, response } = await transfer(alice, "bob.near", "1 NEAR");
 * formatTrace(readTrace(hash, response)).split("\n")[1]; // "   0.223  └─ bob.near: transfer 1 NEAR"
 * ```
 */
export function formatTrace(trace: ReceiptTrace): string {
  const { id, outcome, predecessorId = outcome?.executor_id, receiverId } = trace;
  const who = predecessorId === undefined ? "transaction" : `${predecessorId} → ${receiverId}`;
  return [
    row(outcome?.gas_burnt, `${who}  ${id}${outcome ? "" : " (not executed yet)"}`),
    ...details(trace, ""),
    ...children(trace, ""),
    row(sum(trace, "gas_burnt"), `in all, for ${formatNear(sum(trace, "tokens_burnt"))}`),
  ].join("\n");
}

function sum(trace: ReceiptTrace, field: "gas_burnt" | "tokens_burnt"): bigint {
  return trace.receipts.reduce(
    (total, receipt) => total + sum(receipt, field),
    BigInt(trace.outcome?.[field] ?? 0n),
  );
}

function children({ id, outcome, receipts }: ReceiptTrace, indent: string): string[] {
  const { status } = outcome ?? {};
  const returned =
    typeof status === "object" && "SuccessReceiptId" in status ? status.SuccessReceiptId : id;
  return receipts.flatMap((receipt, i) => {
    const isLast = i === receipts.length - 1;
    const below = `${indent}${isLast ? "   " : "│  "}`;
    // Of a transaction it goes without saying.
    const mark = receipt.id === returned && indent !== "" ? " (returned)" : "";
    return [
      row(
        receipt.outcome?.gas_burnt,
        `${indent}${isLast ? "└─ " : "├─ "}${headline(receipt)}${mark}`,
      ),
      ...details(receipt, below + (receipt.receipts.length > 0 ? "│  " : "   ")),
      ...children(receipt, below),
    ];
  });
}

function headline(receipt: ReceiptTrace): string {
  const { id, receiverId = `receipt ${id}`, predecessorId, actions = [], outcome } = receipt;
  const did = actions.map(describe).join(", ");
  const shownActions = predecessorId === "system" ? did.replace(/^transfer/, "refund of") : did;
  return [
    receiverId,
    shownActions && `: ${shownActions}`,
    receipt.isCallback ? " (callback)" : "",
    outcome ? "" : " (not executed yet)",
  ].join("");
}

function describe(action: ActionView): string {
  if (typeof action === "string") return words(action);
  if ("FunctionCall" in action) {
    const { method_name, args, gas, deposit } = action.FunctionCall;
    const attached = deposit === "0" ? "" : ` and ${formatNear(BigInt(deposit))}`;
    return (
      shown(`${method_name}(${textOf(args)})`) + ` with ${formatGas(BigInt(`${gas}`))}${attached}`
    );
  }
  if ("Transfer" in action) return `transfer ${formatNear(BigInt(action.Transfer.deposit))}`;
  return Object.keys(action).map(words).join();
}

/** `DeployContract` is "deploy contract". */
function words(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, " $&").toLowerCase();
}

function details({ outcome, failure, bytes }: ReceiptTrace, indent: string): string[] {
  const lines = (outcome?.logs ?? []).map((log) => `log: ${shown(log)}`);
  if (failure !== undefined) lines.push(`failed: ${shown(failure.description)}`);
  if (bytes !== undefined && bytes.length > 0) lines.push(`= ${shown(decoded(bytes))}`);
  return lines.map((line) => row(undefined, indent + line));
}

function row(gas: bigint | undefined, text: string): string {
  const shownGas = gas === undefined ? "" : (Number(gas) / 1e12).toFixed(3);
  // Nothing that would act on a terminal, or turn the text around.
  return `${shownGas.padStart(8)}  ${text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "\uFFFD")}`;
}

function textOf(base64: string): string {
  try {
    return decoded(decodeBase64(base64));
  } catch {
    return "…";
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    return `${bytes.length} bytes`;
  }
}

/** On one line, not too long. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
}
