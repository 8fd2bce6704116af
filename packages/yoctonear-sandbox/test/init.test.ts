import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { command, inFolder, init, readJson } from "./command.ts";

const test = suite("init");
const recorded = fileURLToPath(new URL("../../test/recorded-home/", import.meta.url));
const FILES = ["config.json", "genesis.json", "node_key.json", "validator_key.json"];

/** The text of a file but for what is random, the time, and where it listens. */
function settled(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8")
    .replaceAll(/ed25519:(?!546XB2oH)\w+/g, "KEY")
    .replace(/"genesis_time": "[^"]{30}"/, '"genesis_time": "TIME"')
    .replace(/"addr": "(0\.0\.0\.0|127\.0\.0\.1):3030"/, '"addr": "HOST:3030"');
}

test("writes what nearcore's command writes, byte for byte but for keys, time and address", () =>
  inFolder(async (home) => {
    await init(home, "--chain-id", "localnet");
    assert.equal(readdirSync(home).sort(), FILES);
    for (const file of FILES)
      assert.is(settled(home, file), settled(recorded, `${file}.txt`), file);
  }));

test("makes keys that differ, and are for their owner only", () =>
  inFolder(async (folder) => {
    const homes = [join(folder, "one"), join(folder, "other")];
    for (const home of homes) await init(home);
    for (const file of ["validator_key.json", "node_key.json"]) {
      const keys = homes.map((home) => text(readJson(home, file), "secret_key"));
      assert.is(new Set(keys).size, 2);
      for (const home of homes) assert.is(statSync(join(home, file)).mode & 0o777, 0o600);
    }
    const names = homes.map((home) => text(readJson(home, "genesis.json"), "chain_id"));
    assert.is(new Set(names).size, 2);
    for (const name of names) assert.match(name, /^test-chain-\w{5}$/);
  }));

test("derives the validator's key from a seed as nearcore does: filled up with spaces", () =>
  inFolder(async (home) => {
    await init(home, "--test-seed", "near", "--account-id", "alice.near");
    const key = readJson(home, "validator_key.json");
    assert.is(text(key, "account_id"), "alice.near");
    // The key that the genesis of every sandbox gives to the account near.
    const near = text(
      readJson(recorded, "genesis.json.txt"),
      "records",
      3,
      "AccessKey",
      "public_key",
    );
    assert.is(text(key, "public_key"), near);
    assert.is(text(readJson(home, "genesis.json"), "validators", 0, "account_id"), "alice.near");
  }));

test("has long epochs and slow blocks unless it is to be fast", () =>
  inFolder(async (home) => {
    assert.is((await command("--home", home, "init")).code, 0);
    assert.match(readFileSync(join(home, "genesis.json"), "utf8"), /"epoch_length": 500,/);
    const config = readFileSync(join(home, "config.json"), "utf8");
    assert.match(config, /"min_block_production_delay": \{\s+"secs": 0,\s+"nanos": 600000000/);
  }));

test("leaves a home that is there alone", () =>
  inFolder(async (home) => {
    await init(home);
    const before = settled(home, "genesis.json");
    const { code, log } = await command("--home", home, "init");
    assert.is(code, 1);
    assert.is(
      log,
      `error: expected ${home} to be no home yet, found ${join(home, "config.json")}\n`,
    );
    assert.is(settled(home, "genesis.json"), before);
  }));

test("refuses what can be no home, no chain of its own, no account", () =>
  inFolder(async (folder) => {
    const home = join(folder, "home");
    await init(home);
    const inFile = await command("--home", join(home, "config.json", "x"), "init");
    assert.is(inFile.code, 1);
    assert.match(inFile.log, /^error: cannot make .*: its folder is a file\n$/);
    const refused: readonly (readonly [flag: string, value: string, message: RegExp])[] = [
      ["--chain-id", "mainnet", /expected a chain of its own, got mainnet/],
      ["--chain-id", "", /expected --chain-id to have a name/],
      ["--account-id", "Not an id", /--account-id/],
      ["--account-id", "near", /another than near/],
      ["--num-shards", "4", /expected --num-shards 1, got 4/],
    ];
    for (const [flag, value, message] of refused) {
      const { code, log } = await command("--home", join(folder, "new"), "init", flag, value);
      assert.is(code, 2);
      assert.match(log, message);
    }
  }));

test.run();
