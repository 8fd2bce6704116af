import { connect } from "@yoctonear/account";
import { encodeBase64, isNearError } from "@yoctonear/base";
import { ed25519, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { secp256k1 } from "@yoctonear/keys/secp256k1";
import { mlDsa65 } from "@yoctonear/ml-dsa";
import {
  createNonce,
  createNonceStore,
  type MessageAccount,
  MessageError,
  type MessageSigner,
  parseSignMessageRedirect,
  signMessage,
  signMessageUrl,
  type SignMessageRequest,
  verifyMessage,
} from "@yoctonear/messages";
import { RpcError, TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newMessage, recording, refused, rejection, setStage } from "./stage.ts";

const test = suite("messages: pitfalls");

test("P31: anybody's key does not verify as alice's, and the chain is asked by default", async () => {
  const { chain, keys } = await setStage();
  const { transport, asked } = recording(chain.transport);
  const message = newMessage();
  const signed = await signMessage(
    { accountId: "alice.near", signer: randomEd25519KeyPair() },
    message,
  );
  await refused(verifyMessage(transport, signed, message), "unknown_key");
  assert.ok(asked.length > 0);
  // The key of another account, and a key of hers under another's name.
  const bobs = { accountId: "alice.near", signer: chain.signer("bob.near") };
  await refused(verifyMessage(transport, await signMessage(bobs, message), message), "unknown_key");
  const hers = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  await refused(
    verifyMessage(transport, { ...hers, accountId: "bob.near" }, message),
    "unknown_key",
  );
  await refused(
    verifyMessage(transport, { ...hers, accountId: "nobody.near" }, message),
    "account_missing",
  );
  // There is no way around it: no option, and no message without a chain.
  asked.length = 0;
  await verifyMessage(transport, hers, message);
  assert.equal(
    asked.map(({ method }) => method),
    ["query"],
  );
  // @ts-expect-error a network is needed
  assert.instance(await rejection(verifyMessage(undefined, hers, message)), TypeError);
});

test("P32: what a wallet does not sign nobody signs", async () => {
  const { keys } = await setStage();
  let signatures = 0;
  const hers = { accountId: "alice.near", signer: keys.full };
  const local: MessageAccount = {
    accountId: "alice.near",
    signer: {
      publicKey: keys.full.publicKey,
      sign: (request) => {
        signatures++;
        return keys.full.sign(request);
      },
    },
  };
  const reason = new Error("User rejected the request");
  const declines: MessageSigner = {
    signMessage: async () => {
      throw reason;
    },
  };
  // Even where one object has both, the wallet decides.
  for (const by of [declines, { ...local, ...declines }]) {
    assert.is(await rejection(signMessage(by, newMessage())), reason);
  }
  // The wallet under an account of `connect` is asked, and its word is the last.
  const { near } = await setStage();
  const executor = { execute: async () => Promise.reject(reason), ...declines };
  assert.is(
    await rejection(signMessage(near.account("alice.near", executor), newMessage())),
    reason,
  );
  const signs = {
    ...executor,
    signMessage: (request: SignMessageRequest) => signMessage(hers, request),
  };
  const signed = await signMessage(near.account("alice.near", signs), newMessage());
  assert.is(signed.publicKey, keys.full.publicKey);
  await refused(signMessage(near.account("bob.near", signs), newMessage()), "wrong_account");
  // Some say nothing when their window is closed.
  const silent = { ...local, signMessage: async () => undefined };
  await refused(signMessage(silent, newMessage()), "malformed");
  // A wallet that only sends transactions has no key to sign with here.
  await refused(
    signMessage({ accountId: "alice.near", signer: undefined }, newMessage()),
    "rejected",
  );
  for (const url of [
    "https://app.example/#error=User%20rejected&state=7",
    "https://app.example/?errorCode=userRejected&errorMessage=no&state=7",
    // Nor does a signature that came along count.
    "https://app.example/#error=no&accountId=alice.near&publicKey=ed25519:1&signature=AA&state=7",
  ]) {
    await refused((async () => parseSignMessageRedirect(url, { state: "7" }))(), "rejected");
  }
  assert.is(signatures, 0);
});

test("P33: a network error is never a verdict", async () => {
  const { chain, keys } = await setStage();
  const message = newMessage();
  const signed = await signMessage({ accountId: "alice.near", signer: keys.full }, message);
  const stranger = await signMessage(
    { accountId: "alice.near", signer: randomEd25519KeyPair() },
    message,
  );
  const failures = [
    new TransportError("network", "expected an answer, got none", { url: "https://node.example" }),
    new TransportError("timeout", "expected an answer in 5 s, got none", {
      url: "https://node.example",
    }),
    new RpcError("query", { name: "HANDLER_ERROR", cause: { name: "UNKNOWN_BLOCK", info: {} } }),
    new RpcError("query", {
      name: "HANDLER_ERROR",
      cause: { name: "UNAVAILABLE_SHARD", info: {} },
    }),
    new RpcError("query", { name: "INTERNAL_ERROR", cause: { name: "INTERNAL_ERROR", info: {} } }),
    new RpcError("query", { name: "HANDLER_ERROR", cause: { name: "NO_SYNCED_BLOCKS", info: {} } }),
  ];
  for (const failure of failures) {
    const down = recording(chain.transport, () => {
      throw failure;
    });
    for (const one of [signed, stranger]) {
      assert.is(await rejection(verifyMessage(down.transport, one, message)), failure);
    }
    // Nor when it fails at the second question, whether there is such an account.
    let asked = 0;
    const later = recording(chain.transport, () => {
      if (++asked > 1) throw failure;
    });
    assert.is(await rejection(verifyMessage(later.transport, stranger, message)), failure);
  }
  // A proxy's complaint in place of a result is no word of the node, though it has the form of one.
  const proxy = recording(chain.transport, () => ({
    error: "quota exceeded",
    logs: [],
    block_height: 1,
    block_hash: "1",
  }));
  for (const one of [signed, stranger]) {
    const error = await rejection(verifyMessage(proxy.transport, one, message));
    assert.ok(!(error instanceof MessageError) && /quota exceeded/.test(String(error)));
  }
  // What is no answer of a node is no verdict either.
  for (const answer of [{}, { permission: 5 }, "yes", { nonce: 1, permission: "FullAccess" }]) {
    const strange = recording(chain.transport, () => answer);
    const error = await rejection(verifyMessage(strange.transport, signed, message));
    assert.ok(isNearError(error, "malformed") && !(error instanceof MessageError), String(error));
  }
  // A store of nonces that is out of reach is none.
  const failure = new Error("the store is down");
  const nonceStore = {
    use: () => {
      throw failure;
    },
  };
  assert.is(
    await rejection(verifyMessage(chain.transport, signed, message, { nonceStore })),
    failure,
  );
});

test("P33: a random nonce is as good as one with a time", async () => {
  const { near, keys } = await setStage();
  const alice = { accountId: "alice.near", signer: keys.full };
  for (const nonce of [
    createNonce(),
    new Uint8Array(32),
    new Uint8Array(32).fill(255),
    Uint8Array.from({ length: 32 }, (_, index) => index),
  ]) {
    const message = { ...newMessage(), nonce };
    const signed = await signMessage(alice, message);
    await verifyMessage(near, signed, message, { nonceStore: createNonceStore() });
    // Where the caller wants an age, one without a time has none.
    await refused(verifyMessage(near, signed, message, { maxAge: 60_000 }), "expired_nonce");
  }
});

test("P33: every type of key signs and verifies", async () => {
  const { near, keys } = await setStage();
  for (const signer of [keys.full, keys.secp256k1, keys.mlDsa]) {
    const message = newMessage();
    const signed = await signMessage(near.account("alice.near", signer), message);
    const schemes = [ed25519, secp256k1, mlDsa65];
    const { publicKey } = await verifyMessage(near, signed, message, { schemes });
    assert.is(publicKey, signer.publicKey);
    const { signature } = signed;
    const forged = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;
    await refused(
      verifyMessage(near, { ...signed, signature: forged }, message, { schemes }),
      "invalid_signature",
    );
  }
});

test("P33: state and callbackUrl are two things", async () => {
  const { near, keys } = await setStage();
  const alice = { accountId: "alice.near", signer: keys.full };
  const callbackUrl = "https://app.example/back";
  const message = newMessage();
  const plain = await signMessage(alice, message);
  assert.not("state" in plain);
  const withCallback = await signMessage(alice, { ...message, callbackUrl });
  assert.not("state" in withCallback);
  const withState = await signMessage(alice, { ...message, state: "7" });
  assert.is(withState.state, "7");
  // The state is not signed, the callbackUrl is.
  assert.is(withState.signature, plain.signature);
  assert.is.not(withCallback.signature, plain.signature);
  await verifyMessage(near, withState, { ...message, state: "7" });
  await verifyMessage(near, withState, message);
  await verifyMessage(near, withCallback, { ...message, callbackUrl });
  await refused(verifyMessage(near, withState, { ...message, state: "8" }), "wrong_state");
  await refused(
    verifyMessage(near, withCallback, { ...message, state: callbackUrl }),
    "wrong_state",
  );
  await refused(
    verifyMessage(near, withState, { ...message, callbackUrl: "7" }),
    "wrong_callback_url",
  );
  const request: SignMessageRequest & { callbackUrl: string } = {
    ...message,
    callbackUrl,
    state: "7",
  };
  const { searchParams } = new URL(signMessageUrl("https://wallet.example", request));
  assert.equal(
    ["state", "callbackUrl", "nonce"].map((name) => searchParams.get(name)),
    ["7", callbackUrl, encodeBase64(message.nonce)],
  );
  // A wallet that answers with another state answers another request.
  const mixedUp = { signMessage: async () => ({ ...withCallback, state: callbackUrl }) };
  await refused(signMessage(mixedUp, request), "wrong_state");
  const echoes = { signMessage: (asked: SignMessageRequest) => signMessage(alice, asked) };
  assert.is((await signMessage(echoes, request)).state, "7");
});

test("P33: through connect, too", async () => {
  const { chain } = await setStage();
  const near = connect(chain);
  const message = newMessage();
  const signed = await signMessage(near.account("alice.near", chain.signer("alice.near")), message);
  assert.is((await verifyMessage(near, signed, message)).accountId, "alice.near");
});

test.run();
