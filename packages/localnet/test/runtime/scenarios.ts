/**
 * Replays the recorded scenarios on the runtime: the very bytes that were sent, at the very heights, so
 * hashes, receipt ids, nonces and amounts must all come out the same.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import {
  decodeSignedTransaction,
  type SignedTransaction,
  transactionHash,
} from "@yoctonear/transactions";
import {
  field,
  has,
  integer,
  type Json,
  list,
  loadRecording,
  record,
  text,
} from "@yoctonear/vectors";
import { parseGenesis } from "#localnet/chain/genesis";
import { outcomeWithIdView, statusView } from "#localnet/rpc/outcome-view";
import { receiptView } from "#localnet/rpc/receipt-view";
import { receiptId } from "#localnet/runtime/receipt-id";
import { verifySignatures } from "#localnet/runtime/signature";
import { checkTransaction } from "#localnet/runtime/verifier";
import { StateUpdate } from "#localnet/state/state-update";
import { accountViews, patchTo } from "./account-state.ts";
import { createMiniChain, type MiniChain, produceBlock, settle } from "./mini-chain.ts";

/** How a scenario compares. */
export interface Comparison {
  readonly group: string;
  readonly name: string;
  /** What differs, or why it is not compared; empty where all is equal. */
  readonly differences: readonly string[];
}

/** Receipts that were made by transactions at most this many blocks after the head. */
const MAX_DELAY = 8;

/** Replays all scenarios on one chain, and leaves it there. */
export async function replayScenarios(chain: MiniChain): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const scenario of list(await loadRecording("scenarios"))) {
    comparisons.push(await replay(chain, scenario));
  }
  return comparisons;
}

/** A chain at the recorded genesis. */
export async function recordedChain(): Promise<MiniChain> {
  return createMiniChain(parseGenesis(record(await loadRecording("genesis"))).state);
}

/** Replays the recording of ML-DSA-65 keys, its signatures as they were sent. */
export async function replayMlDsa(): Promise<readonly Comparison[]> {
  const chain = await recordedChain();
  const steps = list(await loadRecording("mldsa"), "steps");
  const comparisons: Comparison[] = [];
  for (const step of steps) {
    const differences = await replayStep(chain, step);
    const actor = text(step, "tx", "signer_id");
    const view = record(accountViews(chain, [actor]), actor);
    const after = Object.fromEntries(
      ["amount", "storage_usage", "keys"].map((name) => [name, view[name] ?? null]),
    );
    comparisons.push({
      group: "ML-DSA-65",
      name: text(step, "note"),
      differences: [...differences, ...compare("after", after, field(step, "after"))],
    });
  }
  return comparisons;
}

async function replay(chain: MiniChain, scenario: Json): Promise<Comparison> {
  const steps = list(scenario, "steps");
  const before = record(scenario, "before");
  // Contracts before this one have left other balances than here; what they hold must not spoil it.
  patchTo(chain, before);
  const differences: string[] = [];
  for (const step of steps) differences.push(...(await replayStep(chain, step)));
  const after = record(scenario, "after");
  differences.push(...compare("after", accountViews(chain, Object.keys(after)), after));
  return {
    group: text(scenario, "group"),
    name: text(scenario, "name"),
    differences,
  };
}

async function replayStep(chain: MiniChain, step: Json): Promise<readonly string[]> {
  chain.height = Number(integer(step, "head_height"));
  const signed = decodeOrNull(text(step, "tx", "signed_tx_base64"));
  const error = has(step, "error") ? field(step, "error") : null;
  if (signed === null) {
    const code = error === null ? null : text(error, "cause", "name");
    return code === "PARSE_ERROR" ? [] : ["the bytes do not decode"];
  }
  const verdicts = new Map<string, boolean>();
  const isSigned = await verifySignatures(signed, verdicts);
  const found = checkTransaction(new StateUpdate(chain.state), signed, {
    gasPrice: 100_000_000n,
    height: null,
    protocolVersion: 86,
    isSigned,
  });
  if (error !== null) return replayError(chain, signed, found, error);
  if (found !== null) return [`rejected: ${show(found)}`];
  const result = field(step, "result");
  const hash = transactionHash(signed.transaction);
  const first = text(result, "transaction_outcome", "outcome", "receipt_ids", 0);
  const delay = delayOf(chain, hash, first);
  if (delay === undefined) return ["no height gives the recorded receipt id"];
  chain.height += delay;
  produceBlock(chain, [signed], { verdicts });
  settle(chain, { verdicts });
  return compareResult(chain, hash, result);
}

/**
 * After how many blocks the recorded chain took in a transaction or receipt, if soon: the id of the first
 * receipt that it made tells.
 */
export function delayOf(chain: MiniChain, parent: string, child: string): number | undefined {
  return [...Array(MAX_DELAY).keys()].find(
    (blocks) => receiptId(parent, chain.height + 1 + blocks, 0) === child,
  );
}

/** An error of the pre-check; those of the chain itself (expiry) are only looked at as far as they go here. */
function replayError(
  chain: MiniChain,
  signed: SignedTransaction,
  found: Json,
  error: Json,
): readonly string[] {
  if (text(error, "cause", "name") === "PARSE_ERROR") return ["expected bytes that do not decode"];
  const expected = field(error, "data", "TxExecutionError", "InvalidTxError");
  if (expected !== "Expired") return compare("error", found, expected);
  if (found !== null) return [`expected to pass here, got ${show(found)}`];
  // Never included: the chunk refuses its nonce, or the chain does not know its block.
  const { state, height } = chain;
  const { outcomes } = produceBlock(chain, [signed]);
  chain.state = state;
  chain.height = height;
  chain.incoming = [];
  const [outcome] = outcomes;
  return outcome?.status.type === "failure" || outcome?.status.type === "successReceiptId"
    ? []
    : ["no outcome"];
}

/** Says where what became of a transaction is not what the node showed. */
export function compareResult(chain: MiniChain, hash: string, result: Json): readonly string[] {
  const outcomes: Json[] = [];
  const receipts: Json[] = [];
  const order: string[] = [];
  const visit = (id: string): void => {
    order.push(id);
    for (const child of chain.outcomes.get(id)?.receiptIds ?? []) visit(child);
  };
  const [first] = chain.outcomes.get(hash)?.receiptIds ?? [];
  if (first !== undefined) visit(first);
  const isLocal =
    text(result, "transaction", "signer_id") === text(result, "transaction", "receiver_id");
  for (const id of order) {
    const outcome = chain.outcomes.get(id);
    const receipt = chain.receipts.get(id);
    outcomes.push(outcome === undefined ? null : outcomeWithIdView(outcome, "", []));
    if (receipt !== undefined && !(isLocal && id === first)) receipts.push(receiptView(receipt));
  }
  const transactionOutcome = chain.outcomes.get(hash);
  const last = finalOutcome(chain, hash);
  return [
    ...compare(
      "status",
      last === undefined ? null : statusView(last.status),
      field(result, "status"),
    ),
    ...compare(
      "transaction_outcome",
      transactionOutcome === undefined ? null : outcomeWithIdView(transactionOutcome, "", []),
      withoutPlace(field(result, "transaction_outcome")),
    ),
    ...compare("receipts_outcome", outcomes, list(result, "receipts_outcome").map(withoutPlace)),
    ...compare("receipts", receipts, field(result, "receipts")),
  ];
}

function finalOutcome(chain: MiniChain, hash: string): ReturnType<MiniChain["outcomes"]["get"]> {
  const outcome = chain.outcomes.get(hash);
  return outcome?.status.type === "successReceiptId"
    ? finalOutcome(chain, outcome.status.receiptId)
    : outcome;
}

/** Block hashes and proofs are the chain's matter. */
function withoutPlace(outcome: Json): Json {
  return { ...record(outcome), block_hash: "", proof: [] };
}

function decodeOrNull(base64: string): SignedTransaction | null {
  try {
    return decodeSignedTransaction(decodeBase64(base64));
  } catch {
    return null;
  }
}

/** Says where two values differ; the order of an object's fields does not matter. */
export function compare(place: string, got: Json, expected: Json): readonly string[] {
  if (isObject(got) && isObject(expected)) {
    const names = new Set([...Object.keys(got), ...Object.keys(expected)]);
    return [...names].flatMap((name) =>
      compare(`${place}.${name}`, got[name] ?? null, expected[name] ?? null),
    );
  }
  if (isList(got) && isList(expected) && got.length === expected.length) {
    return got.flatMap((item, i) => compare(`${place}.${i}`, item, expected[i] ?? null));
  }
  const isSame = show(got) === show(expected);
  return isSame ? [] : [`${place}: expected ${show(expected)}, got ${show(got)}`];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value);
}

function show(value: Json): string {
  return JSON.stringify(value, (_, part: Json) => (typeof part === "bigint" ? `${part}` : part));
}
