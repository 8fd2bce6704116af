import { decodeHex, encodeHex } from "@yoctonear/base";
import { BorshError, decode, encode } from "@yoctonear/borsh";
import {
  actionCodec,
  decodeSignedTransaction,
  decodeTransaction,
  deterministicStateInitCodec,
  encodeTransaction,
  nonDelegateActionCodec,
  type Transaction,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loose } from "./loose.ts";
import { caught, codeOf } from "./refused.ts";

const TRANSACTION: Transaction = {
  version: 0,
  signerId: "alice.near",
  publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
  nonce: 1n,
  receiverId: "bob.near",
  blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
  actions: [transfer(1n)],
};

const codec = suite("codec: transactions and actions");

codec("P18: the discriminant of every action is nearcore's", () => {
  // A tag alone is cut short or has trailing bytes, unless it is not known.
  for (let tag = 0; tag < 256; tag++) {
    const isKnown = tag <= 15;
    assert.is(codeOf(() => decode(actionCodec, Uint8Array.of(tag, 0))) !== "invalid_tag", isKnown);
  }
});

codec("the delegates, 8 and 14, are refused inside a delegate", () => {
  for (const tag of [8, 14, 16]) {
    assert.is(
      codeOf(() => decode(nonDelegateActionCodec, Uint8Array.of(tag))),
      "invalid_tag",
    );
  }
});

codec("the version is told by the first two bytes, as nearcore does", () => {
  const isVersionRefused = (first: number, second: number): boolean => {
    const bytes = encodeTransaction(TRANSACTION);
    bytes.set([first, second]);
    const error = caught(() => decodeTransaction(bytes));
    return error instanceof Error && error.message.includes("invalid transaction version tag");
  };
  for (const first of [0, 1, 2, 64, 255]) {
    assert.not(isVersionRefused(first, 0));
    for (const second of [1, 10, 255]) assert.is(isVersionRefused(first, second), first !== 1);
  }
  for (const short of ["", "01", "00"]) {
    assert.is(
      codeOf(() => decodeTransaction(decodeHex(short))),
      "unexpected_end",
    );
    assert.is(
      codeOf(() => decodeSignedTransaction(decodeHex(short))),
      "unexpected_end",
    );
  }
});

codec("refuses an unknown version, an unknown type and no object at all", () => {
  const version = loose(2);
  assert.is(
    codeOf(() => encodeTransaction({ ...TRANSACTION, version, nonce: 1n })),
    "invalid_tag",
  );
  const action = loose({ type: "Transfer", deposit: 1n });
  assert.is(
    codeOf(() => encode(actionCodec, action)),
    "invalid_tag",
  );
  for (const nothing of [null, undefined, "text", 7]) {
    assert.instance(
      caught(() => encodeTransaction(loose(nothing))),
      BorshError,
    );
    assert.instance(
      caught(() => encode(actionCodec, loose(nothing))),
      BorshError,
    );
  }
});

codec("an error says where in the transaction it is", () => {
  const actions = [transfer(1n), { type: "transfer", deposit: -1n } as const];
  const error = caught(() => encodeTransaction({ ...TRANSACTION, actions }));
  assert.equal(error instanceof BorshError && error.path, ["actions", 1, "deposit"]);
});

codec("a failed encoding leaves nothing to the next", () => {
  const expected = encodeHex(encodeTransaction(TRANSACTION));
  const actions = [transfer(1n), { type: "transfer", deposit: -1n } as const];
  for (let i = 0; i < 3; i++) {
    assert.instance(
      caught(() => encodeTransaction({ ...TRANSACTION, actions })),
      BorshError,
    );
    assert.is(encodeHex(encodeTransaction(TRANSACTION)), expected);
  }
});

codec("what was encoded before does not change with what is encoded after", () => {
  const first = encodeTransaction(TRANSACTION);
  const copy = first.slice();
  encodeTransaction({ ...TRANSACTION, signerId: "carol.near", nonce: 99n });
  assert.equal(first, copy);
});

codec("an encoding in the middle of another disturbs neither", () => {
  const inner: string[] = [];
  const actions = [
    {
      type: "transfer" as const,
      get deposit(): bigint {
        inner.push(encodeHex(encodeTransaction(TRANSACTION)));
        return 1n;
      },
    },
  ];
  const expected = encodeHex(encodeTransaction(TRANSACTION));
  assert.is(encodeHex(encodeTransaction({ ...TRANSACTION, actions })), expected);
  assert.equal(inner, [expected]);
});

codec("keys and block hashes that alternate are each written as they are", () => {
  const other = {
    ...TRANSACTION,
    publicKey: "ed25519:22skMptHjFWNyuEWY22ftn2AbLPSYpmYwGJRGwpNHbTV",
    blockHash: "11111111111111111111111111111111",
  };
  for (let i = 0; i < 3; i++) {
    for (const transaction of [TRANSACTION, other]) {
      assert.equal(decodeTransaction(encodeTransaction(transaction)), transaction);
    }
    const bad = { ...TRANSACTION, blockHash: "1" };
    assert.is(
      codeOf(() => encodeTransaction(bad)),
      "invalid_value",
    );
  }
});

codec(
  "entries of a state init decode in any order, the last of a key kept, and are written sorted",
  () => {
    const head = "00010700000066742e6e656172";
    const [one, two, other] = [
      "010000000101000000bb",
      "010000000201000000cc",
      "010000000201000000aa",
    ];
    const bytes = decodeHex(`${head}03000000${other}${one}${two}`);
    const decoded = decode(deterministicStateInitCodec, bytes);
    const written = encodeHex(encode(deterministicStateInitCodec, decoded));
    assert.is(written, `${head}02000000${one}${two}`);
  },
);

codec("a vector of four billion actions in a few bytes allocates nothing", () => {
  const bytes = encodeTransaction({ ...TRANSACTION, actions: [] });
  bytes.fill(255, bytes.length - 4);
  assert.is(
    codeOf(() => decodeTransaction(bytes)),
    "unexpected_end",
  );
});

codec.run();
