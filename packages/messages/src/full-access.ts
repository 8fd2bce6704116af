/**
 * Whether a key speaks for an account: asked of the chain.
 * @module
 */
import {
  type BlockReference,
  type CallOptions,
  isRpcError,
  type Transport,
  viewAccessKey,
  viewAccount,
} from "@yoctonear/rpc";
import { MessageError } from "./message-error.ts";

/** What is asked. */
export interface FullAccessQuestion {
  readonly accountId: string;
  /** In text form. */
  readonly publicKey: string;
  readonly block: BlockReference;
  /** Says whether the key speaks for an account that does not exist. */
  readonly acceptMissing?: ((accountId: string, publicKey: string) => boolean) | undefined;
}

/**
 * Resolves when the key has full access. A node that cannot be asked is an error of the transport or of the node, not an answer.
 * @throws {MessageError} `unknown_key`, `not_full_access`, `account_missing`
 */
export async function assertFullAccess(
  transport: Transport,
  { accountId, publicKey, block, acceptMissing }: FullAccessQuestion,
  options: CallOptions,
): Promise<void> {
  let permission;
  try {
    ({ permission } = await viewAccessKey(transport, { accountId, publicKey, block }, options));
  } catch (error) {
    if (isRpcError(error, "UNKNOWN_ACCESS_KEY")) {
      // Nodes say the same of an account that does not exist.
      if (await exists(transport, accountId, block, options)) {
        throw new MessageError("unknown_key", `expected a key of ${accountId}, got ${publicKey}`);
      }
    } else if (!isRpcError(error, "UNKNOWN_ACCOUNT")) throw error;
    if (acceptMissing?.(accountId, publicKey) === true) return;
    throw new MessageError(
      "account_missing",
      `expected an account, got ${accountId}, which does not exist`,
    );
  }
  if (permission === "FullAccess") return;
  if (typeof permission === "object" && "GasKeyFullAccess" in permission) return;
  throw new MessageError(
    "not_full_access",
    `expected a full access key of ${accountId}, got ${publicKey}, which may only call functions`,
  );
}

async function exists(
  transport: Transport,
  accountId: string,
  block: BlockReference,
  options: CallOptions,
): Promise<boolean> {
  try {
    await viewAccount(transport, { accountId, block }, options);
    return true;
  } catch (error) {
    if (isRpcError(error, "UNKNOWN_ACCOUNT")) return false;
    throw error;
  }
}
