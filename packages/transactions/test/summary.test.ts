import { encodeBase58, encodeUtf8, isNearError } from "@yoctonear/base";
import {
  type Action,
  addKey,
  createAccount,
  createDelegateAction,
  createTransaction,
  deleteAccount,
  deleteKey,
  deployContract,
  deployGlobalContract,
  deterministicStateInit,
  fullAccess,
  functionCall,
  functionCallAccess,
  gasKeyFullAccess,
  gasKeyFunctionCallAccess,
  signedDelegate,
  stake,
  summarizeDelegateAction,
  summarizeTransaction,
  transfer,
  transferToGasKey,
  useGlobalContract,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const HASH = "J86LNmZE9nHAxRqUYBZ64iCQYfeacMJhNqvb8WQmpZPE";
const PARTS = {
  signerId: "alice.near",
  publicKey: KEY,
  nonce: 7n,
  receiverId: "bob.near",
  blockHash: "244ZQ9cgj3CQ6bWBdytfrJMuMQ1jdXLFGnr4HhvtCTnM",
};

const summary = suite("summary: summarizeTransaction");

summary("says who acts on whom, and each action in one line", () => {
  const code = Uint8Array.of(0, 97, 115, 109);
  const hash = "Epf5gEtcWHEdhUyoc6h7rCeCzDBDTLGJ3emzsFMe4VWv";
  const vote = { methods: ["vote", "claim"], allowance: "0.25 NEAR" } as const;
  const lines = summarizeTransaction(
    createTransaction({
      ...PARTS,
      actions: [
        createAccount(),
        transfer("1.5 NEAR"),
        functionCall("vote", { id: 1 }, { deposit: "0.1 NEAR" }),
        deployContract(code),
        stake("30000 NEAR", KEY),
        addKey(KEY, fullAccess()),
        addKey(KEY, functionCallAccess("app.near", vote)),
        deleteKey(KEY),
        deployGlobalContract(code, { by: "hash" }),
        deployGlobalContract(code, { by: "account" }),
        useGlobalContract({ hash: HASH }),
        useGlobalContract({ account: "ft.near" }),
        transferToGasKey(KEY, "2 NEAR"),
        withdrawFromGasKey(KEY, 1n),
        deleteAccount("alice.near"),
      ],
    }),
  );
  assert.equal(lines, [
    "alice.near → bob.near",
    "create account bob.near",
    "transfer 1.5 NEAR to bob.near",
    'call vote on bob.near with 30 Tgas and 0.1 NEAR, arguments {"id":1}',
    `deploy a contract on bob.near, 4 bytes with code hash ${hash}`,
    `stake 30000 NEAR of bob.near with key ${KEY}`,
    `add key ${KEY} to bob.near with FULL ACCESS: it may do everything`,
    `add key ${KEY} to bob.near, for at most 0.25 NEAR of gas, to call on app.near vote, claim`,
    `delete key ${KEY} from bob.near`,
    `publish a global contract for ever, 4 bytes with code hash ${hash}`,
    `publish a global contract as that of bob.near, 4 bytes with code hash ${hash}`,
    `use the global contract with code hash ${HASH} on bob.near`,
    "use the global contract of ft.near on bob.near",
    `transfer 2 NEAR to the gas key ${KEY} of bob.near`,
    `withdraw 0.000000000000000000000001 NEAR from the gas key ${KEY} to bob.near`,
    "DELETE ACCOUNT bob.near, all that is left goes to alice.near",
  ]);
});

summary("P20: amounts are exact to the last yoctoNEAR", () => {
  assert.is(
    lineOf(transfer(10n ** 24n + 1n)),
    "transfer 1.000000000000000000000001 NEAR to bob.near",
  );
  assert.is(lineOf(transfer(9_990n * 10n ** 18n)), "transfer 0.00999 NEAR to bob.near");
});

summary("says what an unlimited key and a gas key may do", () => {
  const any = { methods: "any", allowance: "unlimited" } as const;
  assert.is(
    lineOf(addKey(KEY, functionCallAccess("app.near", any))),
    `add key ${KEY} to bob.near, for gas without limit, to call on app.near any method`,
  );
  assert.is(
    lineOf(addKey(KEY, functionCallAccess("app.near", { methods: "any", allowance: 0n }))),
    `add key ${KEY} to bob.near, for at most 0 NEAR of gas, to call on app.near any method`,
  );
  assert.is(
    lineOf(addKey(KEY, gasKeyFullAccess({ numNonces: 4 }))),
    `add gas key ${KEY} to bob.near with FULL ACCESS: it may do everything, 4 nonce lanes`,
  );
  assert.is(
    lineOf(addKey(KEY, gasKeyFunctionCallAccess("app.near", { methods: ["m"], numNonces: 2 }))),
    `add gas key ${KEY} to bob.near, 2 nonce lanes, to call on app.near m`,
  );
});

summary("says whose key pays where a gas key signs", () => {
  const transaction = createTransaction({ ...PARTS, nonceIndex: 3, actions: [transfer(0n)] });
  assert.is(
    summarizeTransaction(transaction)[0],
    `alice.near → bob.near, gas paid by key ${KEY} on lane 3`,
  );
});

summary("gives each action inside a delegate its line", () => {
  const delegateAction = createDelegateAction({
    senderId: "bob.near",
    publicKey: KEY,
    nonce: 1n,
    receiverId: "app.near",
    actions: [addKey(KEY, fullAccess()), deleteAccount("carol.near")],
    maxBlockHeight: 1_000n,
  });
  const signature = `ed25519:${encodeBase58(new Uint8Array(64))}`;
  const actions = [transfer(0n), signedDelegate(delegateAction, signature)];
  assert.equal(summarizeTransaction(createTransaction({ ...PARTS, actions })).slice(2), [
    `execute 2 actions of bob.near on app.near, signed with key ${KEY}, until block 1000`,
    `as bob.near: add key ${KEY} to app.near with FULL ACCESS: it may do everything`,
    "as bob.near: DELETE ACCOUNT app.near, all that is left goes to carol.near",
  ]);
  assert.equal(summarizeDelegateAction(delegateAction), [
    "bob.near → app.near, sent by whoever pays, until block 1000",
    `add key ${KEY} to app.near with FULL ACCESS: it may do everything`,
    "DELETE ACCOUNT app.near, all that is left goes to carol.near",
  ]);
});

summary("shows the storage that a state init begins with", () => {
  const data = new Map([
    [encodeUtf8("owner"), encodeUtf8("eve.near")],
    [Uint8Array.of(255), Uint8Array.of(1, 2)],
  ]);
  const receiverId = "0s69284a5453e7be5632b28b6a01baecf6c12c156d";
  const action = deterministicStateInit(
    { code: { account: "ft.near" }, data },
    { deposit: "1 NEAR" },
  );
  assert.is(
    summarizeTransaction(createTransaction({ ...PARTS, receiverId, actions: [action] }))[1],
    `initialise ${receiverId} with 1 NEAR and the global contract of ft.near, ` +
      '2 storage entries "owner" = "eve.near", 0xff = "\\u0001\\u0002"',
  );
  const many = new Map(Array.from({ length: 21 }, (_, i) => [Uint8Array.of(i), new Uint8Array()]));
  const cut = deterministicStateInit({ code: { account: "ft.near" }, data: many });
  const line = summarizeTransaction(createTransaction({ ...PARTS, receiverId, actions: [cut] }))[1];
  assert.match(line ?? "", "21 storage entries, the first 20 of them ");
});

summary("a name that is no plain word stands in quotes, so that it cannot pass for more", () => {
  const name = "vote on app.near with 30 Tgas, arguments {}";
  assert.match(lineOf(functionCall(name)), `call "${name}" on bob.near with 30 Tgas`);
  assert.match(lineOf(functionCall('a"b')), 'call "a\\"b" on bob.near');
  assert.match(lineOf(functionCall("vоte")), 'call "vоte" on');
  const access = { methods: ["vote", "a, b"], allowance: 0n } as const;
  assert.match(
    lineOf(addKey(KEY, functionCallAccess("app.near", access))),
    'app.near vote, "a, b"',
  );
});

summary("controls, line ends and bidi characters are escaped wherever foreign text stands", () => {
  const nasty = "a\n\r\u202eb\u2066\u200b\u0007\u2028\u00a0\ufeff\u{e0041}\u3164\u00ad\u009b";
  const shown =
    "\\u{202e}b\\u{2066}\\u{200b}\\u0007\\u{2028}\\u{a0}\\u{feff}\\u{e0041}\\u{3164}\\u{ad}\\u{9b}";
  assert.match(lineOf(functionCall(nasty)), `call "a\\n\\r${shown}" on bob.near`);
  assert.match(lineOf(functionCall("m", { text: nasty })), `arguments {"text":"a\\n\\r${shown}"}`);
  assert.match(lineOf(functionCall("m", encodeUtf8(nasty))), `"a\\n\\r${shown}"`);
  const permission = { type: "functionCall", allowance: null, methodNames: [] } as const;
  // nearcore's decoder takes any text as the receiver of a key, so a summary may meet it.
  const lines = summarizeTransaction({
    version: 0,
    ...PARTS,
    actions: [addKey(KEY, { ...permission, receiverId: nasty })],
  });
  assert.match(lines[1] ?? "", `to call on "a\\n\\r${shown}" any method`);
  assert.match(lineOf(functionCall("m", { a: "x\u0300\u0301\u0302\u0303" })), "x\\u{300}\\u{301}");
});

summary("JSON is shown as it was written, double keys too, on one line", () => {
  const json = '{\n\t"amount": "1",\r\n  "amount": "100" }\n';
  assert.match(
    lineOf(functionCall("m", encodeUtf8(json))),
    'arguments { "amount": "1",   "amount": "100" }',
  );
  assert.match(lineOf(functionCall("m", { name: "Zoë 🎉" })), 'arguments {"name":"Zoë 🎉"}');
});

summary("what is not JSON is shown as text or as hex, with its length", () => {
  assert.match(
    lineOf(functionCall("m", encodeUtf8("yes, please"))),
    'arguments that are not JSON (11 bytes) "yes, please"',
  );
  assert.match(
    lineOf(functionCall("m", Uint8Array.of(255, 0, 1))),
    "arguments that are not JSON (3 bytes) 0xff0001",
  );
  assert.match(
    lineOf(functionCall("m", new Uint8Array())),
    'arguments that are not JSON (0 bytes) ""',
  );
});

summary("long arguments say so before they begin, with their length and hash", () => {
  const line = lineOf(functionCall("m", { pad: "x".repeat(5_000), amount: "100" }));
  assert.match(
    line,
    /, arguments \(only the beginning of 5025 bytes with SHA-256 [1-9A-Za-z]{43,44}\) \{"pad":"xx/,
  );
  assert.ok(line.endsWith("x…"));
  assert.ok(line.length < 1_300);
  const bytes = lineOf(functionCall("m", new Uint8Array(3_000).fill(255)));
  assert.match(bytes, "(3000 bytes) (only the beginning of 3000 bytes with SHA-256 ");
});

summary("a long key is shown by both ends and its length", () => {
  const key = `ml-dsa-65:${encodeBase58(new Uint8Array(1952).fill(9))}`;
  const line = lineOf(deleteKey(key));
  assert.match(line, `key ${key.slice(0, 40)}…${key.slice(-30)} (${key.length} characters)`);
});

summary("what does not encode is refused, not summarised", () => {
  assert.throws(
    () => summarizeTransaction({ version: 0, ...PARTS, receiverId: "BAD\nID", actions: [] }),
    (error: unknown) => isNearError(error, "invalid_value"),
  );
});

summary.run();

function lineOf(action: Action): string {
  const lines = summarizeTransaction(createTransaction({ ...PARTS, actions: [action] }));
  assert.is(lines.length, 2);
  return lines[1] ?? "";
}
