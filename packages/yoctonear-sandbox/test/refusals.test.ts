import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { command, edit, execute, inFolder, init } from "./command.ts";

const test = suite("run: what it refuses");

interface Records {
  records: Record<string, Record<string, unknown>>[];
  [field: string]: unknown;
}

/** Tries to start a home after a change. */
async function refusal(
  change: (home: string) => void,
): Promise<{ readonly code: number | null; readonly log: string }> {
  return inFolder(async (folder) => {
    const home = join(folder, "home");
    await init(home, "--chain-id", "localnet");
    change(home);
    const { code, log } = await command("--home", home, "run", "--rpc-addr", "127.0.0.1:0");
    assert.not.ok(existsSync(join(home, "data", "LOCK")), "leaves no lock");
    return { code, log: log.replaceAll(home, "HOME") };
  });
}

function genesis(change: (genesis: Records) => void): (home: string) => void {
  return (home) =>
    edit(join(home, "genesis.json"), (json) => {
      const parsed: Records = JSON.parse(json);
      change(parsed);
      return JSON.stringify(parsed);
    });
}

const remove = (file: string) => (home: string) => rmSync(join(home, file));
const write = (file: string, text: string) => (home: string) =>
  writeFileSync(join(home, file), text);

const CASES: readonly (readonly [
  what: string,
  change: (home: string) => void,
  message: string | RegExp,
])[] = [
  [
    "no home",
    (home) => rmSync(home, { recursive: true }),
    "HOME is no home: found no config.json, which init writes",
  ],
  [
    "no configuration",
    remove("config.json"),
    "HOME is no home: found no config.json, which init writes",
  ],
  ["no genesis", remove("genesis.json"), "cannot read HOME/genesis.json: no such file or folder"],
  [
    "no validator's key",
    remove("validator_key.json"),
    "cannot read HOME/validator_key.json: no such file or folder",
  ],
  ["an empty file", write("config.json", ""), "HOME/config.json is no JSON: it is empty"],
  [
    "half a file",
    write("genesis.json", '{\n  "protocol_version": 86,\n'),
    "HOME/genesis.json is no JSON: line 3, column 1",
  ],
  [
    "a broken file",
    write("validator_key.json", '{"secret_key": "ed25519:3tgd" x'),
    "HOME/validator_key.json is no JSON: line 1, column 31",
  ],
  ["a list", write("genesis.json", "[]"), "expected HOME/genesis.json to hold an object of JSON"],
  [
    "a folder",
    (home) => (rmSync(join(home, "genesis.json")), mkdirSync(join(home, "genesis.json"))),
    "cannot read HOME/genesis.json: it is a folder",
  ],
  [
    "a key without a secret",
    write("validator_key.json", '{"account_id":"test.near","public_key":"ed25519:1"}'),
    "expected HOME/validator_key.json to have a text as private_key",
  ],
  ["a data folder that is a file", write("data", ""), "cannot make HOME/data: it is a file"],
  [
    "a supply that is not that of the accounts",
    genesis((g) => (g["total_supply"] = "5")),
    "the genesis contradicts itself: its accounts have 2050000000000000000000000000000000 yoctoNEAR in all, its total_supply is 5",
  ],
  [
    "no supply",
    genesis((g) => delete g["total_supply"]),
    "the genesis contradicts itself: total_supply of the genesis is no amount",
  ],
  [
    "an account twice",
    genesis((g) => g.records.push(g.records[0] ?? {})),
    "the genesis contradicts itself: account test.near is there twice",
  ],
  [
    "a key of no account",
    genesis((g) => g.records.splice(2, 1)),
    "the genesis contradicts itself: AccessKey of near, an account that is not there",
  ],
  [
    "two contracts of an account",
    genesis((g) =>
      g.records.push(...[1, 2].map(() => ({ Contract: { account_id: "near", code: "" } }))),
    ),
    "the genesis contradicts itself: account near has more than one contract",
  ],
  [
    "a contract of no account",
    genesis((g) => g.records.push({ Contract: { account_id: "far", code: "" } })),
    "the genesis contradicts itself: Contract of far, an account that is not there",
  ],
  [
    "no validators",
    genesis((g) => (g["validators"] = [])),
    "the genesis contradicts itself: it has no validators",
  ],
  [
    "a validator without a stake",
    genesis((g) => edit0(g, { locked: "0", amount: "1050000000000000000000000000000000" })),
    "the genesis contradicts itself: test.near has 0 yoctoNEAR locked, as a validator it stakes 50000000000000000000000000000000",
  ],
  [
    "a validator without an account",
    genesis((g) => g.records.splice(0, 2)),
    "the genesis contradicts itself: test.near has 0 yoctoNEAR locked, as a validator it stakes 50000000000000000000000000000000",
  ],
  [
    "a stake of no validator",
    genesis((g) => edit2(g, { locked: "1" })),
    "the genesis contradicts itself: near has 1 yoctoNEAR locked, as a validator it stakes 0",
  ],
  [
    "another validator's key",
    (home) =>
      edit(join(home, "validator_key.json"), (json) => json.replace("test.near", "bob.near")),
    /^the genesis contradicts itself: bob\.near with ed25519:\w+ of HOME\/validator_key\.json is no validator$/,
  ],
  [
    "epochs of no length",
    genesis((g) => (g["epoch_length"] = 0)),
    "the genesis contradicts itself: its epoch_length is 0",
  ],
  [
    "no records",
    genesis((g) => Reflect.deleteProperty(g, "records")),
    "the genesis contradicts itself: it has no list of records",
  ],
  [
    "a record that is none",
    genesis((g) => g.records.push({ Nothing: { account_id: "near" } })),
    /^cannot start from the genesis: expected a record of kind /,
  ],
  [
    "an id that is none",
    genesis((g) =>
      g.records.push({
        Account: {
          account_id: "Not an id",
          account: { amount: "0", locked: "0", code_hash: "1".repeat(32), storage_usage: 0 },
        },
      }),
    ),
    /^cannot start from the genesis: /,
  ],
  [
    "a field that is missing",
    genesis((g) => delete g["gas_limit"]),
    /^cannot start from the genesis: .*gas_limit/,
  ],
  [
    "many shards",
    genesis(
      (g) =>
        (g["shard_layout"] = { V2: { boundary_accounts: ["a"], shard_ids: [0, 1], version: 0 } }),
    ),
    "cannot start from the genesis: expected shard_layout of one shard, got 2",
  ],
  [
    "a public network",
    genesis((g) => (g["chain_id"] = "testnet")),
    "expected a chain of its own, got that of a public network",
  ],
];

function edit0(genesis: Records, change: Record<string, unknown>): void {
  Object.assign(Object(genesis.records[0]?.["Account"]?.["account"]), change);
}

function edit2(genesis: Records, change: Record<string, unknown>): void {
  Object.assign(Object(genesis.records[2]?.["Account"]?.["account"]), change);
  genesis["total_supply"] = String(BigInt(String(genesis["total_supply"])) + 1n);
}

test("says in one line what is wrong with a home", async () => {
  for (const [what, change, message] of CASES) {
    const { code, log } = await refusal(change);
    assert.is(code, 1, `${what}: ${log}`);
    assert.match(log, /^error: [^\n]+\n$/, what);
    const told = log.slice("error: ".length, -1);
    if (typeof message === "string") assert.is(told, message, what);
    else assert.match(told, message, what);
  }
});

test("never shows what is in a file of keys", async () => {
  const secret =
    "ed25519:3tgdk2wPraJzT4nsTuf86UX41xgPNk3MHnq8epARMdBNs29AFEztAuaQ7iHddDfXG9F2RzV1XNQYgJyAyoW51UBB";
  for (const text of [
    secret,
    `{"secret_key":"${secret}"`,
    `{"account_id":"a","secret_key":"${secret}",}`,
  ]) {
    const { code, log } = await refusal(write("validator_key.json", text));
    assert.is(code, 1);
    assert.not.match(log, /3tgdk2w/);
  }
});

test("takes the records of a genesis whose file of records was left behind, as wrappers do with a dump", async () => {
  const { code, log } = await refusal((home) =>
    edit(join(home, "config.json"), (json) =>
      json.replace('"genesis_records_file": null', '"genesis_records_file": "records.json"'),
    ),
  );
  assert.is(code, 0, log);
});

test("takes stakes that have grown by rewards since: what is beyond the genesis's own is free", async () => {
  const grow = genesis((g) => {
    edit0(g, {
      locked: "50000000000000000000000000000001",
      amount: "999999999999999999999999999999999",
    });
  });
  const { code, log } = await refusal(grow);
  assert.is(code, 0, log);
});

test("tells a taken port, as a process: one line, no trace, exit code 1", () =>
  inFolder(async (home) => {
    await init(home);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const taken = await execute("--home", home, "run", "--rpc-addr", `127.0.0.1:${port}`);
    server.close();
    assert.is(taken.code, 1);
    assert.is(taken.log, `error: cannot listen at 127.0.0.1:${port}: the port is taken\n`);
    assert.is(taken.out, "");
    assert.not.ok(existsSync(join(home, "data", "LOCK")));
    const broken = await execute("--home", join(home, "nothing"), "run");
    assert.is(broken.code, 1);
    assert.match(broken.log, /^error: [^\n]+ is no home: [^\n]+\n$/);
    assert.match(readFileSync(join(home, "config.json"), "utf8"), /^\{/);
  }));

test.run();
