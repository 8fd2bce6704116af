import { execFileSync } from "node:child_process";
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { inspect } from "node:util";
import { ed25519, ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { secp256k1, randomSecp256k1KeyPair } from "@yoctonear/keys/secp256k1";
import { parseSeedPhrase } from "@yoctonear/keys/seed-phrase";
import { readKeyFile, writeKeyFile } from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failure, fileError, inFolder, namesIn } from "./samples.ts";

/** Of POSIX: Node has no call for it. */
const MAKE_PIPE = "mkfifo";
const SECRET =
  "ed25519:3KyUuch8pYP47krBq4DosFEVBMR5wDTMQ8AThzM8kAEcBQEpsPdYTZ2FPX5ZnSoLrerjwg66hwwJaW1wHzprd5k3";
const PHRASE = "tag interest match crew twin proof cushion visit ball square aim armed";
const keyPair = ed25519KeyPair(SECRET);
const alice = { accountId: "alice.near", keyPair };

const read = suite("key-file: readKeyFile");

read("reads what it has written, in each form", async () => {
  await inFolder(async (folder) => {
    const phrase = {
      ...alice,
      keyPair: parseSeedPhrase(PHRASE),
      seedPhrasePath: "m/44'/397'/0'",
      revealSeedPhrase: () => PHRASE,
    };
    for (const form of ["near-cli", "near-cli-rs", "nearcore"] as const) {
      await writeKeyFile(`${folder}/${form}`, phrase, form);
      const credential = await readKeyFile(`${folder}/${form}`, [ed25519]);
      assert.is(credential.keyPair.revealSecretKey(), phrase.keyPair.revealSecretKey());
      assert.is(credential.accountId, form === "near-cli-rs" ? undefined : "alice.near");
      assert.is(credential.revealSeedPhrase?.(), form === "near-cli-rs" ? PHRASE : undefined);
    }
    const other = { accountId: "bob.near", keyPair: randomSecp256k1KeyPair() };
    await writeKeyFile(`${folder}/bob`, other, "nearcore");
    const { publicKey } = (await readKeyFile(`${folder}/bob`, [ed25519, secp256k1])).keyPair;
    assert.is(publicKey, other.keyPair.publicKey);
  });
});

read(
  "reads what other tools write: spaces, a line feed, the modes of a umask, a mounted link",
  async () => {
    await inFolder(async (folder) => {
      const json = {
        account_id: "alice.near",
        public_key: keyPair.publicKey,
        private_key: SECRET,
      };
      await writeFile(`${folder}/file`, `${JSON.stringify(json, null, 2)}\n`, { mode: 0o644 });
      await symlink("file", `${folder}/link`);
      for (const name of ["file", "link"]) {
        const credential = await readKeyFile(`${folder}/${name}`, [ed25519]);
        assert.is(credential.accountId, "alice.near");
      }
    });
  },
);

read(
  "P28: a file that holds no key is an error that names the file and shows nothing of it",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/key`;
      const half = JSON.stringify({ account_id: "alice.near", private_key: SECRET });
      for (const text of ["", half, half.slice(0, -1), SECRET, `"${SECRET}"`, "\xff\xfe", "[]"]) {
        await writeFile(path, text, "latin1");
        const error = await fileError(async () => readKeyFile(path, [ed25519]), "invalid");
        assert.match(error.message, path);
        assert.is(error.path, path);
        assert.not.match(inspect(error, { depth: 9 }), SECRET.slice(10, 20));
      }
      await writeFile(path, " ".repeat(262_145));
      assert.match(
        (await fileError(async () => readKeyFile(path, [ed25519]), "invalid")).message,
        "262145",
      );
    });
  },
);

read("P28: what cannot be read is an error that names it", async () => {
  await inFolder(async (folder) => {
    await mkdir(`${folder}/folder`);
    // Nobody writes into it: opening it must not wait for that.
    execFileSync(MAKE_PIPE, [`${folder}/pipe`]);
    await fileError(async () => readKeyFile(`${folder}/pipe`, [ed25519]), "unsafe_path");
    await fileError(async () => readKeyFile(`${folder}/none`, [ed25519]), "not_found");
    await fileError(async () => readKeyFile(`${folder}/folder`, [ed25519]), "unsafe_path");
    await symlink(`${folder}/loop`, `${folder}/loop`);
    await fileError(async () => readKeyFile(`${folder}/loop`, [ed25519]), "unsafe_path");
    await writeKeyFile(
      `${folder}/secp`,
      { ...alice, keyPair: randomSecp256k1KeyPair() },
      "nearcore",
    );
    const error = await fileError(async () => readKeyFile(`${folder}/secp`, [ed25519]), "invalid");
    assert.match(error.message, "expected a key of type ed25519, got one of type secp256k1");
  });
});

read("P28: a wrong path is an error", async () => {
  for (const path of [undefined, "", 7, {}, "a\0b"]) {
    // @ts-expect-error: JavaScript may pass anything
    assert.instance(await failure(async () => readKeyFile(path, [ed25519])), TypeError);
  }
});

read.run();

const write = suite("key-file: writeKeyFile");

write("P27: the file is its owner's alone, whatever the umask", async () => {
  await inFolder(async (folder) => {
    await writeKeyFile(`${folder}/key`, alice, "nearcore");
    assert.is((await stat(`${folder}/key`)).mode & 0o777, 0o600);
    assert.equal(await namesIn(folder), ["key"]);
  });
});

write("never replaces a file, nor what a link leads to", async () => {
  await inFolder(async (folder) => {
    await writeFile(`${folder}/key`, "precious");
    await symlink("key", `${folder}/link`);
    await symlink("nowhere", `${folder}/dangling`);
    for (const name of ["key", "link", "dangling"]) {
      const error = await fileError(
        async () => writeKeyFile(`${folder}/${name}`, alice, "near-cli"),
        "exists",
      );
      assert.not.match(error.message, SECRET.slice(10, 20));
    }
    assert.is(await readFile(`${folder}/key`, "utf8"), "precious");
    assert.equal(await namesIn(folder), ["dangling", "key", "link"]);
  });
});

write(
  "P28: an unknown form, a missing owner or folder is an error, and nothing is written",
  async () => {
    await inFolder(async (folder) => {
      const path = `${folder}/key`;
      // @ts-expect-error: JavaScript may pass anything
      assert.instance(await failure(async () => writeKeyFile(path, alice, "other")), TypeError);
      assert.instance(
        await failure(async () => writeKeyFile(path, { keyPair }, "nearcore")),
        TypeError,
      );
      await fileError(
        async () => writeKeyFile(`${folder}/none/key`, alice, "nearcore"),
        "not_found",
      );
      assert.equal(await namesIn(folder), []);
    });
  },
);

write.run();
