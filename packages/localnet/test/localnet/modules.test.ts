import { connect } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { loadContract } from "@yoctonear/contracts";
import { createLocalnet } from "@yoctonear/localnet";
import { formatHash, sha256 } from "@yoctonear/primitives";
import { prepareContract } from "@yoctonear/wasm";
import { suite } from "uvu";
import * as assert from "uvu/assert";

declare global {
  /** Set by scripts/workerd.mjs, where WebAssembly comes compiled or not at all. */
  var COMPILED_AHEAD: { readonly hello: WebAssembly.Module } | undefined;
}

const test = suite("createLocalnet: modules");

const code = await loadContract("hello");
const ahead = globalThis.COMPILED_AHEAD;
const accounts = { "hello.near": "10 NEAR" } as const;

test("runs a contract that was compiled ahead", async () => {
  const module = ahead?.hello ?? new WebAssembly.Module(prepareContract(code).bytes);
  const modules = new Map([[formatHash(sha256(code)), module]]);
  const chain = await createLocalnet({ accounts, modules });
  await connect(chain).account("hello.near", chain.signer("hello.near")).deploy(code);
  assert.is(await connect(chain).view("hello.near", "hello"), "Hello");
});

test("says what to do where nothing can be compiled", async () => {
  const chain = await createLocalnet({ accounts });
  const hello = connect(chain).account("hello.near", chain.signer("hello.near"));
  const other = await loadContract("counter");
  await hello.deploy(other);
  const calling = hello.call("hello.near", "get_num");
  if (ahead === undefined) return void (await calling.catch(() => undefined));
  try {
    await calling;
    assert.unreachable();
  } catch (error) {
    assert.ok(isNearError(error, "failed"), String(error));
    assert.match(error.message, /compile .* ahead and pass the module by the code's hash/);
  }
  // The chain goes on.
  await chain.produceBlock();
});

test.run();
