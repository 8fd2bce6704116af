import { isNearError, ParseError } from "@yoctonear/base";
import { BorshError } from "@yoctonear/borsh";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  createDelegateAction,
  decodeSignedDelegate,
  encodeSignedDelegate,
  formatSignedDelegate,
  functionCall,
  parseSignedDelegate,
  signDelegateAction,
  transfer,
} from "@yoctonear/transactions";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("parseSignedDelegate: what a relayer is sent");
const keyPair = randomEd25519KeyPair();

async function sample(nonceIndex?: number): Promise<Uint8Array> {
  const delegateAction = createDelegateAction({
    senderId: "alice.near",
    publicKey: keyPair.publicKey,
    nonce: 7n,
    nonceIndex,
    receiverId: "bob.near",
    actions: [transfer("1 NEAR"), functionCall("vote", { id: 1 })],
    maxBlockHeight: 1_000n,
  });
  return encodeSignedDelegate(await signDelegateAction(delegateAction, keyPair));
}

/** Reads bytes; what they are refused with is always typed. */
function read(bytes: Uint8Array): void {
  try {
    const delegated = decodeSignedDelegate(bytes);
    // What is read has one form only, so its hash names it.
    assert.equal(encodeSignedDelegate(delegated), new Uint8Array(bytes));
  } catch (error) {
    assert.instance(error, BorshError);
  }
}

test("text and bytes are the same thing, for both versions", async () => {
  for (const bytes of [await sample(), await sample(3)]) {
    const delegated = decodeSignedDelegate(bytes);
    assert.equal(parseSignedDelegate(formatSignedDelegate(delegated)), delegated);
  }
});

test("any bytes read in one way, or are a BorshError", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), read));
});

test("bytes with one of them changed read in one way, or are a BorshError", async () => {
  const samples = [await sample(), await sample(3)];
  const change = fc.record({
    sample: fc.constantFrom(...samples),
    at: fc.nat(400),
    to: fc.nat(255),
  });
  fc.assert(
    fc.property(change, ({ sample: bytes, at, to }) => {
      const changed = Uint8Array.from(bytes);
      changed[at % changed.length] = to;
      read(changed);
    }),
  );
});

test("any text is a ParseError, or bytes", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseSignedDelegate(text);
      } catch (error) {
        assert.ok(error instanceof ParseError || error instanceof BorshError);
        assert.ok(isNearError(error));
      }
    }),
  );
});

test.run();
