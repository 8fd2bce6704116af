import { integer, loadParameters, record, text } from "@yoctonear/vectors";
import { ACTION_FEES } from "@yoctonear/transactions/cost";
import { VM_CONFIG } from "@yoctonear/vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("vm: VM_CONFIG");

test("fees of actions are those of protocol 86", async () => {
  const table = await loadParameters();
  for (const [name, fee] of Object.entries(ACTION_FEES)) {
    const parameter = text(table, "action_costs_to_param", snakeCase(name));
    const expected = {
      sendSir: integer(table, "fees", parameter, "send_sir"),
      sendNotSir: integer(table, "fees", parameter, "send_not_sir"),
      exec: integer(table, "fees", parameter, "execution"),
    };
    assert.equal(fee, expected, name);
  }
  assert.is(
    Object.keys(ACTION_FEES).length,
    Object.keys(record(table, "action_costs_to_param")).length,
  );
});

test("limits are those of protocol 86", async () => {
  const table = await loadParameters();
  for (const [name, limit] of Object.entries<number>({ ...VM_CONFIG.limits })) {
    assert.is(BigInt(limit), integer(table, "scalars", snakeCase(name)), name);
  }
  assert.is(VM_CONFIG.maxGasBurnt, integer(table, "scalars", "max_gas_burnt"));
  assert.is(BigInt(VM_CONFIG.regularOpCost), integer(table, "scalars", "wasm_regular_op_cost"));
  const extra = integer(table, "scalars", "storage_num_extra_bytes_record");
  assert.is(VM_CONFIG.storageNumExtraBytesRecord, extra);
});

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

test.run();
