import { encodeHex } from "@yoctonear/base";
import { BorshError, type Codec, decode, encode } from "@yoctonear/borsh";
import {
  accessKeyCodec,
  accessKeyPermissionCodec,
  accountIdCodec,
  actionCodec,
  contractIdentifierCodec,
  decodeSignedDelegate,
  delegateActionCodec,
  delegateActionV2Codec,
  deterministicStateInitCodec,
  encodeSignedDelegate,
  hashCodec,
  nonDelegateActionCodec,
  type SignedTransaction,
  signedTransactionCodec,
  summarizeTransaction,
  transactionCodec,
  transactionNonceCodec,
  universalStateInitCodec,
} from "@yoctonear/transactions";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as arbitraries from "./arbitraries.ts";

const roundTrips = suite("codec: encode and decode");

roundTrips("P19: every codec decodes what it encodes, to the same value and bytes", () => {
  returns(accountIdCodec, arbitraries.accountId);
  returns(hashCodec, arbitraries.hash);
  returns(accessKeyPermissionCodec, arbitraries.permission);
  const nonce = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  returns(
    accessKeyCodec,
    fc.record({ nonce, permission: arbitraries.permission }, { noNullPrototype: true }),
  );
  returns(contractIdentifierCodec, arbitraries.contractIdentifier);
  returns(deterministicStateInitCodec, arbitraries.stateInit);
  returns(universalStateInitCodec, arbitraries.universalStateInit);
  returns(transactionNonceCodec, arbitraries.nonce);
  returns(nonDelegateActionCodec, arbitraries.nonDelegateAction);
  returns(delegateActionCodec, arbitraries.delegateAction);
  returns(delegateActionV2Codec, arbitraries.delegateActionV2);
  returns(actionCodec, arbitraries.action);
  returns(transactionCodec, arbitraries.transaction);
  returns(signedTransactionCodec, arbitraries.signedTransaction);
});

roundTrips("a signed delegate action is its action without the tag, and decodes to it", () => {
  fc.assert(
    fc.property(arbitraries.action, (action) => {
      if (action.type !== "delegate" && action.type !== "delegateV2") return;
      const bytes = encodeSignedDelegate(action);
      assert.equal(bytes, encode(actionCodec, action).subarray(1));
      assert.equal(decodeSignedDelegate(bytes), action);
      // A V2 without its version may be a V1 by chance.
      if (action.type === "delegate") {
        assert.throws(
          () => decodeSignedDelegate(bytes.subarray(1)),
          (error: unknown) => error instanceof BorshError,
        );
      }
      assert.throws(
        () => decodeSignedDelegate(bytes.subarray(0, -1)),
        (error: unknown) => error instanceof BorshError,
      );
      assert.throws(
        () => decodeSignedDelegate(Uint8Array.of(...bytes, 0)),
        (error: unknown) => error instanceof BorshError,
      );
    }),
  );
});

roundTrips("a value cut short or made longer by a byte does not decode", () => {
  const cut = fc.tuple(arbitraries.signedTransaction, fc.nat());
  fc.assert(
    fc.property(cut, ([signed, at]) => {
      const bytes = encode(signedTransactionCodec, signed);
      assert.not(decodes(bytes.subarray(0, at % bytes.length)));
      assert.not(decodes(Uint8Array.of(...bytes, 0)));
    }),
  );
});

roundTrips("no line of a summary holds what a person would not see", () => {
  fc.assert(
    fc.property(arbitraries.transaction, (transaction) => {
      const lines = summarizeTransaction(transaction);
      const inner = transaction.actions.map((action) =>
        "delegateAction" in action ? 1 + action.delegateAction.actions.length : 1,
      );
      assert.is(lines.length, 1 + inner.reduce((sum, count) => sum + count, 0));
      for (const line of lines) assert.not(/[^\P{C}]|[^\P{Z} ]/u.test(line), line);
    }),
  );
});

roundTrips.run();

const COUNT = 1_000_000;
/** Most are refused early; a stack trace each would take most of the time. */
const QUIET = { stackTraceLimit: 0 };

const robust = suite("codec: a million byte strings");

robust("each decodes to a value that encodes again, or is a BorshError and nothing else", () => {
  const traces = Reflect.get(Error, "stackTraceLimit");
  Object.assign(Error, QUIET);
  try {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
    const random = randomFrom(seed);
    const valid = fc
      .sample(arbitraries.signedTransaction, { numRuns: 300, seed: seed | 0 })
      .map((signed) => encode(signedTransactionCodec, signed))
      .filter((bytes) => bytes.length < 400);
    const tally = { random: 0, mutated: 0, decoded: 0 };
    for (let i = 0; i < COUNT; i++) {
      const isRandom = i % 3 !== 0;
      const bytes = isRandom ? randomBytes(random) : mutated(random, valid);
      tally[isRandom ? "random" : "mutated"]++;
      const signed = tryDecode(bytes, seed);
      if (signed === undefined) continue;
      tally.decoded++;
      // What a map repeats or has out of order is not written again, so only the second time is exact.
      if (tally.decoded % 32 === 0) {
        const again = encode(signedTransactionCodec, signed);
        const back = decode(signedTransactionCodec, again);
        assert.is(encodeHex(encode(signedTransactionCodec, back)), encodeHex(again));
      }
    }
    assert.is(tally.random + tally.mutated, COUNT);
    assert.ok(tally.decoded > COUNT / 100, `seed ${seed}`);
    console.log(`byte strings: ${COUNT}, of them decoded: ${tally.decoded} (seed ${seed})`);
  } finally {
    Object.assign(Error, { stackTraceLimit: traces });
  }
});

robust.run();

function returns<T>(codec: Codec<T>, arbitrary: fc.Arbitrary<T>): void {
  fc.assert(
    fc.property(arbitrary, (value) => {
      const bytes = encode(codec, value);
      const decoded = decode(codec, bytes);
      assert.equal(decoded, value);
      assert.equal(encode(codec, decoded), bytes);
    }),
  );
}

function decodes(bytes: Uint8Array): boolean {
  return tryDecode(bytes, 0) !== undefined;
}

function tryDecode(bytes: Uint8Array, seed: number): SignedTransaction | undefined {
  try {
    return decode(signedTransactionCodec, bytes);
  } catch (error) {
    if (error instanceof BorshError) return undefined;
    throw new Error(`expected a BorshError for ${encodeHex(bytes)} (seed ${seed})`, {
      cause: error,
    });
  }
}

/** Random bytes behind a beginning that gets past the first fields, in three cases of four. */
function randomBytes(random: () => number): Uint8Array {
  const bytes = new Uint8Array(random() % 120);
  for (let i = 0; i < bytes.length; i++) bytes[i] = random();
  const beginnings: readonly (readonly number[])[] = [
    [],
    [2, 0, 0, 0, 0x61, 0x61, 0],
    [1, 2, 0, 0, 0, 0x61, 0x61, 0],
    [2, 0, 0, 0, 0x61, 0x61, 1],
  ];
  bytes.set((beginnings[random() % 4] ?? []).slice(0, bytes.length));
  return bytes;
}

/** A valid encoding with one to three bytes changed, or a piece taken out or put in twice. */
function mutated(random: () => number, valid: readonly Uint8Array[]): Uint8Array {
  const bytes = valid[random() % valid.length]?.slice() ?? new Uint8Array();
  const at = random() % bytes.length;
  if (random() % 8 === 0) return bytes.subarray(0, at);
  if (random() % 8 === 0) return Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at / 2));
  bytes[at] = random();
  for (let i = random() % 3; i > 0; i--) bytes[random() % bytes.length] = random() % 16;
  return bytes;
}

/** Xorshift: a million strings in a fraction of the time that fast-check takes, repeatable by the seed. */
function randomFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
