import { suite } from "uvu";
import * as assert from "uvu/assert";
import { command, execute, inFolder, init } from "./command.ts";

const test = suite("command line");

test("prints version and help, without a home", async () => {
  const version = await execute("--version");
  assert.is(version.code, 0);
  assert.match(
    version.out,
    /^near-sandbox \(release 2\.\d+\.\d+\) \(build .*\) \(protocol 86\)\n$/,
  );
  for (const words of [["--help"], ["run", "--help"], ["-h"], []]) {
    const { code, out, log } = await command(...words);
    assert.is(code, 0);
    assert.is(log, "");
    assert.match(out, /view-state dump-state/);
  }
});

test("ends with 2 and one line for a command line that is none", async () => {
  const refused: readonly (readonly [words: string, message: RegExp])[] = [
    ["--home /tmp", /expected a command/],
    ["start", /unknown command start/],
    ["run init", /unknown command init/],
    ["view-state", /expected view-state dump-state/],
    ["view-state peers", /unknown command peers/],
    ["--rpc-addr 127.0.0.1:1 run", /unknown flag --rpc-addr/],
    ["run --port=30", /unknown flag --port;/],
    ["run -x", /unknown flag -x/],
    ["run --rpc-addr", /expected a value behind --rpc-addr/],
    ["run --constructor", /unknown flag --constructor/],
    ["init --fast --fast", /expected --fast once/],
    ["init --download-genesis", /nothing is downloaded/],
    ["run --produce-empty-blocks maybe", /true or false, got maybe/],
  ];
  for (const [words, message] of refused) {
    const { code, out, log } = await command(...words.split(" "));
    assert.is(code, 2, words);
    assert.is(out, "");
    assert.match(log, message);
    assert.match(log, /^error: [^\n]+; --help lists what there is\n$/);
  }
});

test("takes flags of nearcore that mean nothing here, before and behind, with = or without", () =>
  inFolder(async (home) => {
    await init(home, "--max-gas-burnt-view", "300", "--boot-nodes=", "--num-shards=1");
    const words = `--unsafe-fast-startup --verbose=near run --archive --min-peers 3 --network-addr 0.0.0.0:1
      --telemetry-url= --rpc-prometheus-addr 127.0.0.1:2 --rpc-addr=127.0.0.1:0 --home=${home}`;
    const { code, log } = await command(...words.split(/\s+/));
    assert.is(code, 0, log);
  }));

test("refuses an address that is none, or not of this machine", () =>
  inFolder(async (home) => {
    await init(home);
    for (const address of ["3030", "127.0.0.1", "127.0.0.1:65536", "http://x:1", "::1:3030"]) {
      const { code, log } = await command("--home", home, "run", "--rpc-addr", address);
      assert.is(code, 2);
      assert.is(log, `error: expected --rpc-addr to be host:port, got ${address}\n`);
    }
    const { code, log } = await command("--home", home, "run", "--rpc-addr", "192.0.2.1:3030");
    assert.is(code, 2);
    assert.match(
      log,
      /^error: cannot listen at 192\.0\.2\.1:3030: it is no address of this machine\n$/,
    );
  }));

test.run();
