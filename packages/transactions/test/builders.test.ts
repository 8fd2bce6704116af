import { decodeUtf8, encodeHex, isNearError } from "@yoctonear/base";
import { encode, string, struct, u32 } from "@yoctonear/borsh";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import {
  addKey,
  createTransaction,
  decodeTransaction,
  deleteAccount,
  deleteKey,
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  encodeArguments,
  encodeTransaction,
  fullAccess,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  signingRequest,
  stake,
  type TransactionParts,
  transactionTo,
  transfer,
  transferToGasKey,
  useGlobalContract,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loose } from "./loose.ts";

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const BLOCK_HASH = "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM";
const PARTS: TransactionParts = {
  signerId: "alice.near",
  publicKey: KEY,
  nonce: 1n,
  receiverId: "bob.near",
  blockHash: BLOCK_HASH,
  actions: [transfer(1n)],
};

const pitfalls = suite("builders: pitfalls");

pitfalls("P11: a plan has one receiver from its first word, so actions for two cannot meet", () => {
  const plan = transactionTo("bob.near").transfer("1 NEAR").functionCall("vote", { id: 1 });
  assert.is(plan.receiverId, "bob.near");
  assert.equal(plan.actions, [transfer("1 NEAR"), functionCall("vote", { id: 1 })]);
  // No action has a receiver, and the encoder refuses one that somebody puts there.
  const actions = [transfer(1n), loose({ ...transfer(1n), receiverId: "carol.near" })];
  refuses(() => createTransaction({ ...PARTS, actions }), "invalid_value");
});

pitfalls("P11: the steps of a plan never change a plan that is already there", () => {
  const start = transactionTo("bob.near").transfer(1n);
  const one = start.transfer(2n);
  const other = start.deleteKey(KEY);
  assert.is(start.actions.length, 1);
  assert.equal(one.actions, [transfer(1n), transfer(2n)]);
  assert.equal(other.actions, [transfer(1n), deleteKey(KEY)]);
});

pitfalls("P12: integers out of range are refused by the builders", () => {
  for (const gas of [2n ** 64n + 5n, 2n ** 64n, -1n]) {
    refuses(() => functionCall("vote", {}, { gas }), "invalid_amount");
  }
  for (const amount of [2n ** 128n, -1n]) {
    refuses(() => transfer(amount), "invalid_amount");
    refuses(() => functionCall("vote", {}, { deposit: amount }), "invalid_amount");
    refuses(() => stake(amount, KEY), "invalid_amount");
    refuses(() => transferToGasKey(KEY, amount), "invalid_amount");
    refuses(() => withdrawFromGasKey(KEY, amount), "invalid_amount");
    refuses(() => accessWith(amount), "invalid_amount");
    refuses(() => stateInitWith(amount), "invalid_amount");
  }
  for (const numNonces of [0, 1025, 1.5, -1, Number.NaN]) {
    assert.throws(() => gasKeyFullAccess({ numNonces }), RangeError);
    assert.throws(
      () => gasKeyFunctionCallAccess("app.near", { methods: "any", numNonces }),
      RangeError,
    );
  }
});

pitfalls("P12: integers out of range are refused in actions made by hand, before signing", () => {
  const bad = [
    { type: "transfer", deposit: -1n },
    { type: "transfer", deposit: 2n ** 128n },
    { type: "transfer", deposit: 1 },
    { ...functionCall("vote"), gas: 2n ** 64n + 5n },
    { ...functionCall("vote"), gas: 30 },
    { type: "stake", stake: -5n, publicKey: KEY },
  ];
  for (const action of bad) {
    const parts = { ...PARTS, actions: [loose(action)] };
    refuses(() => createTransaction(parts), "out_of_range");
    refuses(() => signingRequest({ version: 0, ...parts }), "out_of_range");
  }
  for (const nonce of [-1n, 2n ** 64n]) {
    refuses(() => createTransaction({ ...PARTS, nonce }), "out_of_range");
  }
  for (const nonceIndex of [-1, 65_536, 0.5]) {
    refuses(() => createTransaction({ ...PARTS, nonceIndex }), "out_of_range");
  }
});

pitfalls("P13: bad account ids are refused wherever one enters, before signing", () => {
  for (const id of ["", "BAD ID!!", "a", "alice..near", "a".repeat(65), "Alice.near"]) {
    refuses(() => createTransaction({ ...PARTS, signerId: id }), "invalid_account_id");
    refuses(() => createTransaction({ ...PARTS, receiverId: id }), "invalid_account_id");
    refuses(() => transactionTo(id), "invalid_account_id");
    refuses(() => deleteAccount(id), "invalid_account_id");
    refuses(() => useGlobalContract({ account: id }), "invalid_account_id");
    refuses(
      () => functionCallAccess(id, { methods: "any", allowance: "unlimited" }),
      "invalid_account_id",
    );
    refuses(
      () => gasKeyFunctionCallAccess(id, { methods: "any", numNonces: 1 }),
      "invalid_account_id",
    );
    // Made by hand, past the builders.
    refuses(() => encodeTransaction({ version: 0, ...PARTS, receiverId: id }), "invalid_value");
    refuses(() => signingRequest({ version: 0, ...PARTS, signerId: id }), "invalid_value");
  }
});

pitfalls("P14: an allowance of 0 stays 0, and is not unlimited", () => {
  const zero = functionCallAccess("app.near", { methods: "any", allowance: 0n });
  assert.is(zero.allowance, 0n);
  const transaction = createTransaction({ ...PARTS, actions: [addKey(KEY, zero)] });
  const decoded = decodeTransaction(encodeTransaction(transaction));
  assert.equal(decoded, transaction);
  assert.is(functionCallAccess("app.near", { methods: "any", allowance: "0 NEAR" }).allowance, 0n);
  const unlimited = functionCallAccess("app.near", { methods: "any", allowance: "unlimited" });
  assert.is(unlimited.allowance, null);
});

pitfalls("P14: an allowance that is forgotten or a bare 0 is refused, not unlimited", () => {
  for (const allowance of [undefined, null, 0, "0", ""]) {
    refuses(
      () => functionCallAccess("app.near", loose({ methods: "any", allowance })),
      "invalid_amount",
    );
  }
});

pitfalls("P14: an empty list of methods, which would mean all, is refused", () => {
  for (const methods of [[], [""], ["vote", ""], "vote", undefined, ["vote", 7]]) {
    assert.throws(
      () => functionCallAccess("app.near", loose({ methods, allowance: "1 NEAR" })),
      TypeError,
    );
    assert.throws(
      () => gasKeyFunctionCallAccess("app.near", loose({ methods, numNonces: 1 })),
      TypeError,
    );
  }
});

pitfalls("P15: bare numbers, bare text and odd decimals are no amounts", () => {
  for (const amount of [
    1,
    "1",
    "1,000 NEAR",
    "1.2.3 NEAR",
    "-1 NEAR",
    "1e3 NEAR",
    "0.5 yoctoNEAR",
  ]) {
    refuses(() => transfer(loose(amount)), "invalid_amount");
  }
});

pitfalls("P17: a code hash is base58, and hex of it is refused", () => {
  const hash = "J86LNmZE9nHAxRqUYBZ64iCQYfeacMJhNqvb8WQmpZPE";
  const { contractIdentifier } = useGlobalContract({ hash });
  assert.equal(contractIdentifier, { type: "codeHash", hash });
  const hexes = [
    "fe67c64f680a377c551aeabbc298aafbaff4b8a84b8ecfc2013ca2300bf971c1",
    "a".repeat(64),
  ];
  for (const bad of [...hexes, hash.slice(3), `${hash}1`, "", "hash"]) {
    refuses(() => useGlobalContract({ hash: bad }), "invalid_hash");
    refuses(() => deterministicStateInit({ code: { hash: bad } }), "invalid_hash");
    refuses(() => createTransaction({ ...PARTS, blockHash: bad }), "invalid_hash");
  }
  assert.throws(() => useGlobalContract(loose({})), TypeError);
  assert.throws(() => useGlobalContract(loose({ hash, account: "ft.near" })), TypeError);
});

pitfalls("P21: stake takes the amount first, and the wrong order is refused", () => {
  assert.equal(stake("2 NEAR", KEY), { type: "stake", stake: 2n * 10n ** 24n, publicKey: KEY });
  refuses(() => stake(loose(KEY), loose("2 NEAR")), "invalid_amount");
  refuses(() => transferToGasKey(loose(2n), loose(KEY)), "invalid_key");
});

pitfalls("P23: a secret key in the place of a public key is refused and not shown", () => {
  for (const { revealSecretKey } of [randomEd25519KeyPair(), randomSecp256k1KeyPair()]) {
    const secret = revealSecretKey();
    const steps = [
      () => addKey(secret, fullAccess()),
      () => deleteKey(secret),
      () => stake("1 NEAR", secret),
      () => transferToGasKey(secret, 1n),
      () => withdrawFromGasKey(secret, 1n),
      () => createTransaction({ ...PARTS, publicKey: secret }),
    ];
    for (const step of steps) {
      const error = caught(step);
      assert.ok(isNearError(error, "invalid_key"));
      assert.not(String(error).includes(secret.slice(8, 24)));
    }
    const error = caught(() =>
      encodeTransaction({
        version: 0,
        ...PARTS,
        actions: [{ type: "deleteKey", publicKey: secret }],
      }),
    );
    assert.ok(isNearError(error, "invalid_value"));
    assert.not(String(error).includes(secret.slice(8, 24)));
  }
});

pitfalls("P24: a secret key in the place of a global contract or of code is not shown", () => {
  const secret = randomEd25519KeyPair().revealSecretKey();
  for (const step of [
    () => useGlobalContract(loose(secret)),
    () => deterministicStateInit({ code: loose(secret) }),
    () => deployContract(loose(secret)),
    () => deployGlobalContract(loose(secret), { by: "hash" }),
  ]) {
    const error = caught(step);
    assert.instance(error, TypeError);
    assert.not.match(String(error), secret.slice(10, 20));
  }
});

pitfalls("P19: the parts of a transaction make another one, of the version that it needs", () => {
  const plain = createTransaction(PARTS);
  assert.is(plain.version, 0);
  const strict = createTransaction({ ...plain, nonce: 1n, nonceMode: "strict" });
  assert.is(strict.version, 1);
  assert.equal(decodeTransaction(encodeTransaction(strict)), strict);
});

pitfalls("P28: a misspelt deposit or gas is an error, not a call without it", () => {
  const options = { gas: "10 Tgas", depsoit: "1 NEAR" } as const;
  assert.throws(() => functionCall("vote", {}, options), /unknown option depsoit/);
});

pitfalls.run();

const builders = suite("builders: actions");

builders("keys are written in canonical form", () => {
  const bare = KEY.slice("ed25519:".length);
  for (const key of [KEY, bare, `ED25519:${bare}`]) {
    assert.is(deleteKey(key).publicKey, KEY);
    assert.is(createTransaction({ ...PARTS, publicKey: key }).publicKey, KEY);
  }
});

builders("functionCall attaches 30 Tgas and nothing else unless told", () => {
  assert.equal(functionCall("vote"), {
    type: "functionCall",
    methodName: "vote",
    args: new Uint8Array([0x7b, 0x7d]),
    gas: 30_000_000_000_000n,
    deposit: 0n,
  });
  const call = functionCall("vote", {}, { gas: "5 Tgas", deposit: "0.5 NEAR" });
  assert.is(call.gas, 5_000_000_000_000n);
  assert.is(call.deposit, 5n * 10n ** 23n);
});

builders("refuse values of other types", () => {
  assert.throws(() => functionCall(""), TypeError);
  assert.throws(() => functionCall(loose(7)), TypeError);
  assert.throws(() => deployContract(loose("AGFzbQ==")), TypeError);
  assert.throws(() => deployGlobalContract(loose([0]), { by: "hash" }), TypeError);
  assert.throws(() => deployGlobalContract(new Uint8Array(), loose({ by: "codeHash" })), TypeError);
  assert.throws(() => addKey(KEY, loose(undefined)), TypeError);
  const code = { account: "ft.near" };
  assert.throws(() => deterministicStateInit({ code, data: loose({ a: 1 }) }), TypeError);
});

builders("deployContract does not copy the code", () => {
  const code = new Uint8Array(10);
  assert.is(deployContract(code).code, code);
  assert.is(deployGlobalContract(code, { by: "hash" }).code, code);
});

builders("a plan has every builder as a step", () => {
  const code = new Uint8Array(1);
  const plan = transactionTo("bob.near")
    .createAccount()
    .transfer(1n)
    .functionCall("new")
    .deployContract(code)
    .stake(1n, KEY)
    .addKey(KEY, fullAccess())
    .deleteKey(KEY)
    .deployGlobalContract(code, { by: "hash" })
    .useGlobalContract({ account: "ft.near" })
    .deterministicStateInit({ code: { account: "ft.near" } })
    .transferToGasKey(KEY, 1n)
    .withdrawFromGasKey(KEY, 1n)
    .action({ type: "createAccount" })
    .deleteAccount("alice.near");
  assert.is(new Set(plan.actions.map(({ type }) => type)).size, 13);
  assert.is(plan.actions.length, 14);
});

builders.run();

const create = suite("create: createTransaction");

create("makes V0 by default, V1 for a nonce index or a nonce mode", () => {
  assert.is(createTransaction(PARTS).version, 0);
  const lane = createTransaction({ ...PARTS, nonceIndex: 0 });
  assert.equal(lane.nonce, { type: "gasKeyNonce", nonce: 1n, nonceIndex: 0 });
  assert.is(lane.version === 1 && lane.nonceMode, "monotonic");
  const strict = createTransaction({ ...PARTS, nonceMode: "strict" });
  assert.equal(strict.nonce, { type: "nonce", nonce: 1n });
  assert.is(strict.version === 1 && strict.nonceMode, "strict");
});

create("refuses what is misspelt or missing", () => {
  refuses(() => createTransaction(loose({ ...PARTS, nonceindex: 3 })), "invalid_value");
  const { nonce: _, ...rest } = PARTS;
  refuses(() => createTransaction(loose(rest)), "out_of_range");
  refuses(() => createTransaction({ ...PARTS, nonceMode: loose("Strict") }), "invalid_tag");
  refuses(() => createTransaction({ ...PARTS, publicKey: "" }), "invalid_key");
});

create.run();

const args = suite("arguments: encodeArguments");

args("are JSON, {} where there are none", () => {
  const json = (value: unknown): string => decodeUtf8(encodeArguments(loose(value)));
  assert.is(json(undefined), "{}");
  assert.is(json(null), "null");
  assert.is(json([1, "a", null, true]), '[1,"a",null,true]');
  assert.is(json("text"), '"text"');
  assert.is(json({ a: undefined, when: new Date(0) }), '{"when":"1970-01-01T00:00:00.000Z"}');
  assert.is(json("\ud800"), '"\\ud800"');
});

args("are bytes as they are", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assert.is(encodeArguments(bytes), bytes);
  assert.is(encodeArguments(new Uint8Array()).length, 0);
});

args("take borsh as bytes that the caller encodes", () => {
  const vote = struct({ id: u32, comment: string });
  const call = functionCall("vote", encode(vote, { id: 1, comment: "yes" }));
  assert.is(encodeHex(call.args), "0100000003000000796573");
});

args("refuse what JSON would change or lose, and say where", () => {
  const bad = [
    1n,
    { amount: 10n ** 24n },
    [[{ deep: 1n }]],
    Number.NaN,
    { a: Number.POSITIVE_INFINITY },
    { a: new Map() },
    { a: new Set() },
    { a: Uint8Array.of(1) },
    new Map([["a", 1]]),
    () => 1,
    Symbol("a"),
  ];
  for (const value of bad) assert.throws(() => encodeArguments(loose(value)), TypeError);
  assert.throws(
    () => functionCall("vote", { amount: 7n }),
    /expected args with "amount" of a type that JSON has, got 7n: give String\(value\) or Number/,
  );
});

args.run();

function stateInitWith(deposit: bigint): unknown {
  return deterministicStateInit({ code: { account: "ft.near" } }, { deposit });
}

function accessWith(allowance: bigint): unknown {
  return functionCallAccess("app.near", { methods: "any", allowance });
}

function refuses(step: () => unknown, code: string): void {
  const error = caught(step);
  assert.ok(isNearError(error, code), String(error));
}

function caught(step: () => unknown): unknown {
  try {
    step();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error, got none");
}
