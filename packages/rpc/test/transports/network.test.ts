// What the runtime itself says of a network that fails: nobody listens at port 2, and no name ends in .invalid.
import { fetchTransport, isRetryable, withRetry } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fastClock, READ, rejection, transportErrorOf } from "./doubles.ts";

const URL_WITH_KEY = "http://127.0.0.1:2/v2/SECRETKEY?key=OTHERSECRET";

const test = suite("transports: network errors of this runtime");

test("P36, P38: a refused connection is network, can be retried, and names the origin only", async () => {
  const error = await transportErrorOf(fetchTransport(URL_WITH_KEY)(READ));
  assert.is(error.code, "network", error.message);
  assert.ok(isRetryable(error));
  assert.is(error.url, "http://127.0.0.1:2");
  assert.not.match(`${error.message} ${JSON.stringify(error)}`, /SECRET/);
});

test("P36: it is asked again as often as told", async () => {
  let sent = 0;
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    sent++;
    return globalThis.fetch(url, init);
  };
  const send = withRetry(fetchTransport(URL_WITH_KEY, { fetch }), {
    attempts: 3,
    clock: fastClock(),
  });
  assert.is((await transportErrorOf(send(READ))).code, "network");
  assert.is(sent, 3);
});

test("an abort of a connection is the caller's reason, untouched", async () => {
  const reason = new Error("changed my mind");
  const caller = new AbortController();
  const call = rejection(fetchTransport(URL_WITH_KEY)(READ, { signal: caller.signal }));
  caller.abort(reason);
  assert.is(await call, reason);
});

test.run();
