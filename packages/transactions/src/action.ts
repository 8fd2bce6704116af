/**
 * The actions of a transaction, 0 to 15.
 * Source: nearcore `core/primitives/src/action/mod.rs`.
 * @module
 */
import { type Codec, type Reader, taggedEnum, u8 } from "@yoctonear/borsh";
import { signatureCodec } from "@yoctonear/keys";
import {
  type DelegateAction,
  delegateActionCodec,
  type DelegateActionV2,
  delegateActionV2Codec,
} from "./delegate-action.ts";
import { type NonDelegateAction, nonDelegateActionCodec } from "./non-delegate-action.ts";

/** Executes actions that another account has signed (NEP-366); the signer of the transaction pays. */
export interface Delegate {
  readonly type: "delegate";
  readonly delegateAction: DelegateAction;
  /** By the key that the delegate action names. */
  readonly signature: string;
}

/** The same with a gas key's nonce (NEP-611); protocols 85 and 86 only. */
export interface DelegateV2 {
  readonly type: "delegateV2";
  readonly delegateAction: DelegateActionV2;
  /** By the key that the delegate action names. */
  readonly signature: string;
}

/** An action of a transaction. */
export type Action = NonDelegateAction | Delegate | DelegateV2;

const DELEGATE_TAG = 8;
const DELEGATE_V2_TAG = 14;

const delegateCodec: Codec<Delegate | DelegateV2> = /* @__PURE__ */ taggedEnum({
  delegate: [DELEGATE_TAG, { delegateAction: delegateActionCodec, signature: signatureCodec }],
  delegateV2: [
    DELEGATE_V2_TAG,
    { delegateAction: delegateActionV2Codec, signature: signatureCodec },
  ],
});

/**
 * Codec of an action.
 * @example
 * ```ts
 * import { decode } from "@yoctonear/borsh";
 * import { actionCodec } from "@yoctonear/transactions";
 * decode(actionCodec, Uint8Array.of(0)); // { type: "createAccount" }
 * ```
 */
export const actionCodec: Codec<Action> = {
  write: (writer, action) => {
    if (isDelegate(action)) delegateCodec.write(writer, action);
    else nonDelegateActionCodec.write(writer, action);
  },
  read: (reader) => {
    const tag = peekTag(reader);
    const isDelegateTag = tag === DELEGATE_TAG || tag === DELEGATE_V2_TAG;
    return isDelegateTag ? delegateCodec.read(reader) : nonDelegateActionCodec.read(reader);
  },
};

function isDelegate(action: Action): action is Delegate | DelegateV2 {
  return action?.type === "delegate" || action?.type === "delegateV2";
}

function peekTag(reader: Reader): number {
  const start = reader.offset;
  const tag = u8.read(reader);
  reader.offset = start;
  return tag;
}
