import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import {
  block,
  type Fetch,
  gasPrice,
  isRpcError,
  type RequestEnd,
  resilientTransport,
  type ResilientOptions,
  type Transport,
  TransportError,
  viewAccount,
  WrongNetworkError,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { READ, rejection } from "./doubles.ts";

/** `fetch` to a chain in this process. */
function into(chain: Localnet): Fetch & { asked: number } {
  const double = Object.assign(
    (_: string, init: RequestInit): Promise<Response> => {
      double.asked++;
      return chain.fetch(new Request("http://localnet/", init));
    },
    { asked: 0 },
  );
  return double;
}

const refused: Fetch = async () => {
  throw new TypeError("fetch failed");
};

function over(fetches: readonly Fetch[], options: ResilientOptions = {}): Transport {
  const endpoints = fetches.map((fetch, index) => ({
    url: `http://node${index}.example/KEY`,
    fetch,
  }));
  return resilientTransport(endpoints, options);
}

const test = suite("transports: resilientTransport");

test("P35: one endpoint that lives is enough", async () => {
  const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
  const transport = over([refused, into(chain), refused]);
  assert.is((await viewAccount(transport, { accountId: "alice.near" })).amount.length, 26);
});

test("P34: an error of the node is asked of nobody else", async () => {
  const chain = await createLocalnet();
  const fetches = [into(chain), into(chain)];
  const error = await rejection(viewAccount(over(fetches), { accountId: "nobody.near" }));
  assert.ok(isRpcError(error, "UNKNOWN_ACCOUNT"));
  assert.equal(
    fetches.map(({ asked }) => asked),
    [1, 0],
  );
});

test("P34: when none lives, the error has each one's own", async () => {
  const error = await rejection(over([refused, refused], { attempts: 1 })(READ));
  if (!(error instanceof TransportError && error.cause instanceof AggregateError)) throw error;
  assert.is(error.code, "network");
  assert.equal(
    error.cause.errors.map((one: unknown) => one instanceof TransportError && one.url),
    ["http://node0.example", "http://node1.example"],
  );
  assert.not.match(error.message, /KEY/);
});

test("each endpoint is asked for its network once", async () => {
  const chain = await createLocalnet();
  const fetch = into(chain);
  const transport = over([fetch], { chainId: "localnet" });
  await Promise.all([gasPrice(transport), block(transport), gasPrice(transport)]);
  assert.is(fetch.asked, 3);
  const wrong = await rejection(gasPrice(over([fetch], { chainId: "mainnet" })));
  assert.instance(wrong, WrongNetworkError);
});

test("what never changes is asked once", async () => {
  const chain = await createLocalnet();
  const fetch = into(chain);
  const transport = over([fetch]);
  const { header } = await block(transport);
  for (let i = 0; i < 3; i++) await block(transport, { block: { blockId: header.hash } });
  assert.is(fetch.asked, 2);
});

test("each attempt at each endpoint is observed", async () => {
  const chain = await createLocalnet();
  const ended: RequestEnd[] = [];
  const observer = { after: (event: RequestEnd): number => ended.push(event) };
  await gasPrice(over([refused, into(chain)], { observer }));
  assert.equal(
    ended.map(({ outcome, url }) => [outcome, url]),
    [
      ["failed", "http://node0.example"],
      ["answered", undefined],
    ],
  );
});

test("URLs alone will do; scope is the chain's; misspelt options are refused", () => {
  assert.is(resilientTransport(["https://rpc.example", "http://other.example"]).scope, "chain");
  const typo: object = { chainID: "mainnet" };
  assert.throws(() => resilientTransport(["https://rpc.example"], typo), /unknown option chainID/);
  assert.throws(() => resilientTransport([]), /expected a list/);
  assert.throws(
    () => resilientTransport(["rpc.example"]),
    (e: unknown) => e instanceof TypeError,
  );
});

test.run();
