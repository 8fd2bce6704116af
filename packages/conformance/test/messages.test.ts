import { type Node, openNode } from "@yoctonear/conformance";
import { mlDsa65 } from "@yoctonear/ml-dsa";
import { Account, JsonRpcProvider, KeyPair as ApiKeyPair, KeyPairMLDSA65 } from "near-api-js";
import {
  signMessage as apiSignMessage,
  verifyMessage as apiVerifyMessage,
} from "near-api-js/nep413";
import {
  generateNonce,
  InMemoryKeyStore,
  Near as Kit,
  parseKey,
  verifyNep413Signature,
} from "near-kit";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect, fullAccess } from "yoctonear";
import { ed25519 } from "yoctonear/ed25519";
import { parseKeyPair } from "yoctonear/keys";
import {
  createNonce,
  createTimedNonce,
  nonceTime,
  signMessage,
  type SignedMessage,
  verifyMessage,
} from "yoctonear/messages";
import { secp256k1 } from "yoctonear/secp256k1";

interface Context {
  node: Node;
}

/** As their types want it: a field that is missing is not undefined. */
interface Sent {
  readonly message: string;
  readonly recipient: string;
  readonly nonce: Uint8Array;
  readonly callbackUrl?: string;
}

type Secret = `ed25519:${string}` | `secp256k1:${string}` | `ml-dsa-65:${string}`;

const SCHEMES = [ed25519, secp256k1, mlDsa65];
const test = suite<Context>("messages: signed by one, verified by another");

test.before(async (context) => {
  context.node = await openNode();
});
test.after(({ node }) => node.close());

function newMessage(): Sent {
  return { message: "log me in: ä €", recipient: "app.example", nonce: createTimedNonce() };
}

/** Gives the account another key, and the secret of it. */
async function withKey(node: Node, accountId: string, secret: Secret): Promise<Secret> {
  await node.account(accountId);
  const account = connect(node.chain).account(accountId, node.chain.signer(accountId));
  await account.addKey(parseKeyPair(secret, SCHEMES).publicKey, fullAccess(), { wait: "FINAL" });
  return secret;
}

const SIGNERS: {
  readonly [name: string]: (
    node: Node,
    accountId: string,
    secret: Secret,
    message: Sent,
  ) => Promise<SignedMessage>;
} = {
  yoctonear: (_, accountId, secret, message) =>
    signMessage({ accountId, signer: parseKeyPair(secret, SCHEMES) }, message),
  "near-api-js": async (node, accountId, secret, message) => {
    const signerAccount = new Account(accountId, node.url, secret);
    const { publicKey, signature, ...rest } = await apiSignMessage({
      signerAccount,
      payload: message,
    });
    // What it gives is no JSON; so its users send it.
    const base64 = Buffer.from(signature).toString("base64");
    return { ...rest, publicKey: publicKey.toString(), signature: base64 };
  },
  "near-kit": async (node, accountId, secret, message) => {
    const keyStore = new InMemoryKeyStore();
    await keyStore.add(accountId, parseKey(secret));
    const network = { rpcUrl: node.url, networkId: "localnet" };
    return new Kit({ network, keyStore }).signMessage(message, { signerId: accountId });
  },
};

/** Resolves with whether it accepts. */
const VERIFIERS: {
  readonly [name: string]: (node: Node, signed: SignedMessage, expected: Sent) => Promise<boolean>;
} = {
  yoctonear: (node, signed, expected) =>
    accepts(verifyMessage(connect({ url: node.url }), signed, expected, { schemes: SCHEMES })),
  "near-api-js": (node, signed, expected) =>
    accepts(
      apiVerifyMessage({
        signerAccountId: signed.accountId,
        signerPublicKey: signed.publicKey,
        signature: Uint8Array.from(Buffer.from(signed.signature, "base64")),
        payload: expected,
        provider: new JsonRpcProvider({ url: node.url }),
      }),
    ),
  "near-kit": (node, { accountId, publicKey, signature }, expected) =>
    verifyNep413Signature({ accountId, publicKey, signature }, expected, {
      near: new Kit({ network: { rpcUrl: node.url, networkId: "localnet" } }),
    }),
};

async function accepts(verified: Promise<unknown>): Promise<boolean> {
  return verified.then(
    () => true,
    () => false,
  );
}

for (const [signer, sign] of Object.entries(SIGNERS)) {
  for (const [verifier, verify] of Object.entries(VERIFIERS)) {
    test(`${signer} signs, ${verifier} verifies`, async ({ node }) => {
      const accountId = `${signer}-to-${verifier}.near`;
      const secret = await node.account(accountId);
      const stranger = node.chain.signer("stranger.near").revealSecretKey();
      for (const message of [
        newMessage(),
        { ...newMessage(), callbackUrl: "https://app.example/" },
      ]) {
        const signed = await sign(node, accountId, secret, message);
        assert.is(await verify(node, signed, message), true);
        for (const other of [{ message: "pay" }, { recipient: "evil.example" }, newMessage()]) {
          assert.is(await verify(node, signed, { ...message, ...other }), false);
        }
        const forged = await sign(node, accountId, asEd25519(stranger), message);
        assert.is(await verify(node, forged, message), false);
      }
    });
  }
}

const OTHER_KEYS: { readonly [type: string]: () => Secret } = {
  secp256k1: () => ApiKeyPair.fromRandom("secp256k1").toString(),
  "ml-dsa-65": () => KeyPairMLDSA65.fromRandom().toString(),
};

for (const [type, secretOf] of Object.entries(OTHER_KEYS)) {
  test(`${type}: near-api-js verifies ours, and we what it signs`, async ({ node }) => {
    const accountId = `api-${type}.near`;
    const secret = await withKey(node, accountId, secretOf());
    for (const [by, to] of [
      ["yoctonear", "near-api-js"],
      ["near-api-js", "yoctonear"],
    ] as const) {
      const message = newMessage();
      const signed = await SIGNERS[by]?.(node, accountId, secret, message);
      assert.ok(signed !== undefined);
      if (signed !== undefined) assert.is(await VERIFIERS[to]?.(node, signed, message), true);
    }
  });
}

test("theirs: near-kit verifies only ed25519, and what it signs with secp256k1 nobody verifies", async ({
  node,
}) => {
  const accountId = "kit-secp256k1.near";
  const secret = await withKey(node, accountId, ApiKeyPair.fromRandom("secp256k1").toString());
  const message = newMessage();
  const ours = await SIGNERS["yoctonear"]?.(node, accountId, secret, message);
  assert.ok(ours !== undefined && !(await VERIFIERS["near-kit"]?.(node, ours, message)));
  const pair = parseKey(secret);
  const signed = pair.signNep413Message?.(accountId, message);
  assert.ok(signed !== undefined && !(await VERIFIERS["yoctonear"]?.(node, signed, message)));
});

test("theirs: near-kit takes a random nonce for an old one", async ({ node }) => {
  const accountId = "kit-random.near";
  const secret = await node.account(accountId);
  const message = { ...newMessage(), nonce: createNonce() };
  const signed = await SIGNERS["near-kit"]?.(node, accountId, secret, message);
  assert.ok(signed !== undefined && (await VERIFIERS["yoctonear"]?.(node, signed, message)));
  assert.ok(signed !== undefined && !(await VERIFIERS["near-kit"]?.(node, signed, message)));
});

test("theirs: near-api-js returns the callbackUrl as the state", async ({ node }) => {
  const accountId = "api-state.near";
  const secret = await node.account(accountId);
  const message = { ...newMessage(), callbackUrl: "https://app.example/", state: "7" };
  const signed = await SIGNERS["near-api-js"]?.(node, accountId, secret, message);
  assert.is(signed?.state, "https://app.example/");
});

test("a time in front of a nonce means the same to near-kit", async ({ node }) => {
  const before = Date.now();
  const time = nonceTime(generateNonce());
  assert.ok(time >= before && time <= Date.now());
  const accountId = "kit-time.near";
  const secret = await node.account(accountId);
  const message = { ...newMessage(), nonce: generateNonce() };
  const signed = await SIGNERS["near-kit"]?.(node, accountId, secret, message);
  assert.ok(signed !== undefined);
  if (signed === undefined) return;
  const near = connect({ url: node.url });
  const { publicKey } = await verifyMessage(near, signed, message, { maxAge: 60_000 });
  assert.is(publicKey, node.chain.signer(accountId).publicKey);
});

function asEd25519(secret: string): Secret {
  return `ed25519:${secret.slice("ed25519:".length)}`;
}

test.run();
