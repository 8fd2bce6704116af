import { connect } from "@yoctonear/account";
import { isNearError } from "@yoctonear/base";
import { createLocalnet } from "@yoctonear/localnet";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const NEAR = 10n ** 24n;
const IDS = Array.from({ length: 20 }, (_, index) => `a${index}.near`);
const ACCOUNTS = Object.fromEntries(IDS.map((id) => [id, "10 NEAR"] as const));

const testClient = suite("the whole client on a chain in this process");

testClient("many accounts send at once, each one after another", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const near = connect(chain);
  const sent = await Promise.all(
    IDS.flatMap((id, index) => {
      const account = near.account(id, chain.signer(id));
      const to = IDS[(index + 1) % IDS.length] ?? id;
      return [1, 2, 3].map(() => account.transfer(to, "1 NEAR"));
    }),
  );
  assert.is(new Set(sent.map(({ hash }) => hash)).size, 60);
  for (const id of IDS) {
    const { total } = await near.account(id).balance();
    assert.ok(total > 9n * NEAR && total < 10n * NEAR);
  }
});

testClient("a snapshot per test: nonces start anew, and the bytes are the same", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const alice = connect(chain).account("a0.near", chain.signer("a0.near"));
  const fresh = chain.snapshot();
  const hashes: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    hashes.push((await alice.transfer("a1.near", "1 NEAR")).hash);
    await chain.restore(fresh);
  }
  assert.is(new Set(hashes).size, 1);
});

testClient("an overdraft is rejected with nearcore's reason", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const alice = connect(chain).account("a0.near", chain.signer("a0.near"));
  const error = await alice.transfer("a1.near", "1000 NEAR").catch((reason: unknown) => reason);
  assert.ok(isNearError(error, "rejected"), String(error));
});

testClient.run();
