import { field, list, loadRecording, record, text } from "@yoctonear/vectors";
import { createLocalnet } from "@yoctonear/localnet";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { shapeDifferences } from "./shape.ts";

const epochs = await loadRecording("epochs");
const genesis = record(await loadRecording("genesis"));

const testValidators = suite("validators: epochs");

testValidators("an epoch that ended, the one now, and blocks that stand for one", async () => {
  const chain = await createLocalnet({
    genesis: { ...genesis, epoch_length: 60 },
    blocks: "manual",
  });
  await chain.produceBlocks(150);
  const ask = (params: unknown): Promise<unknown> =>
    chain.transport({ method: "validators", params });
  const recorded = list(epochs, "epochs");
  const first = field(recorded[0] ?? null, "validators");
  const epochId = text(recorded[0] ?? null, "epoch_id");
  assert.equal(await ask({ epoch_id: epochId }), first);
  assert.equal(await ask({ block_id: 60 }), first);
  assert.equal(
    shapeDifferences(await ask([null]), field(recorded.at(-1) ?? null, "validators")),
    [],
  );
  for (const params of [{ block_id: 61 }, { block_id: 0 }]) {
    const error = await ask(params).catch(String);
    assert.match(String(error), "VALIDATOR_INFO_UNAVAILABLE");
  }
  const unknown = await ask({ epoch_id: "67WKXSxm4oc149PvQjdXLacKFZpK5DyYdqBwpiVydJbb" }).catch(
    String,
  );
  assert.match(String(unknown), "UNKNOWN_EPOCH");
});

testValidators.run();
