/**
 * The handler: `POST …/challenge`, `POST …/verify`.
 * @module
 */
import { decodeBase64, encodeBase64, encodeUtf8 } from "@yoctonear/base";
import type { Scheme } from "@yoctonear/keys";
import { assertText } from "../message.ts";
import { MessageError, type MessageErrorCode } from "../message-error.ts";
import { createNonceStore, type NonceStore } from "../nonce-store.ts";
import { assertBound, assertNonceStore, assertOptions } from "../options.ts";
import { parseSignedMessage } from "../signed-message.ts";
import {
  type MessageNetwork,
  transportOf,
  verifyMessage,
  type VerifyMessageOptions,
} from "../verify-message.ts";
import { jsonResponse, readJson, RequestRefusal } from "./body.ts";
import { assertChallenge, createChallenge } from "./challenge.ts";
import { openSecret } from "./secret.ts";
import { type Session, signSession, verifySessionToken } from "./session.ts";

/** A login of one application. */
export interface LoginOptions {
  /** What `connect` returned, or a transport. */
  readonly near: MessageNetwork;
  /** What wallets show and sign: the application's domain. */
  readonly recipient: string;
  /** 32 random bytes or more, the same in all processes: who has it can make sessions. */
  readonly secret: Uint8Array;
  /** Origins of the pages that may log in, e.g. `https://app.example`. What sends no origin is no page, and may. */
  readonly origins: readonly string[];
  /** What the user reads and agrees to; `Log in to` and the recipient unless told. */
  readonly statement?: string | undefined;
  /** Milliseconds in which a challenge must be answered: five minutes unless told. */
  readonly challengeAge?: number | undefined;
  /** Milliseconds for which a session holds: a day unless told. */
  readonly sessionAge?: number | undefined;
  /** Where used challenges are kept; in the memory of this process unless told, which is too little for several. */
  readonly nonceStore?: NonceStore | undefined;
  /** Types of keys that may come; ed25519 alone unless told. */
  readonly schemes?: readonly Scheme[] | undefined;
  /** Says whether a key speaks for an account that does not exist; none does unless told. */
  readonly acceptMissing?: VerifyMessageOptions["acceptMissing"];
  /** Sees what kept the login from asking the chain or its store; the client is told `unavailable`. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Gives the milliseconds since 1970; for tests. */
  readonly now?: (() => number) | undefined;
}

/** A login. */
export interface Login {
  /**
   * Answers a request, whatever its path begins with: `…/challenge` with `{ message, recipient, nonce, expires }`, and `…/verify`,
   * whose body is the signed message and the `nonce`, with `{ token, accountId, publicKey, expires }`. Errors are
   * `{ error: { code, message } }`.
   */
  handle(request: Request): Promise<Response>;
  /**
   * Tells whose session a token is.
   * @throws {MessageError} `invalid_session`, `expired_session`
   */
  verifySession(token: string | null | undefined): Promise<Session>;
}

const OPTIONS = [
  "near",
  "recipient",
  "secret",
  "origins",
  "statement",
  "challengeAge",
  "sessionAge",
  "nonceStore",
  "schemes",
  "acceptMissing",
  "onError",
  "now",
];
const MINUTE = 60_000;
const UNAUTHORIZED = 401;
const STATUS: { readonly [code in MessageErrorCode]?: number } = {
  malformed: 400,
  wrong_origin: 403,
};

/**
 * Makes a login, as a handler that runs wherever requests are handled.
 * @param options - the network, the application, the secret
 * @throws {TypeError}, {RangeError} for a short secret, an origin that is none, an age that is none
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { createLogin, logIn } from "@yoctonear/messages/login";
 * const near = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const login = createLogin({
 *   near, recipient: "app.example", origins: ["https://app.example"],
 *   secret: crypto.getRandomValues(new Uint8Array(32)), // from the environment, in earnest
 * });
 * // On the page
 * const alice = { accountId: "alice.near", signer: near.signer("alice.near") };
 * const fetch = (request: Request) => login.handle(request); // stands for the network
 * const { token } = await logIn("https://app.example/login", alice, { fetch });
 * // On the server
 * (await login.verifySession(token)).accountId; // "alice.near"
 * ```
 */
export function createLogin(options: LoginOptions): Login {
  assertOptions(options, OPTIONS);
  assertNonceStore(options.nonceStore);
  const { recipient, statement = `Log in to ${recipient}`, schemes, acceptMissing } = options;
  const { challengeAge = 5 * MINUTE, sessionAge = 24 * 60 * MINUTE, now = Date.now } = options;
  const { onError, nonceStore = createNonceStore({ now }) } = options;
  const near = transportOf(options.near);
  if (typeof near !== "function") throw new TypeError("expected near with a transport, got none");
  const secret = openSecret(options.secret);
  const origins = options.origins.map(checkOrigin);
  if (typeof recipient !== "string" || !/^[^\n]+$/.test(recipient)) {
    throw new TypeError("expected recipient as one line of text");
  }
  assertText(statement, "statement");
  assertBound(challengeAge, "challengeAge", 1);
  assertBound(sessionAge, "sessionAge", 1);
  // A challenge is for one login, whoever answers it.
  const once: NonceStore = {
    use: (nonce, _, expires) => nonceStore.use(nonce, recipient, expires),
  };

  const challenge = async (origin: string): Promise<object> => {
    const time = now();
    const nonce = await createChallenge(secret, { recipient, origin }, time);
    return {
      message: statement,
      recipient,
      nonce: encodeBase64(nonce),
      expires: time + challengeAge,
    };
  };

  const verify = async (origin: string, request: Request): Promise<object> => {
    const body = await readJson(request);
    const signed = parseSignedMessage(body);
    const nonce = nonceOf(body["nonce"]);
    await assertChallenge(secret, { recipient, origin }, nonce);
    const { callbackUrl } = signed;
    if (callbackUrl !== undefined && !origins.includes(originOf(callbackUrl))) {
      throw new MessageError("wrong_callback_url", "expected a page of this login, got another");
    }
    const { accountId, publicKey } = await verifyMessage(
      near,
      signed,
      { message: statement, recipient, nonce, callbackUrl },
      {
        schemes,
        acceptMissing,
        now,
        maxAge: challengeAge,
        nonceStore: once,
        signal: request.signal,
      },
    );
    // In whole seconds, as others who read such tokens expect.
    const issued = Math.floor(now() / 1000) * 1000;
    const expires = issued + Math.ceil(sessionAge / 1000) * 1000;
    const token = await signSession(secret, recipient, { accountId, publicKey, issued, expires });
    return { token, accountId, publicKey, expires };
  };

  return {
    handle: async (request) => {
      const origin = request.headers.get("origin") ?? "";
      const headers = origins.includes(origin) ? corsHeaders(origin) : { vary: "origin" };
      try {
        const [route] =
          /\/(challenge|verify)\/?$/.exec(new URL(request.url).pathname)?.slice(1) ?? [];
        if (route === undefined)
          throw new RequestRefusal(404, "not_found", "expected …/challenge or …/verify");
        if (origin !== "" && !origins.includes(origin)) {
          throw new MessageError("wrong_origin", "expected a page of this login, got another");
        }
        if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
        if (request.method !== "POST") {
          throw new RequestRefusal(
            405,
            "method_not_allowed",
            `expected POST, got ${request.method}`,
          );
        }
        const answer = await (route === "verify" ? verify(origin, request) : challenge(origin));
        return jsonResponse(200, answer, headers);
      } catch (error) {
        const { status, code, message } = refusalOf(error, onError);
        return jsonResponse(status, { error: { code, message } }, headers);
      }
    },
    verifySession: (token) => verifySessionToken(secret, recipient, token, now()),
  };
}

function refusalOf(
  error: unknown,
  onError: LoginOptions["onError"],
): { readonly status: number; readonly code: string; readonly message: string } {
  if (error instanceof RequestRefusal) return error;
  if (error instanceof MessageError) {
    const { code, message } = error;
    return { status: STATUS[code] ?? UNAUTHORIZED, code, message };
  }
  // What went wrong is the server's business; that nothing was decided is the client's.
  onError?.(error);
  return {
    status: 503,
    code: "unavailable",
    message: "the login could not be verified: try again",
  };
}

function nonceOf(text: unknown): Uint8Array {
  try {
    if (typeof text === "string" && text.length < 100) return decodeBase64(text);
  } catch {
    // The same as any other text.
  }
  throw new MessageError("malformed", "expected nonce as 32 bytes in base64");
}

function originOf(url: string): string {
  try {
    // A lone surrogate, which nobody can have signed.
    encodeUtf8(url);
    return new URL(url).origin;
  } catch {
    return "";
  }
}

function checkOrigin(origin: string): string {
  if (origin !== "" && originOf(origin) === origin) return origin;
  throw new TypeError(
    `expected origins such as "https://app.example", got ${JSON.stringify(origin)}`,
  );
}

function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type",
    vary: "origin",
  };
}
