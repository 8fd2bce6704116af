import {
  createTrace,
  examples,
  type Network,
  openFromEnvironment,
  openLocalnet,
  openLocalnetOverHttp,
} from "@yoctonear/examples";
import { suite } from "uvu";
import * as assert from "uvu/assert";

/** What each example must have seen, so that none can succeed by doing nothing. */
const SEEN: { readonly [title: string]: RegExp } = {
  "Get the balance of an account":
    /^total +1000 NEAR\navailable +1000 NEAR\nstaked +0 NEAR\nstorage +0 NEAR$/,
  "Get the state of an account": /^182 bytes stored, code hash 1{32}\n.* exists: false$/,
  "Create a named account, through the registrar":
    /^named-\d+-root\.near had 1 key; a second time: TransactionError: .* failed: near did not create named-/,
  "Create a sub-account": /^app-\d+\.root\.near had 1 key$/,
  "Create an account from a seed phrase": /^12 words, ed25519:/,
  "Delete an account": /^0\.2 NEAR went back; exists: false$/,
  "Send NEAR tokens": /received 0\.1 NEAR$/,
  "Send a fungible token: exact amounts, the receiver registered on the way":
    /^receiver-\d+\.root\.near received 1\.5 EXMPL, 998\.5 are left; registered for 0\.00122 NEAR\nParseError: .* at most 6 decimals.* got string "0\.0000001 tokens"$/,
  "Send a non-fungible token": /^dawn is owned by receiver-\d+\.root\.near, which has 1 token$/,
  "Call a contract": /^\w{43,44} burnt 1\.\d+ Tgas; messages: 1$/,
  "View: ask a contract, for free":
    /^\[{"premium":false,"sender":"root\.near","text":"hi"},{[^}]*"text":"hello"}]$/,
  "A contract typed by an interface": /^1 message: "hi" by root\.near, premium: true$/,
  "Look inside: the tree of receipts of a call across contracts":
    /^{"answer":42}\n.*\n.* caller-\d+\.root\.near: ask\([^]* counter-\d+\.root\.near: increment\([^]* on_answer\(/,
  "Batch actions: all or nothing, one receiver": /^4 actions in one transaction \(.*\), 2 keys$/,
  "Send transactions simultaneously, with many keys": /^6 of 6 transfers went through/,
  "Deploy a contract, with its init in the same transaction":
    /^\d+ bytes of code; the counter is at 41$/,
  "Redeploy: new code, the state stays and is migrated":
    /^\w{43,44} → \w{43,44}\n{"value":42,"changes":1}$/,
  "A global contract, by its hash: many accounts use one code, for good":
    /^\w{43,44}\nHello from an account of \d{3} bytes$/,
  "A global contract, by its account: the account upgrades it for all":
    /^first it said Hello, then it counted: 0$/,
  "List the keys of an account": /^ed25519:\w+ FullAccess$/,
  "Add and delete a full-access key": / is there: false$/,
  "Add and delete a function-call key": /^a transfer with it is rejected: \w+$/,
  "Sign by hand: prepare, sign elsewhere, send":
    /\n\w{43,44} (EXECUTED_OPTIMISTIC|EXECUTED|FINAL)$/,
  "Meta-transaction: one signs, another pays":
    /^\[{"premium":false,"sender":"poor-\d+\.root\.near","text":"hi"}]\nits sender has 0 NEAR$/,
  "Handle an error: more than the balance":
    /^rejected, NotEnoughBalance\n.*balance 0\.1 NEAR, cost 1000\./,
  "Sign a message: no transaction, no gas":
    /^root\.near signed with ed25519:\w{43,44}\n[\w+/]{86}==$/,
  "Validate a message: who signed it, or why not":
    /^refused: unknown_key\nrefused: invalid_signature\nsigned by root\.near\nrefused: replayed$/,
};

for (const [name, open] of [
  ["in process", openLocalnet],
  ["over HTTP", openLocalnetOverHttp],
] as const) {
  const test = suite<{ network: Network }>(`examples: ${name}`);
  test.before(async (context) => {
    context.network = await open();
  });
  test.after(({ network }) => network.close());
  for (const { title, run } of examples) {
    test(title, async ({ network }) => {
      const expected = SEEN[title];
      if (expected === undefined) throw new Error(`nothing is expected of "${title}"`);
      assert.match(await run(network.context), expected);
    });
  }
  test("clean up after themselves", async ({ network }) => {
    const { root } = network.context;
    assert.is((await root.keys()).length, 1);
    const { total } = await root.balance();
    // What two global contracts cost is burnt.
    assert.ok(total > 998n * 10n ** 24n);
  });
  test.run();
}

const tour = suite("tour: what a person sees");

tour("tells who did what, hash, gas, fee, balance before and after", async () => {
  const trace = createTrace();
  const network = await openLocalnet(trace.wrap);
  const send = examples.find(({ title }) => title === "Send NEAR tokens");
  await send?.run(network.context);
  const [, transfer] = await trace.report();
  const lines = transfer?.split("\n") ?? [];
  assert.is(lines[0], "root.near → receiver-1.root.near");
  assert.is(lines[1], "transfer 0.1 NEAR to receiver-1.root.near");
  assert.match(lines[2] ?? "", /^hash \w{43,44}$/);
  assert.is(lines[3], "gas 0.6695476875 Tgas   fee 0.0000446365125 NEAR");
  assert.is(lines[4], "root.near: 999.992908035075 NEAR → 999.8928633985625 NEAR");
  assert.equal(await trace.report(), []);
});

tour("tells why a transaction was not included", async () => {
  const trace = createTrace();
  const network = await openLocalnet(trace.wrap);
  const overdraft = examples.find(({ title }) => title.startsWith("Handle an error"));
  await overdraft?.run(network.context);
  const reports = await trace.report();
  assert.match(reports[1] ?? "", /\nnot included: NotEnoughBalance \(signer id/);
});

tour("takes the network of the environment whole, or none", () => {
  assert.is(openFromEnvironment({}), null);
  assert.throws(
    () => openFromEnvironment({ NEAR_URL: "https://rpc.example" }),
    /NEAR_KEY together/,
  );
  const secret =
    "ed25519:3D4YudUahN1nawWogh8pAKSj92sUNMdbZGjn7kERKzYoTy8tnFQuwoGUC51DowKqorvkr2pytJSnwuSbsNVfqygr";
  const network = openFromEnvironment({
    NEAR_URL: "https://rpc.example",
    NEAR_ACCOUNT: "alice.testnet",
    NEAR_KEY: secret,
  });
  assert.is(network?.context.root.accountId, "alice.testnet");
  assert.match(network?.context.freshId("app") ?? "", /^app-1-\w+\.alice\.testnet$/);
});

tour.run();
