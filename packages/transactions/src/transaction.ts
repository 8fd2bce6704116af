/**
 * Transactions V0 and V1 and their bytes. The envelope of unsigned external calls (`0x02`) is of no
 * released protocol: it does not decode.
 * Source: nearcore `core/primitives/src/transaction.rs`.
 * @module
 */
import {
  BorshError,
  type Codec,
  decode,
  encode,
  type Reader,
  struct,
  u64,
  u8,
  vec,
} from "@yoctonear/borsh";
import { showValue } from "@yoctonear/base";
import { publicKeyCodec, signatureCodec } from "@yoctonear/keys";
import { formatHash, sha256 } from "@yoctonear/primitives";
import { type Action, actionCodec } from "./action.ts";
import {
  type NonceMode,
  nonceModeCodec,
  type TransactionNonce,
  transactionNonceCodec,
} from "./nonce.ts";
import { accountIdCodec, hashCodec, remembering } from "./text-codecs.ts";

/** A transaction as most are. */
export interface TransactionV0 {
  readonly version: 0;
  /** Who acts and pays. */
  readonly signerId: string;
  /** The signer's key. */
  readonly publicKey: string;
  /** Above the last nonce of the key. */
  readonly nonce: bigint;
  /** On whom the actions act. */
  readonly receiverId: string;
  /** A recent block, base58; the transaction expires a day after it (86,400 blocks). */
  readonly blockHash: string;
  /** Executed in order, all or nothing. */
  readonly actions: readonly Action[];
}

/** A transaction with a gas key's nonce, or with a strict nonce; since protocol 85. */
export interface TransactionV1 {
  readonly version: 1;
  /** Who acts and pays. */
  readonly signerId: string;
  /** The signer's key. */
  readonly publicKey: string;
  readonly nonce: TransactionNonce;
  /** On whom the actions act. */
  readonly receiverId: string;
  /** A recent block, base58; the transaction expires a day after it (86,400 blocks). */
  readonly blockHash: string;
  /** Executed in order, all or nothing. */
  readonly actions: readonly Action[];
  readonly nonceMode: NonceMode;
}

/** A transaction of either version. */
export type Transaction = TransactionV0 | TransactionV1;

/** A transaction and the signature over its hash. */
export interface SignedTransaction {
  readonly transaction: Transaction;
  /** By the key that the transaction names. */
  readonly signature: string;
}

/** Version 0 has no byte of its own. */
const version0: Codec<0> = {
  write: (writer, version) => {
    if (version !== 0) unknownVersion(version, writer.offset);
  },
  read: () => 0,
};

const version1: Codec<1> = {
  write: (writer) => u8.write(writer, 1),
  read: (reader) => {
    u8.read(reader);
    return 1;
  },
};

const keyCodec: Codec<string> = /* @__PURE__ */ remembering(publicKeyCodec);
const blockHashCodec: Codec<string> = /* @__PURE__ */ remembering(hashCodec);
const actionsCodec: Codec<readonly Action[]> = /* @__PURE__ */ vec(actionCodec);

/** The fields of both versions, in the order of the wire. */
function fieldsOf<Version, Nonce>(version: Codec<Version>, nonce: Codec<Nonce>) {
  return {
    version,
    signerId: accountIdCodec,
    publicKey: keyCodec,
    nonce,
    receiverId: accountIdCodec,
    blockHash: blockHashCodec,
    actions: actionsCodec,
  };
}

const v0Codec: Codec<TransactionV0> = /* @__PURE__ */ (() => struct(fieldsOf(version0, u64)))();

const v1Codec: Codec<TransactionV1> = /* @__PURE__ */ (() =>
  struct({ ...fieldsOf(version1, transactionNonceCodec), nonceMode: nonceModeCodec }))();

/**
 * Codec of a transaction of either version.
 * @example
 * ```ts
 * import { decode, vec } from "@yoctonear/borsh";
 * import { transactionCodec } from "@yoctonear/transactions";
 * decode(vec(transactionCodec), new Uint8Array(4)); // []
 * ```
 */
export const transactionCodec: Codec<Transaction> = {
  write: (writer, transaction) => {
    if (transaction?.version === 1) v1Codec.write(writer, transaction);
    else v0Codec.write(writer, transaction);
  },
  read: (reader) => (readVersion(reader) === 0 ? v0Codec : v1Codec).read(reader),
};

/**
 * Codec of a signed transaction.
 * @example
 * ```ts
 * import { decode, vec } from "@yoctonear/borsh";
 * import { signedTransactionCodec } from "@yoctonear/transactions";
 * decode(vec(signedTransactionCodec), new Uint8Array(4)); // []
 * ```
 */
export const signedTransactionCodec: Codec<SignedTransaction> = /* @__PURE__ */ struct({
  transaction: transactionCodec,
  signature: signatureCodec,
});

/**
 * Encodes a transaction: the bytes whose SHA-256 is signed.
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { encodeTransaction } from "@yoctonear/transactions";
 * const bytes = encodeTransaction({
 *   version: 0,
 *   signerId: "alice.near",
 *   publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
 *   nonce: 1n,
 *   receiverId: "bob.near",
 *   blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
 *   actions: [{ type: "transfer", deposit: 1n }],
 * });
 * bytes.length; // 120
 * ```
 */
export function encodeTransaction(transaction: Transaction): Uint8Array<ArrayBuffer> {
  return encode(transactionCodec, transaction);
}

/**
 * Decodes a transaction.
 * @throws {BorshError} for bytes that nearcore would not decode either
 * @example
 * ```ts
 * import { decodeHex } from "@yoctonear/base";
 * import { decodeTransaction } from "@yoctonear/transactions";
 * const hex =
 *   "09000000746573742e6e65617200917b3d268d4b58f7fec1b150bd68d69be3ee5d4cc39855e341538465bb77860d01000000000000000d00000077686174657665722e6e6561720fa473fd26901df296be6adc4cc4df34d040efa2435224b6986910e630c2fef6010000000301000000000000000000000000000000";
 * decodeTransaction(decodeHex(hex)).actions; // [{ type: "transfer", deposit: 1n }]
 * ```
 */
export function decodeTransaction(bytes: Uint8Array): Transaction {
  return decode(transactionCodec, bytes);
}

/**
 * Encodes a signed transaction; base64 of it is what a node takes.
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { decodeBase64 } from "@yoctonear/base";
 * import { decodeSignedTransaction, encodeSignedTransaction } from "@yoctonear/transactions";
 * const base64 =
 *   "DwAAAGFsaWNlLnRlc3QubmVhcgDkVbN7QWj1qV79JMnMwrmqjOISHKLtudyjJrnTqc8VcgEAAAAAAAAADQAAAGJvYi50ZXN0Lm5lYXI9WE0qJwGAlWF4gjBPhgvJ9YWD31//ySF+qImeCvkklAEAAAADAAAAoe3MzhvC0wAAAAAAAABJeR4rPpCS59akZ+vPYO34xaLndxEBb3cr0KcJsx4Bfyp6f1MX72bNw8xffdtT7b0fsuheSzR2WUcbekR1u9UL";
 * const signed = decodeSignedTransaction(decodeBase64(base64));
 * encodeSignedTransaction(signed).length; // 195
 * ```
 */
export function encodeSignedTransaction(signed: SignedTransaction): Uint8Array<ArrayBuffer> {
  return encode(signedTransactionCodec, signed);
}

/**
 * Decodes a signed transaction. The signature is not verified.
 * @throws {BorshError} for bytes that nearcore would not decode either
 * @example
 * ```ts
 * import { decodeBase64 } from "@yoctonear/base";
 * import { decodeSignedTransaction } from "@yoctonear/transactions";
 * const base64 =
 *   "DwAAAGFsaWNlLnRlc3QubmVhcgDkVbN7QWj1qV79JMnMwrmqjOISHKLtudyjJrnTqc8VcgEAAAAAAAAADQAAAGJvYi50ZXN0Lm5lYXI9WE0qJwGAlWF4gjBPhgvJ9YWD31//ySF+qImeCvkklAEAAAADAAAAoe3MzhvC0wAAAAAAAABJeR4rPpCS59akZ+vPYO34xaLndxEBb3cr0KcJsx4Bfyp6f1MX72bNw8xffdtT7b0fsuheSzR2WUcbekR1u9UL";
 * decodeSignedTransaction(decodeBase64(base64)).transaction.signerId; // "alice.test.near"
 * ```
 */
export function decodeSignedTransaction(bytes: Uint8Array): SignedTransaction {
  return decode(signedTransactionCodec, bytes);
}

/**
 * Computes the hash of a transaction, its identity on the chain: SHA-256 of its bytes, base58.
 * @throws {BorshError} when a field is out of its range or not known
 * @example
 * ```ts
 * import { decodeBase64 } from "@yoctonear/base";
 * import { decodeSignedTransaction, transactionHash } from "@yoctonear/transactions";
 * const base64 =
 *   "DwAAAGFsaWNlLnRlc3QubmVhcgDkVbN7QWj1qV79JMnMwrmqjOISHKLtudyjJrnTqc8VcgEAAAAAAAAADQAAAGJvYi50ZXN0Lm5lYXI9WE0qJwGAlWF4gjBPhgvJ9YWD31//ySF+qImeCvkklAEAAAADAAAAoe3MzhvC0wAAAAAAAABJeR4rPpCS59akZ+vPYO34xaLndxEBb3cr0KcJsx4Bfyp6f1MX72bNw8xffdtT7b0fsuheSzR2WUcbekR1u9UL";
 * const { transaction } = decodeSignedTransaction(decodeBase64(base64));
 * transactionHash(transaction); // "BnbhrQeTewah2VGxNfHVLTQEvvh3PjmGhSUYJyzpxiRi"
 * ```
 */
export function transactionHash(transaction: Transaction): string {
  return formatHash(sha256(encodeTransaction(transaction)));
}

/**
 * Tells the version from the first two bytes, as nearcore does: the second is 0 only in a V0, whose
 * first four bytes are the length of an account id, at most 64.
 */
function readVersion(reader: Reader): 0 | 1 {
  const start = reader.offset;
  const first = u8.read(reader);
  const second = u8.read(reader);
  reader.offset = start;
  if (second === 0) return 0;
  if (first === 1) return 1;
  return unknownVersion(first, start);
}

function unknownVersion(version: unknown, offset: number): never {
  throw new BorshError(
    "invalid_tag",
    `expected 0 or 1, got an invalid transaction version tag: ${showValue(version)}`,
    offset,
  );
}
