import { encodeBase64 } from "@yoctonear/base";
import { createLogin } from "@yoctonear/messages/login";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { setStage } from "./stage.ts";

const test = suite("messages: properties of the login");

test("no request is let in, and none breaks the login", async () => {
  const { near } = await setStage();
  const broken: unknown[] = [];
  const login = createLogin({
    near,
    recipient: "app.example",
    origins: ["https://app.example"],
    secret: new Uint8Array(32),
    onError: (error) => broken.push(error),
  });
  const bodies = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record(
        {
          accountId: fc.oneof(fc.constantFrom("alice.near", "nobody.near"), fc.jsonValue()),
          publicKey: fc.oneof(
            fc.constant("ed25519:DcA2MzgpJbrUATQLLceocVckhhAqrkingax4oJ9kZ847"),
            fc.jsonValue(),
          ),
          signature: fc.oneof(
            fc.uint8Array({ minLength: 64, maxLength: 64 }).map(encodeBase64),
            fc.jsonValue(),
          ),
          nonce: fc.oneof(
            fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeBase64),
            fc.jsonValue(),
          ),
          callbackUrl: fc.oneof(fc.webUrl(), fc.jsonValue()),
        },
        { requiredKeys: [] },
      )
      .map((fields) => JSON.stringify(fields)),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const headers = { "content-type": "application/json" };
      const request = new Request("https://app.example/verify", { method: "POST", headers, body });
      const { status } = await login.handle(request);
      assert.ok(status === 400 || status === 401, String(status));
    }),
  );
  assert.equal(broken, []);
});

test.run();
