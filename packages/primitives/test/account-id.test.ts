import { isNearError } from "@yoctonear/base";
import {
  accountKind,
  assertAccountId,
  isAccountId,
  isSubAccountOf,
  isTopLevelAccountId,
  parentAccountId,
} from "@yoctonear/primitives";
import { flag, text, vectorsOf } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const validity = suite("account-id: isAccountId and assertAccountId");

validity("agrees with every vector of account-id-validity", async () => {
  const vectors = await vectorsOf("account-id-validity");
  for (const { id, input, expected } of vectors) {
    assert.is(isAccountId(text(input, "account_id")), flag(expected, "valid"), id);
  }
  assert.is(vectors.length, 36);
  console.log(`account-id-validity: ${vectors.length} vectors`);
});

validity("P13: an empty id, a bad one and other types are refused", () => {
  for (const bad of ["", "BAD ID!!", "a", "a".repeat(65), undefined, null, 7, ["alice.near"], {}]) {
    assert.not(isAccountId(bad));
    assert.throws(
      () => assertAccountId(bad),
      (error: unknown) => isNearError(error, "invalid_account_id"),
    );
  }
});

validity("counts 2 and 64 characters in, 1 and 65 out", () => {
  assert.ok(isAccountId("aa"));
  assert.ok(isAccountId("a".repeat(64)));
  assert.not(isAccountId("a"));
  assert.not(isAccountId("a".repeat(65)));
});

validity("refuses look-alikes, line ends and lone surrogates", () => {
  for (const bad of ["аlice.near", "alice.near\n", "ali\u0000ce", "ab\ud800", "ß.near", "１２"]) {
    assert.not(isAccountId(bad), JSON.stringify(bad));
  }
});

validity("tells what was expected and which character came where", () => {
  const messageOf = (value: unknown): string => {
    try {
      assertAccountId(value, "receiver id");
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
    return "";
  };
  assert.is(
    messageOf("bob@near"),
    'expected receiver id of a-z, 0-9 and - _ . alone, got "@" at index 3 after "bob"',
  );
  assert.is(
    messageOf("a..near"),
    'expected receiver id with each of - _ . between letters or digits, got "." at index 2 after "a."',
  );
  assert.is(
    messageOf("near-"),
    'expected receiver id with each of - _ . between letters or digits, got "-" at index 4 after "near"',
  );
  assert.is(
    messageOf("n😀"),
    'expected receiver id of a-z, 0-9 and - _ . alone, got "😀" at index 1 after "n"',
  );
  assert.is(messageOf("a"), "expected receiver id of 2 to 64 characters, got 1");
  assert.is(messageOf(7), "expected receiver id as text, got 7");
});

validity("P24: a secret key given as an account id is not repeated", () => {
  const seed = "ed25519:3D4YudUahN1nawWogh8pAKSj92sUNMdbZGjn7kERKzYo";
  for (const secret of [
    seed,
    `${seed}${seed.slice(8)}`,
    "abandon ability able about above absent",
  ]) {
    try {
      assertAccountId(secret);
      assert.unreachable();
    } catch (error) {
      const message = error instanceof Error ? error.message : "";
      assert.not(message.includes("3D4Y"), message);
      assert.not(message.includes("ability"), message);
    }
  }
});

validity.run();

const kinds = suite("account-id: accountKind");

kinds("tells each kind from the text alone", () => {
  const hex40 = "96791e923f8cf697ad9c3290f2c9059f0231b24c";
  assert.is(accountKind("alice.near"), "named");
  assert.is(accountKind("system"), "named");
  assert.is(accountKind("0123456789abcdef".repeat(4)), "near-implicit");
  assert.is(accountKind(`0x${hex40}`), "eth-implicit");
  assert.is(accountKind(`0s${hex40}`), "deterministic");
  assert.is(accountKind(`0u${"0".repeat(51)}g`), "universal");
});

kinds("calls what is one character off a named account", () => {
  const hex40 = "96791e923f8cf697ad9c3290f2c9059f0231b24c";
  assert.is(accountKind("0123456789abcdef".repeat(4).slice(1)), "named");
  assert.is(accountKind(`g${"0".repeat(63)}`), "named");
  assert.is(accountKind(`0x${hex40}0`), "named");
  assert.is(accountKind(`0x${hex40.slice(1)}g`), "named");
  assert.is(accountKind(`0s${hex40.slice(1)}`), "named");
  assert.is(accountKind(`0x${hex40}.near`), "named");
  assert.is(accountKind(`0u${"0".repeat(51)}1`), "named");
  for (const symbol of ["i", "l", "o", "u"]) {
    assert.is(accountKind(`0u${symbol}${"0".repeat(51)}`), "named", symbol);
  }
});

kinds("refuses what is no account id", () => {
  assert.throws(
    () => accountKind("0X96791E923F8CF697AD9C3290F2C9059F0231B24C"),
    (error: unknown) => isNearError(error, "invalid_account_id"),
  );
});

kinds.run();

const families = suite("account-id: parents");

families("P16: banana.near is no sub-account of ana.near", () => {
  assert.not(isSubAccountOf("banana.near", "ana.near"));
  assert.not(isSubAccountOf("anaxnear", "near"));
  assert.ok(isSubAccountOf("b.ana.near", "ana.near"));
});

families("knows direct children alone", () => {
  assert.ok(isSubAccountOf("alice.near", "near"));
  assert.not(isSubAccountOf("app.alice.near", "near"));
  assert.not(isSubAccountOf("near", "near"));
  assert.not(isSubAccountOf("near", "alice.near"));
  assert.not(isSubAccountOf(".near", "near"));
  assert.not(isSubAccountOf("BAD ID!!.near", "near"));
});

families("takes the parent after the first dot", () => {
  assert.is(parentAccountId("app.alice.near"), "alice.near");
  assert.is(parentAccountId("alice.near"), "near");
  assert.is(parentAccountId("near"), null);
});

families("does not count system as top level", () => {
  assert.ok(isTopLevelAccountId("near"));
  assert.ok(isTopLevelAccountId("0".repeat(64)));
  assert.not(isTopLevelAccountId("system"));
  assert.not(isTopLevelAccountId("alice.near"));
  assert.not(isTopLevelAccountId("BAD ID!!"));
});

families.run();
