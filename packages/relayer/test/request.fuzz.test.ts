import { ed25519 } from "@yoctonear/keys/ed25519";
import { createRelayer } from "@yoctonear/relayer";
import { encodeSignedDelegate, transfer } from "@yoctonear/transactions";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { post, setStage } from "./stage.ts";

const test = suite("relayer: any request gets an answer");

test("whatever is posted is refused with a code and a reason on one line, and asks no node", async () => {
  const { account, alice, signed } = await setStage();
  let asked = 0;
  const transport = async (): Promise<never> => {
    asked += 1;
    return Promise.reject(new Error("asked a node"));
  };
  const errors: unknown[] = [];
  const relayer = createRelayer({
    account: { ...account, transport },
    schemes: [ed25519],
    policy: { others: { methods: "any", actions: ["transfer"], maxDeposit: "1 NEAR" } },
    onError: (error) => errors.push(error),
  });
  const bytes = encodeSignedDelegate(await alice.delegate("bob.near", [transfer("1 NEAR")]));
  const changed = fc
    .record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) })
    .map(({ at, by }) => bytes.map((byte, index) => (index === at ? byte ^ by : byte)));
  const base64 = changed.map((some) => btoa(String.fromCharCode(...some)));
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    base64,
    base64.map((payload) => JSON.stringify({ payload })),
    changed.map((some) => JSON.stringify([...some])),
    fc.json().map((inner) => `{"signed_delegate_action":${inner}}`),
    fc.json().map((inner) => `{"payload":${inner},"signed_delegate_action":null}`),
  );
  const types = fc.constantFrom("application/json", "text/plain", "application/octet-stream", "");
  await fc.assert(
    fc.asyncProperty(body, types, async (sent, type) => {
      const { status, body: answer } = await post(relayer, sent, { "content-type": type });
      assert.ok(status >= 400 && status < 500, `${status} ${answer.code}`);
      assert.type(answer.code, "string");
      assert.not.match(answer.reason ?? "", /\n|node_modules|\.js:/);
    }),
  );
  assert.equal([asked, signed.length, errors.length], [0, 0, 0]);
});

test.run();
