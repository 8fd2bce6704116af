import { createLocalnet } from "@yoctonear/localnet";
import {
  field,
  has,
  integer,
  type Json,
  list,
  loadRecording,
  record,
  text,
} from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const recording = list(await loadRecording("http"));
const genesis = record(await loadRecording("genesis"));

const testHttp = suite("chain.fetch: as nearcore's HTTP server");

/** What differs between two nodes, or moves with the head. */
const OWN_BODIES = ["/status", "/metrics"];
/** So much of them is the same. */
const BEGINNING = 12;

for (const [index, recorded] of recording.entries()) {
  const request = field(recorded, "request");
  const name = `${text(recorded, "note")} (${text(request, "method")} ${text(request, "path")}, ${index})`;
  testHttp(name, async () => {
    const chain = await createLocalnet({ genesis });
    const response = await chain.fetch(readRequest(request));
    const body = await response.text();
    const path = text(request, "path");
    assert.is(response.status, Number(integer(recorded, "status")));
    const hasOwnBody = OWN_BODIES.includes(path);
    assert.equal(readHeaders(response.headers, hasOwnBody), recordedHeaders(recorded, hasOwnBody));
    if (hasOwnBody) {
      const theirs = text(recorded, "body");
      assert.equal(keysOf(body).slice(0, keysOf(theirs).length), keysOf(theirs));
      assert.is(body.slice(0, BEGINNING), theirs.slice(0, BEGINNING));
    } else {
      assert.is(body, text(recorded, "body"));
    }
  });
}

testHttp("tells the length of the page that HEAD leaves out", async () => {
  const chain = await createLocalnet();
  const url = "http://127.0.0.1:3030/status";
  const head = await chain.fetch(new Request(url, { method: "HEAD" }));
  const page = await (await chain.fetch(new Request(url))).text();
  assert.is(head.headers.get("content-length"), String(page.length));
  assert.is(await head.text(), "");
});

testHttp("puts its own path's methods into a preflight's answer", async () => {
  const chain = await createLocalnet();
  const answer = await chain.fetch(
    new Request("http://127.0.0.1:3030/nowhere", { method: "OPTIONS" }),
  );
  assert.is(answer.status, 200);
  assert.is(answer.headers.get("allow"), null);
});

testHttp("takes integers beyond 2^53 as they are", async () => {
  const chain = await createLocalnet();
  const body =
    '{"jsonrpc":"2.0","id":18446744073709551615,"method":"block","params":[18446744073709551615]}';
  const answer = await chain.fetch(post(body));
  assert.is(
    await answer.text(),
    '{"jsonrpc":"2.0","error":{"name":"HANDLER_ERROR","cause":{"name":"UNKNOWN_BLOCK","info":{}},"code":-32000,"message":"Server error","data":"DB Not Found Error: BLOCK HEIGHT: 18446744073709551615 \\n Cause: Unknown"},"id":18446744073709551615}',
  );
});

testHttp.run();

function post(body: string): Request {
  return new Request("http://127.0.0.1:3030/", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
}

function readRequest(request: Json): Request {
  const method = text(request, "method");
  const headers = new Headers();
  for (const [name, value] of Object.entries(record(request, "headers"))) {
    headers.set(name, text(value));
  }
  const given = has(request, "body") ? field(request, "body") : null;
  const size = typeof given === "string" ? /^(\d+) bytes$/.exec(given)?.[1] : undefined;
  const body = size === undefined ? given : "x".repeat(Number(size));
  const hasBody = typeof body === "string" && method !== "GET" && method !== "HEAD";
  return new Request(`http://127.0.0.1:3030${text(request, "path")}`, {
    method,
    headers,
    // As bytes, since text would bring a content type of its own.
    body: hasBody ? new TextEncoder().encode(body) : null,
  });
}

function readHeaders(headers: Headers, hasOwnBody: boolean): readonly (readonly string[])[] {
  return withoutLength([...headers], hasOwnBody);
}

function recordedHeaders(recorded: Json, hasOwnBody: boolean): readonly (readonly string[])[] {
  const pairs = list(recorded, "headers").map((pair) => list(pair).map((part) => text(part)));
  return withoutLength(pairs, hasOwnBody);
}

function withoutLength(
  pairs: readonly (readonly string[])[],
  hasOwnBody: boolean,
): readonly (readonly string[])[] {
  return pairs
    .filter(([name]) => !hasOwnBody || name !== "content-length")
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}

/** The keys in a text of JSON, in order; the recorded one is cut off. */
function keysOf(body: string): readonly (string | undefined)[] {
  return body.startsWith("{") ? [...body.matchAll(/"(\w+)":/g)].map(([, key]) => key) : [];
}
