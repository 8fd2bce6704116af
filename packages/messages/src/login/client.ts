/**
 * The other side of a login.
 * @module
 */
import { decodeBase64, NearError } from "@yoctonear/base";
import { MessageError } from "../message-error.ts";
import { type MessageAccount, type MessageSigner, signMessage } from "../sign-message.ts";

/** How the server is reached, and whose it is. */
export interface LogInOptions {
  /** For whom to sign, and nobody else; the host of the URL unless told. */
  readonly recipient?: string | undefined;
  /** In place of the platform's. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A session, and whose. */
export interface LoggedIn {
  /** For the server, mostly as `Authorization: Bearer …`. */
  readonly token: string;
  readonly accountId: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * Logs in where `createLogin` answers: asks for a challenge, signs it, and hands it in.
 * @param url - where the login is, e.g. `https://app.example/login`
 * @param by - an account with its key, or a wallet
 * @throws {NearError} with the server's `code`; `unexpected_answer` for what is none of its answers
 * @throws {MessageError} `wrong_recipient` when the challenge is for somebody else; when the wallet does not sign
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { logIn } from "@yoctonear/messages/login";
 * const alice = { accountId: "alice.near", signer: randomEd25519KeyPair() };
 * const fetch = async () => Response.json({ error: { code: "unavailable", message: "try again" } }, { status: 503 });
 * const error = await logIn("https://app.example/login", alice, { fetch }).catch((caught) => caught);
 * error.code; // "unavailable"
 * ```
 */
export async function logIn(
  url: string,
  by: MessageAccount | MessageSigner,
  options: LogInOptions = {},
): Promise<LoggedIn> {
  const base = url.endsWith("/") ? url : `${url}/`;
  const challenge = await post(`${base}challenge`, {}, options);
  const message = textOf(challenge, "message");
  const recipient = textOf(challenge, "recipient");
  const nonce = textOf(challenge, "nonce");
  // Or a server could have signed, and hand in, what is for another one.
  const expected = options.recipient ?? new URL(url).host;
  if (recipient !== expected) {
    throw new MessageError("wrong_recipient", `expected a challenge for ${expected}, got another`);
  }
  const signed = await signMessage(by, { message, recipient, nonce: nonceOf(nonce) });
  const session = await post(`${base}verify`, { ...signed, nonce }, options);
  const { expires } = session;
  if (typeof expires !== "number") throw unexpected("expires as a number");
  return { token: textOf(session, "token"), accountId: textOf(session, "accountId"), expires };
}

type JsonRecord = Readonly<Record<string, unknown>>;

async function post(url: string, body: object, options: LogInOptions): Promise<JsonRecord> {
  const { fetch: send = (sent: Request) => fetch(sent), signal } = options;
  const request = new Request(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
  const response = await send(request);
  const text = await response.text();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw unexpected("JSON", cause);
  }
  const fields = recordOf(answer);
  if (response.ok) return fields;
  const error = recordOf(fields["error"]);
  throw new NearError(textOf(error, "code"), textOf(error, "message"));
}

function nonceOf(text: string): Uint8Array {
  try {
    return decodeBase64(text);
  } catch (cause) {
    throw unexpected("nonce in base64", cause);
  }
}

function recordOf(value: unknown): JsonRecord {
  if (typeof value === "object" && value !== null) return { ...value };
  throw unexpected("an object");
}

function textOf(fields: JsonRecord, name: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  throw unexpected(`${name} as text`);
}

function unexpected(expected: string, cause?: unknown): NearError {
  const message = `expected ${expected} from the login, got something else`;
  return new NearError("unexpected_answer", message, { cause });
}
