import { openNode, type Node } from "@yoctonear/conformance";
import {
  actions as api,
  baseDecode,
  baseEncode,
  createTransaction as apiTransaction,
  PublicKey,
  SignedTransaction,
  Transaction,
} from "near-api-js";
import { Near } from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addKey,
  createAccount,
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
  randomEd25519KeyPair,
  stake,
  transfer,
  transferToGasKey,
  useGlobalContract,
  withdrawFromGasKey,
} from "yoctonear";
import { randomSecp256k1KeyPair } from "yoctonear/secp256k1";
import {
  createTransaction,
  decodeSignedTransaction,
  decodeTransaction,
  encodeSignedTransaction,
  encodeTransaction,
  type SignedTransaction as OurSigned,
  signTransaction,
  stateInitAccountId,
  transactionHash,
} from "yoctonear/transactions";

const CODE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const HASH = "DpxbcmEikfMTDdEimPCWYeUNqgCdY7ykubNz86rn46Kg";
const KEY = randomEd25519KeyPair();
const OTHER_KEY = randomSecp256k1KeyPair().publicKey;

const ACTIONS = [
  createAccount(),
  deployContract(CODE),
  functionCall("vote", { id: 1, name: "ü" }, { gas: "12.5 Tgas", deposit: "1 yoctoNEAR" }),
  functionCall("raw", new Uint8Array([255, 0])),
  transfer("340 NEAR"),
  stake("50000 NEAR", KEY.publicKey),
  addKey(OTHER_KEY, fullAccess()),
  addKey(
    KEY.publicKey,
    functionCallAccess("app.near", { methods: ["a", "b"], allowance: "0.25 NEAR" }),
  ),
  addKey(KEY.publicKey, functionCallAccess("app.near", { methods: "any", allowance: "unlimited" })),
  deleteKey(OTHER_KEY),
  deployGlobalContract(CODE, { by: "hash" }),
  deployGlobalContract(CODE, { by: "account" }),
  useGlobalContract({ hash: HASH }),
  useGlobalContract({ account: "app.near" }),
  deleteAccount("bob.near"),
] as const;

const API_ACTIONS = [
  api.createAccount(),
  api.deployContract(CODE),
  api.functionCall("vote", { id: 1, name: "ü" }, 12_500_000_000_000n, 1n),
  api.functionCall("raw", new Uint8Array([255, 0]), 30_000_000_000_000n),
  api.transfer(340n * 10n ** 24n),
  api.stake(50_000n * 10n ** 24n, PublicKey.from(KEY.publicKey)),
  api.addFullAccessKey(PublicKey.from(OTHER_KEY)),
  api.addFunctionCallAccessKey(
    PublicKey.from(KEY.publicKey),
    "app.near",
    ["a", "b"],
    25n * 10n ** 22n,
  ),
  api.addFunctionCallAccessKey(PublicKey.from(KEY.publicKey), "app.near", []),
  api.deleteKey(PublicKey.from(OTHER_KEY)),
  api.deployGlobalContract(CODE, "codeHash"),
  api.deployGlobalContract(CODE, "accountId"),
  api.useGlobalContract({ codeHash: baseDecode(HASH) }),
  api.useGlobalContract({ accountId: "app.near" }),
  api.deleteAccount("bob.near"),
];

const PARTS = {
  signerId: "alice.near",
  publicKey: KEY.publicKey,
  nonce: 2n ** 64n - 1n,
  receiverId: "bob.near",
  blockHash: HASH,
  actions: ACTIONS,
} as const;

const transactions = suite("bytes: near-api-js");

transactions("every action it knows has the same bytes, made by either", () => {
  const theirs = apiTransaction(
    "alice.near",
    PublicKey.from(KEY.publicKey),
    "bob.near",
    PARTS.nonce,
    API_ACTIONS,
    baseDecode(HASH),
  );
  assert.equal([...theirs.encode()], [...encodeTransaction(createTransaction(PARTS))]);
});

transactions("decodes what we signed, and we what it encodes", async () => {
  const signed = await signTransaction(createTransaction(PARTS), KEY);
  const bytes = encodeSignedTransaction(signed);
  const theirs = SignedTransaction.decode(bytes);
  assert.is(theirs.transaction.signerId, "alice.near");
  assert.is(theirs.transaction.nonce, PARTS.nonce);
  assert.is(baseEncode(Uint8Array.from(theirs.transaction.blockHash)), HASH);
  assert.is(theirs.transaction.actions.length, ACTIONS.length);
  assert.equal(decodeSignedTransaction(theirs.encode()), signed);
  const unsigned = Transaction.decode(encodeTransaction(signed.transaction));
  assert.equal(decodeTransaction(unsigned.encode()), signed.transaction);
});

transactions.run();

const kit = suite<{ node: Node; near: Near }>("bytes: near-kit");

kit.before(async (context) => {
  context.node = await openNode();
  const secret = await context.node.account("alice.near");
  context.near = new Near({
    network: { rpcUrl: context.node.url, networkId: "localnet" },
    keyStore: { "alice.near": secret },
  });
});
kit.after(({ node }) => node.close());

/** What it signed, as we read it; the hash that it tells is ours too, and nothing is lost. */
function read(builder: { getHash(): string | null; serialize(): Uint8Array }): OurSigned {
  const bytes = builder.serialize();
  const signed = decodeSignedTransaction(bytes);
  assert.equal([...encodeSignedTransaction(signed)], [...bytes]);
  assert.is(transactionHash(signed.transaction), builder.getHash());
  return signed;
}

kit("every action of a batch is read as we would have made it", async ({ near }) => {
  const builder = await near
    .transaction("alice.near")
    .createAccount("bob.near")
    .deployContract("bob.near", CODE)
    .functionCall(
      "bob.near",
      "vote",
      { id: 1, name: "ü" },
      { gas: "12.5 Tgas", attachedDeposit: "1 yocto" },
    )
    .functionCall("bob.near", "raw", new Uint8Array([255, 0]))
    .transfer("bob.near", "340 NEAR")
    .stake(KEY.publicKey, "50000 NEAR")
    .addKey(OTHER_KEY, { type: "fullAccess" })
    .addKey(KEY.publicKey, {
      type: "functionCall",
      receiverId: "app.near",
      methodNames: ["a", "b"],
      allowance: "0.25 NEAR",
    })
    .addKey(KEY.publicKey, { type: "functionCall", receiverId: "app.near" })
    .deleteKey("bob.near", OTHER_KEY)
    .publishContract(CODE, { identifiedBy: "hash" })
    .publishContract(CODE, { identifiedBy: "account" })
    .deployFromPublished({ codeHash: HASH })
    .deployFromPublished({ accountId: "app.near" })
    .deleteAccount({ beneficiary: "bob.near" })
    .sign();
  const { transaction } = read(builder);
  assert.is(transaction.version, 0);
  assert.equal(transaction.actions, ACTIONS);
});

kit("gas-key actions, and a transaction of version 1 in strict mode", async ({ near }) => {
  const builder = await near
    .transaction("alice.near")
    .addKey(KEY.publicKey, { type: "gasKeyFullAccess", numNonces: 3 })
    .addKey(KEY.publicKey, {
      type: "gasKeyFunctionCall",
      numNonces: 2,
      receiverId: "app.near",
      methodNames: ["a"],
    })
    .transferToGasKey(KEY.publicKey, "1 NEAR")
    .withdrawFromGasKey(KEY.publicKey, "1 yocto")
    .strictNonceMode()
    .sign();
  const { transaction } = read(builder);
  assert.equal(transaction.actions, [
    addKey(KEY.publicKey, gasKeyFullAccess({ numNonces: 3 })),
    addKey(KEY.publicKey, gasKeyFunctionCallAccess("app.near", { methods: ["a"], numNonces: 2 })),
    transferToGasKey(KEY.publicKey, "1 NEAR"),
    withdrawFromGasKey(KEY.publicKey, "1 yoctoNEAR"),
  ]);
  assert.is(transaction.version, 1);
  assert.ok(transaction.version === 1 && transaction.nonceMode === "strict");
});

kit("a transaction with a lane of a gas key", async ({ near, node }) => {
  const gasKey = node.chain.signer("lane.near");
  await near
    .transaction("alice.near")
    .addKey(gasKey.publicKey, { type: "gasKeyFullAccess", numNonces: 3 })
    .send();
  const builder = await near
    .transaction("alice.near")
    .signWith(`ed25519:${gasKey.revealSecretKey().slice(8)}`)
    .useGasKey(2)
    .transfer("bob.near", "1 NEAR")
    .sign();
  const { transaction } = read(builder);
  assert.ok(transaction.version === 1);
  assert.ok(transaction.version === 1 && transaction.nonce.type === "gasKeyNonce");
  assert.ok(
    transaction.version === 1 &&
      transaction.nonce.type === "gasKeyNonce" &&
      transaction.nonce.nonceIndex === 2,
  );
});

kit("a deterministic state init, and the account it makes", async ({ near }) => {
  const data = new Map([
    [new Uint8Array([2]), new Uint8Array([3])],
    [new Uint8Array([1, 9]), new Uint8Array()],
  ]);
  const builder = await near
    .transaction("alice.near")
    .stateInit({ code: { codeHash: HASH }, data, deposit: "1 NEAR" })
    .sign();
  const { transaction } = read(builder);
  const ours = deterministicStateInit({ code: { hash: HASH }, data }, { deposit: "1 NEAR" });
  assert.equal(transaction.actions, [ours]);
  assert.is(transaction.receiverId, stateInitAccountId(ours.stateInit));
});

kit.run();
