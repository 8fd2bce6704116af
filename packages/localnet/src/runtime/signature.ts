/**
 * Verdicts on signatures, which are nearcore's on every runtime (`runtime.md` 2.5): by WebCrypto where
 * it has Ed25519 and agrees, by noble elsewhere.
 * @module
 */
import { encode } from "@yoctonear/borsh";
import { parsePublicKey, parseSignature, type Scheme, verifySignature } from "@yoctonear/keys";
import { ed25519 } from "@yoctonear/keys/ed25519";
import { secp256k1 } from "@yoctonear/keys/secp256k1";
import { webCryptoEd25519 } from "@yoctonear/keys/webcrypto";
import { sha256 } from "@yoctonear/primitives";
import {
  type Delegate,
  delegateActionCodec,
  delegateActionV2Codec,
  type DelegateV2,
  type SignedTransaction,
} from "@yoctonear/transactions";
import { concatBytes, encodeBase58 } from "@yoctonear/base";
import { hashBytes } from "../chain/hash.ts";
import { signedTransactionBytes, signedTransactionHash } from "../chain/transaction-bytes.ts";
import { publicKeyHandle } from "../state/trie-key.ts";
import { internalError } from "./invariant.ts";

/** Verdicts on delegate signatures, by {@link delegateVerdictKey}. */
export type SignatureVerdicts = ReadonlyMap<string, boolean>;

/** It remembers the keys that it has imported, so it is one for all. */
const fastEd25519: Scheme = /* @__PURE__ */ webCryptoEd25519(ed25519);

const ML_DSA = "ml-dsa-65:";
/** Here once a signature of it has come: it takes as long to import as a whole chain to start. */
let mlDsa: Scheme | undefined;

const ED25519 = "ed25519:";
const ED25519_LENGTH = 64;

/** NEP-461 prefixes of signed delegate actions: 2^30 + NEP number, little-endian. */
const DELEGATE_PREFIX = [0x6e, 0x01, 0x00, 0x40] as const;
const DELEGATE_V2_PREFIX = [0x63, 0x02, 0x00, 0x40] as const;

/**
 * Tells whether a transaction's signature is valid.
 * @param verdicts - gets the verdicts on delegates inside, for {@link ApplyContext.verdicts}
 */
export async function verifySignatures(
  signed: SignedTransaction,
  verdicts?: Map<string, boolean>,
): Promise<boolean> {
  const { transaction } = signed;
  const isSigned = await isTransactionSigned(signed);
  for (const action of verdicts === undefined ? [] : transaction.actions) {
    if (action.type !== "delegate" && action.type !== "delegateV2") continue;
    const key = delegateVerdictKey(action);
    if (verdicts?.has(key)) continue;
    const request = {
      hash: delegateHash(action),
      signature: action.signature,
      publicKey: action.delegateAction.publicKey,
    };
    verdicts?.set(key, await isValid(request));
  }
  return isSigned;
}

/** Nearly all signatures are of ed25519: these are taken from the bytes that came, as they are. */
async function isTransactionSigned(signed: SignedTransaction): Promise<boolean> {
  const { transaction, signature } = signed;
  const { publicKey } = transaction;
  const hash = hashBytes(signedTransactionHash(signed));
  if (!publicKey.startsWith(ED25519) || !signature.startsWith(ED25519)) {
    return isValid({ hash, signature, publicKey });
  }
  const bytes = signedTransactionBytes(signed).subarray(-ED25519_LENGTH);
  return fastEd25519.verify(hash, bytes, publicKeyHandle(publicKey).subarray(1));
}

/** Tells whether a delegate's signature is valid, from the verdicts or else by noble. */
export function isDelegateSigned(
  action: Delegate | DelegateV2,
  verdicts: SignatureVerdicts | undefined,
): boolean {
  const known = verdicts?.get(delegateVerdictKey(action));
  if (known !== undefined) return known;
  const key = parsePublicKey(action.delegateAction.publicKey);
  const signature = parseSignature(action.signature);
  if (signature.type !== key.type) return false;
  const scheme = [ed25519, secp256k1, mlDsa].find((one) => one?.type === key.type);
  // Whoever took in the delegate has loaded it.
  if (scheme === undefined) throw internalError(`${key.type} is not loaded`);
  const verdict = scheme.verify(delegateHash(action), signature.bytes, key.bytes);
  if (typeof verdict === "boolean") return verdict;
  throw internalError(`${scheme.type} verifies asynchronously`);
}

/** Name of a delegate's signature in {@link SignatureVerdicts}: what was signed, by whom, and how. */
export function delegateVerdictKey(action: Delegate | DelegateV2): string {
  const { publicKey } = action.delegateAction;
  return `${encodeBase58(delegateHash(action))} ${publicKey} ${action.signature}`;
}

function delegateHash(action: Delegate | DelegateV2): Uint8Array {
  return sha256(
    action.type === "delegate"
      ? concatBytes(
          Uint8Array.from(DELEGATE_PREFIX),
          encode(delegateActionCodec, action.delegateAction),
        )
      : concatBytes(
          Uint8Array.from(DELEGATE_V2_PREFIX),
          encode(delegateActionV2Codec, action.delegateAction),
        ),
  );
}

async function isValid(request: Parameters<typeof verifySignature>[0]): Promise<boolean> {
  const schemes = [fastEd25519, secp256k1];
  if (request.publicKey.startsWith(ML_DSA)) {
    mlDsa ??= (await import("@yoctonear/ml-dsa")).mlDsa65;
    schemes.push(mlDsa);
  }
  return verifySignature(request, schemes);
}
