// Compiles WebAssembly at run time, which workerd forbids.
import { signingAccount } from "@yoctonear/account";
import { nft, nftToken, nftTransfer, nftTransferCall } from "@yoctonear/standards";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ART, failsWith, hostile, rejection, setStage } from "./stage.ts";

const test = suite("nft");

test("metadata, tokens, owners, supplies", async () => {
  const { near, alice } = await setStage();
  const art = nft(near, ART);
  assert.is(art.contractId, ART);
  assert.equal(await art.metadata(), {
    spec: "nft-1.0.0",
    name: "Art",
    symbol: "ART",
    icon: null,
    base_uri: null,
    reference: null,
    reference_hash: null,
  });
  const dawn = { token_id: "dawn", owner_id: "alice.near", metadata: { title: "dawn" } };
  assert.equal(await art.token("dawn"), dawn);
  assert.is(await art.token("night"), null);
  assert.is(await art.totalSupply(), 3n);
  assert.is(await art.supplyForOwner("alice.near"), 3n);
  assert.is(await art.supplyForOwner("bob.near"), 0n);
  const idsOf = async (...args: Parameters<typeof art.tokensForOwner>) =>
    (await art.tokensForOwner(...args)).map((token) => token.token_id);
  assert.equal(await idsOf("alice.near"), ["dawn", "dusk", "noon"]);
  assert.equal(await idsOf("alice.near", { from: 1, limit: 1 }), ["dusk"]);
  assert.equal(await idsOf("alice.near", { from: 2n }), ["noon"]);
  assert.equal(await idsOf("alice.near", { from: 0, limit: 2 }), ["dawn", "dusk"]);
  assert.equal(await idsOf("bob.near"), []);
  assert.not("transfer" in art);
  assert.equal(await nft(alice, ART).token("dawn"), dawn);
});

test("transfers, with a memo", async () => {
  const { alice, near } = await setStage();
  const art = nft(alice, ART);
  const outcome = await art.transfer("bob.near", "dawn", { memo: "for you", wait: "FINAL" });
  assert.match(outcome.logs.join(), /"token_ids":\["dawn"\],"memo":"for you"/);
  assert.match(outcome.tree(), "nft_transfer");
  assert.is((await nft(near, ART).token("dawn"))?.owner_id, "bob.near");
  await failsWith(art.transfer("bob.near", "dawn"), "failed", /Unauthorized/);
  await failsWith(art.transfer("bob.near", "night"), "failed", /Token not found/);
});

test("a call tells whether the receiver took it", async () => {
  const { alice, near } = await setStage();
  const art = nft(alice, ART);
  const call = (token: string, msg: string) => art.transferCall("defi.near", token, msg);
  assert.is((await call("dusk", "return")).taken, false);
  assert.is((await call("dusk", "return later")).taken, false);
  assert.is((await call("dusk", "fail")).taken, false);
  assert.is((await nftToken(near, ART, "dusk"))?.owner_id, "alice.near");
  assert.is((await call("dusk", "keep")).taken, true);
  assert.is((await nftToken(near, ART, "dusk"))?.owner_id, "defi.near");
  const early = await art.transferCall("defi.near", "noon", "keep", { wait: "INCLUDED" });
  assert.ok(early.taken === undefined || early.taken);
});

test("free functions take the accounts of free functions", async () => {
  const { chain, near } = await setStage();
  const alice = signingAccount(chain.transport, "alice.near", chain.signer("alice.near"));
  await nftTransfer(alice, ART, "bob.near", "dawn");
  assert.is((await nftTransferCall(alice, ART, "defi.near", "dusk", "keep")).taken, true);
  assert.equal((await nft(near, ART).tokensForOwner("alice.near")).length, 1);
});

test("an approval goes along, 0 too", async () => {
  const { alice } = await setStage();
  const sent = async (approvalId?: number): Promise<unknown> => {
    // Our contract has no approvals (NEP-178); it does not look at them.
    const outcome = await nft(alice, ART).transferCall("defi.near", "dawn", "return", {
      approvalId,
    });
    const [action] = outcome.response.transaction?.actions ?? [];
    if (typeof action !== "object" || !("FunctionCall" in action)) return undefined;
    const args: { readonly approval_id?: unknown } = JSON.parse(atob(action.FunctionCall.args));
    return args.approval_id;
  };
  assert.is(await sent(0), 0);
  assert.is(await sent(7), 7);
  assert.is(await sent(), undefined);
  for (const approvalId of [-1, 1.5, Number.NaN, 2 ** 53, "7", 7n, null]) {
    // @ts-expect-error some of them are no numbers
    const task = nft(alice, ART).transfer("bob.near", "dawn", { approvalId });
    assert.instance(await rejection(task), TypeError);
  }
});

test("ids, receivers and pages that are none are refused, and nothing is asked", async () => {
  const { near, asked } = hostile({});
  const art = nft(
    near.account("alice.near", { execute: () => Promise.reject(new Error("sent")) }),
    ART,
  );
  for (const id of [7, 7n, "", undefined, null]) {
    // @ts-expect-error ids are text
    assert.instance(await rejection(art.token(id)), TypeError);
    // @ts-expect-error ids are text
    assert.instance(await rejection(art.transfer("bob.near", id)), TypeError);
  }
  await failsWith(art.transfer("BAD ID!!", "dawn"), "invalid_account_id", /receiver id/);
  await failsWith(art.transfer(ART, "dawn"), "invalid_account_id", /other than the contract/);
  await failsWith(art.tokensForOwner("BAD ID!!"), "invalid_account_id", /expected/);
  for (const page of [
    { from: -1 },
    { from: 1.5 },
    { limit: -1 },
    { limit: Number.NaN },
    { from: -1n },
  ]) {
    assert.instance(await rejection(art.tokensForOwner("alice.near", page)), RangeError);
  }
  assert.throws(() => nft(near, "BAD ID!!"), /contract id/);
  assert.equal(asked, []);
});

test.run();
