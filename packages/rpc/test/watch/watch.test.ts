import { connect, prepareTransaction } from "@yoctonear/account";
import { encodeBase64 } from "@yoctonear/base";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import {
  type AccountChanges,
  broadcastTxAsync,
  type Clock,
  isRpcError,
  RpcError,
  type RpcTransactionResponse,
  type Transport,
  TransportError,
  watchAccount,
  type WatchAccountOptions,
  watchTransaction,
  type WatchTransactionOptions,
} from "@yoctonear/rpc";
import {
  addKey,
  encodeSignedTransaction,
  fullAccess,
  signTransaction,
  transactionHash,
  transfer,
} from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fastClock, manualClock, rejection } from "../transports/doubles.ts";

const PEOPLE = { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } as const;

/** A clock that makes a block in each pause. */
function producing(chain: Localnet): Clock {
  return { ...fastClock(), sleep: () => chain.produceBlock() };
}

/** Signs a transfer of alice to bob; what sends it, and its name. */
async function payment(chain: Localnet): Promise<{
  readonly transaction: { readonly txHash: string; readonly senderAccountId: string };
  send(): Promise<string>;
}> {
  const signer = chain.signer("alice.near");
  const transaction = await prepareTransaction(chain.transport, {
    signerId: "alice.near",
    publicKey: signer.publicKey,
    receiverId: "bob.near",
    actions: [transfer("1 NEAR")],
  });
  const signed = await signTransaction(transaction, signer);
  const signedTxBase64 = encodeBase64(encodeSignedTransaction(signed));
  return {
    transaction: { txHash: transactionHash(transaction), senderAccountId: "alice.near" },
    send: () => broadcastTxAsync(chain.transport, { signedTxBase64 }),
  };
}

async function levels(
  transport: Transport,
  transaction: { readonly txHash: string; readonly senderAccountId: string },
  options: WatchTransactionOptions,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const status of watchTransaction(transport, transaction, options)) {
    found.push(status.final_execution_status);
  }
  return found;
}

const transactions = suite("watch: watchTransaction");

transactions("each level once, in order, to the end", async () => {
  const chain = await createLocalnet({ accounts: PEOPLE, blocks: "manual" });
  const { transaction, send } = await payment(chain);
  await send();
  const found = await levels(chain.transport, transaction, { clock: producing(chain) });
  assert.equal(found, ["INCLUDED", "EXECUTED_OPTIMISTIC", "EXECUTED", "FINAL"]);
});

transactions("ends at the level wanted", async () => {
  const chain = await createLocalnet({ accounts: PEOPLE, blocks: "manual" });
  const { transaction, send } = await payment(chain);
  await send();
  const options = { clock: producing(chain), until: "EXECUTED_OPTIMISTIC" } as const;
  assert.equal(await levels(chain.transport, transaction, options), [
    "INCLUDED",
    "EXECUTED_OPTIMISTIC",
  ]);
});

transactions("one that nobody knows yet is waited for", async () => {
  const chain = await createLocalnet({ accounts: PEOPLE, blocks: "manual" });
  const { transaction, send } = await payment(chain);
  let pauses = 0;
  const sleep = async (): Promise<void> => {
    if (++pauses === 5) await send();
    await chain.produceBlock();
  };
  const found = await levels(chain.transport, transaction, { clock: { now: () => 0, sleep } });
  assert.is(found.at(-1), "FINAL");
  assert.ok(pauses > 5);
});

/** Answers with levels and errors as listed, then with the last one. */
function saying(...said: readonly (string | Error)[]): Transport {
  let asked = 0;
  return async () => {
    const one = said[Math.min(asked++, said.length - 1)];
    if (one instanceof Error) throw one;
    const executed = { status: { SuccessValue: "" }, gas_burnt: 1, tokens_burnt: "1" };
    const outcome = { outcome: executed };
    const status = { SuccessValue: "" };
    return {
      final_execution_status: one,
      status,
      transaction_outcome: outcome,
      receipts_outcome: [],
    } satisfies Partial<Record<keyof RpcTransactionResponse, unknown>>;
  };
}

const TRANSACTION = { txHash: "hash", senderAccountId: "alice.near" };

transactions("a node that is behind takes nothing back, failures are waited out", async () => {
  const clock = fastClock();
  const unknown = new RpcError("tx", { cause: { name: "UNKNOWN_TRANSACTION", info: {} } });
  const slow = new RpcError("tx", { cause: { name: "TIMEOUT_ERROR", info: {} } });
  const cut = new TransportError("network", "reset");
  const transport = saying(
    unknown,
    "INCLUDED",
    cut,
    "NONE",
    unknown,
    "INCLUDED",
    "EXECUTED",
    slow,
    "INCLUDED",
    "FINAL",
  );
  assert.equal(await levels(transport, TRANSACTION, { clock }), ["INCLUDED", "EXECUTED", "FINAL"]);
});

transactions("a final block alone is no execution", async () => {
  const transport = saying("INCLUDED_FINAL", "EXECUTED");
  const options = { clock: fastClock(), until: "EXECUTED_OPTIMISTIC" } as const;
  assert.equal(await levels(transport, TRANSACTION, options), ["INCLUDED_FINAL", "EXECUTED"]);
});

transactions("what will not pass is thrown, an abort with its reason", async () => {
  const broken = new RpcError("tx", { cause: { name: "PARSE_ERROR", info: {} } });
  assert.ok(isRpcError(await rejection(levels(saying(broken), TRANSACTION, {})), "PARSE_ERROR"));
  const clock = manualClock();
  const caller = new AbortController();
  const waiting = rejection(
    levels(saying("INCLUDED"), TRANSACTION, { signal: caller.signal, clock }),
  );
  await clock.advance(2500);
  caller.abort("enough");
  assert.is(await waiting, "enough");
});

transactions.run();

async function changesOf(
  transport: Transport,
  accountId: string,
  count: number,
  options: WatchAccountOptions,
): Promise<readonly AccountChanges[]> {
  const found: AccountChanges[] = [];
  for await (const one of watchAccount(transport, accountId, options)) {
    if (found.push(one) === count) break;
  }
  return found;
}

const accounts = suite("watch: watchAccount");

/** A chain on which bob got a NEAR, then a key, then another NEAR. */
async function eventful(): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: PEOPLE });
  const near = connect(chain);
  const [alice, bob] = ["alice.near", "bob.near"].map((id) => near.account(id, chain.signer(id)));
  await alice?.transfer("bob.near", "1 NEAR", { wait: "FINAL" });
  const { publicKey } = chain.signer("other.near");
  await bob?.send("bob.near", [addKey(publicKey, fullAccess())], { wait: "FINAL" });
  await alice?.transfer("bob.near", "1 NEAR", { wait: "FINAL" });
  return chain;
}

accounts("blocks that change the account, with what they change, and no others", async () => {
  const chain = await eventful();
  const [first, second, ...rest] = await changesOf(chain.transport, "bob.near", 4, {
    from: 0,
    parts: ["account", "keys"],
  });
  assert.equal(
    first?.changes.map(({ type }) => type),
    ["account_update"],
  );
  assert.equal(second?.changes.map(({ type }) => type).includes("access_key_update"), true);
  const heights = [first, second, ...rest].map((one) => Number(one?.block.height));
  assert.equal(
    heights,
    [...new Set(heights)].sort((a, b) => a - b),
  );
});

accounts("only the parts that are wanted", async () => {
  const chain = await eventful();
  const [only] = await changesOf(chain.transport, "bob.near", 1, { from: 0, parts: ["keys"] });
  assert.ok(only?.changes.every(({ type }) => type === "access_key_update"));
});

accounts("goes on behind a block, missing and repeating nothing", async () => {
  const chain = await eventful();
  const all = await changesOf(chain.transport, "bob.near", 3, { from: 0 });
  const after = all[0]?.block;
  assert.equal(await changesOf(chain.transport, "bob.near", 2, { after }), all.slice(1));
});

accounts("what comes while it is watched", async () => {
  const chain = await createLocalnet({ accounts: PEOPLE, blocks: "manual" });
  const { send } = await payment(chain);
  let pauses = 0;
  const sleep = async (): Promise<void> => {
    if (++pauses === 3) await send();
    await chain.produceBlock();
  };
  const [one] = await changesOf(chain.transport, "bob.near", 1, { clock: { now: () => 0, sleep } });
  assert.is(one?.changes[0]?.cause.type, "receipt_processing");
});

accounts("on a node that knows the methods by their older names only", async () => {
  const chain = await eventful();
  const methods: string[] = [];
  const old: Transport = async (request, options) => {
    methods.push(request.method);
    if (/^(changes|block_effects)$/.test(request.method)) {
      throw new RpcError(request.method, { cause: { name: "METHOD_NOT_FOUND", info: {} } });
    }
    return chain.transport(request, options);
  };
  const found = await changesOf(old, "bob.near", 3, { from: 0 });
  assert.equal(found, await changesOf(chain.transport, "bob.near", 3, { from: 0 }));
  assert.ok(methods.includes("EXPERIMENTAL_changes"));
  // By today's names it is asked once.
  for (const name of ["block_effects", "changes"]) {
    assert.is(methods.filter((method) => method === name).length, 1);
  }
});

accounts("failures are waited out, what will not pass is thrown", async () => {
  const chain = await eventful();
  let asked = 0;
  const flaky: Transport = async (request, options) => {
    if (++asked % 3 > 0) throw new RpcError("changes", { cause: { name: "SHARD_NOT_APPLIED" } });
    return chain.transport(request, options);
  };
  const found = await changesOf(flaky, "bob.near", 3, { from: 0, clock: fastClock() });
  assert.is(found.length, 3);
  const refusing: Transport = async (request, options) => {
    if (request.method === "block") return chain.transport(request, options);
    throw new RpcError(request.method, { cause: { name: "PARSE_ERROR", info: {} } });
  };
  const refused = await rejection(changesOf(refusing, "bob.near", 1, { from: 0 }));
  assert.ok(isRpcError(refused, "PARSE_ERROR"));
});

accounts("a node of today is never asked by the older names", async () => {
  const chain = await eventful();
  const today: Transport = async (request, options) => {
    assert.not.match(request.method, /^EXPERIMENTAL/);
    return chain.transport(request, options);
  };
  assert.is((await changesOf(today, "bob.near", 3, { from: 0 })).length, 3);
});

accounts("options that cannot be are refused", async () => {
  const transport = saying("FINAL");
  const typo: object = { part: ["keys"] };
  assert.match(
    String(await rejection(changesOf(transport, "bob.near", 1, typo))),
    /unknown option part/,
  );
  const wrong: WatchAccountOptions = JSON.parse('{"parts":["key"]}');
  assert.match(
    String(await rejection(changesOf(transport, "bob.near", 1, wrong))),
    /expected parts/,
  );
  const other: object = { untill: "FINAL" };
  assert.match(
    String(await rejection(levels(transport, TRANSACTION, other))),
    /unknown option untill/,
  );
});

accounts.run();
