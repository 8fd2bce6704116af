import { isNearError } from "@yoctonear/base";
import {
  type Fetch,
  fetchTransport,
  isRpcError,
  TransportError,
  type Transport,
} from "@yoctonear/rpc";
import { field, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { errorOf, fakeFetch, rejection, resultOf } from "./http-doubles.ts";

const URL_WITH_KEY = "https://rpc.example/v2/SECRETKEY?key=OTHERSECRET";
const BLOCK = { method: "block", params: { block_id: 0 } };

function over(
  fetch: Fetch,
  options: { timeout?: number; maxResponseBytes?: number } = {},
): Transport {
  return fetchTransport(URL_WITH_KEY, { fetch, ...options });
}

async function failureOf(
  response: (id: string) => Response | Promise<Response>,
  options: { timeout?: number; maxResponseBytes?: number } = {},
): Promise<TransportError> {
  const transport = over(
    fakeFetch(({ id }) => response(id)),
    options,
  );
  const error = await rejection(transport(BLOCK));
  if (!(error instanceof TransportError)) throw error;
  assert.not.match(JSON.stringify(error) + String(error), /SECRET/);
  assert.is(error.url, "https://rpc.example");
  return error;
}

const sending = suite("http: fetchTransport sends");

sending("P39: block 0, and an id that grows", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  const transport = over(fetch);
  await transport(BLOCK);
  await transport(BLOCK);
  assert.is(
    fetch.sent[0]?.body,
    '{"jsonrpc":"2.0","id":"1","method":"block","params":{"block_id":0}}',
  );
  assert.is(fetch.sent[1]?.id, "2");
  assert.is(fetch.sent[0]?.url, URL_WITH_KEY);
  assert.is(fetch.sent[0]?.init.method, "POST");
});

sending("P40: a bigint as its digits", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  await over(fetch)({ method: "block", params: { block_id: 2n ** 64n - 1n } });
  assert.match(fetch.sent[0]?.body ?? "", '"block_id":18446744073709551615');
});

sending("headers in any case, its own content type unless told", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  await fetchTransport("http://rpc.example", { fetch, headers: { "X-API-Key": "k" } })(BLOCK);
  assert.is(fetch.sent[0]?.headers.get("x-api-key"), "k");
  assert.is(fetch.sent[0]?.headers.get("content-type"), "application/json");
  const headers = { "Content-Type": "application/json; charset=utf-8" };
  await fetchTransport("http://rpc.example", { fetch, headers })(BLOCK);
  assert.is(fetch.sent[1]?.headers.get("content-type"), headers["Content-Type"]);
});

sending("user name and password of the URL as a header, and not in the URL", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  await fetchTransport("https://us%C3%A9r:p%40ss@rpc.example/x", { fetch })(BLOCK);
  assert.is(fetch.sent[0]?.url, "https://rpc.example/x");
  assert.is(fetch.sent[0]?.headers.get("authorization"), `Basic ${btoa("us\u00c3\u00a9r:p@ss")}`);
  const headers = { Authorization: "Bearer t" };
  await fetchTransport("https://a:b@rpc.example/x", { fetch, headers })(BLOCK);
  assert.is(fetch.sent[1]?.headers.get("authorization"), "Bearer t");
});

sending("no request when the signal is aborted before", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  const reason = { why: "changed my mind" };
  const error = await rejection(over(fetch)(BLOCK, { signal: AbortSignal.abort(reason) }));
  assert.is(error, reason);
  assert.is(fetch.sent.length, 0);
});

sending.run();

const options = suite("http: fetchTransport options");

options("a typo is refused by name", () => {
  const typo: object = { timout: 5 };
  assert.throws(() => fetchTransport("http://rpc.example", typo), /unknown option timout/);
});

options("timeout and size are in range", () => {
  for (const timeout of [0, -1, NaN, Infinity, 2 ** 31]) {
    assert.throws(
      () => fetchTransport("http://a", { timeout }),
      (e: unknown) => e instanceof RangeError,
    );
  }
  for (const maxResponseBytes of [0, -1, NaN]) {
    assert.throws(
      () => fetchTransport("http://a", { maxResponseBytes }),
      (e: unknown) => e instanceof RangeError,
    );
  }
});

options("a URL that cannot be is refused and not shown", () => {
  for (const url of [
    "",
    "rpc.example",
    "ftp://user:SECRET@rpc.example",
    "http://user:SECRET@:0x/",
    "wss://a",
  ]) {
    try {
      fetchTransport(url);
      assert.unreachable(url);
    } catch (error) {
      assert.instance(error, TypeError);
      assert.not.match(String(error), /SECRET/);
      assert.is(Reflect.get(Object(error), "input"), undefined);
    }
  }
});

options("a header that cannot be is refused and not shown", () => {
  for (const headers of [
    { "x-key": "SECRET\nx" },
    { "x-key": "SECRET\u4e00" },
    { "x key": "SECRET" },
    { "": "SECRET" },
  ]) {
    try {
      fetchTransport("http://rpc.example", { headers });
      assert.unreachable();
    } catch (error) {
      assert.instance(error, TypeError);
      assert.not.match(String(error), /SECRET/);
    }
  }
});

options.run();

const answers = suite("http: fetchTransport reads");

answers("P40: a result without loss", async () => {
  const transport = over(
    fakeFetch(({ id }) => resultOf(id, '{"nonce":18446744073709551615,"a":1}')),
  );
  assert.equal(await transport(BLOCK), { nonce: 18446744073709551615n, a: 1 });
});

answers("null, false and empty results as what they are", async () => {
  for (const [source, value] of [
    ["null", null],
    ["false", false],
    ['""', ""],
    ["0", 0],
  ] as const) {
    assert.is(await over(fakeFetch(({ id }) => resultOf(id, source)))(BLOCK), value);
  }
});

answers("a result beside an error that is null", async () => {
  const fetch = fakeFetch(({ id }) => new Response(`{"id":"${id}","error":null,"result":5}`));
  assert.is(await over(fetch)(BLOCK), 5);
});

answers("a body that comes byte by byte, cut within characters", async () => {
  const fetch = fakeFetch(({ id }) => {
    const bytes = new TextEncoder().encode(`{"id":"${id}","result":"\u00e9\u4e00\u{1f600}"}`);
    return new Response(slowly([...bytes].map((byte) => Uint8Array.of(byte))));
  });
  assert.is(await over(fetch)(BLOCK), "\u00e9\u4e00\u{1f600}");
});

answers("P6, P37: the body of an HTTP 408 is the node's TIMEOUT_ERROR", async () => {
  const node =
    '{"name":"HANDLER_ERROR","cause":{"name":"TIMEOUT_ERROR"},"code":-32000,"message":"Server error","data":"Timeout"}';
  const error = await rejection(
    over(fakeFetch(({ id }) => errorOf(id, node, { status: 408 })))(BLOCK),
  );
  assert.ok(isRpcError(error, "TIMEOUT_ERROR"));
  assert.match(error.message, "block: Timeout (TIMEOUT_ERROR)");
});

answers("P37: errors of the node come with any HTTP status", async () => {
  const node =
    '{"name":"HANDLER_ERROR","cause":{"name":"UNKNOWN_BLOCK","info":{}},"data":"DB Not Found Error"}';
  for (const status of [200, 400, 404, 408, 422, 500, 501]) {
    const fetch = fakeFetch(({ id }) => errorOf(id, node, { status }));
    assert.ok(isRpcError(await rejection(over(fetch)(BLOCK)), "UNKNOWN_BLOCK"), String(status));
  }
});

answers("P37: an HTML error page is an http error with a short excerpt", async () => {
  const page = `<html>\n<title>502 Bad Gateway</title> /v2/SECRETKEY?key=OTHERSECRET ${"x".repeat(5000)}</html>`;
  for (const status of [400, 403, 404, 429, 500, 502, 503]) {
    const error = await failureOf(() => new Response(page, { status }));
    assert.is(error.code, "http");
    assert.is(error.status, status);
    assert.match(error.message, `HTTP ${status} <html> <title>502 Bad Gateway</title>`);
    assert.ok(error.message.length < 400);
  }
});

answers("what a proxy says is no word of the node", async () => {
  const busy = '{"code":-429,"message":"rate limited"}';
  for (const status of [429, 502, 503, 504]) {
    const error = await failureOf((id) => errorOf(id, busy, { status }));
    assert.is(error.code, "http");
    assert.match(error.message, "rate limited");
  }
});

answers("Retry-After in seconds and as a date", async () => {
  const wait = async (value: string): Promise<number | undefined> =>
    (await failureOf(() => new Response("", { status: 429, headers: { "retry-after": value } })))
      .retryAfter;
  assert.is(await wait("7"), 7000);
  assert.is(await wait("0"), 0);
  assert.is(await wait("soon"), undefined);
  assert.is(await wait("Thu, 01 Jan 1970 00:00:00 GMT"), undefined);
  const date = await wait("Fri, 31 Dec 9999 23:59:59 GMT");
  assert.ok(date !== undefined && date > 1e12);
});

answers("P43: what the node said, where its message is Server error", async () => {
  const node =
    '{"cause":{"name":"UNKNOWN_ACCOUNT","info":{}},"message":"Server error","data":"account nobody.near does not exist while viewing"}';
  const error = await rejection(
    over(fakeFetch(({ id }) => errorOf(id, node)))({ method: "query", params: {} }),
  );
  assert.match(
    String(error),
    "query: account nobody.near does not exist while viewing (UNKNOWN_ACCOUNT)",
  );
});

answers(
  "an error without an id, which is how a request that cannot be read is answered",
  async () => {
    const node = '{"name":"REQUEST_VALIDATION_ERROR","cause":{"name":"PARSE_ERROR"}}';
    assert.ok(
      isRpcError(
        await rejection(over(fakeFetch(() => errorOf(null, node, { status: 400 })))(BLOCK)),
        "PARSE_ERROR",
      ),
    );
  },
);

answers("malformed: anything else under HTTP 200", async () => {
  for (const body of [
    "",
    "null",
    "5",
    '"text"',
    "[]",
    "{}",
    "{",
    '{"result":1}',
    '{"id":"77","result":1}',
    '{"id":1,"result":1}',
    '{"id":null,"result":1}',
    '{"id":"1"}',
    '{"id":"1","error":"text"}',
    '{"id":"1","error":{},"result":1}{',
    '[{"id":"1","result":1}]',
    '{"id":"77","error":{}}',
    '{"id":"1","result":1',
    "<html>ok</html>",
    "\u0000",
  ]) {
    const error = await failureOf(() => new Response(body));
    assert.is(error.code, "malformed", body);
    assert.is(error.status, 200);
  }
});

answers("a redirect is not followed, and said", async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const headers = { location: "https://elsewhere.example/SECRET" };
    const error = await failureOf(() => new Response(null, { status, headers }));
    assert.is(error.code, "http");
    assert.match(error.message, `HTTP ${status}`);
  }
  const fetch = fakeFetch(({ id }) => resultOf(id, "1"));
  await over(fetch)(BLOCK);
  assert.is(fetch.sent[0]?.init.redirect, "manual");
});

answers(
  "what a real node sends is an RpcError or a TransportError, as the ids are not ours",
  async () => {
    let errors = 0;
    for (const exchange of list(await loadRecording("http"))) {
      if (text(exchange, "request", "method") !== "POST") continue;
      const status = Number(field(exchange, "status"));
      const body = field(exchange, "body");
      const fetch = fakeFetch(
        () => new Response(typeof body === "string" ? body : null, { status }),
      );
      const error = await rejection(over(fetch)(BLOCK));
      assert.ok(isNearError(error), String(error));
      const unread =
        typeof body === "string" && body.includes('"error"') && body.endsWith('"id":null}');
      assert.is(isRpcError(error, "PARSE_ERROR"), unread, String(body));
      if (unread) errors++;
    }
    assert.ok(errors > 3);
  },
);

answers.run();

const faults = suite("http: fetchTransport faults");

faults("P38: a network that refuses is network, whatever the engine says", async () => {
  for (const thrown of [
    new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:3030") }),
    new TypeError("Load failed"),
    new TypeError(`error sending request for url (${URL_WITH_KEY})`),
    Object.assign(new Error("Unable to connect"), { path: URL_WITH_KEY }),
    "text",
    undefined,
    null,
    { message: 5 },
  ]) {
    const error = await failureOf(() => rejecting(thrown));
    assert.is(error.code, "network");
    assert.not(isRpcError(error));
  }
  const error = await failureOf(() =>
    Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") })),
  );
  assert.match(
    error.message,
    "https://rpc.example: expected the answer to block, got fetch failed ECONNREFUSED",
  );
});

faults("a fetch that throws at once", async () => {
  const transport = over(() => {
    throw new TypeError("no network here");
  });
  assert.ok(isNearError(await rejection(transport(BLOCK)), "network"));
});

faults("a fetch that hangs and ignores its signal is given up", async () => {
  const error = await failureOf(() => new Promise<Response>(() => {}), { timeout: 1 });
  assert.is(error.code, "timeout");
  assert.match(error.message, "none in 1 ms");
});

faults("a body that never ends its coming is given up", async () => {
  const error = await failureOf(() => new Response(slowly([Uint8Array.of(0x7b)], "hang")), {
    timeout: 5,
  });
  assert.is(error.code, "timeout");
});

faults("a body that is cut off is network", async () => {
  const error = await failureOf(() => new Response(slowly([Uint8Array.of(0x7b)], "break")));
  assert.is(error.code, "network");
});

faults("a body that is not UTF-8 is refused", async () => {
  const error = await failureOf(() => new Response(Uint8Array.of(0x22, 0xff, 0x22)));
  assert.is(error.code, "network");
});

faults("a body beyond the limit is cancelled before it is read whole", async () => {
  let given = 0;
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1000;
      controller.enqueue(new Uint8Array(1000).fill(0x20));
    },
    cancel() {
      cancelled = true;
    },
  });
  const error = await failureOf(() => new Response(endless), { maxResponseBytes: 10_000 });
  assert.is(error.code, "too_large");
  assert.match(error.message, "more than 10000 bytes");
  assert.ok(given < 20_000 && cancelled);
});

faults("a body at the limit passes", async () => {
  const fetch = fakeFetch(({ id }) => resultOf(id, '"12345"'));
  const size = '{"jsonrpc":"2.0","result":"12345","id":"1"}'.length;
  assert.is(await over(fetch, { maxResponseBytes: size })(BLOCK), "12345");
  const error = await failureOf((id) => resultOf(id, '"12345"'), { maxResponseBytes: size - 1 });
  assert.is(error.code, "too_large");
});

faults("an abort at each stage throws the reason untouched", async () => {
  const reason = new Error("mine");
  const stages: readonly ((abort: () => void) => Response | Promise<Response>)[] = [
    (abort) => {
      abort();
      return new Promise(() => {});
    },
    async (abort) => {
      await Promise.resolve();
      abort();
      throw new TypeError("fetch failed");
    },
    (abort) => {
      abort();
      return new Response("{}");
    },
    (abort) => new Response(slowly([Uint8Array.of(0x7b)], "hang", abort)),
  ];
  for (const stage of stages) {
    const controller = new AbortController();
    const transport = over(fakeFetch(() => stage(() => controller.abort(reason))));
    assert.is(await rejection(transport(BLOCK, { signal: controller.signal })), reason);
  }
});

faults("the fetch is told of an abort and of a timeout", async () => {
  const controller = new AbortController();
  const fetch = fakeFetch(() => new Promise<Response>(() => {}));
  const call = rejection(over(fetch)(BLOCK, { signal: controller.signal }));
  controller.abort();
  await call;
  assert.is(fetch.sent[0]?.init.signal?.aborted, true);
  await rejection(over(fetch, { timeout: 1 })(BLOCK));
  assert.is(fetch.sent[1]?.init.signal?.aborted, true);
});

faults("the caller's signal is left without listeners", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const counted = Object.create(signal, {
    addEventListener: { value: () => void listeners++ },
    removeEventListener: { value: () => void listeners-- },
    throwIfAborted: { value: () => {} },
  });
  await over(fakeFetch(({ id }) => resultOf(id, "1")))(BLOCK, { signal: counted });
  assert.is(listeners, 0);
  await rejection(over(fakeFetch(() => new Response("")))(BLOCK, { signal: counted }));
  assert.is(listeners, 0);
});

faults("calls at the same time do not disturb each other", async () => {
  const fetch = fakeFetch(({ id }) =>
    Number(id) % 3 === 0 ? new Response("", { status: 500 }) : resultOf(id, id),
  );
  const transport = over(fetch);
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => transport(BLOCK)));
  assert.equal(
    all.map((one) => (one.status === "fulfilled" ? one.value : "failed")),
    Array.from({ length: 30 }, (_, i) => ((i + 1) % 3 === 0 ? "failed" : i + 1)),
  );
});

faults.run();

/** A stream of these chunks, which then closes, breaks or hangs. */
function slowly(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  end: "close" | "break" | "hang" = "close",
  atEnd: () => void = () => {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk !== undefined) return controller.enqueue(chunk);
      atEnd();
      if (end === "close") controller.close();
      if (end === "break") controller.error(new TypeError("terminated"));
      return end === "hang" ? new Promise<void>(() => {}) : undefined;
    },
  });
}

/** A promise rejected with whatever it is, as an engine might. */
function rejecting(reason: unknown): Promise<never> {
  return new Promise((_, reject: (reason: unknown) => void) => reject(reason));
}
