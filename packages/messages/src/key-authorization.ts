/**
 * The authorization of NEP-641 that an access key signs (`AccessKeyAuthorization`), as text.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { formatPublicKey, formatSignature, parsePublicKey, parseSignature } from "@yoctonear/keys";
import { isAccountId } from "@yoctonear/primitives";
import { MessageError } from "./message-error.ts";
import { type OffchainMessage, toMessage } from "./offchain-message.ts";
import { type MessageAccount, type MessageSigner, signMessage } from "./sign-message.ts";
import { parseMessageKey, parseMessageSignature } from "./signed-message.ts";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";

/** An authorization by a key. */
export interface KeyAuthorization {
  readonly message: OffchainMessage;
  /** Of the web wallet that asked, where there was one. */
  readonly callbackUrl?: string | undefined;
  /** In text form. */
  readonly publicKey: string;
  /** In text form. */
  readonly signature: string;
}

/** What is to be authorized. */
export interface AuthorizationRequest extends Omit<
  OffchainMessage,
  "signerId" | "path" | "timestamp"
> {
  /** Whose; of an account with its key unless told. */
  readonly signerId?: string | undefined;
  /** The accounts on whose behalf, from the next one up. */
  readonly path?: readonly string[] | undefined;
  /** Nanoseconds since 1970; a minute ago unless told, since blocks and clocks lag behind. */
  readonly timestamp?: bigint | undefined;
  readonly callbackUrl?: string | undefined;
}

/** How far back, in ms. */
const LAG = 60_000;

/**
 * Authorizes something off the chain with an access key, or through a wallet.
 * @param by - an account with its key, or a wallet
 * @param request - the chain, the payload, for a wallet whose account
 * @returns the text that `verifyAuthorization` and contracts take
 * @throws {MessageError} `wrong_account` when a wallet signs for another one
 * @throws {TypeError} when a wallet is not told whose account
 * @example
 * ```ts
 * import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
 * import { parseKeyAuthorization, signAuthorization } from "@yoctonear/messages";
 * const alice = { accountId: "alice.near", signer: randomEd25519KeyPair() };
 * const text = await signAuthorization(alice, { chainId: "mainnet", payload: "log me in" });
 * parseKeyAuthorization(text).message.signerId; // "alice.near"
 * ```
 */
export async function signAuthorization(
  by: MessageAccount | MessageSigner,
  request: AuthorizationRequest,
): Promise<string> {
  const { chainId, payload, path = [], callbackUrl } = request;
  const own = "accountId" in by ? by.accountId : undefined;
  const signerId = request.signerId ?? own;
  if (signerId === undefined) throw new TypeError("expected signerId for a wallet, got none");
  const second = Math.floor((Date.now() - LAG) / 1000);
  const timestamp = request.timestamp ?? BigInt(second) * 1_000_000_000n;
  const message = { chainId, signerId, path, timestamp, payload };
  const signed = await signMessage(by, toMessage(message, callbackUrl));
  if (signed.accountId !== signerId) {
    throw new MessageError(
      "wrong_account",
      `expected ${signerId} to sign, got ${signed.accountId}`,
    );
  }
  const signature = parseMessageSignature(signed.signature, parseMessageKey(signed.publicKey));
  return formatKeyAuthorization({ message, callbackUrl, publicKey: signed.publicKey, signature });
}

/**
 * Writes an authorization as the text that goes around: JSON with the names of NEP-641.
 * @example
 * ```ts
 * import { formatKeyAuthorization, parseKeyAuthorization } from "@yoctonear/messages";
 * const text = formatKeyAuthorization({
 *   message: { chainId: "mainnet", signerId: "alice.near", path: [], timestamp: 0n, payload: "yes" },
 *   publicKey: "ed25519:11111111111111111111111111111111",
 *   signature: `ed25519:${"1".repeat(64)}`,
 * });
 * parseKeyAuthorization(text).message.payload; // "yes"
 * ```
 */
export function formatKeyAuthorization(authorization: KeyAuthorization): string {
  const { message, callbackUrl, publicKey, signature } = authorization;
  const { chainId, signerId, path, timestamp, payload } = message;
  return JSON.stringify({
    msg: {
      chain_id: chainId,
      signer_id: signerId,
      ...(path.length > 0 && { path }),
      timestamp: formatTimestamp(timestamp),
      payload,
    },
    via: {
      schema: "nep413",
      extra: { ...(callbackUrl !== undefined && { callback_url: callbackUrl }) },
    },
    access_key: publicKey,
    signature,
  });
}

/**
 * Reads an authorization, strictly: an unknown field makes it another form, which is the business of the account's contract.
 * @throws {MessageError} `malformed`
 * @example
 * ```ts
 * import { MessageError, parseKeyAuthorization } from "@yoctonear/messages";
 * try {
 *   parseKeyAuthorization('{"votes":[]}');
 * } catch (error) {
 *   error instanceof MessageError && error.code; // "malformed"
 * }
 * ```
 */
export function parseKeyAuthorization(text: string): KeyAuthorization {
  const fields = recordOf(parseText(text), "an authorization", [
    "msg",
    "via",
    "access_key",
    "signature",
  ]);
  const message = recordOf(fields["msg"], "msg", [
    "chain_id",
    "signer_id",
    "path",
    "timestamp",
    "payload",
  ]);
  const via = recordOf(fields["via"], "via", ["schema", "extra"]);
  const extra = recordOf(via["extra"], "extra", ["callback_url"]);
  if (via["schema"] !== "nep413") throw malformed("the schema nep413");
  const timestamp = parseTimestamp(textOf(message, "timestamp"));
  if (timestamp === undefined) throw malformed("timestamp as a time of RFC 3339");
  const path = message["path"] ?? [];
  if (!Array.isArray(path) || !path.every(isAccountId)) throw malformed("path as account ids");
  const signerId = textOf(message, "signer_id");
  if (!isAccountId(signerId)) throw malformed("signer_id as an account id");
  const callbackUrl = extra["callback_url"] ?? undefined;
  if (callbackUrl !== undefined && typeof callbackUrl !== "string")
    throw malformed("callback_url as text");
  const keys = keysOf(textOf(fields, "access_key"), textOf(fields, "signature"));
  return {
    message: {
      chainId: textOf(message, "chain_id"),
      signerId,
      path,
      timestamp,
      payload: textOf(message, "payload"),
    },
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...keys,
  };
}

function keysOf(
  publicKey: string,
  signature: string,
): Pick<KeyAuthorization, "publicKey" | "signature"> {
  try {
    return {
      publicKey: formatPublicKey(parsePublicKey(publicKey)),
      signature: formatSignature(parseSignature(signature)),
    };
  } catch (cause) {
    throw new MessageError(
      "malformed",
      "expected access_key and signature in text form, got others",
      { cause },
    );
  }
}

type JsonRecord = Readonly<Record<string, unknown>>;

function parseText(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      // A lone surrogate has no bytes that a key could have signed.
      if (typeof value === "string") encodeUtf8(value);
      return value;
    });
  } catch {
    throw malformed("an authorization as JSON");
  }
}

function recordOf(value: unknown, name: string, known: readonly string[]): JsonRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw malformed(`${name} as an object`);
  }
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown !== undefined) throw malformed(`${name} of ${known.join(", ")}`);
  return { ...value };
}

function textOf(fields: JsonRecord, name: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  throw malformed(`${name} as text`);
}

/** What came is an opaque text of somebody, and not shown. */
function malformed(expected: string): MessageError {
  return new MessageError("malformed", `expected ${expected}, got something else`);
}
