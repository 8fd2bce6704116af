import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import process from "node:process";
import { inspect } from "node:util";
import { isNearError } from "@yoctonear/base";
import { createKeyPair, formatPublicKey, type Scheme } from "@yoctonear/keys";
import { ed25519, ed25519KeyPair, randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { randomSecp256k1KeyPair, secp256k1 } from "@yoctonear/keys/secp256k1";
import { type KeyDirectory, openKeyDirectory } from "@yoctonear/node";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failure, fileError, inFolder, namesIn } from "./samples.ts";

const ID = "alice.testnet";
const SCHEMES = [ed25519, secp256k1];

/** Runs with the keys of testnet in a folder that is not there yet. */
async function withKeys(run: (keys: KeyDirectory, path: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const path = `${folder}/credentials`;
    await run(openKeyDirectory({ network: "testnet", schemes: SCHEMES, path }), path);
  });
}

async function mode(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

function nameOf(publicKey: string): string {
  return `${publicKey.replace(":", "_")}.json`;
}

const store = suite("key-directory: openKeyDirectory");

store("puts, gets, lists and removes keys of every listed type", async () => {
  await withKeys(async (keys) => {
    assert.equal(await keys.list(), []);
    const one = randomEd25519KeyPair();
    const two = randomSecp256k1KeyPair();
    await keys.put(ID, one);
    await keys.put(ID, two);
    await keys.put("bob.testnet", two);
    assert.is((await keys.get(ID)).publicKey, one.publicKey);
    for (const { publicKey, revealSecretKey } of [one, two]) {
      const found = await keys.get(ID, publicKey);
      assert.is(found.revealSecretKey(), revealSecretKey());
    }
    const listed = await keys.list();
    assert.equal(
      listed.map(({ accountId, publicKey }) => [accountId, publicKey]),
      [
        [ID, one.publicKey],
        [ID, two.publicKey],
        ["bob.testnet", two.publicKey],
      ],
    );
    assert.equal(await keys.list("bob.testnet"), listed.slice(2));
    await keys.remove(ID, one.publicKey);
    assert.equal(await keys.list(), listed.slice(1));
    // Its only key by now.
    assert.is((await keys.get(ID)).publicKey, two.publicKey);
  });
});

store("writes the names and the text of NEAR's command lines", async () => {
  await withKeys(async (keys, path) => {
    const { publicKey, revealSecretKey, ...rest } = randomEd25519KeyPair();
    await keys.put(ID, { ...rest, publicKey, revealSecretKey });
    assert.equal(await namesIn(`${path}/testnet`), [ID, `${ID}.json`]);
    assert.equal(await namesIn(`${path}/testnet/${ID}`), [nameOf(publicKey)]);
    const text = JSON.stringify({
      account_id: ID,
      public_key: publicKey,
      private_key: revealSecretKey(),
    });
    assert.is(await readFile(`${path}/testnet/${ID}.json`, "utf8"), text);
    assert.is(await readFile(`${path}/testnet/${ID}/${nameOf(publicKey)}`, "utf8"), text);
  });
});

store("reads what near-cli and near-cli-rs wrote", async () => {
  await withKeys(async (keys, path) => {
    const { publicKey, revealSecretKey } = ed25519KeyPair(randomEd25519KeyPair().revealSecretKey());
    await mkdir(`${path}/testnet`, { recursive: true, mode: 0o755 });
    const json = { public_key: publicKey, private_key: revealSecretKey() };
    await writeFile(`${path}/testnet/${ID}.json`, JSON.stringify({ account_id: ID, ...json }));
    await writeFile(`${path}/testnet/.DS_Store`, "");
    await writeFile(`${path}/testnet/notes.txt`, "");
    assert.is((await keys.get(ID)).publicKey, publicKey);
    assert.is((await keys.get(ID, publicKey)).publicKey, publicKey);
    assert.equal(await keys.list(), [
      { accountId: ID, publicKey, path: `${path}/testnet/${ID}.json` },
    ]);
    await mkdir(`${path}/testnet/bob.testnet`);
    await writeFile(`${path}/testnet/bob.testnet/${nameOf(publicKey)}`, JSON.stringify(json));
    assert.is((await keys.get("bob.testnet")).publicKey, publicKey);
    assert.is((await keys.list()).length, 2);
  });
});

store("putting a key again changes nothing, and never replaces the default", async () => {
  await withKeys(async (keys, path) => {
    const [one, two] = [randomEd25519KeyPair(), randomEd25519KeyPair()];
    await keys.put(ID, one);
    const before = await readFile(`${path}/testnet/${ID}.json`, "utf8");
    await Promise.all([keys.put(ID, one), keys.put(ID, two), keys.put(ID, two)]);
    assert.is(await readFile(`${path}/testnet/${ID}.json`, "utf8"), before);
    assert.is((await keys.list()).length, 2);
  });
});

store(
  "follows a link to the folder itself: where the keys are is for their owner to say",
  async () => {
    await inFolder(async (folder) => {
      await mkdir(`${folder}/volume`);
      await symlink("volume", `${folder}/link`);
      const path = `${folder}/link`;
      const keys = openKeyDirectory({ network: "testnet", schemes: SCHEMES, path });
      await keys.put(ID, randomEd25519KeyPair());
      assert.is((await keys.list()).length, 1);
      assert.is(await mode(`${folder}/volume`), 0o700);
      await writeFile(`${folder}/file`, "");
      const none = openKeyDirectory({
        network: "testnet",
        schemes: SCHEMES,
        path: `${folder}/file`,
      });
      await fileError(async () => none.put(ID, randomEd25519KeyPair()), "unsafe_path");
    });
  },
);

store("says so where several keys could be meant, and none is the default", async () => {
  await withKeys(async (keys, path) => {
    await keys.put(ID, randomEd25519KeyPair());
    await keys.put(ID, randomEd25519KeyPair());
    await rm(`${path}/testnet/${ID}.json`);
    await fileError(async () => keys.get(ID), "ambiguous");
    await fileError(async () => keys.get("nobody.testnet"), "not_found");
    const { publicKey } = randomEd25519KeyPair();
    await fileError(async () => keys.get(ID, publicKey), "not_found");
    await fileError(async () => keys.remove(ID, publicKey), "not_found");
  });
});

store("tells the account alice.json from the file of alice", async () => {
  await withKeys(async (keys) => {
    const [one, two] = [randomEd25519KeyPair(), randomEd25519KeyPair()];
    await keys.put("alice.json", one);
    await keys.put("alice", two);
    assert.is((await keys.get("alice.json")).publicKey, one.publicKey);
    assert.is((await keys.get("alice")).publicKey, two.publicKey);
    assert.is((await keys.list()).length, 2);
  });
  await withKeys(async (keys) => {
    const { publicKey, ...rest } = randomEd25519KeyPair();
    await keys.put("alice", { publicKey, ...rest });
    await fileError(async () => keys.get("alice.json"), "not_found");
    await fileError(async () => keys.get("alice.json", publicKey), "not_found");
    await fileError(async () => keys.put("alice.json", { publicKey, ...rest }), "unsafe_path");
    assert.is((await keys.list()).length, 1);
  });
});

store("takes any scheme, also one whose keys are longer than a file's name", async () => {
  await inFolder(async (path) => {
    const publicKey = formatPublicKey({ type: "ml-dsa-65", bytes: new Uint8Array(1952).fill(7) });
    const secretKey = "ml-dsa-65:11111111111111111111111111111111";
    const keyPair = createKeyPair({ publicKey, secretKey, signHash: () => "" });
    const scheme: Scheme = { type: "ml-dsa-65", verify: () => false, keyPair: () => keyPair };
    const keys = openKeyDirectory({ network: "testnet", schemes: [scheme], path });
    await keys.put(ID, keyPair);
    const [name = ""] = await namesIn(`${path}/testnet/${ID}`);
    assert.match(name, /^ml-dsa-65_sha256_[0-9a-f]{64}\.json$/);
    assert.is((await keys.get(ID, publicKey)).publicKey, publicKey);
    assert.equal(
      (await keys.list()).map((key) => key.publicKey),
      [publicKey],
    );
    await keys.remove(ID, publicKey);
    assert.equal(await keys.list(), []);
  });
});

store.run();

const safety = suite("key-directory: what must not happen");

safety("P27: files are 0600 and folders 0700, also those that were not", async () => {
  await withKeys(async (keys, path) => {
    await mkdir(`${path}/testnet`, { recursive: true });
    await chmod(path, 0o777);
    await chmod(`${path}/testnet`, 0o775);
    const { publicKey, ...rest } = randomEd25519KeyPair();
    await keys.put(ID, { publicKey, ...rest });
    for (const folder of [path, `${path}/testnet`, `${path}/testnet/${ID}`]) {
      assert.is(await mode(folder), 0o700, folder);
    }
    for (const file of [`${ID}.json`, `${ID}/${nameOf(publicKey)}`]) {
      assert.is(await mode(`${path}/testnet/${file}`), 0o600, file);
    }
  });
});

safety("P27: no id, key or network leaves the folder", async () => {
  await withKeys(async (keys, path) => {
    const { publicKey, ...rest } = randomEd25519KeyPair();
    for (const id of ["../bob", "..", ".", "a/b", "/etc/passwd", "a\0b", "a\\b", "", "A", "~"]) {
      for (const call of [
        async () => keys.get(id),
        async () => keys.get(id, publicKey),
        async () => keys.list(id),
        async () => keys.put(id, { publicKey, ...rest }),
        async () => keys.remove(id, publicKey),
      ]) {
        assert.ok(isNearError(await failure(call), "invalid_account_id"), id);
      }
    }
    for (const key of ["../x", "ed25519:../../x", "ed25519:", "", `${publicKey}/..`]) {
      assert.ok(isNearError(await failure(async () => keys.get(ID, key)), "invalid_key"), key);
      assert.ok(isNearError(await failure(async () => keys.remove(ID, key)), "invalid_key"), key);
    }
    for (const network of [
      "..",
      ".",
      "",
      "a/b",
      "../a",
      "a\0",
      ".a",
      "a..b",
      "a b",
      "x".repeat(65),
    ]) {
      assert.throws(() => openKeyDirectory({ network, schemes: SCHEMES, path }), TypeError);
    }
    assert.equal(
      await failure(async () => stat(path)).then((error) => "code" in error && error.code),
      "ENOENT",
    );
  });
});

safety("P27: removing one key removes only it", async () => {
  await withKeys(async (keys, path) => {
    const pairs = [randomEd25519KeyPair(), randomEd25519KeyPair(), randomEd25519KeyPair()];
    for (const pair of pairs) await keys.put(ID, pair);
    const [one, two, three] = pairs.map(({ publicKey }) => publicKey);
    await keys.remove(ID, two ?? "");
    assert.is((await keys.list(ID)).length, 2);
    assert.is((await keys.get(ID)).publicKey, one);
    await keys.remove(ID, one ?? "");
    assert.equal(await namesIn(`${path}/testnet`), [ID]);
    assert.equal(await namesIn(`${path}/testnet/${ID}`), [nameOf(three ?? "")]);
  });
});

safety("P24: a removed key is not left in what a killed process was about to name", async () => {
  await withKeys(async (keys, path) => {
    const keyPair = randomEd25519KeyPair();
    await keys.put(ID, keyPair);
    const drafts = [`${ID}/.${nameOf(keyPair.publicKey)}`, `.${ID}.json`, `.${ID}.json.json`];
    for (const draft of drafts) {
      await writeFile(`${path}/testnet/${draft}.${crypto.randomUUID()}`, "secret");
    }
    await keys.remove(ID, keyPair.publicKey);
    assert.equal(await namesIn(`${path}/testnet/${ID}`), []);
    // Of another account.
    const [left = "", ...more] = await namesIn(`${path}/testnet`);
    assert.ok(left.startsWith(`.${ID}.json.json.`), left);
    assert.equal(more, [ID]);
  });
});

safety("P27: links inside are refused, and what they lead to is left alone", async () => {
  await withKeys(async (keys, path) => {
    const { publicKey, ...rest } = randomEd25519KeyPair();
    await mkdir(`${path}/elsewhere`, { recursive: true });
    await mkdir(`${path}/testnet`);
    await symlink("../elsewhere", `${path}/testnet/${ID}`);
    await symlink("../elsewhere/key", `${path}/testnet/bob.testnet.json`);
    await fileError(async () => keys.put(ID, { publicKey, ...rest }), "unsafe_path");
    await fileError(async () => keys.list(ID), "unsafe_path");
    await fileError(async () => keys.get("bob.testnet"), "unsafe_path");
    await fileError(async () => keys.list(), "unsafe_path");
    assert.equal(await namesIn(`${path}/elsewhere`), []);
  });
});

safety("P27: nor does anything lead through a link to a key, or remove one there", async () => {
  await withKeys(async (keys, path) => {
    const keyPair = randomEd25519KeyPair();
    const { publicKey } = keyPair;
    const other = openKeyDirectory({ network: "other", schemes: SCHEMES, path });
    await other.put(ID, keyPair);
    const before = await other.list();
    const calls = [
      async () => keys.get(ID),
      async () => keys.get(ID, publicKey),
      async () => keys.list(ID),
      async () => keys.list(),
      async () => keys.put(ID, keyPair),
      async () => keys.remove(ID, publicKey),
    ];
    await symlink("other", `${path}/testnet`);
    for (const call of calls) await fileError(call, "unsafe_path");
    await rm(`${path}/testnet`);
    await mkdir(`${path}/testnet`);
    await symlink(`../other/${ID}`, `${path}/testnet/${ID}`);
    for (const call of calls) await fileError(call, "unsafe_path");
    assert.equal(await other.list(), before);
  });
});

safety(
  "P28: no file is left out: one that is no key, another's, or misnamed is an error with its name",
  async () => {
    await withKeys(async (keys, path) => {
      const { publicKey, revealSecretKey, ...rest } = randomEd25519KeyPair();
      const other = randomEd25519KeyPair();
      await keys.put(ID, { publicKey, revealSecretKey, ...rest });
      await keys.put("bob.testnet", other);
      const json = { public_key: publicKey, private_key: revealSecretKey() };
      const file = `${path}/testnet/${ID}/${nameOf(publicKey)}`;
      const calls = [async () => keys.list(), async () => keys.get(ID, publicKey)];
      for (const text of [
        "{}",
        "",
        JSON.stringify(json).slice(0, -1),
        JSON.stringify({ account_id: "bob.testnet", ...json }),
        JSON.stringify({ public_key: other.publicKey, private_key: other.revealSecretKey() }),
      ]) {
        await writeFile(file, text);
        for (const call of [...calls, async () => keys.remove(ID, publicKey)]) {
          const error = await fileError(call, "invalid");
          assert.is(error.path, file);
          for (const secret of [revealSecretKey(), other.revealSecretKey()]) {
            assert.not.match(inspect(error, { depth: 9 }), secret.slice(10, 20));
          }
        }
      }
      // The other accounts are not concerned.
      assert.is((await keys.get("bob.testnet")).publicKey, other.publicKey);
      await rm(file);
      await writeFile(`${path}/testnet/Not An Id.json`, "{}");
      assert.match((await fileError(async () => keys.list(), "invalid")).message, "Not An Id.json");
    });
  },
);

safety("P28: a path, a misspelt option or no scheme where options are wanted is an error", () => {
  for (const options of [
    undefined,
    "~/.near-credentials",
    {},
    { network: "testnet" },
    { network: "testnet", schemes: [] },
    { network: "testnet", schemes: ed25519 },
    { network: "testnet", schemes: SCHEMES, folder: "x" },
    { network: "testnet", schemes: SCHEMES, path: "" },
    { network: 7, schemes: SCHEMES },
  ]) {
    // @ts-expect-error: JavaScript may pass anything
    assert.throws(() => openKeyDirectory(options), TypeError);
  }
});

safety("P28: without a home folder it is no folder of wherever the process runs", () => {
  const { HOME } = process.env;
  try {
    for (const home of ["", "somewhere"]) {
      process.env["HOME"] = home;
      // Deno and Bun ask the system then.
      if (isAbsolute(homedir())) continue;
      assert.throws(() => openKeyDirectory({ network: "testnet", schemes: SCHEMES }), TypeError);
    }
  } finally {
    process.env["HOME"] = HOME;
  }
});

safety("P26: a key whose halves do not belong together is never written", async () => {
  await withKeys(async (keys, path) => {
    const { publicKey } = randomEd25519KeyPair();
    const { revealSecretKey } = randomEd25519KeyPair();
    const error = await failure(async () => keys.put(ID, { publicKey, revealSecretKey }));
    assert.ok(isNearError(error, "invalid_key"));
    assert.not.match(inspect(error), revealSecretKey().slice(10, 20));
    await failure(async () => stat(path));
  });
});

safety(
  "P23: a secret key in the place of a public key or an id is refused, and never shown",
  async () => {
    await withKeys(async (keys) => {
      const { revealSecretKey } = randomEd25519KeyPair();
      for (const call of [
        async () => keys.get(ID, revealSecretKey()),
        async () => keys.remove(ID, revealSecretKey()),
        async () => keys.get(revealSecretKey()),
      ]) {
        assert.not.match(inspect(await failure(call)), revealSecretKey().slice(10, 20));
      }
    });
  },
);

safety("P24: neither the folder nor its list shows a secret", async () => {
  await withKeys(async (keys) => {
    const { publicKey, revealSecretKey, ...rest } = randomEd25519KeyPair();
    await keys.put(ID, { publicKey, revealSecretKey, ...rest });
    const shown = inspect([keys, await keys.list(), await keys.get(ID)], { depth: 9 });
    assert.match(shown, publicKey);
    assert.not.match(shown, revealSecretKey().slice(10, 20));
  });
});

safety.run();
