import { connect } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import { createLocalnet } from "@yoctonear/localnet";
import { block } from "@yoctonear/rpc";
import { fullAccess, transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("prepare: from the chain");

test("a key made just now signs before it is final, with the hash of the final block", async () => {
  const chain = await createLocalnet({ blocks: "manual", accounts: { "alice.near": "10 NEAR" } });
  const near = connect(chain);
  const alice = near.account("alice.near", chain.signer("alice.near"));
  const pair = randomEd25519KeyPair();
  await alice.addKey(pair.publicKey, fullAccess(), { wait: "NONE" });
  await chain.produceBlock();
  const other = near.account("alice.near", pair);
  const { blockHash } = await other.prepare("near", [transfer("1 NEAR")]);
  const final = await block(near.transport, { block: { finality: "final" } });
  assert.is(blockHash, final.header.hash);
  const { hash } = await other.transfer("near", "1 NEAR", { wait: "NONE" });
  await chain.produceBlocks(2);
  const outcome = await near.status(hash, "alice.near");
  assert.is(outcome.failure, undefined);
});

test("a key that the account does not have is an error", async () => {
  const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
  const alice = connect(chain).account("alice.near", randomEd25519KeyPair());
  try {
    await alice.prepare("near", [transfer("1 NEAR")]);
    assert.unreachable("expected an error");
  } catch (error) {
    assert.ok(isNearError(error, "UNKNOWN_ACCESS_KEY"));
  }
});

test.run();
