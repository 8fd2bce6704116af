import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type SigningAccount } from "@yoctonear/account";
import { loadContract } from "@yoctonear/contracts";
import { ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { field, has, integer, type Json, list, record, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  ask,
  command,
  edit,
  execute,
  heightOf,
  inFolder,
  init,
  readJson,
  start,
} from "./command.ts";

const test = suite("view-state dump-state");

async function signIn(home: string, url: `http://${string}`): Promise<SigningAccount> {
  const key = ed25519KeyPair(text(readJson(home, "validator_key.json"), "secret_key"));
  return connect(url).account("test.near", key);
}

function kinds(records: readonly Json[]): readonly string[] {
  return records.map((each) => Object.keys(record(each))[0] ?? "");
}

test("writes the state of a chain that runs, to one file or to a folder", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    const validator = await signIn(home, sandbox.url);
    await validator.deploy(await loadContract("counter"));
    await validator.call("test.near", "increment", {});
    const height = await heightOf(sandbox.url);
    const whole = await execute("--home", home, "view-state", "dump-state");
    assert.is(whole.code, 0, whole.log);
    assert.match(whole.out, /^Saving state at height \d+ into .*output\.json\n$/);
    const dump = readJson(home, "output.json");
    assert.ok(integer(dump, "genesis_height") > height);
    const dumped = ["Account", "Account", "Contract", "AccessKey", "AccessKey", "Data"];
    assert.equal(kinds(list(dump, "records")), dumped);
    const first = Object.keys(record(readJson(home, "genesis.json")));
    assert.equal(Object.keys(record(dump)), first);

    assert.is((await execute("--home", home, "view-state", "dump-state", "--stream")).code, 0);
    const files = [
      "config.json",
      "genesis.json",
      "node_key.json",
      "records.json",
      "validator_key.json",
    ];
    assert.equal(readdirSync(join(home, "output")).sort(), files);
    assert.equal(kinds(list(readJson(home, "output", "records.json"))), dumped);
    assert.not.ok(has(readJson(home, "output", "genesis.json"), "records"));
    const config = readJson(home, "output", "config.json");
    assert.is(field(config, "genesis_records_file"), "records.json");
    const key = (folder: string): string =>
      readFileSync(join(folder, "validator_key.json"), "utf8");
    assert.is(key(join(home, "output")), key(home));
    await sandbox.end();
  }));

test("makes homes that start: as they are, and as near-sandbox's wrapper merges them", () =>
  inFolder(async (folder) => {
    const home = join(folder, "home");
    await init(home);
    const sandbox = await start(home);
    const validator = await signIn(home, sandbox.url);
    await validator.transfer("near", "5 NEAR");
    // Rewards grow the stake.
    await ask(sandbox.url, "sandbox_fast_forward", { delta_height: 200 });
    await sandbox.end();
    const target = join(folder, "dump");
    const words = ["view-state", "dump-state", "--stream", "--file", target];
    assert.is((await command("--home", home, ...words)).code, 0);
    const near = 10n ** 33n + 5n * 10n ** 24n;
    const view = { request_type: "view_account", finality: "final", account_id: "near" };
    const again = await start(target);
    assert.is(integer(await ask(again.url, "query", view), "result", "amount"), near);
    await again.end();

    const other = join(folder, "other");
    await init(other);
    const genesis = { ...record(readJson(target, "genesis.json")) };
    const merged = { ...genesis, records: readJson(target, "records.json") };
    writeFileSync(join(other, "genesis.json"), JSON.stringify(merged));
    for (const file of ["config.json", "validator_key.json"]) {
      writeFileSync(join(other, file), readFileSync(join(target, file), "utf8"));
    }
    const third = await start(other);
    assert.is(integer(await ask(third.url, "query", view), "result", "amount"), near);
    await third.end();
  }));

test("keeps global contracts, gas keys and function-call keys", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    const validator = await signIn(home, sandbox.url);
    await validator.deployGlobal(await loadContract("counter"), { by: "account" });
    const hash = await validator.deployGlobal(await loadContract("hello"), { by: "hash" });
    assert.ok(hash);
    await validator.useGlobal({ account: "test.near" });
    await sandbox.end();
    const next = await start(home);
    const after = await signIn(home, next.url);
    await after.call("test.near", "increment", {});
    assert.equal(await connect(next.url).view("test.near", "get", {}), 1);
    await next.end();
  }));

test("lets keys of a dump sign although the chain begins below their nonces, as after near-kit's restart", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    await ask(sandbox.url, "sandbox_fast_forward", { delta_height: 500 });
    const validator = await signIn(home, sandbox.url);
    const key = ed25519KeyPair(text(readJson(home, "validator_key.json"), "secret_key"));
    const { publicKey } = key;
    await validator.createAccount("late.test.near", { publicKey, balance: "5 NEAR" });
    await sandbox.end();
    await command("--home", home, "view-state", "dump-state", "--file", join(home, "genesis.json"));
    edit(join(home, "genesis.json"), (json) =>
      json.replace(/"genesis_height": \d+/, '"genesis_height": 0'),
    );
    rmSync(join(home, "data"), { recursive: true });
    const next = await start(home);
    await connect(next.url).account("late.test.near", key).transfer("near", "1 NEAR");
    await next.end();
  }));

test("has nothing to tell of a chain that never ran, or that was killed", () =>
  inFolder(async (home) => {
    await init(home);
    const { code, log } = await command("--home", home, "view-state", "dump-state");
    assert.is(code, 1);
    assert.is(log, `error: ${home} has no state: its chain never ran, or did not end cleanly\n`);
    assert.not.ok(existsSync(join(home, "output.json")));
    const sandbox = await start(home);
    await sandbox.end("SIGKILL");
    assert.is((await command("--home", home, "view-state", "dump-state")).code, 1);
    rmSync(join(home, "config.json"));
    const none = await command("--home", home, "view-state", "dump-state");
    assert.match(none.log, /is no home/);
  }));

test.run();
