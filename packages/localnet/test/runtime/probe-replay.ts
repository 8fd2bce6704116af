/**
 * Replays recorded calls of the probe contract. Those of `probe` have all that their hashes depend on; the
 * others lack the block that their transactions name, so ids are compared by where they come again.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";
import type { Transaction } from "@yoctonear/transactions";
import { transactionHash } from "@yoctonear/transactions";
import { field, has, integer, type Json, list, record, text } from "@yoctonear/vectors";
import { outcomeWithIdView } from "#localnet/rpc/outcome-view";
import type { StateAt } from "#localnet/rpc/query-failure";
import { ViewCallFailure } from "#localnet/rpc/view-call-failure";
import { callFunction } from "#localnet/rpc/view-call";
import { StateUpdate } from "#localnet/state/state-update";
import { type MiniChain, produceBlock, VALIDATORS } from "./mini-chain.ts";
import { compare, compareResult, delayOf } from "./scenarios.ts";
import { unsigned, transactionOf } from "./world.ts";

const PROBE_ID = "probe.test.near";
const CALLER_ID = "caller.test.near";
const CALLER_KEY = "ed25519:3fk1dvDTBWgEzu83Tc9Sr2RpcWPN6DDafqvH2bxE41oN";
const PROBE_KEY = "ed25519:F6eA7A343ukhGn7hahb44Thv6yghMaXBBQtenUnMC72b";

/** A yield that nobody resumes takes this many blocks. */
const MAX_BLOCKS = 210;

/** Deploys the probe by its own key. */
export function deployProbe(chain: MiniChain, code: Uint8Array): void {
  const action = { type: "deployContract", code } as const;
  produceBlock(chain, [unsigned(transactionOf(PROBE_ID, PROBE_ID, [action], 1n, PROBE_KEY))]);
  settleAll(chain);
}

/** Replays one recorded call; says what differs. */
export function replayCall(chain: MiniChain, recorded: Json): readonly string[] {
  if (has(recorded, "view")) return replayView(chain, recorded);
  chain.height = Number(integer(recorded, "head_height"));
  const result = field(recorded, "result");
  const isExact = has(recorded, "tx");
  const transaction = transactionFor(recorded, isExact);
  const hash = transactionHash(transaction);
  if (isExact) {
    if (hash !== text(recorded, "tx", "hash")) return ["the transaction's hash differs"];
    const first = text(result, "transaction_outcome", "outcome", "receipt_ids", 0);
    const delay = delayOf(chain, hash, first);
    if (delay === undefined) return ["no height gives the recorded receipt id"];
    chain.height += delay;
  }
  produceBlock(chain, [unsigned(transaction)]);
  if (isExact) skipMissedChunks(chain, field(result, "receipts_outcome", 0));
  const wanted = list(result, "receipts_outcome").length;
  settleAll(chain, () => outcomesBelow(chain, hash) >= wanted);
  // Known by its recorded fields only: those of the transaction itself are not compared.
  const shown = { ...record(result), transaction: { signer_id: CALLER_ID, receiver_id: PROBE_ID } };
  return isExact ? compareResult(chain, hash, shown) : compareNamed(chain, hash, result);
}

function transactionFor(recorded: Json, isExact: boolean): Transaction {
  const action = {
    type: "functionCall",
    methodName: "run",
    args: decodeBase64(text(recorded, "program")),
    gas: integer(recorded, "gas"),
    deposit: integer(recorded, "deposit"),
  } as const;
  const nonce = integer(recorded, "key_nonce") + 1n;
  const transaction = transactionOf(CALLER_ID, PROBE_ID, [action], nonce, CALLER_KEY);
  return isExact ? { ...transaction, blockHash: text(recorded, "tx", "block_hash") } : transaction;
}

/** The recorded node was late with a chunk once, while a call filled registers. */
function skipMissedChunks(chain: MiniChain, outcome: Json): void {
  const [child] = list(outcome, "outcome", "receipt_ids");
  if (child === undefined) return;
  chain.height += delayOf(chain, text(outcome, "id"), text(child)) ?? 0;
}

/** Runs until nothing is on its way and, where that comes later, until all is there. */
function settleAll(chain: MiniChain, isDone: () => boolean = () => true): void {
  const last = chain.height + MAX_BLOCKS;
  while (chain.incoming.length > 0 || (!isDone() && chain.height < last)) produceBlock(chain, []);
}

function outcomesBelow(chain: MiniChain, id: string): number {
  const children = chain.outcomes.get(id)?.receiptIds ?? [];
  return children.reduce(
    (sum, child) => sum + (chain.outcomes.has(child) ? 1 : 0) + outcomesBelow(chain, child),
    0,
  );
}

/** Compares outcomes whose ids differ, since block hashes do. */
function compareNamed(chain: MiniChain, hash: string, result: Json): readonly string[] {
  const outcomes: Json[] = [];
  const visit = (id: string): void => {
    const outcome = chain.outcomes.get(id);
    if (outcome === undefined) return;
    outcomes.push(outcomeWithIdView(outcome, "", []));
    for (const child of outcome.receiptIds) visit(child);
  };
  for (const id of chain.outcomes.get(hash)?.receiptIds ?? []) visit(id);
  const expected = list(result, "receipts_outcome").map((outcome) => ({
    ...record(outcome),
    block_hash: "",
    proof: [],
  }));
  return compare("receipts_outcome", named(outcomes), named(expected));
}

/** The same with each id as the number of its first appearance. */
function named(outcomes: readonly Json[]): Json {
  const numbers = new Map<string, string>();
  const rename = (value: Json): Json => {
    const id = text(value);
    const known = numbers.get(id) ?? `#${numbers.size}`;
    numbers.set(id, known);
    return known;
  };
  return outcomes.map((outcome) => {
    const inner = record(outcome, "outcome");
    const { status = null } = inner;
    const id = rename(field(outcome, "id"));
    return {
      ...record(outcome),
      id,
      outcome: {
        ...inner,
        receipt_ids: list(outcome, "outcome", "receipt_ids").map(rename),
        status: has(status, "SuccessReceiptId")
          ? { SuccessReceiptId: rename(field(status, "SuccessReceiptId")) }
          : status,
      },
    };
  });
}

function replayView(chain: MiniChain, recorded: Json): readonly string[] {
  const account = new StateUpdate(chain.state).accounts.get(PROBE_ID);
  if (account === null) return ["there is no probe"];
  const at = {
    block_height: Number(integer(recorded, "query", "result", "block_height")),
    block_hash: text(recorded, "query", "result", "block_hash"),
  };
  const surroundings = {
    chainId: "localnet",
    timestamp: 1n,
    epochHeight: 1n,
    validators: VALIDATORS,
  };
  const view: StateAt = { state: chain.state, at, surroundings };
  const query = record(recorded, "query", "result");
  const typed = field(recorded, "typed");
  const request = {
    type: "call_function",
    accountId: PROBE_ID,
    methodName: "run",
    args: decodeBase64(text(recorded, "program")),
  } as const;
  try {
    const answer = { ...callFunction(view, account, request), ...at };
    return [
      ...compare("query", answer, query),
      ...compare("typed", answer, has(typed, "result") ? field(typed, "result") : null),
    ];
  } catch (error) {
    if (!(error instanceof ViewCallFailure)) throw error;
    const debug = `wasm execution failed with error: ${error.text}`;
    return [
      ...compare("query", { error: debug, logs: [], ...at }, query),
      ...compare("vm_error", error.vmError, field(typed, "error", "cause", "info", "vm_error")),
      ...compare(
        "data",
        `Function call returned an error: ${error.typedText}`,
        field(typed, "error", "data"),
      ),
    ];
  }
}
