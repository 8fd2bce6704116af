// Compiles WebAssembly at run time, which workerd forbids.
import { concatBytes, encodeBase64, encodeUtf8 } from "@yoctonear/base";
import { encode, u64 } from "@yoctonear/borsh";
import { publicKeyCodec } from "@yoctonear/keys";
import { field, type Json, list, loadVectors, record, text } from "@yoctonear/vectors";
import { hashOf } from "#localnet/chain/hash";
import type { ExecutionOutcome } from "#localnet/chain/outcome";
import { outcomeWithIdView } from "#localnet/rpc/outcome-view";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Argument, ask, buildContract, call, type HostCall } from "./contract-builder.ts";
import { produceBlock } from "./mini-chain.ts";
import { amount } from "./probe-program.ts";
import { run, WORLD_KEY, worldOf } from "./world.ts";

const test = suite("runtime: gas profile of nearcore's sanity check");

const CONTRACT_ID = "test-contract.alice.near";
const GAS = 5_000_000_000_000n;
const HELLO = "hello";
/** Space for what is read, beyond all data. */
const OUT = 900_000n;
const ZERO = amount(0n);
const NONE = new Uint8Array();
// (module (func (export "main")))
const TRIVIAL = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03],
    [0x02, 0x01, 0x00, 0x07, 0x08, 0x01, 0x04, 0x6d, 0x61, 0x69, 0x6e, 0x00, 0x00, 0x0a, 0x04],
    [0x01, 0x02, 0x00, 0x0b],
  ].flat(),
);
const KEY = encode(publicKeyCodec, WORLD_KEY);

const MULTIEXP = Uint8Array.from([
  16, 238, 91, 161, 241, 22, 172, 158, 138, 252, 202, 212, 136, 37, 110, 231, 118, 220, 8, 45, 14,
  153, 125, 217, 227, 87, 238, 238, 31, 138, 226, 8, 238, 185, 12, 155, 93, 126, 144, 248, 200, 177,
  46, 245, 40, 162, 169, 80, 150, 211, 157, 13, 10, 36, 44, 232, 173, 32, 32, 115, 123, 2, 9, 47,
  190, 148, 181, 91, 69, 6, 83, 40, 65, 222, 251, 70, 81, 73, 60, 142, 130, 217, 176, 20, 69, 75,
  40, 167, 41, 180, 244, 5, 142, 215, 135, 35,
]);
const SUM = Uint8Array.from([
  0, 11, 49, 94, 29, 152, 111, 116, 138, 248, 2, 184, 8, 159, 80, 169, 45, 149, 48, 32, 49, 37, 6,
  133, 105, 171, 194, 120, 44, 195, 17, 180, 35, 137, 154, 4, 192, 211, 244, 93, 200, 2, 44, 0, 64,
  26, 108, 139, 147, 88, 235, 242, 23, 253, 52, 110, 236, 67, 99, 176, 2, 186, 198, 228, 25,
]);
const PAIRING = Uint8Array.from([
  80, 12, 4, 181, 61, 254, 153, 52, 127, 228, 174, 24, 144, 95, 235, 26, 197, 188, 219, 91, 4, 47,
  98, 98, 202, 199, 94, 67, 211, 223, 197, 21, 65, 221, 184, 75, 69, 202, 13, 56, 6, 233, 217, 146,
  159, 141, 116, 208, 81, 224, 146, 124, 150, 114, 218, 196, 192, 233, 253, 31, 130, 152, 144, 29,
  34, 54, 229, 82, 80, 13, 200, 53, 254, 193, 250, 1, 205, 60, 38, 172, 237, 29, 18, 82, 187, 98,
  113, 152, 184, 251, 223, 42, 104, 148, 253, 25, 79, 39, 165, 18, 195, 165, 215, 155, 168, 251,
  250, 2, 215, 214, 193, 172, 187, 84, 54, 168, 27, 100, 161, 155, 144, 95, 199, 238, 88, 238, 202,
  46, 247, 97, 33, 56, 78, 174, 171, 15, 245, 5, 121, 144, 88, 81, 102, 133, 118, 222, 81, 214, 74,
  169, 27, 91, 27, 23, 80, 55, 43, 97, 101, 24, 168, 29, 75, 136, 229, 2, 55, 77, 60, 200, 227, 210,
  172, 194, 232, 45, 151, 46, 248, 206, 193, 250, 145, 84, 78, 176, 74, 210, 0, 106, 168, 30,
]);

function create(method: string): HostCall {
  return ask("promise_create", CONTRACT_ID, method, NONE, ZERO, GAS);
}

function then(promise: bigint, method: string): HostCall {
  return ask("promise_then", promise, CONTRACT_ID, method, NONE, ZERO, GAS);
}

function batch(promise: bigint, action: string, ...args: readonly Argument[]): HostCall {
  return call(`promise_batch_action_${action}`, promise, ...args);
}

/** The calls of `sanity_check` of nearcore's test contract, in their order. */
const SANITY_CHECK: readonly HostCall[] = [
  call("input", 0n),
  ask("register_len", 0n),
  call("read_register", 0n, OUT),
  call("current_account_id", 1n),
  ask("register_len", 1n),
  call("read_register", 1n, OUT),
  call("signer_account_pk", 1n),
  ask("register_len", 1n),
  call("read_register", 1n, OUT),
  call("signer_account_id", 1n),
  call("predecessor_account_id", 1n),
  ask("block_index"),
  ask("block_timestamp"),
  ask("epoch_height"),
  ask("storage_usage"),
  call("account_balance", OUT),
  call("attached_deposit", OUT),
  ask("prepaid_gas"),
  ask("used_gas"),
  call("random_seed", 1n),
  call("sha256", HELLO, 1n),
  call("value_return", HELLO),
  create("sanity_check_panic"),
  create("sanity_check_panic_utf8"),
  call("log_utf8", HELLO),
  call("log_utf16", "h\0e\0l\0l\0o\0"),
  create("noop"),
  then(2n, "noop"),
  then(2n, "noop"),
  ask("promise_and", { at: concatBytes(encode(u64, 3n), encode(u64, 4n)) }, 2n),
  ask("promise_batch_create", CONTRACT_ID),
  ask("promise_batch_then", 4n, CONTRACT_ID),
  ask("promise_batch_create", `foo.${CONTRACT_ID}`),
  batch(8n, "create_account"),
  batch(8n, "transfer", amount(50_000_000_000_000_000_000_000n)),
  batch(8n, "deploy_contract", TRIVIAL),
  batch(8n, "deploy_global_contract", TRIVIAL),
  batch(8n, "deploy_global_contract_by_account_id", TRIVIAL),
  batch(8n, "function_call", "main", NONE, ZERO, GAS),
  batch(8n, "function_call_weight", "main", NONE, ZERO, 0n, 1n),
  batch(8n, "add_key_with_full_access", KEY, 0n),
  batch(8n, "delete_key", KEY),
  batch(8n, "add_key_with_function_call", KEY, 1n, ZERO, `foo.${CONTRACT_ID}`, "main"),
  batch(8n, "delete_account", CONTRACT_ID),
  ask("promise_batch_create", `bar.${CONTRACT_ID}`),
  batch(9n, "create_account"),
  batch(9n, "transfer", amount(50_000_000_000_000_000_000_000n)),
  batch(9n, "stake", amount(30_000_000_000_000_000_000_000n), KEY),
  create("noop"),
  then(10n, "sanity_check_promise_results"),
  call("promise_return", 11n),
  ask("storage_write", "hi", HELLO, 1n),
  ask("storage_write", "hi", HELLO, 1n),
  ask("storage_read", "abcdefg", 1n),
  ask("storage_read", "hi", 1n),
  ask("storage_has_key", "abcdefg"),
  ask("storage_has_key", "hi"),
  ask("storage_remove", "abcdefg", 1n),
  ask("storage_remove", "hi", 1n),
  call("validator_stake", "bob.near", OUT),
  call("validator_total_stake", OUT),
  call("ripemd160", "AAAAAAAAAA", 1n),
  call("alt_bn128_g1_multiexp", MULTIEXP, 1n),
  call("alt_bn128_g1_sum", SUM, 1n),
  ask("alt_bn128_pairing_check", PAIRING),
];

/** What Rust's compiler makes of it is unknown: those numbers are left out there too. */
const UNKNOWN = new Set(["CONTRACT_LOADING_BYTES", "WASM_INSTRUCTION"]);

test("receipts_gas_profile_snapshot: 25 receipts, 25 exact", async () => {
  const vector = field(await loadVectors("runtime"), "receipts_gas_profile_snapshot");
  const code = buildContract({
    sanity_check: SANITY_CHECK,
    sanity_check_panic: [call("panic")],
    sanity_check_panic_utf8: [call("panic_utf8", "xyz")],
    noop: [],
    sanity_check_promise_results: [ask("promise_results_count"), ask("promise_result", 0n, 0n)],
  });
  const world = worldOf(["alice.near", "bob.near", CONTRACT_ID]);
  const account = world.account(CONTRACT_ID);
  assert.ok(account);
  const contract = { type: "local", hash: hashOf(code) } as const;
  const rich = { ...account, amount: 5n * 10n ** 32n, contract };
  const statePatch = [
    { type: "account", accountId: CONTRACT_ID, account: rich },
    { type: "contract", accountId: CONTRACT_ID, code },
  ] as const;
  produceBlock(world.chain, [], { statePatch });
  const args = encodeUtf8(`{
            "contract_code": ${JSON.stringify(encodeBase64(TRIVIAL))},
            "method_name": "main",
            "method_args": "",
            "validator_id": "bob.near"
        }`);
  const gas = 300_000_000_000_000n;
  const action = {
    type: "functionCall",
    methodName: "sanity_check",
    args,
    gas,
    deposit: 0n,
  } as const;
  const { outcomes } = run(world, "alice.near", CONTRACT_ID, [action], { minimumStake: 0n });
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const ordered = (outcomes[0]?.receiptIds ?? []).flatMap((id) => below(byId, id));
  assert.equal(
    ordered.map(statusOf),
    list(vector, "status").map((status) => text(status)),
  );
  assert.equal(
    ordered.map(({ metadata }) =>
      metadata.version === 1
        ? []
        : metadata.gasProfile.map(({ costCategory, cost, gasUsed }) => [
            costCategory,
            cost,
            UNKNOWN.has(cost) ? "0" : gasUsed.toString(),
          ]),
    ),
    list(vector, "receipts"),
  );
});

test("execution_metadata_view: the forms of both versions", async () => {
  const vector = field(await loadVectors("runtime"), "execution_metadata_view");
  const outcome = {
    id: "11111111111111111111111111111111",
    logs: [],
    receiptIds: [],
    gasBurnt: 0n,
    tokensBurnt: 0n,
    executorId: "alice.near",
    status: { type: "unknown" },
  } as const;
  const shown = (metadata: ExecutionOutcome["metadata"]): Json =>
    field(outcomeWithIdView({ ...outcome, metadata }, "", []), "outcome", "metadata");
  assert.equal(shown({ version: 1 }), field(vector, "v1"));
  const [none, local] = list(vector, "v4_contracts");
  assert.ok(none !== undefined && local !== undefined);
  const view = shown({
    version: 4,
    gasProfile: [],
    contracts: [null, { type: "local", hash: text(local, "local") }],
  });
  assert.equal(field(view, "contracts"), [none, local]);
  assert.equal(
    Object.keys(record(view)),
    list(vector, "v4_keys").map((key) => text(key)),
  );
});

/** A receipt's outcome, then those of the receipts that it made, depth first. */
function below(byId: ReadonlyMap<string, ExecutionOutcome>, id: string): ExecutionOutcome[] {
  const outcome = byId.get(id);
  if (outcome === undefined) return [];
  return [outcome, ...outcome.receiptIds.flatMap((child) => below(byId, child))];
}

function statusOf({ status }: ExecutionOutcome): string {
  if (status.type === "successValue") return "SuccessValue";
  if (status.type === "successReceiptId") return "SuccessReceiptId";
  return status.type === "failure" ? `Failure ${failureText(status.error)}` : status.type;
}

function failureText(error: Json): string {
  return text(error, "ActionError", "kind", "FunctionCallError", "ExecutionError");
}

test.run();
