/**
 * Arbitrary values of every type of the package, for property tests.
 * @module
 */
import { encodeBase58, encodeHex } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import {
  type AccessKeyPermission,
  type Action,
  type ContractIdentifier,
  type DelegateAction,
  type DelegateActionV2,
  type DeterministicAccountStateInit,
  type NonDelegateAction,
  type SignedTransaction,
  type Transaction,
  type TransactionNonce,
  type UniversalAccountStateInit,
  universalStateInitCodec,
} from "@yoctonear/transactions";
import fc from "fast-check";

/** Objects as codecs read them; fast-check makes some without a prototype otherwise. */
function record<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

const u16 = fc.nat(0xffff);
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const u128 = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
const bytes = fc.uint8Array({ maxLength: 40 });
// A tenth of the time of fast-check's own strings of any character and of its strings by pattern.
const codePoint = fc.oneof(
  fc.nat(0x7f),
  fc.nat(0xd7ff),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);
const text = fc
  .array(codePoint, { maxLength: 20 })
  .map((points) => points.map((point) => String.fromCodePoint(point)).join(""));
const label = fc
  .array(fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz0123456789")), {
    minLength: 1,
    maxLength: 7,
  })
  .map((letters) => letters.join(""));

function fixed(length: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

function textOf(type: string, length: number): fc.Arbitrary<string> {
  return fixed(length).map((data) => `${type}:${encodeBase58(data)}`);
}

export const accountId: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(label, fc.array(fc.tuple(fc.constantFrom("-", "_", "."), label), { maxLength: 7 }))
    .map(([first, rest]) => first + rest.flat().join(""))
    .filter((id) => id.length >= 2),
  label.map((name) => name.repeat(9).padEnd(64, "z")),
  fixed(20).map((data) => `0s${encodeHex(data)}`),
);

export const hash: fc.Arbitrary<string> = fixed(32).map(encodeBase58);

const publicKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: textOf("ed25519", 32) },
  { weight: 5, arbitrary: textOf("secp256k1", 64) },
  { weight: 1, arbitrary: fc.nat(255).map((byte) => mlDsa(1952, byte)) },
);

const signature: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    // The top three bits of an ed25519 signature must be clear.
    arbitrary: fixed(64).map((data) => `ed25519:${encodeBase58(clearTop(data))}`),
  },
  { weight: 5, arbitrary: textOf("secp256k1", 65) },
  { weight: 1, arbitrary: fc.nat(255).map((byte) => mlDsa(3309, byte)) },
);

function mlDsa(length: number, byte: number): string {
  return `ml-dsa-65:${encodeBase58(new Uint8Array(length).fill(byte))}`;
}

const functionCallFields = {
  allowance: fc.option(u128),
  receiverId: fc.oneof(accountId, text),
  methodNames: fc.array(text, { maxLength: 3 }),
};
const gasKeyFields = { balance: u128, numNonces: u16 };

export const permission: fc.Arbitrary<AccessKeyPermission> = fc.oneof(
  record({ type: fc.constant("functionCall" as const), ...functionCallFields }),
  record({ type: fc.constant("fullAccess" as const) }),
  record({
    type: fc.constant("gasKeyFunctionCall" as const),
    ...gasKeyFields,
    ...functionCallFields,
  }),
  record({ type: fc.constant("gasKeyFullAccess" as const), ...gasKeyFields }),
);

export const contractIdentifier: fc.Arbitrary<ContractIdentifier> = fc.oneof(
  record({ type: fc.constant("codeHash" as const), hash }),
  record({ type: fc.constant("accountId" as const), accountId }),
);

export const stateInit: fc.Arbitrary<DeterministicAccountStateInit> = record({
  type: fc.constant("v1" as const),
  code: contractIdentifier,
  data: fc
    .uniqueArray(fc.tuple(bytes, bytes), { selector: ([key]) => encodeHex(key), maxLength: 4 })
    .map((entries) => new Map(entries)),
});

const handle: fc.Arbitrary<string> = fc.oneof(
  textOf("ed25519", 32),
  textOf("secp256k1", 64),
  textOf("ml-dsa-65-hash", 32),
);

/** In canonical form, so that it comes back as it was. */
export const universalStateInit: fc.Arbitrary<UniversalAccountStateInit> = record({
  type: fc.constant("v1" as const),
  code: fc.option(contractIdentifier),
  data: stateInit.map(({ data }) => data),
  accessKeys: fc.uniqueArray(handle, { maxLength: 4 }),
}).map((init) => decode(universalStateInitCodec, encode(universalStateInitCodec, init)));

export const nonDelegateAction: fc.Arbitrary<NonDelegateAction> = fc.oneof(
  record({ type: fc.constant("createAccount" as const) }),
  record({ type: fc.constant("deployContract" as const), code: bytes }),
  record({
    type: fc.constant("functionCall" as const),
    methodName: text,
    args: fc.oneof(
      bytes,
      fc.json().map((json) => new TextEncoder().encode(json)),
    ),
    gas: u64,
    deposit: u128,
  }),
  record({ type: fc.constant("transfer" as const), deposit: u128 }),
  record({ type: fc.constant("stake" as const), stake: u128, publicKey }),
  record({
    type: fc.constant("addKey" as const),
    publicKey,
    accessKey: record({ nonce: u64, permission }),
  }),
  record({ type: fc.constant("deleteKey" as const), publicKey }),
  record({ type: fc.constant("deleteAccount" as const), beneficiaryId: accountId }),
  record({
    type: fc.constant("deployGlobalContract" as const),
    code: bytes,
    deployMode: fc.constantFrom("codeHash" as const, "accountId" as const),
  }),
  record({ type: fc.constant("useGlobalContract" as const), contractIdentifier }),
  record({ type: fc.constant("deterministicStateInit" as const), stateInit, deposit: u128 }),
  record({
    type: fc.constant("universalStateInit" as const),
    stateInit: fc.oneof(
      bytes,
      universalStateInit.map((init) => encode(universalStateInitCodec, init)),
    ),
    deposit: u128,
  }),
  record({ type: fc.constant("transferToGasKey" as const), publicKey, deposit: u128 }),
  record({ type: fc.constant("withdrawFromGasKey" as const), publicKey, amount: u128 }),
);

export const nonce: fc.Arbitrary<TransactionNonce> = fc.oneof(
  record({ type: fc.constant("nonce" as const), nonce: u64 }),
  record({ type: fc.constant("gasKeyNonce" as const), nonce: u64, nonceIndex: u16 }),
);

const delegateFields = {
  senderId: accountId,
  receiverId: accountId,
  actions: fc.array(nonDelegateAction, { maxLength: 3 }),
  maxBlockHeight: u64,
  publicKey,
};

export const delegateAction: fc.Arbitrary<DelegateAction> = record({
  ...delegateFields,
  nonce: u64,
});

export const delegateActionV2: fc.Arbitrary<DelegateActionV2> = record({
  type: fc.constant("v2" as const),
  ...delegateFields,
  nonce,
});

export const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 13, arbitrary: nonDelegateAction },
  {
    weight: 1,
    arbitrary: record({
      type: fc.constant("delegate" as const),
      delegateAction,
      signature,
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      type: fc.constant("delegateV2" as const),
      delegateAction: delegateActionV2,
      signature,
    }),
  },
);

const transactionFields = {
  signerId: accountId,
  publicKey,
  receiverId: accountId,
  blockHash: hash,
  actions: fc.array(action, { maxLength: 4 }),
};

export const transaction: fc.Arbitrary<Transaction> = fc.oneof(
  record({ version: fc.constant(0 as const), ...transactionFields, nonce: u64 }),
  record({
    version: fc.constant(1 as const),
    ...transactionFields,
    nonce,
    nonceMode: fc.constantFrom("monotonic" as const, "strict" as const),
  }),
);

export const signedTransaction: fc.Arbitrary<SignedTransaction> = record({
  transaction,
  signature,
});

function clearTop(data: Uint8Array): Uint8Array {
  const cleared = data.slice();
  cleared[63] = (data[63] ?? 0) & 31;
  return cleared;
}
