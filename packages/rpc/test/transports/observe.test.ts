import {
  type CallOptions,
  fetchTransport,
  observe,
  type RequestEnd,
  type RequestStart,
  type Transport,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  fastClock,
  http,
  idle,
  network,
  READ,
  refusal,
  rejection,
  scripted,
  value,
} from "./doubles.ts";

/** Everything that an observer is told. */
function watched(inner: Transport): {
  readonly send: Transport;
  readonly started: RequestStart[];
  readonly ended: RequestEnd[];
} {
  const started: RequestStart[] = [];
  const ended: RequestEnd[] = [];
  const before = (event: RequestStart): number => started.push(event);
  const after = (event: RequestEnd): number => ended.push(event);
  return { send: observe(inner, { before, after, clock: fastClock() }), started, ended };
}

async function endOf(inner: Transport, options: CallOptions = {}): Promise<RequestEnd | undefined> {
  const { send, ended } = watched(inner);
  await send(READ, options).catch(() => undefined);
  assert.is(ended.length, 1);
  return ended[0];
}

const test = suite("transports: observe");

test("tells method, time and outcome", async () => {
  const clock = fastClock();
  const ended: RequestEnd[] = [];
  const inner: Transport = async () => {
    clock.time += 40;
    return "answer";
  };
  const send = observe(inner, { after: (event) => ended.push(event), clock });
  assert.is(await send({ method: "query", params: { request_type: "view_account" } }), "answer");
  assert.equal(ended, [
    {
      id: 1,
      method: "query",
      requestType: "view_account",
      duration: 40,
      waited: false,
      outcome: "answered",
      code: undefined,
      status: undefined,
      url: undefined,
    },
  ]);
});

test("a node's refusal, a failure and an abort are told apart", async () => {
  const refused = await endOf(scripted(refusal("UNKNOWN_ACCOUNT")));
  assert.equal([refused?.outcome, refused?.code], ["refused", "UNKNOWN_ACCOUNT"]);
  const failed = await endOf(scripted(http(503)));
  assert.equal([failed?.outcome, failed?.code, failed?.status], ["failed", "http", 503]);
  const aborted = await endOf(scripted("silence"), { signal: AbortSignal.abort("no") });
  assert.equal([aborted?.outcome, aborted?.code], ["aborted", undefined]);
  const broken = await endOf(scripted({ error: new Error("a double's own") }));
  assert.equal([broken?.outcome, broken?.code], ["failed", undefined]);
});

test("starts and ends belong together by their number", async () => {
  const { send, started, ended } = watched(scripted(value(1), network()));
  await send(READ);
  await rejection(send(READ));
  assert.equal(
    started.map(({ id }) => id),
    [1, 2],
  );
  assert.equal(
    ended.map(({ id, outcome }) => [id, outcome]),
    [
      [1, "answered"],
      [2, "failed"],
    ],
  );
});

test("no secret: neither parameters, headers, answers nor the URL's path", async () => {
  const fetch = async (): Promise<Response> => new Response("SECRET", { status: 500 });
  const headers = { authorization: "Bearer SECRET" };
  const inner = fetchTransport("https://user:SECRET@rpc.example/SECRET?key=SECRET", {
    headers,
    fetch,
  });
  const { send, started, ended } = watched(inner);
  const params = { request_type: "SECRET words of a phrase", signed_tx_base64: "SECRET" };
  await rejection(send({ method: "query", params }));
  assert.is(ended[0]?.url, "https://rpc.example");
  assert.not.match(JSON.stringify([started, ended]), /SECRET/);
});

test("a listener that throws, at once or later, fails no request", async () => {
  const listener = (): never => {
    throw new Error("disk full");
  };
  const later: object = { after: async () => listener() };
  const send = observe(scripted(value("answer")), { before: listener, after: listener });
  assert.is(await send(READ), "answer");
  assert.is(await observe(send, later)(READ), "answer");
  await idle();
});

test("an option that does not exist is refused", () => {
  const typo: object = { onRequest: () => {} };
  assert.throws(() => observe(scripted(), typo), /unknown option onRequest/);
});

test.run();
