import { existsSync, readFileSync, rmSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { connect } from "@yoctonear/account";
import { ed25519KeyPair } from "@yoctonear/keys/ed25519";
import { integer, text } from "@yoctonear/vectors";
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
  pause,
  readJson,
  start,
} from "./command.ts";

const test = suite("run");

/** Opens a connection and sends text; resolves with all that comes until the other side ends it. */
async function send(url: string, parts: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname);
  let answer = "";
  socket.setEncoding("utf8").on("data", (data: string) => void (answer += data));
  for (const part of parts) socket.write(part);
  return new Promise((resolve) => {
    socket.once("error", () => {});
    socket.once("close", () => resolve(answer));
  });
}

/** Cuts a connection off when it has sent this. */
async function sendAndVanish(url: string, part: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname);
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.write(part, () => resolve()));
  await pause(20);
  socket.resetAndDestroy();
}

async function isGone(url: string): Promise<boolean> {
  return fetch(`${url}/status`).then(
    () => false,
    () => true,
  );
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  test(`ends cleanly on ${signal}, with a client that holds its connection`, () =>
    inFolder(async (home) => {
      await init(home, "--chain-id", "localnet");
      const sandbox = await start(home);
      assert.ok((await heightOf(sandbox.url)) >= 1);
      const before = performance.now();
      const { code, out, log } = await sandbox.end(signal);
      assert.ok(performance.now() - before < 2000);
      assert.is(code, 0);
      assert.is(out, "");
      assert.is(log, `chain localnet at ${sandbox.url}\n`);
      assert.not.ok(existsSync(join(home, "data", "LOCK")));
      assert.ok(await isGone(sandbox.url));
    }));
}

test("P50: a sandbox is on the loopback interface unless told otherwise, downloads nothing, leaves nothing running", () =>
  inFolder(async (home) => {
    await init(home);
    assert.match(readFileSync(join(home, "config.json"), "utf8"), /"addr": "127\.0\.0\.1:3030"/);
    // Without a flag the configuration decides; a free port, since 3030 may be taken.
    edit(join(home, "config.json"), (json) => json.replace("127.0.0.1:3030", "127.0.0.1:0"));
    const sandbox = await start(home);
    const { port } = new URL(sandbox.url);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) assert.ok(await isGone(`http://${address}:${port}`));
    const { pid } = sandbox.process;
    assert.is((await sandbox.end()).code, 0);
    assert.throws(() => process.kill(pid ?? 0, 0), /ESRCH/);
    const download = await command("--home", join(home, "x"), "init", "--download-genesis");
    assert.is(download.code, 2);
  }));

test("answers what is under way when it is ended, and cuts off what cannot be answered", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "EXPERIMENTAL_tx_status",
      // Of a transaction that never comes: a node waits ten seconds for it.
      params: { tx_hash: "11111111111111111111111111111111", sender_account_id: "near" },
    });
    const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const waiting = send(sandbox.url, [head, body]);
    const halfSent = send(sandbox.url, [head, body.slice(0, 10)]);
    const blocks = ask(sandbox.url, "sandbox_fast_forward", { delta_height: 500 });
    await pause(20);
    const before = performance.now();
    assert.is((await sandbox.end()).code, 0);
    assert.ok(performance.now() - before < 2000);
    assert.equal(await blocks, { jsonrpc: "2.0", result: {}, id: 1 });
    assert.is(await waiting, "");
    assert.is(await halfSent, "");
  }));

test("lets clients go away: in the middle of a request, of an answer, or with what is no HTTP", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    const head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    const patch = `{"jsonrpc":"2.0","id":1,"method":"sandbox_fast_forward","params":{"delta_height":300}}`;
    await sendAndVanish(sandbox.url, `${head}content-length: 1000\r\n\r\n{`);
    await sendAndVanish(sandbox.url, `${head}content-length: ${patch.length}\r\n\r\n${patch}`);
    await sendAndVanish(sandbox.url, `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`);
    await sendAndVanish(sandbox.url, "\u0000\u0001\u0002\r\n\r\n");
    await Promise.all(
      Array.from({ length: 20 }, () => sendAndVanish(sandbox.url, "GET /status HTTP/1.1\r\n")),
    );
    // Whoever asks while heights pass is answered when they have.
    await ask(sandbox.url, "sandbox_fast_forward", { delta_height: 1 });
    assert.ok((await heightOf(sandbox.url)) >= 300);
    const { code, log } = await sandbox.end();
    assert.is(code, 0);
    assert.is(log.split("\n").length, 2);
  }));

test("goes on after a clean end where it was, and begins anew without its data", () =>
  inFolder(async (home) => {
    await init(home, "--test-seed", "alice");
    const key = ed25519KeyPair(text(readJson(home, "validator_key.json"), "secret_key"));
    const first = await start(home);
    const validator = connect(first.url).account("test.near", key);
    await validator.createAccount("new.test.near", { publicKey: key.publicKey, balance: "5 NEAR" });
    await first.end();
    const second = await start(home);
    const near = connect(second.url);
    assert.is((await near.account("new.test.near").balance()).total, 5n * 10n ** 24n);
    // Its nonces go on too.
    await near.account("new.test.near", key).transfer("test.near", "1 NEAR");
    await second.end();
    await execute("--home", home, "view-state", "dump-state");
    assert.ok(integer(readJson(home, "output.json"), "genesis_height") > 4n);
    assert.is(
      text(readJson(home, "genesis.json"), "records", 0, "Account", "account_id"),
      "test.near",
    );
  }));

test("takes accounts, limits and address of an edited home", () =>
  inFolder(async (home) => {
    await init(home);
    const key = "ed25519:5BGSaf6YjVm7565VzWQHNxoyEjwr3jUpRJSGjREvU9dB";
    edit(join(home, "genesis.json"), (json) => {
      const genesis: { records: unknown[]; total_supply: string } = JSON.parse(json);
      const account = { amount: "7", locked: "0", code_hash: "1".repeat(32), storage_usage: 182 };
      const accessKey = { nonce: 0, permission: "FullAccess" };
      genesis.records.push({ Account: { account_id: "sandbox", account } });
      genesis.records.push({
        AccessKey: { account_id: "sandbox", public_key: key, access_key: accessKey },
      });
      genesis.total_supply = String(BigInt(genesis.total_supply) + 7n);
      return JSON.stringify(genesis);
    });
    edit(join(home, "config.json"), (json) => {
      const config: { rpc: { addr: string; limits_config: { json_payload_max_size: number } } } =
        JSON.parse(json);
      config.rpc.limits_config.json_payload_max_size = 2000;
      config.rpc.addr = "[::1]:0";
      return JSON.stringify(config);
    });
    const sandbox = await start(home);
    const view = { request_type: "view_account", finality: "final", account_id: "sandbox" };
    assert.is(integer(await ask(sandbox.url, "query", view), "result", "amount"), 7n);
    const headers = { "content-type": "application/json" };
    const long = await fetch(sandbox.url, { method: "POST", headers, body: " ".repeat(2001) });
    assert.is(long.status, 413);
    assert.is(await long.text(), "length limit exceeded");
    const head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    const endless = `fff\r\n${" ".repeat(0xfff)}\r\n`;
    const chunked = await send(sandbox.url, [`${head}transfer-encoding: chunked\r\n\r\n`, endless]);
    assert.match(chunked, /^HTTP\/1\.1 413 /);
    const short = await fetch(sandbox.url, { method: "POST", headers, body: " ".repeat(2000) });
    assert.is(short.status, 400);
    await sandbox.end();
  }));

test("makes blocks while somebody asks, and none while nobody does", () =>
  inFolder(async (home) => {
    await init(home);
    const sandbox = await start(home);
    let height = await heightOf(sandbox.url);
    for (let count = 0; count < 3; count += 1) {
      let next = height;
      for (let turn = 0; turn < 20 && next === height; turn += 1) {
        // near-kit polls every 100 ms for the next block.
        await pause(100);
        next = await heightOf(sandbox.url);
      }
      assert.ok(next > height);
      height = next;
    }
    await pause(400);
    assert.ok((await heightOf(sandbox.url)) <= height + 2);
    await sandbox.end();
    const idle = await start(home, "--produce-empty-blocks", "false");
    const still = await heightOf(idle.url);
    await pause(150);
    assert.is(await heightOf(idle.url), still);
    await idle.end();
  }));

test("lets one process have a home, and many at once their own", () =>
  inFolder(async (folder) => {
    const homes = [join(folder, "one"), join(folder, "other")];
    for (const home of homes) await init(home);
    const running = await Promise.all(homes.map((home) => start(home)));
    const [first] = running;
    const second = await execute("--home", homes[0] ?? "", "run", "--rpc-addr", "127.0.0.1:0");
    assert.is(second.code, 1);
    const pid = first?.process.pid;
    assert.is(
      second.log,
      `error: ${homes[0]} is in use by process ${pid}; end it, or take another --home\n`,
    );
    for (const { url } of running) assert.ok((await heightOf(url)) >= 1);
    for (const { code } of await Promise.all(running.map(({ end }) => end()))) assert.is(code, 0);
  }));

test("starts one of those that start at once on one home", () =>
  inFolder(async (home) => {
    await init(home);
    const starts = await Promise.allSettled(Array.from({ length: 3 }, () => start(home)));
    const started = starts.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    assert.is(started.length, 1);
    for (const each of starts) {
      if (each.status === "rejected") assert.match(String(each.reason), /is in use by process/);
    }
    await started[0]?.end();
  }));

test("takes over from a process that was killed", () =>
  inFolder(async (home) => {
    await init(home);
    const killed = await start(home);
    assert.is((await killed.end("SIGKILL")).code, null);
    assert.ok(existsSync(join(home, "data", "LOCK")));
    // The id of the dead process may be another's by now.
    edit(join(home, "data", "LOCK"), (json) => json.replace(/\d+/, String(process.pid)));
    const next = await start(home);
    assert.is((await next.end()).code, 0);
  }));

test("ends cleanly although its home is gone", () =>
  inFolder(async (folder) => {
    const home = join(folder, "home");
    await init(home);
    const sandbox = await start(home);
    rmSync(home, { recursive: true });
    const { code, log } = await sandbox.end();
    assert.is(code, 0);
    assert.is(log.split("\n").length, 2);
    assert.not.ok(existsSync(home));
  }));

test.run();
