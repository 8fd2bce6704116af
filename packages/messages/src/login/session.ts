/**
 * Sessions as signed claims: JSON Web Tokens (RFC 7519) with HS256 and no other algorithm.
 * @module
 */
import { decodeBase64, decodeUtf8, encodeBase64, encodeHex, encodeUtf8 } from "@yoctonear/base";
import { MessageError } from "../message-error.ts";
import type { Secret } from "./secret.ts";

/** Who is logged in. The key was looked up when the session was made, not since. */
export interface Session {
  readonly accountId: string;
  /** With which it was signed for. */
  readonly publicKey: string;
  /** Unlike that of any other session. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly issued: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** `{"alg":"HS256","typ":"JWT"}`: compared, so that no token chooses how it is verified. */
const HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
/** Longer than any token with the longest account id and the longest key. */
const MAX_LENGTH = 8_000;

/** Makes the token of a session. */
export async function signSession(
  secret: Secret,
  recipient: string,
  session: Omit<Session, "id">,
): Promise<string> {
  const claims = {
    iss: recipient,
    sub: session.accountId,
    key: session.publicKey,
    jti: encodeHex(crypto.getRandomValues(new Uint8Array(16))),
    iat: session.issued / 1000,
    exp: session.expires / 1000,
  };
  const signed = `${HEADER}.${encodeUrl(encodeUtf8(JSON.stringify(claims)))}`;
  return `${signed}.${encodeUrl(await secret.sign(encodeUtf8(signed)))}`;
}

/** Reads the token of a session. */
export async function verifySessionToken(
  secret: Secret,
  recipient: string,
  token: string | null | undefined,
  now: number,
): Promise<Session> {
  const invalid = new MessageError("invalid_session", "expected a session of this login, got none");
  if (typeof token !== "string" || token.length > MAX_LENGTH) throw invalid;
  const [header, claims = "", signature = "", ...rest] = token.split(".");
  if (header !== HEADER || rest.length > 0) throw invalid;
  const [claimBytes, signatureBytes] = [decodeUrl(claims), decodeUrl(signature)];
  if (claimBytes === undefined || signatureBytes === undefined) throw invalid;
  if (!(await secret.verify(encodeUtf8(`${header}.${claims}`), signatureBytes))) throw invalid;
  // Signed here, and yet perhaps by other code that has the secret.
  const { iss, sub, key, jti, iat, exp } = claimsOf(claimBytes);
  if (iss !== recipient || typeof sub !== "string" || typeof key !== "string") throw invalid;
  if (typeof jti !== "string" || typeof iat !== "number" || typeof exp !== "number") throw invalid;
  const session = {
    accountId: sub,
    publicKey: key,
    id: jti,
    issued: iat * 1000,
    expires: exp * 1000,
  };
  if (session.expires > now) return session;
  throw new MessageError(
    "expired_session",
    `expected a session until after ${now}, got one until ${session.expires}`,
  );
}

function claimsOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const claims: unknown = JSON.parse(decodeUtf8(bytes));
  return typeof claims === "object" && claims !== null ? { ...claims } : {};
}

function encodeUrl(bytes: Uint8Array): string {
  return encodeBase64(bytes).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
}

function decodeUrl(text: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  try {
    return decodeBase64(base64 + "=".repeat((4 - (base64.length % 4)) % 4));
  } catch {
    return undefined;
  }
}
