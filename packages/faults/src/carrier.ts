/**
 * What each fault does, whatever carries the requests.
 * @module
 */
import type { RpcRequest } from "@yoctonear/rpc";
import type { Fault } from "./fault.ts";
import { invalidTransaction, timedOut, unknownTransaction } from "./lagging.ts";
import { hashIn, nonceOf, transactionIn } from "./transaction-in.ts";

/** Carries one request, and speaks for what stands between caller and node. */
export interface Carrier<Answer> {
  readonly request: RpcRequest;
  readonly signal: AbortSignal | undefined;
  /** Brings the request to the node. */
  deliver(signal?: AbortSignal): Promise<Answer>;
  /** Brings a request to a node that lags, or to the node itself. */
  ask(transport: "node" | "lagging", request: RpcRequest): Promise<Answer>;
  /** The connection fails, with the system's code for it. */
  cut(code: "ECONNREFUSED" | "ECONNRESET"): Answer;
  /** A proxy answers in place of the node. */
  proxy(status: number, retryAfter?: number): Answer;
  /** The answer, but for its end. */
  truncated(answer: Answer): Answer;
  /** The node answers with an error. */
  refuse(error: Error): Answer;
}

/** What is remembered between requests. */
export interface Memory {
  /** Sent last, by hash; what is answered in place of another. */
  readonly sent: Map<string, RpcRequest>;
  /** Hashes of transactions about which a lie was told: one each. */
  readonly lies: Set<string>;
}

/** Milliseconds after which a proxy gives up on a node. */
const PROXY_TIMEOUT = 60_000;
const MAX_SENT = 100;
/** Seconds. */
const RETRY_AFTER = 2;

/** Notes what is sent. */
export function remember({ sent }: Memory, request: RpcRequest): void {
  const transaction = transactionIn(request);
  const hash = hashIn(request);
  if (transaction === undefined || hash === undefined) return;
  const params = { tx_hash: hash, sender_account_id: transaction.signerId, wait_until: "NONE" };
  sent.set(hash, { method: "tx", params });
  for (const [oldest] of sent) if (sent.size > MAX_SENT) sent.delete(oldest);
}

/** Lets a request meet a fault. */
export async function meet<Answer>(
  fault: Fault,
  carrier: Carrier<Answer>,
  memory: Memory,
): Promise<Answer> {
  const { kind, isDelivered, delay } = fault;
  const { signal } = carrier;
  const later = (): void => {
    setTimeout(() => void quietly(carrier.deliver()), delay);
  };
  switch (kind) {
    case "drop request":
      return carrier.cut("ECONNREFUSED");
    case "drop answer":
      await quietly(carrier.deliver(signal));
      return carrier.cut("ECONNRESET");
    case "late":
      later();
      await pause(delay / 2, signal);
      return isDelivered ? carrier.cut("ECONNRESET") : carrier.proxy(504);
    case "hang":
      void quietly(carrier.deliver());
      await pause(PROXY_TIMEOUT, signal);
      return carrier.proxy(504);
    case "reorder":
      await pause(delay, signal);
      return carrier.deliver(signal);
    case "duplicate":
      later();
      return carrier.deliver(signal);
    case "truncate":
      return carrier.truncated(await carrier.deliver(signal));
    case "408":
      // nearcore's own: it has the transaction, and waited in vain.
      void quietly(carrier.deliver());
      return isDelivered ? carrier.refuse(timedOut(carrier.request.method)) : carrier.proxy(408);
    case "429":
      return carrier.proxy(429, RETRY_AFTER);
    case "500":
    case "502":
    case "503":
    case "504":
      if (isDelivered) void quietly(carrier.deliver());
      return carrier.proxy(Number(kind));
    case "html":
      if (isDelivered) void quietly(carrier.deliver());
      return carrier.proxy(200);
    case "lag":
      return carrier.ask("lagging", carrier.request);
    case "another":
    case "false InvalidNonce":
    case "false Expired":
    case "false UNKNOWN_TRANSACTION":
      return lie(fault, carrier, memory);
  }
}

async function lie<Answer>(
  { kind, isDelivered, delay }: Fault,
  carrier: Carrier<Answer>,
  { sent, lies }: Memory,
): Promise<Answer> {
  const { request, signal } = carrier;
  const hash = hashIn(request);
  if (hash === undefined || lies.has(hash)) return carrier.deliver(signal);
  const [other] = [...sent].filter(([name]) => name !== hash).map(([, question]) => question);
  if (kind === "another" && other === undefined) return carrier.deliver(signal);
  lies.add(hash);
  if (isDelivered) void quietly(carrier.deliver());
  if (kind === "another" && other !== undefined) return carrier.ask("node", other);
  if (kind === "false UNKNOWN_TRANSACTION") {
    return carrier.refuse(unknownTransaction(request.method, hash));
  }
  const transaction = transactionIn(request);
  const nonce = transaction === undefined ? 0n : nonceOf(transaction);
  const used = { InvalidNonce: { tx_nonce: nonce, ak_nonce: nonce + BigInt(delay % 3) } };
  const reason = kind === "false Expired" ? "Expired" : used;
  return carrier.refuse(invalidTransaction(request.method, reason));
}

async function quietly(task: Promise<unknown>): Promise<void> {
  try {
    await task;
  } catch {
    // Nobody hears of it.
  }
}

/** Waits; the signal ends the wait with its reason. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
  });
}
