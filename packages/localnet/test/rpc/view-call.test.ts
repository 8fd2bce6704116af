// Compiles WebAssembly at run time, which workerd forbids.
import { encodeUtf8 } from "@yoctonear/base";
import { connect } from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { type Json, list, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, buildContract, call } from "../runtime/contract-builder.ts";

const test = suite("call_function: contracts at any kept block");

const ID = "alice.near";
/** The length that names a register. */
const REGISTER = 2n ** 64n - 1n;

const CONTRACT = buildContract({
  set: [ask("storage_write", "key", "new", 0n)],
  get: [ask("storage_read", "key", 1n), call("value_return", REGISTER, 1n)],
  echo: [call("input", 0n), call("value_return", REGISTER, 0n)],
  height: [ask("block_index"), call("current_account_id", 0n), call("value_return", REGISTER, 0n)],
  chain: [call("chain_id", 0n), call("value_return", REGISTER, 0n)],
  log: [call("log_utf8", "seen")],
  shout: [call("log_utf8", "seen"), call("panic_utf8", 'a "quoted" word')],
  write: [ask("storage_write", "key", "other", 0n)],
  nowhere: [call("read_register", 5n, 0n)],
});

async function chainWithContract(): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: { [ID]: "100 NEAR" } });
  await connect(chain).account(ID, chain.signer(ID)).deploy(CONTRACT);
  return chain;
}

interface Question {
  readonly method: string;
  readonly args?: string;
  readonly block?: Json;
}

async function query(chain: Localnet, { method, args = "", block }: Question): Promise<Json> {
  const answer = await chain.transport({
    method: "query",
    params: {
      request_type: "call_function",
      account_id: ID,
      method_name: method,
      args_base64: btoa(args),
      ...(block === undefined ? { finality: "optimistic" } : { block_id: block }),
    },
  });
  const json: Json = JSON.parse(JSON.stringify(answer));
  return json;
}

function resultOf(answer: Json): string {
  const bytes = list(answer, "result").map(Number);
  return String.fromCharCode(...bytes);
}

test("P44: gives what the contract returns, and its logs", async () => {
  const chain = await chainWithContract();
  assert.is(resultOf(await query(chain, { method: "echo", args: "hello" })), "hello");
  assert.is(resultOf(await query(chain, { method: "chain" })), "localnet");
  const answer = await query(chain, { method: "log" });
  assert.equal(list(answer, "logs"), ["seen"]);
  assert.is(resultOf(answer), "");
});

test("sees the state of the block that is asked for", async () => {
  const chain = await chainWithContract();
  const { block_height: height } = await connect(chain).account(ID).state();
  await connect(chain).account(ID, chain.signer(ID)).call(ID, "set", new Uint8Array());
  assert.is(resultOf(await query(chain, { method: "get" })), "new");
  const before = await query(chain, { method: "get", block: height });
  // Nothing is in the register then.
  assert.match(text(before, "error"), "InvalidRegisterId { register_id: 1 }");
});

test("changes nothing", async () => {
  const chain = await chainWithContract();
  assert.match(
    text(await query(chain, { method: "write" }), "error"),
    'HostError(ProhibitedInView { method_name: "storage_write" })',
  );
  assert.match(text(await query(chain, { method: "get" }), "error"), "InvalidRegisterId");
});

test("fails in Rust's words, as a result of query and as an error of the typed method", async () => {
  const chain = await chainWithContract();
  const started = "wasm execution failed with error: ";
  const errors: Readonly<Record<string, readonly [string, string]>> = {
    shout: [
      'HostError(GuestPanic { panic_msg: "a \\"quoted\\" word" })',
      'ExecutionError("Smart contract panicked: a \\"quoted\\" word")',
    ],
    nowhere: [
      "HostError(InvalidRegisterId { register_id: 5 })",
      'ExecutionError("Accessed invalid register id: 5")',
    ],
    missing: ["MethodResolveError(MethodNotFound)", "MethodResolveError(MethodNotFound)"],
    "": ["MethodResolveError(MethodEmptyName)", "MethodResolveError(MethodEmptyName)"],
  };
  for (const [method, [untyped, typed]] of Object.entries(errors)) {
    const answer = await query(chain, { method });
    assert.is(text(answer, "error"), started + untyped, method);
    assert.equal(list(answer, "logs"), [], method);
    const params = {
      account_id: ID,
      method_name: method,
      args_base64: "",
      finality: "optimistic",
    };
    const failed = await chain
      .transport({ method: "EXPERIMENTAL_call_function", params })
      .catch((error: unknown) => error);
    assert.ok(failed instanceof Error && "raw" in failed, method);
    assert.match(JSON.stringify(failed.raw), JSON.stringify(typed).slice(1, -1));
  }
});

test("an account without a contract has no code, one that is not there is unknown", async () => {
  const chain = await createLocalnet({ accounts: { [ID]: "1 NEAR" } });
  assert.is(
    text(await query(chain, { method: "get" }), "error"),
    `wasm execution failed with error: CompilationError(CodeDoesNotExist { account_id: "${ID}" })`,
  );
  const params = {
    request_type: "call_function",
    account_id: "nobody.near",
    method_name: "get",
    args_base64: "",
    finality: "optimistic",
  };
  const failed = await chain
    .transport({ method: "query", params })
    .catch((error: unknown) => error);
  assert.ok(failed instanceof Error && "code" in failed);
  assert.is(failed.code, "UNKNOWN_ACCOUNT");
});

test("what is no module fails where it is called, not where it is deployed", async () => {
  const chain = await createLocalnet({ accounts: { [ID]: "100 NEAR" } });
  const code = encodeUtf8("no module");
  const account = connect(chain).account(ID, chain.signer(ID));
  await account.send(ID, [{ type: "deployContract", code }]);
  assert.match(
    text(await query(chain, { method: "get" }), "error"),
    "CompilationError(PrepareError(Deserialization))",
  );
});

test.run();
