import { connect, journalled, resumeJournal } from "@yoctonear/account";
import { createLocalnet } from "@yoctonear/localnet";
import { openFileJournal } from "@yoctonear/node";
import { type Transport, TransportError } from "@yoctonear/rpc";
import { transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failure, inFolder } from "./samples.ts";

const ACCOUNTS = { "alice.near": "100 NEAR", "bob.near": "1 NEAR" } as const;
const NEAR = 10n ** 24n;

const pay = suite("file-journal: payments over a crash");

/** A network that ends with its process once a transaction should be sent: before it gets there, or after. */
function dying(transport: Transport, delivers: boolean, end: AbortController): Transport {
  const sent = async (...[request, options]: Parameters<Transport>): Promise<unknown> => {
    end.signal.throwIfAborted();
    if (!["send_tx", "broadcast_tx_async", "broadcast_tx_commit"].includes(request.method)) {
      return transport(request, options);
    }
    if (delivers) await transport(request);
    end.abort();
    throw new TransportError("network", "expected an answer, got none");
  };
  return Object.assign(sent, { scope: transport.scope });
}

for (const [when, delivers] of [
  ["before the transaction was sent", false],
  ["after the chain had it", true],
] as const) {
  pay(`a process that ends ${when} pays once after its restart`, async () => {
    await inFolder(async (folder) => {
      const chain = await createLocalnet({ accounts: ACCOUNTS });
      const bob = connect(chain).account("bob.near");
      const before = (await bob.balance()).total;
      const path = `${folder}/sent.journal`;

      const first = await openFileJournal(path);
      const end = new AbortController();
      const transport = dying(chain.transport, delivers, end);
      const near = connect(transport, { journal: journalled(first) });
      const alice = near.account("alice.near", chain.signer("alice.near"));
      await failure(async () =>
        alice.send("bob.near", [transfer("5 NEAR")], {
          reference: "invoice 7",
          signal: end.signal,
        }),
      );
      await first.close();

      const second = await openFileJournal(path);
      assert.equal(
        (await second.list()).map(({ reference }) => reference),
        ["invoice 7"],
      );
      const [resumed] = await resumeJournal(connect(chain).transport, second);
      assert.is(resumed?.result.status, "fulfilled");
      assert.is((await bob.balance()).total - before, 5n * NEAR);
      // The caller pays it again by its reference, and gets the same payment.
      const again = connect(chain, { journal: journalled(second) });
      const outcome = await again
        .account("alice.near", chain.signer("alice.near"))
        .send("bob.near", [transfer("5 NEAR")], { reference: "invoice 7" });
      assert.is(outcome.hash, resumed?.entry.hash);
      assert.is((await bob.balance()).total - before, 5n * NEAR);
      await second.remove(outcome.hash);
      await second.close();
    });
  });
}

pay.run();
