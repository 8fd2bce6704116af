// Compiles WebAssembly at run time, which workerd forbids.
import { encodeBase64, encodeHex, encodeUtf8 } from "@yoctonear/base";
import { loadProbeContract, loadRecording, record } from "@yoctonear/vectors";
import { parseGenesis } from "#localnet/chain/genesis";
import { hashOf } from "#localnet/chain/hash";
import { ethWalletCodeHash } from "#localnet/runtime/eth-wallet";
import type { Json } from "#localnet/runtime/json";
import { type AccountContract, createAccount, NO_CONTRACT } from "#localnet/state/account";
import type { StateRecord } from "#localnet/state/state-record";
import { StateUpdate } from "#localnet/state/state-update";
import { globalContractCodeKey } from "#localnet/state/trie-key";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { buildContract, call } from "./contract-builder.ts";
import { createMiniChain, produceBlock } from "./mini-chain.ts";
import { amount, program, quietProgram } from "./probe-program.ts";
import { totalTokens } from "./supply.ts";
import { run, transfer, type World, worldOf } from "./world.ts";

const test = suite("runtime: contracts");

const TGAS = 10n ** 12n;
const ETH_ID = "0x4d2f3b7d9a5e6c1f8b0a2d4c6e8f0a1b3c5d7e9f";
const code = await loadProbeContract();
const LOCAL: AccountContract = { type: "local", hash: hashOf(code) };

function callOf(methodName: string, args: Uint8Array, deposit = 0n): Parameters<typeof run>[3] {
  return [{ type: "functionCall", methodName, args, gas: 300n * TGAS, deposit }];
}

/** Gives an account a contract, and writes the code where it is looked for. */
function giveContract(world: World, accountId: string, contract: AccountContract): void {
  const account = world.account(accountId) ?? createAccount(10n ** 24n, 182n, NO_CONTRACT);
  const records: StateRecord[] = [
    { type: "account", accountId, account: { ...account, contract } },
  ];
  if (contract.type === "local") records.push({ type: "contract", accountId, code });
  produceBlock(world.chain, [], { statePatch: records });
}

function putGlobalCode(world: World, hash: string, bytes: Uint8Array): void {
  const state = new StateUpdate(world.chain.state);
  state.other.set(globalContractCodeKey({ type: "codeHash", hash }), bytes);
  state.commit({ type: "statePatch" });
  world.chain.state = state.finish();
}

function callError(error: Json): Json {
  const kind = record(error, "ActionError", "kind");
  return kind["FunctionCallError"] ?? null;
}

test("a call of an ETH-implicit account says that its wallet's code is not here", () => {
  const world = worldOf();
  run(world, "alice.near", ETH_ID, [transfer(10n ** 24n)]);
  const missing = { CompilationError: { CodeDoesNotExist: { account_id: ETH_ID } } };
  const { error } = run(world, "alice.near", ETH_ID, callOf("run", program()));
  assert.equal(callError(error), missing);
});

test("once its wallet's code is here, it runs", () => {
  const world = worldOf();
  run(world, "alice.near", ETH_ID, [transfer(10n ** 24n)]);
  putGlobalCode(world, ethWalletCodeHash("localnet"), code);
  assert.is(run(world, "alice.near", ETH_ID, callOf("run", program())).error, null);
});

test("a marker in the place of code stands for the wallet", () => {
  const world = worldOf();
  const wallet = ethWalletCodeHash("localnet");
  const marker = encodeUtf8(`near${wallet}`);
  const contract = { type: "local", hash: hashOf(marker) } as const;
  giveContract(world, "bob.near", contract);
  const statePatch = [{ type: "contract", accountId: "bob.near", code: marker }] as const;
  produceBlock(world.chain, [], { statePatch });
  const call = callOf("run", program());
  const missing = { CompilationError: { CodeDoesNotExist: { account_id: "bob.near" } } };
  assert.equal(callError(run(world, "alice.near", "bob.near", call).error), missing);
  putGlobalCode(world, wallet, code);
  assert.is(run(world, "alice.near", "bob.near", call).error, null);
});

test("a genesis may bring global contracts, by hash and by account", async () => {
  const genesis = record(await loadRecording("genesis"));
  const records = genesis["records"];
  assert.ok(Array.isArray(records));
  const base64 = encodeBase64(code);
  const { state } = parseGenesis({
    ...genesis,
    records: [
      ...records,
      { GlobalContract: { code: base64 } },
      { GlobalContract: { code: base64, account_id: "test.near" } },
    ],
  });
  const world = { ...worldOf(), chain: createMiniChain(state) };
  const { other } = new StateUpdate(world.chain.state);
  const byHash = other.get(globalContractCodeKey({ type: "codeHash", hash: hashOf(code) }));
  const identifier = { type: "accountId", accountId: "test.near" } as const;
  assert.equal(byHash, code);
  assert.equal(other.get(globalContractCodeKey(identifier)), code);
});

test("a deposit is the contract's where the call succeeds, and comes back where it fails", () => {
  const world = worldOf();
  giveContract(world, "bob.near", LOCAL);
  const before = world.balance("bob.near");
  run(world, "alice.near", "bob.near", callOf("run", quietProgram(["panic"]), 10n ** 24n));
  // It has its share of the gas all the same.
  const reward = world.balance("bob.near") - before;
  assert.ok(reward > 0n && reward < 10n ** 22n);
  run(world, "alice.near", "bob.near", callOf("run", quietProgram(), 10n ** 24n));
  assert.ok(world.balance("bob.near") > before + 10n ** 24n);
});

test("a call that fails keeps its logs and its gas, and undoes what it wrote", () => {
  const world = worldOf();
  giveContract(world, "bob.near", LOCAL);
  const write = ["storage_write", "key", "value", 0n] as const;
  const args = quietProgram(write, ["log_utf8", "seen"], ["panic"]);
  const { outcomes } = run(world, "alice.near", "bob.near", callOf("run", args));
  const [, outcome] = outcomes;
  assert.equal(outcome?.logs, ["seen"]);
  assert.ok((outcome?.gasBurnt ?? 0n) > TGAS);
  const data = new StateUpdate(world.chain.state).data;
  assert.is(data.get({ accountId: "bob.near", key: encodeUtf8("key") }), null);
  const usage = world.account("bob.near")?.storageUsage;
  run(world, "alice.near", "bob.near", callOf("run", quietProgram(write)));
  assert.equal(data.get({ accountId: "bob.near", key: encodeUtf8("key") }), null);
  const written = new StateUpdate(world.chain.state).data;
  const value = written.get({ accountId: "bob.near", key: encodeUtf8("key") });
  assert.equal(value, encodeUtf8("value"));
  assert.is(world.account("bob.near")?.storageUsage, (usage ?? 0n) + 3n + 5n + 40n);
});

test("the yocto that a contract without money attaches is made, and counted", () => {
  const world = worldOf();
  giveContract(world, "bob.near", LOCAL);
  const poor = world.account("bob.near");
  assert.ok(poor);
  const statePatch = [
    {
      type: "account",
      accountId: "bob.near",
      account: { ...poor, amount: 0n, storageUsage: 182n },
    },
  ] as const;
  produceBlock(world.chain, [], { statePatch });
  const before = totalTokens(world.chain);
  const call = quietProgram(["promise_create", "alice.near", "none", "", amount(1n), 10n * TGAS]);
  const { outcomes } = run(world, "carol.near", "bob.near", callOf("run", call));
  // alice.near has no contract: the yocto goes back to bob.near, with the shares of the gas.
  assert.is(outcomes.filter(({ status }) => status.type === "failure").length, 1);
  assert.is(totalTokens(world.chain), before);
  assert.is(world.balance("bob.near") % 10n, 1n);
});

test("data that a call leaves is that which the next one sees, in the same receipt too", () => {
  const world = worldOf();
  giveContract(world, "bob.near", LOCAL);
  const writing = callOf("run", quietProgram(["storage_write", "key", "value", 0n]));
  const reading = callOf("run", program(["storage_read", "key", 5n], ["register_len", 5n]));
  const { outcomes } = run(world, "alice.near", "bob.near", [...writing, ...reading]);
  const status = outcomes[1]?.status;
  const found = status?.type === "successValue" ? encodeHex(status.value) : null;
  assert.is(found, "01000000000000000500000000000000");
});

test("where nothing can be compiled the call fails and says so, and the chain goes on", () => {
  const world = worldOf();
  const fresh = buildContract({ forbidden: [call("log_utf8", "seen")] });
  const contract = { type: "local", hash: hashOf(fresh) } as const;
  giveContract(world, "bob.near", contract);
  produceBlock(world.chain, [], {
    statePatch: [{ type: "contract", accountId: "bob.near", code: fresh }],
  });
  const { Module } = WebAssembly;
  WebAssembly.Module = new Proxy(Module, {
    construct() {
      throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
    },
  });
  const calling = callOf("forbidden", new Uint8Array());
  try {
    const { error } = run(world, "alice.near", "bob.near", calling);
    assert.match(JSON.stringify(error), "expected a runtime that compiles WebAssembly");
  } finally {
    WebAssembly.Module = Module;
  }
  assert.is(run(world, "alice.near", "bob.near", calling).error, null);
});

test.run();
