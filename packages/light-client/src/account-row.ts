/**
 * Proves what a node says of accounts and keys.
 * Source: nearcore core/primitives-core/src/account.rs.
 * @module
 */
import { equalBytes } from "@yoctonear/base";
import {
  encode,
  option,
  string,
  struct,
  taggedEnum,
  u128,
  u16,
  u64,
  u8,
  vec,
} from "@yoctonear/borsh";
import { sha256 } from "@yoctonear/primitives";
import type { AccessKeyView, RpcViewAccountResponse } from "@yoctonear/rpc";
import { looking, refuse } from "./errors.ts";
import { hashCodec } from "./merkle.ts";
import { accessKeyStateKey, accountStateKey } from "./state-key.ts";
import { type StateProof, verifyStateProof } from "./state-proof.ts";

/** The part of an answer of `viewAccount` that is in the state. */
export type AccountRow = Pick<
  RpcViewAccountResponse,
  | "amount"
  | "locked"
  | "code_hash"
  | "storage_usage"
  | "global_contract_hash"
  | "global_contract_account_id"
>;

type Contract =
  | { readonly type: "none" }
  | { readonly type: "local" | "global"; readonly hash: string }
  | { readonly type: "globalByAccount"; readonly accountId: string };

const NO_CODE = "11111111111111111111111111111111";
const V2_SENTINEL = 2n ** 128n - 1n;

const firstCodec = /* @__PURE__ */ struct({
  amount: u128,
  locked: u128,
  codeHash: hashCodec,
  storageUsage: u64,
});

const secondCodec = /* @__PURE__ */ struct({
  sentinel: u128,
  version: u8,
  amount: u128,
  locked: u128,
  storageUsage: u64,
  contract: /* @__PURE__ */ taggedEnum({
    none: [0, {}],
    local: [1, { hash: hashCodec }],
    global: [2, { hash: hashCodec }],
    globalByAccount: [3, { accountId: string }],
  }),
});

const call = {
  allowance: /* @__PURE__ */ option(u128),
  receiverId: string,
  methodNames: /* @__PURE__ */ vec(string),
};

const accessKeyCodec = /* @__PURE__ */ struct({
  nonce: u64,
  permission: /* @__PURE__ */ taggedEnum({
    functionCall: [0, call],
    fullAccess: [1, {}],
    gasKeyFunctionCall: [2, { balance: u128, numNonces: u16, ...call }],
    gasKeyFullAccess: [3, { balance: u128, numNonces: u16 }],
  }),
});

/**
 * Verifies what a node says of an account: its balance, stake, storage and contract.
 * @param proof - root of the state, and nodes that lead to the account
 * @param view - an answer of `viewAccount`; null where it says that there is none
 * @throws {LightClientError} `wrong_state`
 * @example
 * ```ts
 * import { verifyAccount } from "@yoctonear/light-client";
 * verifyAccount({ root: "11111111111111111111111111111111", nodes: [] }, "alice.near", null); // undefined
 * ```
 */
export function verifyAccount(proof: StateProof, accountId: string, view: AccountRow | null): void {
  const key = accountStateKey(accountId);
  const forms = view === null ? [] : looking("wrong_state", () => accountRows(view));
  verifyRow(proof, key, forms);
}

/**
 * Verifies what a node says of an access key: its nonce and what it may do.
 * @param proof - root of the state, and nodes that lead to the key
 * @param view - an answer of `viewAccessKey`; null where it says that there is none
 * @throws {LightClientError} `wrong_state`
 * @example
 * ```ts
 * import { verifyAccessKey } from "@yoctonear/light-client";
 * const publicKey = "ed25519:11111111111111111111111111111111";
 * verifyAccessKey({ root: publicKey.slice(8), nodes: [] }, "alice.near", publicKey, null); // undefined
 * ```
 */
export function verifyAccessKey(
  proof: StateProof,
  accountId: string,
  publicKey: string,
  view: Pick<AccessKeyView, "nonce" | "permission"> | null,
): void {
  const key = accessKeyStateKey(accountId, publicKey);
  const forms = view === null ? [] : [looking("wrong_state", () => accessKeyRow(view))];
  verifyRow(proof, key, forms);
}

/** The forms that the row may have; none where there is to be no row. */
function verifyRow(proof: StateProof, key: Uint8Array, forms: readonly Uint8Array[]): void {
  const found = verifyStateProof({ ...proof, key });
  if (found === null && forms.length === 0) return;
  if (found === null) refuse("wrong_state", "no row", "one");
  if (forms.length === 0) refuse("wrong_state", `a row of ${found.length} bytes`, "none");
  const isRight = forms.some(
    (form) => form.length === found.length && equalBytes(sha256(form), found.hash),
  );
  if (!isRight) refuse("wrong_state", "the row that is proved", "another one");
}

/** An account that once had a global contract keeps the second form, which a view does not tell. */
function accountRows(view: AccountRow): readonly Uint8Array[] {
  const amount = amountOf(view.amount);
  const locked = amountOf(view.locked);
  const storageUsage = view.storage_usage;
  const contract = contractOf(view);
  const second = { sentinel: V2_SENTINEL, version: 0, amount, locked, storageUsage, contract };
  const rows = [encode(secondCodec, second)];
  const isGlobal = contract.type === "global" || contract.type === "globalByAccount";
  if (isGlobal) return rows;
  const first = { amount, locked, codeHash: view.code_hash, storageUsage };
  return [encode(firstCodec, first), ...rows];
}

/** What is shown of the contract must be of one kind: the rest would be believed unproved. */
function contractOf(view: AccountRow): Contract {
  const hash = view.global_contract_hash ?? null;
  const accountId = view.global_contract_account_id ?? null;
  const isLocal = view.code_hash !== NO_CODE;
  const kinds = [isLocal, hash !== null, accountId !== null].filter(Boolean).length;
  if (kinds > 1) refuse("wrong_state", "one contract", String(kinds));
  if (hash !== null) return { type: "global", hash };
  if (accountId !== null) return { type: "globalByAccount", accountId };
  return isLocal ? { type: "local", hash: view.code_hash } : { type: "none" };
}

function accessKeyRow({
  nonce,
  permission,
}: Pick<AccessKeyView, "nonce" | "permission">): Uint8Array {
  if (permission === "FullAccess") {
    return encode(accessKeyCodec, { nonce, permission: { type: "fullAccess" } });
  }
  const kinds = Object.keys(permission).length;
  if (kinds > 1) refuse("wrong_state", "one permission", String(kinds));
  if ("GasKeyFullAccess" in permission) {
    const { balance, num_nonces: numNonces } = permission.GasKeyFullAccess;
    const gasKey = { type: "gasKeyFullAccess", balance: amountOf(balance), numNonces } as const;
    return encode(accessKeyCodec, { nonce, permission: gasKey });
  }
  const isGasKey = "GasKeyFunctionCall" in permission;
  const given = isGasKey ? permission.GasKeyFunctionCall : permission.FunctionCall;
  const allowance = given.allowance ?? null;
  const rights = {
    allowance: allowance === null ? null : amountOf(allowance),
    receiverId: given.receiver_id,
    methodNames: given.method_names,
  };
  if (!isGasKey) {
    return encode(accessKeyCodec, { nonce, permission: { type: "functionCall", ...rights } });
  }
  const { balance, num_nonces: numNonces } = permission.GasKeyFunctionCall;
  const gasKey = { type: "gasKeyFunctionCall", balance: amountOf(balance), numNonces } as const;
  return encode(accessKeyCodec, { nonce, permission: { ...gasKey, ...rights } });
}

function amountOf(text: string): bigint {
  return /^\d{1,39}$/.test(text)
    ? BigInt(text)
    : refuse("wrong_state", "an amount", "something else");
}
