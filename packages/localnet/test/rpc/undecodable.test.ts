import { createLocalnet } from "@yoctonear/localnet";
import { field, has, integer, list, loadRecording, text } from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("send_tx: bytes that do not decode");

test("are refused word for word as the node refused them, HTTP status included", async () => {
  const chain = await createLocalnet();
  const steps = list(await loadRecording("scenarios"))
    .flatMap((scenario) => list(scenario, "steps"))
    .filter((step) => has(step, "error") && integer(step, "http") === 400n);
  assert.is(steps.length, 4);
  for (const step of steps) {
    const params = { signed_tx_base64: text(step, "tx", "signed_tx_base64") };
    const response = await chain.fetch(
      new Request("http://localnet/", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: "x", method: "send_tx", params }),
      }),
    );
    assert.is(response.status, 400);
    const answer: unknown = await response.json();
    assert.equal(answer, { jsonrpc: "2.0", error: field(step, "error"), id: "x" });
  }
});

test.run();
