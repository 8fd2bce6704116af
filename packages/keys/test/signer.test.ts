import { formatSignature, type KeyPair, type Signer, verifySignature } from "@yoctonear/keys";
import { ed25519, ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { parseCredential } from "@yoctonear/keys/credentials";
import { secp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const SECRETS = {
  ed25519:
    "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3",
  secp256k1: "secp256k1:X4ETFKtQkSGVoZEnkn7bZ3LyajJaK2b3eweXaKmynGx",
};
const hash = new Uint8Array(32).fill(7);
const request = { kind: "transaction", bytes: new Uint8Array(), hash } as const;

const holders: readonly (readonly [name: string, value: object, secret: string])[] = [
  ["an ed25519 key pair", ed25519KeyPair(SECRETS.ed25519), SECRETS.ed25519],
  ["a secp256k1 key pair", secp256k1KeyPair(SECRETS.secp256k1), SECRETS.secp256k1],
  [
    "a credential",
    parseCredential(
      {
        account_id: "alice.near",
        public_key: ed25519KeyPair(SECRETS.ed25519).publicKey,
        private_key: SECRETS.ed25519,
        master_seed_phrase: "hush hush",
      },
      [ed25519],
    ),
    SECRETS.ed25519,
  ],
];

const redaction = suite("signer: createKeyPair");

/** What a runtime's own inspector shows, where it can be asked. */
function inspected(value: object): string[] {
  const shown: string[] = [];
  for (const name of ["Deno", "Bun"]) {
    const runtime: unknown = Reflect.get(globalThis, name);
    if (typeof runtime !== "object" && typeof runtime !== "function") continue;
    const inspect: unknown = runtime === null ? null : Reflect.get(runtime, "inspect");
    if (typeof inspect === "function") shown.push(String(Reflect.apply(inspect, runtime, [value])));
  }
  for (const symbol of ["nodejs.util.inspect.custom", "Deno.customInspect"]) {
    const inspect: unknown = Reflect.get(value, Symbol.for(symbol));
    assert.type(inspect, "function", symbol);
    if (typeof inspect === "function") shown.push(String(Reflect.apply(inspect, value, [])));
  }
  return shown;
}

for (const [name, value, secret] of holders) {
  redaction(`P24: ${name} shows its public key and nothing secret wherever it is printed`, () => {
    const texts = [
      String(value),
      ["", value].join(""),
      JSON.stringify(value),
      JSON.stringify({ nested: [value] }),
      String(Object.assign(new Error(String(value)), { value })),
      ...inspected(value),
    ];
    for (const text of texts) {
      assert.match(text, /(ed25519|secp256k1):/);
      assert.not.match(text, secret.slice(12, 24));
      assert.not.match(text, "hush");
    }
  });

  redaction(`P24: ${name} holds no secret in any property`, () => {
    const values = Reflect.ownKeys(value).map((key): unknown => Reflect.get(value, key));
    for (const held of values.filter((item) => typeof item === "string")) {
      assert.not.match(held, secret.slice(12, 24));
    }
  });

  redaction(`P24: a structured clone of ${name} fails without saying the secret`, () => {
    assert.throws(
      () => structuredClone(value),
      (error: Error) => !error.message.includes(secret.slice(12, 24)),
    );
  });

  redaction(`${name} cannot be changed`, () => {
    assert.ok(Object.isFrozen(value));
  });
}

redaction("hands the secret out only when asked by name", () => {
  assert.is(ed25519KeyPair(SECRETS.ed25519).revealSecretKey(), SECRETS.ed25519);
  assert.is(secp256k1KeyPair(SECRETS.secp256k1).revealSecretKey(), SECRETS.secp256k1);
});

redaction("refuses to sign what is not a hash of 32 bytes", async () => {
  const keyPair: KeyPair = ed25519KeyPair(SECRETS.ed25519);
  let failure: unknown;
  await keyPair.sign({ ...request, hash: new Uint8Array(31) }).catch((error: unknown) => {
    failure = error;
  });
  assert.instance(failure, TypeError);
});

redaction.run();

const socket = suite("signer: Signer");

socket("P29: a signer that never has the secret signs", async () => {
  const vault = ed25519KeyPair(SECRETS.ed25519);
  const requests: string[] = [];
  const kms: Signer = {
    publicKey: vault.publicKey,
    sign: async ({ kind, bytes, hash: digest }) => {
      requests.push(kind);
      return vault.sign({ kind, bytes, hash: digest });
    },
  };
  const signature = await kms.sign(request);
  assert.not("revealSecretKey" in kms);
  assert.equal(requests, ["transaction"]);
  assert.ok(await verifySignature({ hash, signature, publicKey: kms.publicKey }, [ed25519]));
});

socket("P29: a signature of raw bytes from a service becomes text", () => {
  const signature = formatSignature({ type: "secp256k1", bytes: new Uint8Array(65) });
  assert.ok(signature.startsWith("secp256k1:"));
});

socket.run();
