import { connect, type SigningAccount } from "@yoctonear/account";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { parseNear } from "@yoctonear/primitives";
import { block, type Transport } from "@yoctonear/rpc";
import { signTransaction, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("sender: what need not be asked again");

const ONE = parseNear("1 NEAR");
const FAST = { pollInterval: 1 };

interface Scene {
  readonly chain: Localnet;
  readonly alice: SigningAccount;
  /** Methods that were asked since the last look. */
  asked(): readonly string[];
  received(): Promise<bigint>;
}

/** A chain as if behind a URL. */
async function scene(): Promise<Scene> {
  const chain = await createLocalnet({
    chainId: "testnet",
    accounts: { "alice.near": "100 NEAR", "bob.near": "1 NEAR" },
  });
  let methods: string[] = [];
  const remote: Transport = (request, options) => {
    methods.push(request.method);
    return chain.transport(request, options);
  };
  const transport = Object.assign(remote, { scope: "chain" as const });
  return {
    chain,
    alice: connect(transport).account("alice.near", chain.signer("alice.near")),
    asked: () => {
      const seen = methods;
      methods = [];
      return seen;
    },
    received: async () => (await connect(chain).account("bob.near").balance()).total - ONE,
  };
}

test("a key that nobody else uses is asked about once, and then each transfer is one request", async () => {
  const { alice, asked, received } = await scene();
  await alice.transfer("bob.near", 1n, FAST);
  assert.equal(asked().slice(-1), ["send_tx"]);
  for (let index = 0; index < 5; index += 1) {
    await alice.transfer("bob.near", 1n, FAST);
    assert.equal(asked(), ["send_tx"]);
  }
  assert.is(await received(), 6n);
});

test("P1: another process on the key is met once, then the key is asked about each time", async () => {
  const { chain, alice, asked, received } = await scene();
  await alice.transfer("bob.near", 1n, FAST);
  await payFar(chain);
  asked();
  const blocks = setInterval(() => void chain.fastForward(2), 2);
  await alice.transfer("bob.near", 100n, FAST);
  clearInterval(blocks);
  assert.ok(asked().includes("query"));
  await alice.transfer("bob.near", 1_000n, FAST);
  assert.ok(asked().includes("query"));
  assert.is(await received(), 1_111n);
});

test("what expires because the chain leaps ahead is signed anew and paid once", async () => {
  const { chain, alice, received } = await scene();
  await alice.transfer("bob.near", 1n, FAST);
  await chain.produceBlocks(150);
  await alice.transfer("bob.near", 10n, FAST);
  assert.is(await received(), 11n);
});

test("P4: a chain started anew from the same genesis is asked, and takes none of the other's nonces", async () => {
  for (const _ of [1, 2]) {
    const { chain, alice, asked, received } = await scene();
    await alice.transfer("bob.near", 1n, FAST);
    assert.ok(asked().includes("query"));
    assert.is(await received(), 1n);
    await chain.fastForward(10_000);
    await payFar(chain);
    await chain.produceBlocks(150);
    // Asks, since its block is too old by now, and learns of a nonce that no young chain takes.
    await alice.transfer("bob.near", 1n, FAST);
    assert.is(await received(), 12n);
  }
});

/** Another process pays by a nonce far above those that the first one knows of. */
async function payFar(chain: Localnet): Promise<void> {
  const near = connect(chain);
  const signer = chain.signer("alice.near");
  const drawn = await near.account("alice.near", signer).prepare("bob.near", [transfer(10n)]);
  const height = (await block(chain.transport, { block: { finality: "final" } })).header.height;
  const nonce = height * 900_000n;
  await near.send(await signTransaction({ ...drawn, version: 0, nonce }, signer));
}

test.run();
