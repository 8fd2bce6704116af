/**
 * The relayer as a fetch handler: reads, verifies, asks the policy, pays once, and answers.
 * @module
 */
import type { Journal, SigningAccountRef } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
import { isRetryable, stringifyJson, viewAccount } from "@yoctonear/rpc";
import { createDesk, type Relayed } from "./desk.ts";
import { checkPolicy, type RelayPolicy } from "./policy.ts";
import { readBytes } from "./read-bytes.ts";
import { Refusal, type RefusalCode } from "./refusal.ts";
import { readDelegate } from "./request-body.ts";
import { memoryRelayStore, type RelayStore } from "./store.ts";

/** What a relayer is made of. */
export interface RelayerOptions {
  /** Who pays; several share the work, each delegate action always going by the same one. */
  readonly account: SigningAccountRef | readonly SigningAccountRef[];
  /** The key types of senders that are taken, e.g. `[ed25519]`. */
  readonly schemes: readonly Scheme[];
  /** What is paid for; nothing unless it is named. */
  readonly policy?: RelayPolicy | undefined;
  /** Remembers what was sent and spent; in memory unless told. */
  readonly store?: RelayStore | undefined;
  /**
   * The one that `account` is made with, by `journalled`: then a relayer that is killed while it sends takes
   * that transaction up when it is asked again, instead of paying gas for another.
   */
  readonly journal?: Journal | undefined;
  /** The time in milliseconds since 1970; the store's has to be the same. */
  readonly now?: (() => number) | undefined;
  /** How far a transaction must have come before the answer; `EXECUTED_OPTIMISTIC` unless told. */
  readonly wait?: "EXECUTED_OPTIMISTIC" | "EXECUTED" | "FINAL" | undefined;
  /** Milliseconds after which the answer is `unknown_outcome`; 30,000 unless told. */
  readonly timeout?: number | undefined;
  /** Milliseconds between two questions for a transaction; 500 unless told. */
  readonly pollInterval?: number | undefined;
  /** Bytes that a request may have; 65,536 unless told. */
  readonly maxBodyBytes?: number | undefined;
  /** Delegate actions under way at once, beyond which it is `busy`; 200 unless told. */
  readonly maxInFlight?: number | undefined;
  /** Blocks for which a delegate action must still be valid; 5 unless told. */
  readonly minBlocks?: number | undefined;
  /** Origins of web pages that may ask, or `"any"`; none unless told. */
  readonly cors?: readonly string[] | "any" | undefined;
  /** Is told of errors that the client is not. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Each name once, so that a new option cannot be forgotten here. */
const OPTIONS: Readonly<Record<keyof RelayerOptions, true>> = {
  account: true,
  schemes: true,
  policy: true,
  store: true,
  journal: true,
  now: true,
  wait: true,
  timeout: true,
  pollInterval: true,
  maxBodyBytes: true,
  maxInFlight: true,
  minBlocks: true,
  cors: true,
  onError: true,
};

/**
 * Makes a relayer: `POST` a signed delegate action to it, at any path; `GET …/health` tells whether it
 * reaches the network. It answers `{ status, hash, signer_id, outcome }` (`status` is `"executed"` or
 * `"failed"`), or refuses with an HTTP status and `{ code, reason }`. The same delegate action may be
 * sent any number of times: it is paid once, and answered each time.
 * @param options - who pays, for what
 * @throws {TypeError | RangeError} for options or a policy that cannot be
 * @example
 * ```ts
 * import { connect } from "@yoctonear/account";
 * import { ed25519 } from "@yoctonear/keys/ed25519";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { createRelayer } from "@yoctonear/relayer";
 * import { relayerClient } from "@yoctonear/relayer/client";
 * import { transfer } from "@yoctonear/transactions";
 * const chain = await createLocalnet({ accounts: { "alice.near": "1 NEAR", "relayer.near": "9 NEAR" } });
 * const near = connect(chain);
 * const relayer = createRelayer({
 *   account: near.account("relayer.near", chain.signer("relayer.near")),
 *   schemes: [ed25519],
 *   policy: { receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "0.1 NEAR" } } },
 * });
 * const alice = near.account("alice.near", chain.signer("alice.near"));
 * // In production the relayer is served at that address
 * const client = relayerClient("https://relayer.example", { fetch: (url, init) => relayer(new Request(url, init)) });
 * const error = await client.relay(await alice.delegate("bob.near", [transfer("1 NEAR")])).catch((e) => e);
 * error.code; // "too_much_deposit"
 * ```
 */
export function createRelayer(options: RelayerOptions): (request: Request) => Promise<Response> {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(OPTIONS, name)) throw new TypeError(`unknown option ${name}`);
  }
  const { now = Date.now, cors = [] } = options;
  const { timeout = 30_000, maxBodyBytes = 65_536, maxInFlight = 200, minBlocks = 5 } = options;
  const { pollInterval = 500 } = options;
  const numbers = { timeout, pollInterval, maxBodyBytes, maxInFlight };
  for (const [name, value] of Object.entries(numbers)) {
    if (!(value > 0 && value < 2 ** 31)) throw new RangeError(`expected ${name} in range`);
  }
  if (!(Number.isSafeInteger(minBlocks) && minBlocks >= 1)) {
    throw new RangeError("expected minBlocks of 1 or more");
  }
  const accounts = "transport" in options.account ? [options.account] : [...options.account];
  const [first] = accounts;
  if (first === undefined) throw new RangeError("expected one or more accounts, got none");
  // What the operator is told is no reason to leave a client without its answer.
  const onError = (error: unknown): void => {
    try {
      options.onError?.(error);
    } catch {
      // Nobody is left to be told.
    }
  };
  const desk = createDesk({
    accounts,
    schemes: [...options.schemes],
    policy: checkPolicy(options.policy ?? {}),
    store: options.store ?? memoryRelayStore(now),
    journal: options.journal,
    now,
    wait: options.wait ?? "EXECUTED_OPTIMISTIC",
    timeout,
    pollInterval,
    maxInFlight,
    minBlocks: BigInt(minBlocks),
    onError,
  });

  const answer = async (request: Request): Promise<Response> => {
    if (request.method === "OPTIONS") return new Response(null, { status: 204 });
    if (request.method === "GET" && /\/health\/?$/.test(new URL(request.url).pathname)) {
      const signal = AbortSignal.timeout(timeout);
      await viewAccount(first.transport, { accountId: first.accountId }, { signal });
      return Response.json({ status: "ok" });
    }
    if (request.method !== "POST") {
      throw new Refusal("http_method_not_allowed", `expected POST, got ${request.method}`);
    }
    const bytes = await readBytes(request, maxBodyBytes);
    if (bytes === undefined) {
      throw new Refusal("too_large", `expected ${maxBodyBytes} or fewer bytes, got more`);
    }
    const delegated = readDelegate(bytes, request.headers.get("content-type") ?? "");
    return respond(200, relayedBody(await desk(delegated)));
  };

  return async (request) => {
    const response = await answer(request).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal.code === "internal" || refusal.code === "unavailable") onError(error);
      return refuse(refusal);
    });
    const origin = request.headers.get("origin");
    if (origin !== null) allowOrigin(response.headers, origin, cors);
    return response;
  };
}

function relayedBody({ status, hash, signerId, outcome }: Relayed): object {
  return { status, hash, signer_id: signerId, outcome };
}

function respond(status: number, body: object, headers?: Record<string, string>): Response {
  const init = { status, headers: { "content-type": "application/json", ...headers } };
  return new Response(stringifyJson(body), init);
}

function refuse({ code, message, status, details }: Refusal): Response {
  const { hash, signerId, retryAfter } = details;
  const body = { code, reason: message, hash, signer_id: signerId };
  const seconds = retryAfter === undefined ? undefined : `${Math.ceil(retryAfter / 1000)}`;
  return respond(status, body, {
    ...(seconds === undefined ? {} : { "retry-after": seconds }),
    ...(code === "http_method_not_allowed" ? { allow: "GET, OPTIONS, POST" } : {}),
  });
}

/** Turns whatever was thrown into what the client may know. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isNearError(error, "queue_full"))
    return new Refusal("busy", "expected less to do, got too much");
  if (isDelegateError(error)) return new Refusal(error.code, error.message);
  // Whose node it is, and what that said, is the operator's.
  if (isRetryable(error) || ["TransportError", "TimeoutError"].includes(nameOf(error))) {
    return new Refusal(
      "unavailable",
      "expected an answer of the network, got none; ask again later",
    );
  }
  return new Refusal(
    "internal",
    "the relayer failed; nothing is known to be wrong with the request",
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

function isDelegateError(error: unknown): error is { code: RefusalCode; message: string } {
  return isNearError(error) && error.name === "DelegateError";
}

function allowOrigin(headers: Headers, origin: string, cors: readonly string[] | "any"): void {
  if (cors !== "any") headers.append("vary", "origin");
  if (cors !== "any" && !cors.includes(origin)) return;
  headers.set("access-control-allow-origin", cors === "any" ? "*" : origin);
  headers.set("access-control-allow-methods", "GET, POST");
  headers.set("access-control-allow-headers", "authorization, content-type");
  headers.set("access-control-expose-headers", "retry-after");
  headers.set("access-control-max-age", "86400");
}
