import { encodeBase58 } from "@yoctonear/base";
import {
  type Action,
  addKey,
  assertAccepted,
  assertActionsAccepted,
  assertStateInitsAccepted,
  createAccount,
  deployGlobalContract,
  deterministicStateInit,
  fullAccess,
  functionCall,
  gasKeyFullAccess,
  LimitError,
  type NonDelegateAction,
  type Transaction,
  transfer,
  transferToGasKey,
  universalStateInit,
  type UniversalStateInitInput,
  useGlobalContract,
  withdrawFromGasKey,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { caught, codeOf } from "./refused.ts";

const test = suite("transactions: assertAccepted");

const KEY = "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp";
const ML_DSA_KEY = `ml-dsa-65:${encodeBase58(new Uint8Array(1952))}`;
const SIGNATURE = `ed25519:${"1".repeat(64)}`;
const CODE = Uint8Array.of(0, 97, 115, 109);

const delegate = (actions: readonly NonDelegateAction[], publicKey = KEY): Action => ({
  type: "delegate",
  delegateAction: {
    senderId: "bob.near",
    receiverId: "carol.near",
    actions,
    nonce: 1n,
    maxBlockHeight: 9n,
    publicKey,
  },
  signature: SIGNATURE,
});
const delegateV2: Action = {
  type: "delegateV2",
  delegateAction: {
    type: "v2",
    senderId: "bob.near",
    receiverId: "carol.near",
    actions: [transfer(1n)],
    nonce: { type: "gasKeyNonce", nonce: 1n, nonceIndex: 0 },
    maxBlockHeight: 9n,
    publicKey: KEY,
  },
  signature: SIGNATURE,
};
const emptyCall: NonDelegateAction = { ...functionCall("m"), methodName: "" };
const code = { account: "lib.near" };

function refusal(actions: readonly Action[], version: number): string | null {
  const error = caught(() => assertActionsAccepted(actions, version));
  if (error === undefined) return null;
  assert.instance(error, LimitError);
  if (!(error instanceof LimitError)) return null;
  const feature = error.data["protocol_feature"];
  return feature === undefined ? error.code : `${error.code} ${feature}`;
}

/** Name, actions, first version that takes them, first that takes them no more, and the refusals. */
const CASES: readonly (readonly [
  name: string,
  actions: readonly Action[],
  from: number,
  until: number,
  refusals: readonly [before: string, after: string],
])[] = [
  ["transfer", [createAccount(), transfer(1n)], 0, 99, ["", ""]],
  // These came with versions that no network has any more.
  ["delegate", [delegate([transfer(1n)])], 0, 99, ["", ""]],
  ["global contract", [deployGlobalContract(CODE, { by: "hash" })], 0, 99, ["", ""]],
  ["its use", [useGlobalContract(code)], 0, 99, ["", ""]],
  [
    "deterministic account",
    [deterministicStateInit({ code })],
    82,
    99,
    ["UnsupportedProtocolFeature DeterministicAccountIds", ""],
  ],
  [
    "gas key",
    [addKey(KEY, gasKeyFullAccess({ numNonces: 1 }))],
    85,
    99,
    ["UnsupportedProtocolFeature GasKeys", ""],
  ],
  ["funding one", [transferToGasKey(KEY, 1n)], 85, 99, ["UnsupportedProtocolFeature GasKeys", ""]],
  [
    "ML-DSA-65 key",
    [addKey(ML_DSA_KEY, fullAccess())],
    85,
    99,
    ["UnsupportedProtocolFeature PostQuantumSignatures", ""],
  ],
  [
    "delegate signed with one",
    [delegate([transfer(1n)], ML_DSA_KEY)],
    85,
    99,
    ["UnsupportedProtocolFeature PostQuantumSignatures", ""],
  ],
  [
    "delegate V2",
    [delegateV2],
    85,
    87,
    ["UnsupportedProtocolFeature DelegateV2", "RemovedProtocolFeature DelegateV2"],
  ],
  ["no method name", [emptyCall], 0, 87, ["", "FunctionCallEmptyMethodName"]],
  [
    "no method name in a delegate",
    [delegate([emptyCall])],
    0,
    87,
    ["", "FunctionCallEmptyMethodName"],
  ],
  [
    "withdrawal in a delegate",
    [delegate([withdrawFromGasKey(KEY, 1n)])],
    85,
    87,
    ["UnsupportedProtocolFeature GasKeys", "WithdrawFromGasKeyNotAllowedInDelegate GasKeys"],
  ],
  ["withdrawal", [withdrawFromGasKey(KEY, 1n)], 85, 99, ["UnsupportedProtocolFeature GasKeys", ""]],
  [
    "universal account",
    [universalStateInit({ accessKeys: [KEY] })],
    88,
    99,
    ["UnsupportedProtocolFeature UniversalAccounts", ""],
  ],
];

for (const [name, actions, from, until, [before, after]] of CASES) {
  test(`${name}: taken from protocol ${from} until ${until}`, () => {
    for (const version of [58, 76, 81, 84, 85, 86, 87, 88]) {
      const found = refusal(actions, version);
      if (version >= from && version < until) assert.is(found, null, `${version}`);
      else if (version >= until) assert.is(found, after, `${version}`);
      else if (version === from - 1) assert.is(found, before, `${version}`);
      else assert.ok(found, `${version}`);
    }
  });
}

test("below 85 no transaction of version 1, none signed with ML-DSA-65", () => {
  const plain: Transaction = {
    version: 0,
    signerId: "alice.near",
    publicKey: KEY,
    nonce: 1n,
    receiverId: "bob.near",
    blockHash: "11111111111111111111111111111111",
    actions: [transfer(1n)],
  };
  const strict: Transaction = {
    ...plain,
    version: 1,
    nonce: { type: "nonce", nonce: 1n },
    nonceMode: "strict",
  };
  const postQuantum: Transaction = { ...plain, publicKey: ML_DSA_KEY };
  for (const transaction of [plain, strict, postQuantum]) assertAccepted(transaction, 85);
  assertAccepted(plain, 84);
  for (const transaction of [strict, postQuantum]) {
    assert.throws(
      () => assertAccepted(transaction, 84),
      (error: unknown) => error instanceof LimitError && error.code === "InvalidTransactionVersion",
    );
  }
});

const entries = (count: number): Map<Uint8Array, Uint8Array> =>
  new Map(Array.from({ length: count }, (_, i) => [Uint8Array.of(i >> 8, i), Uint8Array.of(1)]));

const keys = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const bytes = new Uint8Array(32);
    new DataView(bytes.buffer).setUint32(0, from + i);
    return `ed25519:${encodeBase58(bytes)}`;
  });

test("from 87 on at most 1,500 entries in the state inits of a transaction", () => {
  const found = (actions: readonly Action[], version: number): string | undefined =>
    codeOf(() => assertStateInitsAccepted(actions, version));
  const init = (count: number) => deterministicStateInit({ code, data: entries(count) });
  assert.is(found([init(1_000), init(500)], 87), undefined);
  assert.is(found([init(1_000), init(501)], 86), undefined);
  for (const actions of [
    [init(1_000), init(501)],
    [init(1_000), delegate([init(501)])],
  ]) {
    assert.is(found(actions, 87), "TotalNumberOfStateInitEntriesExceeded");
  }
  const universal = universalStateInit({ data: entries(501) });
  assert.is(found([init(1_000), universal], 88), "TotalNumberOfStateInitEntriesExceeded");
});

test("at most 1,024 keys in the state inits of a transaction", () => {
  const found = (...actions: readonly Action[]): string | undefined =>
    codeOf(() => assertStateInitsAccepted(actions, 88));
  const init = (from: number, count: number) =>
    universalStateInit({ accessKeys: keys(from, count) });
  assert.is(found(init(0, 1_000), init(1_000, 24)), undefined);
  assert.is(found(init(0, 1_000), init(1_000, 25)), "TotalNumberOfStateInitKeysExceeded");
});

test("a universal state init of more than nodes take is not made", () => {
  assert.is(universalStateInit({ data: entries(1_500) }).deposit, 0n);
  const made = (init: UniversalStateInitInput): string | undefined =>
    codeOf(() => universalStateInit(init));
  assert.is(made({ data: entries(1_501) }), "TotalNumberOfStateInitEntriesExceeded");
  const [key = ""] = keys(0, 1);
  assert.is(made({ accessKeys: [...keys(0, 1_024), key] }), undefined, "each once");
  assert.is(made({ accessKeys: keys(0, 1_025) }), "TotalNumberOfStateInitKeysExceeded");
});

test("a refusal names the feature and the version", () => {
  const found = (actions: readonly Action[], version: number): unknown => {
    const error = caught(() => assertActionsAccepted(actions, version));
    return error instanceof LimitError ? [error.data, error.message] : error;
  };
  const limits = "expected a transaction within nearcore's limits, got";
  assert.equal(found([transferToGasKey(KEY, 1n)], 84), [
    { protocol_feature: "GasKeys", version: 84 },
    `${limits} UnsupportedProtocolFeature, protocol_feature GasKeys, version 84`,
  ]);
  assert.equal(found([emptyCall], 87), [
    { version: 87 },
    `${limits} FunctionCallEmptyMethodName, version 87`,
  ]);
});

test("87 alone lets nobody send to universal accounts, in delegates neither", () => {
  const receiverId = "0u1kajgpx8a97y8ap8y03pvt8kbm2p2cn9k5h17bgw1wa21j88865g";
  const parts = { version: 0, signerId: "alice.near", publicKey: KEY, nonce: 1n } as const;
  const blockHash = "11111111111111111111111111111111";
  const inner = delegate([transfer(1n)]);
  if (inner.type !== "delegate") throw new TypeError("expected a delegate");
  const delegated: Action = {
    ...inner,
    delegateAction: { ...inner.delegateAction, receiverId },
  };
  for (const transaction of [
    { ...parts, blockHash, receiverId, actions: [transfer(1n)] },
    { ...parts, blockHash, receiverId: "alice.near", actions: [delegated] },
  ]) {
    for (const version of [86, 88]) assertAccepted(transaction, version);
    assert.throws(
      () => assertAccepted(transaction, 87),
      (error: unknown) =>
        error instanceof LimitError && error.code === "TransferToUniversalAccountNotAllowed",
    );
  }
});

test.run();
