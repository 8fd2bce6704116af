/**
 * Verifies authorizations of NEP-641: by a key of the account, or by what its contract says, which may point to further accounts.
 * @module
 */
import { decodeUtf8, encodeBase64, encodeUtf8 } from "@yoctonear/base";
import { parsePublicKey, type Scheme, verifySignature } from "@yoctonear/keys";
import { assertAccountId, isAccountId } from "@yoctonear/primitives";
import {
  block,
  type BlockReference,
  callFunction,
  type CallOptions,
  isRpcError,
  status,
  type Transport,
} from "@yoctonear/rpc";
import { assertFullAccess } from "./full-access.ts";
import { isImplicitAccount } from "./implicit-account.ts";
import { type KeyAuthorization, parseKeyAuthorization } from "./key-authorization.ts";
import { assertText, messageRequest } from "./message.ts";
import { MessageError, type MessageErrorCode } from "./message-error.ts";
import { nativeEd25519 } from "./native-ed25519.ts";
import { toMessage } from "./offchain-message.ts";
import { assertBound, assertOptions } from "./options.ts";
import { assertKeyType, type MessageNetwork, transportOf } from "./verify-message.ts";

/** What came: who is said to authorize, and the text that shows it, whose form may be known to the account's contract alone. */
export interface Authorization {
  readonly accountId: string;
  readonly authorization: string;
}

/** What should be authorized. */
export interface ExpectedAuthorization {
  /** As it was issued: unique, so that it can be accepted once. */
  readonly payload: string;
  /** The chain, e.g. `mainnet`; the node's own unless told. */
  readonly chainId?: string | undefined;
}

/** How it is verified. */
export interface VerifyAuthorizationOptions {
  /** Types of keys that may come; ed25519 alone, by the platform's WebCrypto, unless told. */
  readonly schemes?: readonly Scheme[] | undefined;
  /** The block at which all is looked up; the newest final one unless told. */
  readonly block?: BlockReference | undefined;
  /** How far from account to account contracts may point: 5 unless told. */
  readonly maxDepth?: number | undefined;
  /** How many accounts are asked in all: 30 unless told. */
  readonly maxAccounts?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was authorized. */
export interface VerifiedAuthorization {
  readonly accountId: string;
  readonly payload: string;
  /** The block at which that was so. */
  readonly blockHash: string;
  readonly blockHeight: bigint;
}

interface Context extends CallOptions {
  readonly transport: Transport;
  readonly chainId: string;
  readonly schemes: readonly Scheme[];
  readonly block: BlockReference;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly maxDepth: number;
  accountsLeft: number;
}

/** What a contract answers. */
interface Resolution {
  readonly payload: string;
  readonly pending: readonly (Authorization & { readonly expect: string })[];
}

/**
 * Verifies that an account authorizes a payload, all at one block. A key with full access is enough; otherwise the account's contract
 * is asked (`w_resolve_auth`), and each account that it points to in the same way. From a draft: the text of 2026-08-11.
 * @param near - what `connect` returned, or a transport
 * @param authorization - what came
 * @param expected - what was issued
 * @param options - types of keys, block, bounds
 * @throws {MessageError} says by its `code` why it is not accepted
 * @throws {TransportError}, {RpcError} when the chain could not be asked, which says nothing of the authorization
 * @throws {TypeError}, {RangeError} for options that are none
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { signAuthorization, verifyAuthorization } from "@yoctonear/messages";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const alice = { accountId: "alice.near", signer: chain.signer("alice.near") };
 * const payload = "log me in at app.example: 7f3a";
 * const authorization = await signAuthorization(alice, { chainId: "localnet", payload, timestamp: 0n });
 * const verified = await verifyAuthorization(chain, { accountId: "alice.near", authorization }, { payload });
 * verified.payload; // "log me in at app.example: 7f3a"
 * ```
 */
export async function verifyAuthorization(
  near: MessageNetwork,
  authorization: Authorization,
  expected: ExpectedAuthorization,
  options: VerifyAuthorizationOptions = {},
): Promise<VerifiedAuthorization> {
  const transport = transportOf(near);
  const { accountId } = authorization;
  assertOptions(options, ["schemes", "block", "maxDepth", "maxAccounts", "signal"]);
  const { schemes = [nativeEd25519], maxDepth = 5, maxAccounts = 30, signal } = options;
  assertBound(maxDepth, "maxDepth", 0);
  assertBound(maxAccounts, "maxAccounts", 1);
  assertAccountId(accountId);
  assertText(authorization.authorization, "authorization");
  assertText(expected.payload, "payload");
  const { header } = await block(
    transport,
    { block: options.block ?? { finality: "final" } },
    { signal },
  );
  const context: Context = {
    transport,
    signal,
    schemes,
    maxDepth,
    accountsLeft: maxAccounts,
    chainId: expected.chainId ?? (await status(transport, { signal })).chain_id,
    block: { blockId: header.hash },
    time: BigInt(header.timestamp_nanosec),
  };
  const payload = await resolve(context, authorization, []);
  assertSame("wrong_payload", "payload", payload, expected.payload);
  return { accountId, payload, blockHash: header.hash, blockHeight: header.height };
}

/** Gives the payload that the account authorizes. */
async function resolve(
  context: Context,
  asked: Authorization,
  path: readonly string[],
): Promise<string> {
  const { accountId } = asked;
  if (path.length > context.maxDepth || context.accountsLeft-- <= 0) {
    throw new MessageError("too_deep", `expected fewer accounts, got one more: ${accountId}`);
  }
  const refusal = await refusalOfKey(context, asked, path);
  if (typeof refusal === "string") return refusal;
  const resolution = await askContract(context, asked, path);
  if (resolution === undefined) {
    if (refusal.code !== "malformed") throw refusal;
    throw new MessageError(
      "not_authorized",
      `expected a key or the contract of ${accountId} to stand behind the authorization, got neither`,
      { cause: refusal },
    );
  }
  // One after the other: so many are seldom, and bounds hold.
  for (const { expect, ...pending } of resolution.pending) {
    assertSame(
      "wrong_payload",
      "payload",
      await resolve(context, pending, [accountId, ...path]),
      expect,
    );
  }
  return resolution.payload;
}

/** Gives the payload, or why no key stands behind it. */
async function refusalOfKey(
  context: Context,
  { accountId, authorization }: Authorization,
  path: readonly string[],
): Promise<string | MessageError> {
  try {
    const parsed = parseKeyAuthorization(authorization);
    await verifyKeyAuthorization(context, parsed, accountId, path);
    return parsed.message.payload;
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
}

async function verifyKeyAuthorization(
  { transport, chainId, schemes, time, block: at, signal }: Context,
  { message, callbackUrl, publicKey, signature }: KeyAuthorization,
  accountId: string,
  path: readonly string[],
): Promise<void> {
  assertSame("wrong_chain", "chain", message.chainId, chainId);
  assertSame("wrong_account", "signer", message.signerId, accountId);
  assertSame("wrong_path", "path", message.path.join(" "), path.join(" "));
  if (message.timestamp > time) {
    throw new MessageError(
      "from_the_future",
      `expected a timestamp of ${time} or before, got ${message.timestamp}`,
    );
  }
  assertKeyType(parsePublicKey(publicKey).type, schemes);
  const { hash } = messageRequest(toMessage(message, callbackUrl));
  if (!(await verifySignature({ hash, signature, publicKey }, schemes))) {
    throw new MessageError(
      "invalid_signature",
      `expected a signature of ${publicKey}, got another`,
    );
  }
  const question = { accountId, publicKey, block: at, acceptMissing: isImplicitAccount };
  await assertFullAccess(transport, question, { signal });
}

/** Gives what the contract answers; undefined where there is none, or where it fails. */
async function askContract(
  { transport, block: at, signal }: Context,
  { accountId, authorization }: Authorization,
  path: readonly string[],
): Promise<Resolution | undefined> {
  const args = encodeUtf8(JSON.stringify({ path, authorization }));
  const call = {
    accountId,
    methodName: "w_resolve_auth",
    argsBase64: encodeBase64(args),
    block: at,
  };
  let result;
  try {
    ({ result } = await callFunction(transport, call, { signal }));
  } catch (error) {
    const isOfContract =
      isRpcError(error, "CONTRACT_EXECUTION_ERROR") ||
      isRpcError(error, "NO_CONTRACT_CODE") ||
      isRpcError(error, "UNKNOWN_ACCOUNT");
    if (isOfContract) return undefined;
    throw error;
  }
  return readResolution(Uint8Array.from(result));
}

function readResolution(bytes: Uint8Array): Resolution | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(decodeUtf8(bytes));
  } catch {
    return undefined;
  }
  if (!isRecord(answer)) return undefined;
  const { payload, pending = [] } = answer;
  if (typeof payload !== "string" || !Array.isArray(pending)) return undefined;
  const read = pending.map(readPending);
  return read.every((one) => one !== undefined) ? { payload, pending: read } : undefined;
}

function readPending(value: unknown): Resolution["pending"][number] | undefined {
  if (!isRecord(value)) return undefined;
  const { account_id: accountId, authorization, expect } = value;
  if (!isAccountId(accountId)) return undefined;
  if (typeof authorization !== "string" || typeof expect !== "string") return undefined;
  return { accountId, authorization, expect };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function assertSame(code: MessageErrorCode, name: string, got: string, wanted: string): void {
  if (got !== wanted) {
    throw new MessageError(code, `expected the ${name} that belongs here, got another`);
  }
}
