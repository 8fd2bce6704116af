import { isNearError } from "@yoctonear/base";
import { relayerClient } from "@yoctonear/relayer/client";
import { transfer } from "@yoctonear/transactions";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection, setStage } from "./stage.ts";

const test = suite("relayerClient: what is not an outcome");
const gift = [transfer("1 NEAR")];

test("the client: no answer is a TransportError, and says nothing of the delegate action", async () => {
  const { alice } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const url = "https://relayer.example/?key=secret";
  const answers: readonly (readonly [() => Promise<Response>, string])[] = [
    [async () => Promise.reject(new TypeError(`fetch failed: ${url}`)), "network"],
    [async () => new Response("<html>", { status: 502 }), "http"],
    [async () => new Response("{}", { status: 500 }), "http"],
    [async () => Response.json({ code: "unavailable", reason: "down" }, { status: 503 }), "http"],
    [async () => new Response("<html>"), "malformed"],
    [async () => Response.json({ hash: 1 }), "malformed"],
    [async () => new Response(new Uint8Array([0xff])), "malformed"],
    [async () => new Response("x".repeat(101)), "too_large"],
  ];
  for (const [fetch, code] of answers) {
    const client = relayerClient(url, { fetch, maxResponseBytes: 100 });
    const error = await rejection(client.relay(delegated));
    assert.ok(isNearError(error));
    assert.is(error.code, code, error.message);
    assert.not.match(error.message, /secret/);
  }
});

test("the client gives up when told, and when its time is up, also where fetch does not listen", async () => {
  const { alice } = await setStage();
  const delegated = await alice.delegate("bob.near", gift);
  const caller = new AbortController();
  const fetch = (): Promise<Response> => {
    caller.abort(new Error("enough"));
    return new Promise<Response>(() => undefined);
  };
  const client = relayerClient("https://relayer.example", { fetch, timeout: 100 });
  const error = await rejection(client.relay(delegated, { signal: caller.signal }));
  assert.ok(error instanceof Error && error.message === "enough");
  assert.ok(isNearError(await rejection(client.relay(delegated)), "timeout"));
  assert.throws(() => relayerClient("no url"), TypeError);
  const wrong = { timeout: 5, retries: 3 };
  assert.throws(() => relayerClient("https://relayer.example", wrong), /unknown option/);
  assert.throws(() => relayerClient("https://relayer.example", { timeout: 0 }), RangeError);
});

test.run();
