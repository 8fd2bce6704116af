import { Buffer } from "node:buffer";
import { createDecipheriv, createHash, scryptSync } from "node:crypto";
import { chmod, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import { ed25519, ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import {
  changePassword,
  type KeyDerivation,
  readEncryptedKeyFile,
  writeEncryptedKeyFile,
} from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failure, fileError, inFolder, namesIn } from "./samples.ts";

const SECRET =
  "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
const PASSWORD = "correct horse";
/** As low as is taken, for speed. */
const SCRYPT: KeyDerivation = { name: "scrypt", n: 16_384, r: 8, p: 1 };
const ARGON: KeyDerivation = { name: "argon2id", m: 8192, t: 1, p: 1 };
const keyPair = ed25519KeyPair(SECRET);
const alice = { accountId: "alice.near", keyPair };

/** Files of version 1, written once and for all. */
const SCRYPT_FILE = `{
  "format": "yoctonear-encrypted-key",
  "version": 1,
  "account_id": "alice.near",
  "public_key": "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847",
  "kdf": {
    "name": "scrypt",
    "n": 16384,
    "r": 8,
    "p": 1,
    "salt": "ePe8gseeIuONcQ64IoxQkw=="
  },
  "cipher": {
    "name": "aes-256-gcm",
    "nonce": "9R/2KjpBfzg/3Ezh"
  },
  "ciphertext": "ICS9Qtcg/6LOSl/e7VamuFyD9CiLsUgJX/pa4bZZ6V6yKFpppUfq4KvB39V8lHf1owwG8zODyJEtuMgkmNYZlMB/P096o1/7ItUHpSuFFhR5avL+57946M9QB0oxuNB+ypiJKjxsZD5VsDtYaZgcg21nK5m/j8Lbt26L9+6gcYHn4RSxMnL2u9veFoFybcgkti7uL2GiTii6Vr1T0w1oGTpi4TibUPib1+A0w/ZfyuBf1O3oCI1cGauOlWOP7bxd8BdvmALJqND8o8LvdbgH8SdHUkef7BlIkzG05wUfqoc=",
  "checksum": "d1a6afa02dd36239"
}
`;
const ARGON_FILE = `{
  "format": "yoctonear-encrypted-key",
  "version": 1,
  "account_id": "alice.near",
  "public_key": "ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847",
  "kdf": {
    "name": "argon2id",
    "m": 8192,
    "t": 1,
    "p": 1,
    "salt": "ZwVn8523EtLQuj39bKhG3A=="
  },
  "cipher": {
    "name": "aes-256-gcm",
    "nonce": "E/YB3s8lm+LDcpPt"
  },
  "ciphertext": "qlFpUnbCrO/2nlHg7MGNVM3hF35J8gINoFbaRu41S5Y5lBvvLDJtQWy0GeHSw+L9LaJeLVXCVemxwCfr4FsyssGLmBhC7QkWOrT58qDZFrEZv1M0m7th9vN5I9InO0fgsIVE5zFqUc4ymHQlSfFLuyvUinUpPU0PU5sjlkvoELBKRkItntSSwCS88v03hDjMhuSe3+bhi+1Hp0ZyrEoDvPcRLKgIxcYjpKiiLqN3HA4v7Z4v1Ao9q26SpJZemPCL24HMLNIzv+t0ws6jxq6mXIPMpGMnaKyEyDY87kdbssw=",
  "checksum": "df4882dadce623cf"
}
`;

/** Runs with a file of a text. */
async function withFile<T>(text: string, run: (path: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    await writeFile(`${folder}/key`, text);
    return run(`${folder}/key`);
  });
}

interface Text {
  readonly [name: string]: unknown;
  readonly kdf: { readonly salt: string };
  readonly cipher: { readonly nonce: string };
  readonly ciphertext: string;
}

function parsedFile(text: string): Text {
  const fields: Text = JSON.parse(text);
  return fields;
}

/** A file changed by somebody who knows its format. */
function forged(change: (fields: Text) => object): string {
  const { checksum: _, ...fields } = parsedFile(SCRYPT_FILE);
  const changed = { ...fields, ...change({ ...fields }) };
  const sum = createHash("sha256").update(JSON.stringify(changed)).digest("hex");
  return JSON.stringify({ ...changed, checksum: sum.slice(0, 16) });
}

function withBit(base64: string, bit: number): string {
  const bytes = Buffer.from(base64, "base64");
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString("base64");
}

const known = suite("encrypted-key-file: known answers");

for (const [name, text] of [
  ["scrypt", SCRYPT_FILE],
  ["argon2id", ARGON_FILE],
] as const) {
  known(`opens a file of version 1 by ${name}`, async () => {
    const credential = await withFile(text, async (path) =>
      readEncryptedKeyFile(path, PASSWORD, [ed25519]),
    );
    assert.is(credential.accountId, "alice.near");
    assert.is(credential.keyPair.revealSecretKey(), SECRET);
  });
}

known(
  "another implementation opens it: scrypt and AES-256-GCM, the header in its order as it stands",
  () => {
    const { checksum: _, ciphertext, ...header } = parsedFile(SCRYPT_FILE);
    const key = scryptSync(PASSWORD, Buffer.from(header.kdf.salt, "base64"), 32);
    const bytes = Buffer.from(ciphertext, "base64");
    const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(header.cipher.nonce, "base64"));
    cipher.setAAD(Buffer.from(JSON.stringify(header))).setAuthTag(bytes.subarray(-16));
    const text = `${cipher.update(bytes.subarray(0, -16), undefined, "utf8")}${cipher.final("utf8")}`;
    assert.equal(JSON.parse(text), {
      account_id: "alice.near",
      public_key: keyPair.publicKey,
      private_key: SECRET,
    });
  },
);

known.run();

const write = suite("encrypted-key-file: writeEncryptedKeyFile");

write("reads what it has written: any key type, a seed phrase, without an account", async () => {
  await inFolder(async (folder) => {
    const phrase = { seedPhrasePath: "m/44'/397'/0'", revealSeedPhrase: () => "hush hush" };
    const other = randomSecp256k1KeyPair();
    for (const [index, [credential, kdf]] of (
      [
        [{ ...alice, ...phrase }, SCRYPT],
        [{ keyPair: other }, ARGON],
      ] as const
    ).entries()) {
      const path = `${folder}/${index}`;
      await writeEncryptedKeyFile(path, credential, PASSWORD, { kdf });
      assert.is((await stat(path)).mode & 0o777, 0o600);
      const read = await readEncryptedKeyFile(path, PASSWORD, [ed25519, secp256k1]);
      assert.is(read.keyPair.revealSecretKey(), credential.keyPair.revealSecretKey());
      assert.is(read.accountId, index === 0 ? "alice.near" : undefined);
      assert.is(read.revealSeedPhrase?.(), index === 0 ? "hush hush" : undefined);
    }
    assert.equal(await namesIn(folder), ["0", "1"]);
  });
});

write(
  "P24: the file shows the public key and no secret, and never the same bytes twice",
  async () => {
    await inFolder(async (folder) => {
      const texts: Text[] = [];
      for (const name of ["one", "two"]) {
        const path = `${folder}/${name}`;
        await writeEncryptedKeyFile(path, alice, PASSWORD, { kdf: SCRYPT });
        const text = await readFile(path, "utf8");
        assert.match(text, keyPair.publicKey);
        assert.not.match(text, SECRET.slice(10, 20));
        texts.push(parsedFile(text));
      }
      const [one, two] = texts;
      assert.is.not(one?.kdf.salt, two?.kdf.salt);
      assert.is.not(one?.cipher.nonce, two?.cipher.nonce);
      assert.is.not(one?.ciphertext, two?.ciphertext);
    });
  },
);

write("takes a password in one form, however its letters were typed", async () => {
  await inFolder(async (folder) => {
    await writeEncryptedKeyFile(`${folder}/key`, alice, "Z\u00fcrich \u{1f511}", { kdf: SCRYPT });
    const read = async (password: string) =>
      readEncryptedKeyFile(`${folder}/key`, password, [ed25519]);
    assert.is((await read("Zu\u0308rich \u{1f511}")).accountId, "alice.near");
    await fileError(async () => read("Zurich \u{1f511}"), "wrong_password");
  });
});

write("never replaces a file", async () => {
  await withFile("precious", async (path) => {
    await fileError(
      async () => writeEncryptedKeyFile(path, alice, PASSWORD, { kdf: SCRYPT }),
      "exists",
    );
    assert.is(await readFile(path, "utf8"), "precious");
  });
});

write(
  "P28: costs out of bounds, misspelt options and a missing password are errors; nothing is written",
  async () => {
    await inFolder(async (folder) => {
      for (const kdf of [
        { ...SCRYPT, n: 8192 },
        { ...SCRYPT, n: 16_385 },
        { ...SCRYPT, n: 2 ** 21 },
        { ...SCRYPT, n: 2 ** 20, r: 16 },
        { ...SCRYPT, r: 1 },
        { ...SCRYPT, p: 0 },
        { ...SCRYPT, p: 1.5 },
        { ...ARGON, m: 1024 },
        { ...ARGON, m: 2 ** 21 },
        { ...ARGON, m: "8192" },
        { ...ARGON, t: 0 },
        { ...ARGON, m: 2 ** 20, t: 33 },
        { name: "pbkdf2", iterations: 1 },
        { name: "scrypt" },
        "scrypt",
        null,
      ]) {
        const write = async () =>
          // @ts-expect-error: JavaScript may pass anything
          writeEncryptedKeyFile(`${folder}/key`, alice, PASSWORD, { kdf });
        assert.instance(await failure(write), TypeError, inspect(kdf));
      }
      for (const [password, options] of [
        ["", {}],
        [undefined, {}],
        [7, {}],
        [PASSWORD, "scrypt"],
        [PASSWORD, { kfd: SCRYPT }],
      ]) {
        const write = async () =>
          // @ts-expect-error: JavaScript may pass anything
          writeEncryptedKeyFile(`${folder}/key`, alice, password, options);
        assert.instance(await failure(write), TypeError);
      }
      assert.equal(await namesIn(folder), []);
    });
  },
);

write.run();

const read = suite("encrypted-key-file: readEncryptedKeyFile");

read("a wrong password is said, without either", async () => {
  await withFile(SCRYPT_FILE, async (path) => {
    const wrong = "incorrect horse";
    const call = async () => readEncryptedKeyFile(path, wrong, [ed25519]);
    const error = await fileError(call, "wrong_password");
    assert.match(error.message, path);
    assert.not.match(inspect(error, { depth: 9 }), /horse/);
    const empty = async () => readEncryptedKeyFile(path, "", [ed25519]);
    assert.instance(await failure(empty), TypeError);
  });
});

read(
  "any changed character that says something is found before the password is tried",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/key`;
      const values = SCRYPT_FILE.replace(/\s+$/, "");
      for (let at = 0; at < values.length; at += 1) {
        const code = values.charCodeAt(at);
        // White space between the fields says nothing.
        if (code <= 32) continue;
        const changed = String.fromCharCode(code ^ 1);
        await writeFile(path, values.slice(0, at) + changed + values.slice(at + 1));
        const error = await failure(async () => readEncryptedKeyFile(path, PASSWORD, [ed25519]));
        assert.ok("code" in error && ["corrupt", "invalid"].includes(String(error.code)), `${at}`);
      }
      for (let length = 0; length < values.length; length += 7) {
        await writeFile(path, values.slice(0, length));
        await fileError(async () => readEncryptedKeyFile(path, PASSWORD, [ed25519]), "invalid");
      }
    });
  },
);

read("whatever somebody changes in it on purpose, it does not open", async () => {
  for (const change of [
    () => ({ account_id: "mallory.near" }),
    () => ({ account_id: undefined }),
    () => ({ public_key: randomSecp256k1KeyPair().publicKey }),
    ({ kdf }: Text) => ({ kdf: { ...kdf, p: 2 } }),
    ({ kdf }: Text) => ({ kdf: { ...kdf, salt: withBit(kdf.salt, 5) } }),
    ({ cipher }: Text) => ({ cipher: { ...cipher, nonce: withBit(cipher.nonce, 95) } }),
    ({ ciphertext }: Text) => ({ ciphertext: withBit(ciphertext, 0) }),
    ({ ciphertext }: Text) => ({ ciphertext: withBit(ciphertext, 1791) }),
    ({ ciphertext }: Text) => ({ ciphertext: ciphertext.slice(0, -4) }),
  ]) {
    await withFile(forged(change), async (path) =>
      fileError(async () => readEncryptedKeyFile(path, PASSWORD, [ed25519]), "wrong_password"),
    );
  }
});

read(
  "costs and forms that no file of ours has are refused before anything is computed",
  async () => {
    for (const change of [
      ({ kdf }: Text) => ({ kdf: { ...kdf, n: 2 ** 30 } }),
      ({ kdf }: Text) => ({ kdf: { ...kdf, n: 2 ** 20, p: 16, r: 8 } }),
      ({ kdf }: Text) => ({ kdf: { ...kdf, n: 2 } }),
      ({ kdf }: Text) => ({ kdf: { ...kdf, salt: "" } }),
      ({ kdf }: Text) => ({ kdf: { ...kdf, name: "none" } }),
      () => ({
        kdf: { name: "argon2id", m: 2 ** 31, t: 1, p: 1, salt: "AAAAAAAAAAAAAAAAAAAAAA==" },
      }),
      ({ cipher }: Text) => ({ cipher: { ...cipher, nonce: "AAAA" } }),
      ({ cipher }: Text) => ({ cipher: { ...cipher, name: "none" } }),
      () => ({ ciphertext: "" }),
      () => ({ ciphertext: 7 }),
      () => ({ account_id: 7 }),
      () => ({ public_key: null }),
      () => ({ version: 2 }),
      () => ({ format: "other" }),
    ]) {
      await withFile(forged(change), async (path) =>
        fileError(async () => readEncryptedKeyFile(path, PASSWORD, [ed25519]), "invalid"),
      );
    }
  },
);

read("a key type that is not listed is an error", async () => {
  await withFile(ARGON_FILE, async (path) => {
    const call = async () => readEncryptedKeyFile(path, PASSWORD, [secp256k1]);
    assert.match((await fileError(call, "invalid")).message, "of type secp256k1, got");
  });
});

read.run();

const change = suite("encrypted-key-file: changePassword");

change("the new password opens it, the old one does not, and the key is the same", async () => {
  await withFile(SCRYPT_FILE, async (path) => {
    await chmod(path, 0o644);
    await changePassword(path, PASSWORD, "battery staple", [ed25519], { kdf: ARGON });
    assert.is((await stat(path)).mode & 0o777, 0o600);
    const read = async (password: string) => readEncryptedKeyFile(path, password, [ed25519]);
    assert.is((await read("battery staple")).keyPair.revealSecretKey(), SECRET);
    await fileError(async () => read(PASSWORD), "wrong_password");
    assert.match(await readFile(path, "utf8"), "argon2id");
    assert.equal(await namesIn(path.slice(0, -4)), ["key"]);
  });
});

change("a wrong password, an empty new one, a link: the file stays as it is", async () => {
  await withFile(SCRYPT_FILE, async (path) => {
    const to = async (file: string, from: string, password: string) =>
      changePassword(file, from, password, [ed25519], { kdf: SCRYPT });
    await fileError(async () => to(path, "wrong", "new"), "wrong_password");
    assert.instance(await failure(async () => to(path, PASSWORD, "")), TypeError);
    await symlink("key", `${path}-link`);
    await fileError(async () => to(`${path}-link`, PASSWORD, "new"), "unsafe_path");
    await fileError(async () => to(`${path}-none`, PASSWORD, "new"), "not_found");
    assert.is(await readFile(path, "utf8"), SCRYPT_FILE);
  });
});

change.run();
