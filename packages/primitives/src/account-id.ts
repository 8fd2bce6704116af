/**
 * Account ids: the grammar of near-account-id, and what the text alone tells (kind, parent).
 * Whether an account exists is for a node to say.
 * @module
 */
import { ParseError, showValue } from "@yoctonear/base";

/**
 * How an account comes into being, which its id tells: by `CreateAccount` (`named`), or derived
 * from an ed25519 key, a secp256k1 key, a state init (NEP-616), a universal state init (NEP-655).
 */
export type AccountKind =
  | "named"
  | "near-implicit"
  | "eth-implicit"
  | "deterministic"
  | "universal";

/**
 * Tells whether a value is the text of an account id: 2 to 64 characters of `a-z 0-9 - _ .`, where
 * the separators `- _ .` are never first, last or adjacent.
 * Source: near-account-id `src/validation.rs`.
 * @param text - anything
 * @example
 * ```ts
 * import { isAccountId } from "@yoctonear/primitives";
 * isAccountId("alice.near"); // true
 * isAccountId("Alice.near"); // false
 * ```
 */
export function isAccountId(text: unknown): text is string {
  return typeof text === "string" && /^(?=.{2,64}$)[a-z\d]+(?:[-_.][a-z\d]+)*$/.test(text);
}

/**
 * Refuses what is not an account id. The message shows the text only up to its first wrong
 * character, since what is pasted in the wrong place may be a secret.
 * @param text - anything
 * @param name - what the message calls it, e.g. "receiver id"
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { assertAccountId } from "@yoctonear/primitives";
 * const receiverId: string = "bob.near";
 * assertAccountId(receiverId, "receiver id"); // undefined
 * ```
 */
export function assertAccountId(
  text: unknown,
  name: string = "account id",
): asserts text is string {
  if (isAccountId(text)) return;
  throw new ParseError("invalid_account_id", `expected ${name}${explainFault(text)}`);
}

/**
 * Tells the kind of an account from its id.
 * Source: near-account-id `src/validation.rs`; NEP-616, NEP-655.
 * @param accountId - a valid account id
 * @throws {ParseError} `invalid_account_id`
 * @example
 * ```ts
 * import { accountKind } from "@yoctonear/primitives";
 * accountKind("alice.near"); // "named"
 * accountKind("0x96791e923f8cf697ad9c3290f2c9059f0231b24c"); // "eth-implicit"
 * ```
 */
export function accountKind(accountId: string): AccountKind {
  assertAccountId(accountId);
  if (/^[0-9a-f]{64}$/.test(accountId)) return "near-implicit";
  if (/^0x[0-9a-f]{40}$/.test(accountId)) return "eth-implicit";
  if (/^0s[0-9a-f]{40}$/.test(accountId)) return "deterministic";
  // 256 bits are 51 symbols and one bit: the last symbol is 0b00000 or 0b10000.
  if (/^0u[0-9a-hjkmnp-tv-z]{51}[0g]$/.test(accountId)) return "universal";
  return "named";
}

/**
 * Tells whether an id has no parent. `system`, the reserved sender of refunds, has no account and
 * is not top level.
 * Source: near-account-id `AccountIdRef::is_top_level`.
 * @param accountId - an account id
 * @example
 * ```ts
 * import { isTopLevelAccountId } from "@yoctonear/primitives";
 * isTopLevelAccountId("near"); // true
 * isTopLevelAccountId("alice.near"); // false
 * ```
 */
export function isTopLevelAccountId(accountId: string): boolean {
  return isAccountId(accountId) && accountId !== "system" && !accountId.includes(".");
}

/**
 * Takes the part of an id after its first dot: the one account that could create it.
 * A last part of one character (`near.a`) is no account id by itself, so such an id has no creator.
 * Source: near-account-id `AccountIdRef::get_parent_account_id`.
 * @param accountId - an account id
 * @returns null where there is no dot
 * @example
 * ```ts
 * import { parentAccountId } from "@yoctonear/primitives";
 * parentAccountId("app.alice.near"); // "alice.near"
 * parentAccountId("near"); // null
 * ```
 */
export function parentAccountId(accountId: string): string | null {
  const dot = accountId.indexOf(".");
  return dot === -1 ? null : accountId.slice(dot + 1);
}

/**
 * Tells whether an account is a direct child of another: exactly one more part, and the dot between.
 * Source: near-account-id `AccountIdRef::is_sub_account_of`.
 * @param accountId - the child in question
 * @param parentId - the parent in question
 * @example
 * ```ts
 * import { isSubAccountOf } from "@yoctonear/primitives";
 * isSubAccountOf("app.alice.near", "alice.near"); // true
 * isSubAccountOf("banana.near", "ana.near"); // false
 * isSubAccountOf("app.alice.near", "near"); // false
 * ```
 */
export function isSubAccountOf(accountId: string, parentId: string): boolean {
  return isAccountId(accountId) && parentAccountId(accountId) === parentId;
}

function explainFault(text: unknown): string {
  if (typeof text !== "string") return ` as text, got ${showValue(text)}`;
  if (text.length < 2 || text.length > 64) return ` of 2 to 64 characters, got ${text.length}`;
  const [before = ""] = /^(?:[a-z\d]|(?<=[a-z\d])[-_.](?!$))*/.exec(text) ?? [];
  const character = String.fromCodePoint(text.codePointAt(before.length) ?? 0);
  const rule = /[-_.]/.test(character)
    ? "with each of - _ . between letters or digits"
    : "of a-z, 0-9 and - _ . alone";
  const after = before && ` after ${JSON.stringify(before)}`;
  return ` ${rule}, got ${JSON.stringify(character)} at index ${before.length}${after}`;
}
