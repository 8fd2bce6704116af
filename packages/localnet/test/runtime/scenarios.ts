/**
 * Replays the recorded scenarios on the runtime: the very bytes that were sent, at the very heights, so
 * hashes, receipt ids, nonces and amounts must all come out the same.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
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
import type { ApplyContext } from "#localnet/runtime/context";
import { receiptId } from "#localnet/runtime/receipt-id";
import { verifySignatures } from "#localnet/runtime/signature";
import { checkTransaction } from "#localnet/runtime/verifier";
import { StateUpdate } from "#localnet/state/state-update";
import { accountViews, patchTo } from "./account-state.ts";
import { createMiniChain, type MiniChain, produceBlock, settle } from "./mini-chain.ts";
import { recordedVm } from "./recorded-vm.ts";

/** How a scenario compares. */
export interface Comparison {
  readonly group: string;
  readonly name: string;
  /** What differs, or why it is not compared; empty where all is equal. */
  readonly differences: readonly string[];
  /** The scenario runs contract code. */
  readonly needsVm: boolean;
}

/** Receipts that were made by transactions at most this many blocks after the head. */
const MAX_DELAY = 8;

/**
 * Replays all scenarios on one chain.
 * @param vm - what contracts run on: nothing, or what the node recorded of them
 */
export async function replayScenarios(vm: "none" | "recorded"): Promise<readonly Comparison[]> {
  const genesis = parseGenesis(record(await loadRecording("genesis")));
  const chain = createMiniChain(genesis.state);
  const scenarios = list(await loadRecording("scenarios"));
  const options = vm === "none" ? {} : { vm: recordedVm(recordedOutcomes(scenarios)) };
  const comparisons: Comparison[] = [];
  for (const scenario of scenarios) comparisons.push(await replay(chain, scenario, options));
  return comparisons;
}

/**
 * Replays the recording of ML-DSA-65 keys, with what the node recorded of contracts and of signatures
 * of that scheme: `@yoctonear/ml-dsa` is another package.
 */
export async function replayMlDsa(): Promise<readonly Comparison[]> {
  const genesis = parseGenesis(record(await loadRecording("genesis")));
  const chain = createMiniChain(genesis.state);
  const steps = list(await loadRecording("mldsa"), "steps");
  const options = { vm: recordedVm(recordedOutcomes([{ steps }])) };
  const comparisons: Comparison[] = [];
  for (const step of steps) {
    const differences = await replayStep(chain, step, options);
    const actor = text(step, "tx", "signer_id");
    const view = record(accountViews(chain, [actor]), actor);
    const after = Object.fromEntries(
      ["amount", "storage_usage", "keys"].map((name) => [name, view[name] ?? null]),
    );
    comparisons.push({
      group: "ML-DSA-65",
      name: text(step, "note"),
      differences: [...differences, ...compare("after", after, field(step, "after"))],
      needsVm: runsContract(step),
    });
  }
  return comparisons;
}

/** Knows from the recording which signatures are good. */
function recordedMlDsa(step: Json): Scheme {
  const isForged = show(step).includes("InvalidSignature");
  return {
    type: "ml-dsa-65",
    verify: () => !isForged,
    keyPair: () => {
      throw new TypeError("a recording signs nothing");
    },
  };
}

function recordedOutcomes(scenarios: readonly Json[]): ReadonlyMap<string, Json> {
  const outcomes = new Map<string, Json>();
  for (const step of scenarios.flatMap((scenario) => list(scenario, "steps"))) {
    for (const one of has(step, "result") ? list(step, "result", "receipts_outcome") : []) {
      outcomes.set(text(one, "id"), field(one, "outcome"));
    }
  }
  return outcomes;
}

async function replay(
  chain: MiniChain,
  scenario: Json,
  options: Partial<ApplyContext>,
): Promise<Comparison> {
  const steps = list(scenario, "steps");
  const before = record(scenario, "before");
  // Contracts before this one have left other balances than here; what they hold must not spoil it.
  patchTo(chain, before);
  const differences: string[] = [];
  for (const step of steps) differences.push(...(await replayStep(chain, step, options)));
  const after = record(scenario, "after");
  differences.push(...compare("after", accountViews(chain, Object.keys(after)), after));
  return {
    group: text(scenario, "group"),
    name: text(scenario, "name"),
    differences,
    needsVm: steps.some(runsContract),
  };
}

async function replayStep(
  chain: MiniChain,
  step: Json,
  options: Partial<ApplyContext>,
): Promise<readonly string[]> {
  chain.height = Number(integer(step, "head_height"));
  const signed = decodeOrNull(text(step, "tx", "signed_tx_base64"));
  const error = has(step, "error") ? field(step, "error") : null;
  if (signed === null) {
    const code = error === null ? null : text(error, "cause", "name");
    return code === "PARSE_ERROR" ? [] : ["the bytes do not decode"];
  }
  const verdicts = new Map<string, boolean>();
  const isSigned = await verifySignatures(signed, verdicts, [recordedMlDsa(step)]);
  const found = checkTransaction(new StateUpdate(chain.state), signed, {
    gasPrice: 100_000_000n,
    height: null,
    isSigned,
  });
  if (error !== null) return replayError(chain, signed, found, error);
  if (found !== null) return [`rejected: ${show(found)}`];
  const result = field(step, "result");
  const hash = transactionHash(signed.transaction);
  const first = text(result, "transaction_outcome", "outcome", "receipt_ids", 0);
  const delay = [...Array(MAX_DELAY).keys()].find(
    (blocks) => receiptId(hash, chain.height + 1 + blocks, 0) === first,
  );
  if (delay === undefined) return ["no height gives the recorded receipt id"];
  chain.height += delay;
  produceBlock(chain, [signed], { ...options, verdicts });
  settle(chain, { ...options, verdicts });
  return compareResult(chain, hash, result);
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

function compareResult(chain: MiniChain, hash: string, result: Json): readonly string[] {
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

function runsContract(step: Json): boolean {
  if (!has(step, "result")) return false;
  const result = field(step, "result");
  const calls = new Set<string>();
  const actionsOf = (receipt: Json): readonly Json[] =>
    has(field(receipt, "receipt"), "Action") ? list(receipt, "receipt", "Action", "actions") : [];
  const local = list(result, "transaction", "actions");
  for (const outcome of list(result, "receipts_outcome")) {
    const id = text(outcome, "id");
    const receipt = list(result, "receipts").find((one) => text(one, "receipt_id") === id);
    const actions = receipt === undefined ? local : actionsOf(receipt);
    const contracts = list(outcome, "outcome", "metadata", "contracts");
    for (const [i, action] of actions.entries()) {
      if (contracts[i] !== null && has(action, "FunctionCall")) calls.add(id);
    }
  }
  return calls.size > 0;
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
