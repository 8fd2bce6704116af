import { connect } from "@yoctonear/account";
import { decodeBase64, encodeBase64 } from "@yoctonear/base";
import { formatSignature, parsePublicKey } from "@yoctonear/keys";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import {
  createNonceStore,
  createTimedNonce,
  isImplicitAccount,
  signMessage,
  verifyMessage,
  type VerifyMessageOptions,
} from "@yoctonear/messages";
import { createLocalnet } from "@yoctonear/localnet";
import {
  ethImplicitAccountId,
  nearImplicitAccountId,
  universalAccountId,
} from "@yoctonear/primitives";
import { fullAccess, universalStateInit } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newMessage, openStage, recording, refused, rejection, setStage } from "./stage.ts";

const test = suite("messages: verifyMessage");

test("tells who signed", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const alice = near.account("alice.near", keys.full);
  const signed = await signMessage(alice, message);
  const verified = { accountId: "alice.near", publicKey: keys.full.publicKey };
  assert.equal(await verifyMessage(near, signed, message), verified);
  assert.equal(await verifyMessage(near.transport, signed, message), verified);
  assert.equal(await verifyMessage(alice, signed, message, { schemes: [ed25519] }), verified);
  // As it comes over the wire, and with a key in another form.
  const json: typeof signed = JSON.parse(JSON.stringify(signed));
  const bare = { ...json, publicKey: json.publicKey.replace("ed25519:", "ED25519:") };
  assert.equal(await verifyMessage(near, bare, message), verified);
});

test("takes each type of key that the caller lists, and no other", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.secp256k1 }, message);
  const schemes = [ed25519, secp256k1];
  const { publicKey } = await verifyMessage(near, signed, message, { schemes });
  assert.is(publicKey, keys.secp256k1.publicKey);
  await refused(verifyMessage(near, signed, message), "unsupported_key_type");
  await refused(
    verifyMessage(near, { ...signed, publicKey: keys.full.publicKey }, message, { schemes }),
    "malformed",
  );
});

test("takes keys with full access, gas keys too, and none that may only call functions", async () => {
  const { near, keys } = await setStage();
  const verify = async (signer: typeof keys.full) => {
    const message = newMessage();
    const signed = await signMessage({ accountId: "alice.near", signer }, message);
    return verifyMessage(near, signed, message);
  };
  assert.is((await verify(keys.second)).publicKey, keys.second.publicKey);
  assert.is((await verify(keys.gas)).publicKey, keys.gas.publicKey);
  await refused(verify(keys.calls), "not_full_access");
  await refused(verify(keys.gasCalls), "not_full_access");
});

test("looks the key up in a final block, unless told another", async () => {
  const { chain, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const { transport, asked } = recording(chain.transport);
  await verifyMessage(transport, signed, message);
  await verifyMessage(transport, signed, message, { block: { finality: "optimistic" } });
  assert.equal(
    asked.map(({ params }) => Object.entries(params ?? {}).find(([name]) => name === "finality")),
    [
      ["finality", "final"],
      ["finality", "optimistic"],
    ],
  );
});

test("a deleted key is no longer one", async () => {
  const { near, keys } = await openStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.second }, message);
  await verifyMessage(near, signed, message);
  const alice = near.account("alice.near", keys.full);
  await alice.deleteKey(keys.second.publicKey, { wait: "FINAL" });
  await refused(verifyMessage(near, signed, message), "unknown_key");
});

test("an account that does not exist has no key, unless its id is one and the caller says so", async () => {
  const { near } = await setStage();
  const ed = randomEd25519KeyPair();
  const secp = randomSecp256k1KeyPair();
  const schemes = [ed25519, secp256k1];
  const nearId = nearImplicitAccountId(parsePublicKey(ed.publicKey).bytes);
  const ethId = ethImplicitAccountId(parsePublicKey(secp.publicKey).bytes);
  for (const [accountId, signer, isDerived] of [
    [nearId, ed, true],
    [ethId, secp, true],
    [nearId, randomEd25519KeyPair(), false],
    [ethId, randomSecp256k1KeyPair(), false],
    ["nobody.near", ed, false],
  ] as const) {
    const message = newMessage();
    const signed = await signMessage({ accountId, signer }, message);
    await refused(verifyMessage(near, signed, message, { schemes }), "account_missing");
    const asked = verifyMessage(near, signed, message, {
      schemes,
      acceptMissing: isImplicitAccount,
    });
    if (isDerived) assert.is((await asked).accountId, accountId);
    else await refused(asked, "account_missing");
  }
});

test("an implicit account that exists has the keys that it has", async () => {
  const { chain, near } = await openStage();
  const signer = randomEd25519KeyPair();
  const accountId = nearImplicitAccountId(parsePublicKey(signer.publicKey).bytes);
  await near.account("alice.near", chain.signer("alice.near")).transfer(accountId, "1 NEAR");
  const owner = near.account(accountId, signer);
  const other = randomEd25519KeyPair();
  await owner.addKey(other.publicKey, fullAccess());
  await near.account(accountId, other).deleteKey(signer.publicKey, { wait: "FINAL" });
  const message = newMessage();
  const signed = await signMessage(owner, message);
  const options = { acceptMissing: isImplicitAccount };
  await refused(verifyMessage(near, signed, message, options), "unknown_key");
});

test("a universal account has the keys that its state init brought, and none before it", async () => {
  const accounts = { "alice.near": "100 NEAR" } as const;
  const chain = await createLocalnet({ accounts, protocolVersion: 88 });
  const near = connect(chain);
  const signer = randomEd25519KeyPair();
  const init = universalStateInit({ accessKeys: [signer.publicKey] });
  const accountId = universalAccountId(init.stateInit);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const verify = async (options: VerifyMessageOptions = {}) => {
    const message = newMessage();
    return verifyMessage(near, await signMessage({ accountId, signer }, message), message, options);
  };
  await refused(verify(), "account_missing");
  // Its id follows from a state init, of which the key is a part, and so from no key.
  await refused(verify({ acceptMissing: isImplicitAccount }), "account_missing");
  assert.is((await verify({ acceptMissing: () => true })).accountId, accountId);
  await alice.transfer(accountId, "1 NEAR", { wait: "FINAL" });
  // Funded by anybody, it exists, uninitialised, and no key speaks for it, whatever the caller would take.
  await refused(verify(), "unknown_key");
  await refused(verify({ acceptMissing: () => true }), "unknown_key");
  await alice.send(accountId, [init], { wait: "FINAL" });
  assert.is((await verify()).accountId, accountId);
});

test("says what came along in clear and differs", async () => {
  const { near, keys } = await setStage();
  const message = { ...newMessage(), callbackUrl: "https://app.example/back" };
  const { recipient, nonce, callbackUrl } = message;
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const repeated = { ...signed, ...message, nonce: encodeBase64(nonce) };
  await verifyMessage(near, repeated, message);
  const cases = [
    ["wrong_message", { message: "pay" }],
    ["wrong_recipient", { recipient: "evil.example" }],
    ["wrong_nonce", { nonce: encodeBase64(newMessage().nonce) }],
    ["wrong_callback_url", { callbackUrl: "https://evil.example" }],
  ] as const;
  for (const [code, other] of cases) {
    await refused(verifyMessage(near, { ...repeated, ...other }, message), code);
  }
  // In clear or not, what was not signed is not verified.
  for (const other of [
    { message: "pay" },
    { recipient: "evil.example" },
    newMessage(),
    { callbackUrl: "https://evil.example" },
    { callbackUrl: undefined },
    { recipient: "x", callbackUrl: undefined },
    { recipient: callbackUrl, callbackUrl: recipient },
  ]) {
    const expected = { ...message, ...other };
    await refused(verifyMessage(near, signed, expected), "invalid_signature");
  }
});

test("says when a wallet has left the callbackUrl out", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const expected = { ...message, callbackUrl: "https://app.example" };
  await refused(verifyMessage(near, signed, expected), "wrong_callback_url");
  await refused(verifyMessage(near, signed, { ...expected, message: "pay" }), "invalid_signature");
});

test("a check that is misspelt, or a store that is none, is no check: it is refused", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  for (const wrong of [
    { noncestore: createNonceStore() },
    { maxage: 1000 },
    { nonceStore: null },
    { nonceStore: new Map() },
    { nonceStore: "nonces.json" },
    { nonceStore: { use: true } },
    createNonceStore(),
    [],
    isImplicitAccount,
  ]) {
    // @ts-expect-error no such option
    assert.instance(await rejection(verifyMessage(near, signed, message, wrong)), TypeError);
  }
  // One that does not say that the nonce is new, has seen it.
  // @ts-expect-error nothing is no answer
  const silent = verifyMessage(near, signed, message, { nonceStore: { use: () => undefined } });
  await refused(silent, "replayed");
});

test("P28: an age that is no number is refused, and not joined to the time as text", async () => {
  const { near, keys } = await setStage();
  const message = { ...newMessage(), nonce: createTimedNonce(0) };
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  for (const maxAge of ["300000", NaN, 0, -1, null]) {
    // @ts-expect-error as an environment has it
    assert.instance(await rejection(verifyMessage(near, signed, message, { maxAge })), RangeError);
  }
});

test("the nonce that was verified is used up, whatever becomes of the caller's bytes", async () => {
  const { near, keys } = await setStage();
  const nonceStore = createNonceStore();
  const message = newMessage();
  const again = { ...message, nonce: new Uint8Array(message.nonce) };
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const verified = verifyMessage(near, signed, message, { nonceStore });
  message.nonce.fill(0);
  assert.is((await verified).accountId, "alice.near");
  await refused(verifyMessage(near, signed, again, { nonceStore }), "replayed");
});

test("takes the older forms of signatures, and no other form", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const alice = { accountId: "alice.near", signer: keys.full };
  const signed = await signMessage(alice, message);
  const text = formatSignature({ type: "ed25519", bytes: decodeBase64(signed.signature) });
  for (const signature of [text, text.replace("ed25519:", "")]) {
    await verifyMessage(near, { ...signed, signature }, message);
  }
  for (const signature of [
    "",
    "=",
    text.replace("ed25519", "secp256k1"),
    signed.signature.slice(0, -2),
    `${signed.signature} `,
    signed.signature.repeat(100),
    "1".repeat(100_000),
    encodeBase64(new Uint8Array(65)),
  ]) {
    await refused(verifyMessage(near, { ...signed, signature }, message), "malformed");
  }
});

test("what is no signed message is malformed", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  for (const wrong of [
    { ...signed, accountId: "Alice.near" },
    { ...signed, accountId: "" },
    { ...signed, accountId: undefined },
    { ...signed, publicKey: "ed25519:1" },
    { ...signed, publicKey: 5 },
    { ...signed, signature: null },
    { ...signed, state: 5 },
    { __proto__: signed },
    [],
    null,
    undefined,
    "alice.near",
  ]) {
    // @ts-expect-error it comes from outside
    await refused(verifyMessage(near, wrong, message), "malformed");
  }
});

test("what is expected must be a message", async () => {
  const { near, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  for (const wrong of [
    { message: undefined },
    { recipient: 5 },
    { nonce: "00".repeat(32) },
    { nonce: [...message.nonce] },
    { nonce: new Uint8Array(31) },
    { callbackUrl: null },
  ]) {
    // @ts-expect-error no message
    const error = await rejection(verifyMessage(near, signed, { ...message, ...wrong }));
    assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
  }
});

test("a message is accepted once where nonces are kept, and used up only when accepted", async () => {
  const { near, chain, keys } = await setStage();
  const nonceStore = createNonceStore();
  const message = newMessage();
  const alice = { accountId: "alice.near", signer: keys.full };
  const signed = await signMessage(alice, message);
  const { transport } = recording(chain.transport, () => {
    throw new Error("the network is down");
  });
  await refused(
    verifyMessage(near, signed, { ...message, message: "pay" }, { nonceStore }),
    "invalid_signature",
  );
  assert.match(
    String(await rejection(verifyMessage(transport, signed, message, { nonceStore }))),
    "down",
  );
  await verifyMessage(near, signed, message, { nonceStore });
  await refused(verifyMessage(near, signed, message, { nonceStore }), "replayed");
  // Not by another key of the account either; another account has its own.
  const again = await signMessage({ ...alice, signer: keys.second }, message);
  await refused(verifyMessage(near, again, message, { nonceStore }), "replayed");
  const bob = near.account("bob.near", chain.signer("bob.near"));
  await verifyMessage(near, await signMessage(bob, message), message, { nonceStore });
});

test("of two at the same time one is accepted", async () => {
  const { near, keys } = await setStage();
  const nonceStore = createNonceStore();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const both = await Promise.allSettled([
    verifyMessage(near, signed, message, { nonceStore }),
    verifyMessage(near, signed, message, { nonceStore }),
  ]);
  assert.equal(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
});

test("an age is looked at where one is given", async () => {
  const { near, keys } = await setStage();
  const alice = { accountId: "alice.near", signer: keys.full };
  const start = 1_785_914_880_000;
  const message = { ...newMessage(), nonce: createTimedNonce(start) };
  const signed = await signMessage(alice, message);
  const at = (time: number, nonceStore = createNonceStore({ now: () => time })) =>
    verifyMessage(near, signed, message, { maxAge: 1000, now: () => time, nonceStore });
  await at(start);
  await at(start + 999);
  await refused(at(start + 1000), "expired_nonce");
  // A clock may be a minute ahead.
  await at(start - 60_000);
  await refused(at(start - 60_001), "expired_nonce");
  // The store forgets a nonce when it is too old for another reason, not before.
  let time = start;
  const store = createNonceStore({ now: () => time, maxSize: 1 });
  await at(time, store);
  time += 999;
  await refused(at(time, store), "replayed");
  time += 1;
  await refused(at(time, store), "expired_nonce");
  time += 60_000;
  assert.is(await store.use("01".repeat(32), "bob.near", time + 1), true);
});

test("what grows too old while the chain is asked is not accepted, and so not twice", async () => {
  const { chain, keys } = await setStage();
  const start = 1_785_914_880_000;
  let time = start + 999;
  const now = (): number => time;
  const { transport } = recording(chain.transport, () => void (time = start + 1000));
  const nonceStore = createNonceStore({ now });
  const message = { ...newMessage(), nonce: createTimedNonce(start) };
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const options = { maxAge: 1000, now, nonceStore };
  const verify = () => refused(verifyMessage(transport, signed, message, options), "expired_nonce");
  await Promise.all([verify(), verify()]);
});

test("a store whose clock is ahead by a minute still knows what is not too old here", async () => {
  const { near, keys } = await setStage();
  const start = 1_785_914_880_000;
  const now = (): number => start + 999;
  const nonceStore = createNonceStore({ now: () => now() + 60_000 });
  const message = { ...newMessage(), nonce: createTimedNonce(start) };
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const options = { maxAge: 1000, now, nonceStore };
  await verifyMessage(near, signed, message, options);
  await refused(verifyMessage(near, signed, message, options), "replayed");
});

test("stops when told", async () => {
  const { chain, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const reason = new Error("enough");
  const controller = new AbortController();
  controller.abort(reason);
  const near = connect(chain);
  assert.is(
    await rejection(verifyMessage(near, signed, message, { signal: controller.signal })),
    reason,
  );
});

test.run();
