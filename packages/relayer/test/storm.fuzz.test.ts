import { connect, createMemoryJournal, journalled } from "@yoctonear/account";
import { memoryRelayStore, type RelayStore } from "@yoctonear/relayer";
import { type Transport, TransportError } from "@yoctonear/rpc";
import { type Delegate, type DelegateV2, transfer } from "@yoctonear/transactions";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ask, type Relayer, setStage } from "./stage.ts";

const test = suite("relayer: storms of replays over a bad network");
const YOCTO = 10n ** 24n;
const policy = {
  receivers: { "bob.near": { actions: ["transfer"], maxDeposit: "1 NEAR" } },
} as const;

/** What happens to a request to the node: nothing else than that it, or its answer, is lost. */
const luck = fc.infiniteStream(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant("fine" as const) },
    { weight: 2, arbitrary: fc.constant("answer lost" as const) },
    { weight: 1, arbitrary: fc.constant("request lost" as const) },
  ),
);
const steps = fc.array(
  fc.record({
    sender: fc.constantFrom("alice.near", "carol.near"),
    copies: fc.integer({ min: 1, max: 6 }),
    /** The process starts anew: with its store, with its journal only, or with neither. */
    restart: fc.constantFrom("no", "no", "store", "journal", "nothing"),
  }),
  { minLength: 1, maxLength: 4 },
);

test("P1: each delegate action is executed once, however often it is sent and whatever is lost", async () => {
  const stage = await setStage();
  const { chain, near, act, account, signed } = stage;
  const { signer } = account;
  if (signer === undefined) throw new Error("expected a signer");
  await fc.assert(
    fc.asyncProperty(steps, luck, async (plan, lucks) => {
      let isNoisy = true;
      const transport: Transport = async (request, options) => {
        const fate = isNoisy ? lucks.next().value : "fine";
        if (fate === "request lost") throw new TransportError("network", fate);
        const answer = await chain.transport(request, options);
        if (fate === "answer lost") throw new TransportError("network", fate);
        return answer;
      };
      let journal = createMemoryJournal();
      let store: RelayStore = memoryRelayStore();
      const start = (): Relayer => {
        const options = { journal: journalled(journal) };
        const payer = connect(transport, options).account("relayer.near", signer);
        return stage.open(policy, {
          account: payer,
          journal,
          store,
          timeout: 2_000,
          pollInterval: 1,
        });
      };
      const before = (await near.account("bob.near").balance()).total;
      let relayer = start();
      const sent: (Delegate | DelegateV2)[] = [];
      for (const { sender, copies, restart } of plan) {
        const delegated = await act(sender).delegate("bob.near", [transfer("1 NEAR")]);
        sent.push(delegated);
        const answers = await Promise.all(
          Array.from({ length: copies }, () => ask(relayer, delegated)),
        );
        for (const answer of answers) assert.ok(RETRIED.includes(answer), answer);
        if (restart === "no") {
          // Its turn is over only when it is known: the sender's next nonce would kill it.
          await untilKnown(relayer, delegated);
          continue;
        }
        if (restart !== "store") store = memoryRelayStore();
        if (restart === "nothing") journal = createMemoryJournal();
        relayer = start();
        await untilKnown(relayer, delegated);
      }
      isNoisy = false;
      for (const delegated of sent) {
        assert.ok(["executed", "nonce_used"].includes(await ask(relayer, delegated)));
      }
      const { total } = await near.account("bob.near").balance();
      assert.is(total - before, BigInt(sent.length) * YOCTO);
    }),
    { numRuns: 15 },
  );
  assert.ok(signed.length > 0);
});

const RETRIED: readonly string[] = ["executed", "unavailable", "unknown_outcome"];

/** Asks again until the answer says that it is done; one that remembers nothing has the chain's word. */
async function untilKnown(relayer: Relayer, delegated: Delegate | DelegateV2): Promise<void> {
  for (let times = 0; times < 50; times++) {
    const answer = await ask(relayer, delegated);
    if (answer === "executed" || answer === "nonce_used") return;
    assert.ok(RETRIED.includes(answer), answer);
  }
  assert.unreachable("expected an end");
}

test.run();
