import { connect } from "@yoctonear/account";
import { createLocalnet } from "@yoctonear/localnet";
import { isRpcError, type Transport, TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("send: a lost answer while nothing is out yet");

const ACCOUNTS = { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } as const;

/** Loses the first answers to a method. */
async function scene(
  method: string,
  losses: readonly TransportError["code"][],
): Promise<{ readonly pay: () => Promise<unknown>; readonly asked: () => number }> {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  let asked = 0;
  const transport: Transport = async (request, options) => {
    if (request.method !== method) return chain.transport(request, options);
    asked += 1;
    const code = losses[asked - 1];
    if (code !== undefined) throw new TransportError(code, "lost");
    return chain.transport(request, options);
  };
  const network = Object.assign(transport, { scope: "chain" as const });
  const alice = connect(network).account("alice.near", chain.signer("alice.near"));
  return {
    pay: () => alice.transfer("bob.near", 1n, { pollInterval: 0 }),
    asked: () => asked,
  };
}

for (const method of ["status", "query"]) {
  test(`P4: the answer to ${method} is asked for again`, async () => {
    const { pay } = await scene(method, ["network", "timeout", "malformed"]);
    await Promise.all([pay(), pay(), pay()]);
  });

  test(`a network that is down is told of soon, at ${method}`, async () => {
    const { pay, asked } = await scene(
      method,
      Array.from({ length: 100 }, () => "network"),
    );
    const error = await pay().catch((caught: unknown) => caught);
    assert.instance(error, TransportError);
    assert.ok(asked() <= 12, `${asked()} times`);
  });
}

test("what the node says of the key is final", async () => {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  let asked = 0;
  const transport: Transport = (request, options) => {
    if (request.method === "query") asked += 1;
    return chain.transport(request, options);
  };
  const alice = connect(transport).account("alice.near", chain.signer("bob.near"));
  const error = await alice.transfer("bob.near", 1n).catch((caught: unknown) => caught);
  assert.ok(isRpcError(error, "UNKNOWN_ACCESS_KEY"));
  assert.ok(asked <= 3, `${asked} times`);
});

test.run();
