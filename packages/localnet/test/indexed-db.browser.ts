/**
 * Runs in Chromium only (`node scripts/chromium.mjs`): a page with a key that nobody can read pays on a chain of its own.
 * @module
 */
import { connect } from "@yoctonear/account";
import { openKeyDatabase } from "@yoctonear/keys/indexed-db";
import { createLocalnet } from "@yoctonear/localnet";
import { fullAccess } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const page = suite("localnet: in a page");

page("P29: a key of IndexedDB is added to an account, kept, found again, and pays", async () => {
  const name = `test-${crypto.randomUUID()}`;
  const chain = await createLocalnet({
    accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" },
  });
  const near = connect(chain);
  const keys = await openKeyDatabase({ network: "localnet", name });
  const made = await keys.generate("alice.near");
  await near.account("alice.near", chain.signer("alice.near")).addKey(made.publicKey, fullAccess());
  keys.close();

  // The next visit of the page
  const again = await openKeyDatabase({ network: "localnet", name });
  const alice = near.account("alice.near", await again.get("alice.near"));
  const before = (await near.account("bob.near").balance()).total;
  const outcome = await alice.transfer("bob.near", "2 NEAR");
  assert.ok(outcome.gasBurnt > 0n);
  assert.is((await near.account("bob.near").balance()).total - before, 2n * 10n ** 24n);
  await alice.deleteKey(made.publicKey);
  await again.remove("alice.near", made.publicKey);
  assert.equal(await again.list(), []);
  again.close();
  indexedDB.deleteDatabase(name);
});

page.run();
