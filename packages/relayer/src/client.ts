/**
 * The client of a relayer over HTTP.
 * @module
 */
import { type Outcome, readOutcome, TransactionError, type WaitOptions } from "@yoctonear/account";
import { decodeUtf8 } from "@yoctonear/base";
import { parseJson, TransportError, type TransportErrorCode, tx } from "@yoctonear/rpc";
import { type Delegate, type DelegateV2, formatSignedDelegate } from "@yoctonear/transactions";
import { readBytes } from "./read-bytes.ts";
import { RelayError } from "./relay-error.ts";

export { RelayError, type RelayErrorDetails } from "./relay-error.ts";

/** What may be said about a relayer. */
export interface RelayerClientOptions {
  /** Used in place of the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Sent with each request, an API key for instance. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until a request is given up; 60,000 unless told. */
  readonly timeout?: number | undefined;
  /** Bytes that an answer may have; 16 MiB unless told. */
  readonly maxResponseBytes?: number | undefined;
}

/** Relays by somebody else. */
export interface RelayerClient {
  /**
   * Has a delegate action relayed. After any error but a refusal or a failure ask again with the same
   * delegate action: it is executed once, however often it is sent.
   * @param delegated - what `delegate` returned
   * @param options - `signal` gives up; the relayer goes on all the same
   * @returns the outcome as the relayer tells it, with the result of the delegated actions
   * @throws {RelayError} when the relayer refused; its code and reason are the relayer's
   * @throws {TransactionError} `failed`, or `unknown_outcome`, whose `resume()` asks again
   * @throws {TransportError} when the relayer did not answer
   */
  relay(
    delegated: Delegate | DelegateV2,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Outcome>;
}

/**
 * Makes the client of a relayer of this package, or of another that takes
 * `{ "signed_delegate_action": "<base64>" }`.
 * @param url - where it takes delegate actions
 * @param options - `fetch`, headers, time
 * @throws {TypeError} for what is no URL, or an option that does not exist
 * @example
 * ```ts
 * import { isNearError } from "@yoctonear/base";
 * import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { relayerClient } from "@yoctonear/relayer/client";
 * import { createDelegateAction, functionCall, signDelegateAction } from "@yoctonear/transactions";
 * const keyPair = randomEd25519KeyPair();
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: keyPair.publicKey,
 *   nonce: 1n,
 *   receiverId: "app.near",
 *   actions: [functionCall("vote", { id: 1 })],
 *   maxBlockHeight: 1_000n,
 * });
 * // Stands for a relayer that is tired
 * const fetch = async () => Response.json({ code: "rate_limited", reason: "not now" }, { status: 429 });
 * const { relay } = relayerClient("https://relayer.example", { fetch });
 * const error = await relay(await signDelegateAction(delegateAction, keyPair)).catch((e) => e);
 * isNearError(error, "rate_limited"); // true
 * ```
 */
export function relayerClient(url: string, options: RelayerClientOptions = {}): RelayerClient {
  const { fetch, headers, timeout = 60_000, maxResponseBytes = 2 ** 24, ...rest } = options;
  for (const name of Object.keys(rest)) throw new TypeError(`unknown option ${name}`);
  // Timers have 31 bits, and fire at once beyond.
  if (!(timeout > 0 && timeout < 2 ** 31 && maxResponseBytes > 0)) {
    throw new RangeError("expected timeout and maxResponseBytes in range");
  }
  const { origin, href } = new URL(url);

  const exchange = async (body: string, signal: AbortSignal): Promise<[Response, string]> => {
    let response: Response | undefined;
    const fail = (code: TransportErrorCode, got: string): TransportError =>
      // Without the cause: it may name the whole URL, and with it an API key.
      new TransportError(code, `${origin}: expected the answer of a relayer, got ${got}`, {
        url: origin,
        status: response?.status,
        retryAfter: response && retryAfterOf(response),
      });
    let bytes: Uint8Array | undefined;
    try {
      const asked = (fetch ?? globalThis.fetch)(href, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        // A redirect would carry an API key to another host.
        redirect: "manual",
        signal,
      });
      response = await race(asked, signal);
      bytes = await race(readBytes(response, maxResponseBytes), signal);
    } catch {
      if (!signal.aborted) throw fail("network", "none");
      throw signal.reason === TIME_IS_UP ? fail("timeout", `none in ${timeout} ms`) : signal.reason;
    }
    if (bytes === undefined) throw fail("too_large", `more than ${maxResponseBytes} bytes`);
    try {
      return [response, decodeUtf8(bytes)];
    } catch {
      throw fail("malformed", "bytes that are no text");
    }
  };

  const relay: RelayerClient["relay"] = async (delegated, { signal } = {}) => {
    signal?.throwIfAborted();
    const body = JSON.stringify({ signed_delegate_action: formatSignedDelegate(delegated) });
    const [response, text] = await withTime(timeout, signal, (own) => exchange(body, own));
    const { status } = response;
    const answer = fieldsOf(text);
    const { code, hash, reason } = answer;
    const retryAfter = retryAfterOf(response);
    const fail = (errorCode: TransportErrorCode, got: string): TransportError =>
      new TransportError(errorCode, `${origin}: expected an outcome, got ${got}`, {
        url: origin,
        status,
        retryAfter,
      });
    if (response.ok) return readAnswer(answer, fail);
    if (typeof code !== "string" || OUT_OF_ORDER.includes(code)) {
      throw fail("http", `HTTP ${status}${typeof code === "string" ? ` (${code})` : ""}`);
    }
    if (code === "unknown_outcome" && typeof hash === "string") {
      throw unknownOutcome(answer, hash, (again) => relay(delegated, { signal: again?.signal }));
    }
    const message = `${origin}: expected an outcome, got a refusal: ${String(reason).slice(0, 1000)}`;
    const known = typeof hash === "string" ? hash : undefined;
    throw new RelayError(code, message, { status, hash: known, retryAfter });
  };
  return { relay };
}

/** Codes that say nothing of the delegate action: asking again may help. */
const OUT_OF_ORDER: readonly unknown[] = ["busy", "internal", "unavailable"];
const TIME_IS_UP = "time is up";

type Answer = Readonly<Record<string, unknown>>;

async function readAnswer(
  { hash, signer_id: signerId, outcome, status }: Answer,
  fail: (code: TransportErrorCode, got: string) => TransportError,
): Promise<Outcome> {
  if (typeof hash !== "string" || typeof signerId !== "string") {
    throw fail("malformed", "an answer without hash or signer_id");
  }
  // Read as a node's answer is, so that its numbers are exact and its shape is checked.
  const question = { txHash: hash, senderAccountId: signerId } as const;
  const read = readOutcome(hash, await tx(async () => outcome, question));
  const { failure } = read;
  if (failure === undefined && status === "executed") return read;
  const message = `transaction ${hash} failed: ${failure?.description ?? "the relayer says so"}`;
  throw new TransactionError("failed", message, {
    hash,
    signerId,
    kind: failure?.kind,
    data: failure?.fields,
    actionIndex: failure?.actionIndex,
    outcome: read,
  });
}

function unknownOutcome(
  { signer_id: signerId, reason }: Answer,
  hash: string,
  resume: (options?: WaitOptions) => Promise<Outcome>,
): TransactionError {
  const details = { hash, signerId: typeof signerId === "string" ? signerId : "", resume };
  return new TransactionError("unknown_outcome", String(reason).slice(0, 1000), details);
}

/** The fields of a JSON object; none of what is none. */
function fieldsOf(text: string): Answer {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,9}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** Runs a task with a signal that aborts with the caller's, or when time is up. */
async function withTime<T>(
  timeout: number,
  caller: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const abort = (): void => own.abort(caller?.reason);
  const timer = setTimeout(() => own.abort(TIME_IS_UP), timeout);
  caller?.addEventListener("abort", abort);
  try {
    return await task(own.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", abort);
  }
}

/** Settles as a task does, or rejects with the signal's reason, also where the task ignores it. */
function race<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    task.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
