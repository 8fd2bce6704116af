import {
  type Codec,
  decode,
  encode,
  option,
  string,
  struct,
  taggedEnum,
  u128,
  u16,
  u8,
  unitEnum,
  vec,
} from "@yoctonear/borsh";
import { decodeHex, encodeHex, isNearError } from "@yoctonear/base";
import { suite } from "uvu";
import * as assert from "uvu/assert";

function encodeAny<T>(codec: Codec<T>, value: unknown): Uint8Array {
  // @ts-expect-error a value of any type
  return encode(codec, value);
}

const refusing =
  (code: string) =>
  (error: unknown): boolean =>
    isNearError(error, code);

const structs = suite("structs: struct");
const vote = struct({ proposal: u16, comment: string });

structs("writes its fields in the order of its definition, whatever that of the value", () => {
  const hex = "070003000000796573";
  assert.is(encodeHex(encode(vote, { comment: "yes", proposal: 7 })), hex);
  const read = decode(vote, decodeHex(hex));
  assert.equal(read, { proposal: 7, comment: "yes" });
  assert.is(Object.getPrototypeOf(read), Object.prototype);
});

structs("refuses a missing field, naming it", () => {
  assert.throws(() => encodeAny(vote, { proposal: 7 }), /\(at comment, byte 2\)/);
});

structs("refuses a field that it does not know, however many others there are", () => {
  assert.throws(
    () => encodeAny(vote, { proposal: 7, comment: "", coment: "yes" }),
    /expected no field but proposal, comment, got "coment"/,
  );
  const lenient: Codec<unknown> = { write: () => undefined, read: () => undefined };
  assert.throws(
    () => encodeAny(struct({ memo: lenient }), { memmo: 1 }),
    refusing("invalid_value"),
  );
});

structs("takes fields of an object's class, and none that every object has", () => {
  class Vote {
    get proposal(): number {
      return 7;
    }
    get comment(): string {
      return "yes";
    }
  }
  assert.is(encodeHex(encode(vote, new Vote())), "070003000000796573");
  assert.throws(() => encodeAny(struct({ toString: string }), {}), refusing("out_of_range"));
});

structs("refuses what is no object", () => {
  for (const other of [null, undefined, 7, "ab", true]) {
    assert.throws(() => encodeAny(vote, other), refusing("invalid_value"));
  }
});

structs("names the whole path from the outside in, and the byte", () => {
  const ballot = struct({ id: u8, votes: vec(struct({ by: string, weight: option(u8) })) });
  const good = { by: "ana", weight: 1 };
  try {
    encode(ballot, { id: 1, votes: [good, { by: "bob", weight: 256 }] });
    assert.unreachable();
  } catch (error) {
    assert.ok(isNearError(error, "out_of_range"));
    assert.match(String(error), /\(at votes\.1\.weight, byte 22\)/);
  }
  const bytes = encode(ballot, { id: 1, votes: [good, good] });
  bytes[21] = 2;
  assert.throws(
    () => decode(ballot, bytes),
    /option 0 or 1, got 2 \(at votes\.1\.weight, byte 21\)/,
  );
});

structs.run();

const enums = suite("structs: taggedEnum");
const action = taggedEnum({
  createAccount: [0, {}],
  transfer: [3, { deposit: u128 }],
  rename: [200, { name: string }],
});

enums("writes the discriminant, then the fields of the variant", () => {
  assert.is(encodeHex(encode(action, { type: "createAccount" })), "00");
  assert.is(encodeHex(encode(action, { type: "rename", name: "a" })), "c80100000061");
  assert.equal(decode(action, decodeHex("03" + "01".padEnd(32, "0"))), {
    type: "transfer",
    deposit: 1n,
  });
});

enums("P18: refuses a discriminant that it does not know", () => {
  for (const tag of [1, 2, 4, 199, 201, 255]) {
    assert.throws(() => decode(action, Uint8Array.of(tag)), refusing("invalid_tag"));
  }
  assert.throws(() => decode(action, new Uint8Array(0)), refusing("unexpected_end"));
});

enums("refuses types that it does not know, and what has none", () => {
  const others = [{ type: "stake" }, {}, null, "transfer", { type: ["createAccount"] }];
  for (const other of [...others, { type: "toString" }, { type: Object.create(null) }]) {
    assert.throws(() => encodeAny(action, other), refusing("invalid_tag"));
  }
});

enums("refuses fields of another variant", () => {
  assert.throws(
    () => encodeAny(action, { type: "createAccount", deposit: 1n }),
    /expected no field but type, got "deposit"/,
  );
  assert.throws(() => encodeAny(action, { type: "transfer" }), /\(at deposit, byte 1\)/);
});

enums.run();

const units = suite("structs: unitEnum");
const mode = unitEnum({ monotonic: 0, strict: 1 });

units("is one byte, a name as its value", () => {
  assert.is(encodeHex(encode(mode, "strict")), "01");
  assert.is(decode(mode, Uint8Array.of(0)), "monotonic");
});

units("refuses other bytes and other names", () => {
  for (const tag of [2, 255]) {
    assert.throws(() => decode(mode, Uint8Array.of(tag)), refusing("invalid_tag"));
  }
  for (const other of ["Strict", "toString", "__proto__", ["strict"], 1, null, undefined]) {
    assert.throws(() => encodeAny(mode, other), refusing("invalid_tag"));
  }
});

units.run();
