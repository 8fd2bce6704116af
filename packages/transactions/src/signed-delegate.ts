/**
 * A signed delegate action as relayers exchange it: nearcore's `SignedDelegateAction`, and for V2 its
 * `VersionedSignedDelegateAction`, in borsh and mostly in base64.
 * @module
 */
import { concatBytes, decodeBase64, encodeBase64 } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import { type Action, actionCodec, type Delegate, type DelegateV2 } from "./action.ts";

/**
 * Encodes a signed delegate action for a relayer.
 * @param delegated - of either version, as `signDelegateAction` returns it
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { createDelegateAction, encodeSignedDelegate, signedDelegate, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * encodeSignedDelegate(signedDelegate(delegateAction, signature)).length; // 161
 * ```
 */
export function encodeSignedDelegate(delegated: Delegate | DelegateV2): Uint8Array<ArrayBuffer> {
  // The action without its tag.
  return encode(actionCodec, delegated).slice(1);
}

/**
 * Decodes what a relayer got. Whether its signature is valid, `verifyDelegate` of `@yoctonear/account`
 * tells.
 * @param bytes - of either version
 * @throws {BorshError} for anything else
 * @example
 * ```ts
 * import { createDelegateAction, decodeSignedDelegate, encodeSignedDelegate, signedDelegate, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * const bytes = encodeSignedDelegate(signedDelegate(delegateAction, signature));
 * decodeSignedDelegate(bytes).delegateAction.senderId; // "alice.near"
 * ```
 */
export function decodeSignedDelegate(bytes: Uint8Array): Delegate | DelegateV2 {
  // V1 begins with the length of an account id, 2 or more; V2 with its version, which is 0 so far.
  const tag = bytes[0] === 0 ? 14 : 8;
  const action: Action = decode(actionCodec, concatBytes(Uint8Array.of(tag), bytes));
  if (action.type === "delegate" || action.type === "delegateV2") return action;
  // No other action has these tags.
  throw new TypeError(`expected a signed delegate action, got ${action.type}`);
}

/**
 * Writes a signed delegate action as most relayers take it: its bytes in base64.
 * @param delegated - of either version, as `signDelegateAction` returns it
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { createDelegateAction, formatSignedDelegate, signedDelegate, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * formatSignedDelegate(signedDelegate(delegateAction, signature)).slice(0, 12); // "CgAAAGFsaWNl"
 * ```
 */
export function formatSignedDelegate(delegated: Delegate | DelegateV2): string {
  return encodeBase64(encodeSignedDelegate(delegated));
}

/**
 * Reads a signed delegate action from base64. Whether it is valid, `verifyDelegate` of
 * `@yoctonear/account` tells.
 * @param text - standard base64, padded
 * @throws {ParseError} `invalid_encoding` for what is not base64
 * @throws {BorshError} for bytes that are something else
 * @example
 * ```ts
 * import { createDelegateAction, formatSignedDelegate, parseSignedDelegate, signedDelegate, transfer } from "@yoctonear/transactions";
 * const delegateAction = createDelegateAction({
 *   senderId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   actions: [transfer("1 NEAR")],
 *   maxBlockHeight: 1_000n,
 * });
 * const signature = "ed25519:26gFr4xth7W9K7HPWAxq3BLsua8oTy378mC1MYFiEXHBBpeBjP8WmJEJo8XTBowetvqbRshcQEtBUdwQcAqDyP8T";
 * const text = formatSignedDelegate(signedDelegate(delegateAction, signature));
 * parseSignedDelegate(text).delegateAction.receiverId; // "bob.near"
 * ```
 */
export function parseSignedDelegate(text: string): Delegate | DelegateV2 {
  return decodeSignedDelegate(decodeBase64(text));
}
