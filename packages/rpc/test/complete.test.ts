/**
 * Nothing of nearcore's specification is missing: a function for each method, a type for each cause of an error.
 */
import * as rpc from "@yoctonear/rpc";
import {
  call,
  isRpcError,
  RpcError,
  type RpcErrorCode,
  type RpcMethods,
  type Transport,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./http-doubles.ts";
import { OPENAPI_CAUSES, OPENAPI_METHODS, OPENAPI_REQUEST_TYPES } from "./openapi-names.ts";

/** Methods that the document leaves out: of 2.13, its sandbox, older nodes, nearcore's master branch. */
const BEYOND = [
  "EXPERIMENTAL_view_gas_key_nonces",
  "sandbox_fast_forward",
  "sandbox_patch_state",
  "EXPERIMENTAL_view_gas_key",
  "EXPERIMENTAL_view_gas_key_list",
  "EXPERIMENTAL_indexer_block",
  "EXPERIMENTAL_light_client_chunk_execution_proof",
  "EXPERIMENTAL_light_client_execution_outcome_proof",
  "EXPERIMENTAL_light_client_state_proof",
] as const;

/** Causes that the document leaves out, and names of errors that come without a cause. */
const CAUSES_BEYOND = [
  "TOO_MANY_ACCESS_KEYS",
  "SHARD_NOT_TRACKED",
  "TARGET_SHARD_MISMATCH",
  "STATE_NOT_AVAILABLE",
  "CHUNK_NOT_CERTIFIED",
  "LIGHT_CLIENT_HEAD_TOO_OLD",
  "DATA_UNAVAILABLE",
  "INCOMPLETE_DATA",
  "LIMIT_EXCEEDED",
  "BUSY",
  "HANDLER_ERROR",
  "REQUEST_VALIDATION_ERROR",
  "UNKNOWN",
] as const;

const METHODS: readonly (keyof RpcMethods)[] = [...OPENAPI_METHODS, ...BEYOND];
const CAUSES: readonly RpcErrorCode[] = [...OPENAPI_CAUSES, ...CAUSES_BEYOND];

const complete = suite("rpc: everything that nearcore's specification has");

complete("a function for each method, named as nearcore names it", () => {
  const names = METHODS.filter((method) => method !== "query").map(camelCase);
  // `query` has a function for each of its request types.
  names.push(...OPENAPI_REQUEST_TYPES.map(camelCase));
  for (const name of names) assert.type(Reflect.get(rpc, name), "function", name);
  assert.is(new Set(names).size, 46 + 9);
});

complete("each function asks for the method of its name", async () => {
  for (const method of METHODS.filter((name) => name !== "query" && !name.startsWith("sandbox"))) {
    let asked = "";
    const transport: Transport = (request) => {
      asked = request.method;
      return Promise.reject(new Error("enough"));
    };
    const params = { chunkId: {}, target: {}, accountIds: [], changesType: "account_changes" };
    const ask: unknown = Reflect.get(rpc, camelCase(method));
    if (typeof ask !== "function") throw new TypeError(`expected a function for ${method}`);
    const answer: unknown = Reflect.apply(ask, undefined, [transport, params]);
    await Promise.resolve(answer).catch(() => {});
    assert.is(asked, method);
  }
});

complete("each method has a list of its 64-bit integers", async () => {
  for (const method of METHODS) {
    const transport: Transport = async () => ({});
    // Whatever its parameters are: only the name matters here.
    assert.equal(await Reflect.apply(call, undefined, [transport, method, {}]), {}, method);
  }
});

complete("each cause is a code with typed data; an unknown one passes through", () => {
  for (const name of [...CAUSES, "FROM_THE_FUTURE"]) {
    const error = new RpcError("query", { name: "HANDLER_ERROR", cause: { name, info: { a: 1 } } });
    assert.is(error.code, name);
    assert.equal(error.data, { a: 1 });
    assert.ok(isRpcError(error));
  }
  assert.is(new RpcError("query", { name: "HANDLER_ERROR" }).code, "HANDLER_ERROR");
  assert.is(new RpcError("query", { code: -32000, data: "gone" }).code, "UNKNOWN");
});

complete("a timeout tells how far the transaction has come, where the node says it", async () => {
  const status = {
    final_execution_status: "INCLUDED",
    transaction: { hash: "1", nonce: 5, nonce_index: 3 },
  };
  const cause = { name: "TIMEOUT_ERROR", info: { cause: "PENDING", status } };
  const transport: Transport = async ({ method }) => {
    throw new RpcError(method, { name: "HANDLER_ERROR", cause, data: "Timeout" });
  };
  const asked = rpc.tx(transport, { txHash: "1", senderAccountId: "alice.near" });
  const error = await rejection(asked);
  if (!isRpcError(error, "TIMEOUT_ERROR")) throw error;
  if (error.data?.cause !== "PENDING") throw new Error("expected a pending transaction");
  assert.is(error.data.status.transaction?.nonce, 5n);
  assert.is(error.data.status.transaction?.nonce_index, 3);
});

complete("integers of one name and two widths are told apart by their owners", async () => {
  const proof = { certifying_block_header_lite: {}, certifying_block_proof: [], roots_proof: [] };
  const roots = { V1: { chunk_id: { block_hash: "1", shard_id: 7 } } };
  const failure = { InvalidTxError: { ShardCongested: { shard_id: 7, congestion_level: 1 } } };
  const outcome = { gas_burnt: 5, status: { Failure: failure } };
  const transport: Transport = async () => ({
    chunk_execution_proof: { ...proof, roots },
    outcome_proof: { id: "1", block_hash: "1", proof: [], outcome },
  });
  const head = { lightClientHead: "1" };
  const params = {
    type: "transaction",
    transactionHash: "1",
    senderId: "a.near",
    ...head,
  } as const;
  const found = await rpc.experimentalLightClientExecutionOutcomeProof(transport, params);
  assert.is(found.chunk_execution_proof.roots.V1.chunk_id.shard_id, 7n);
  assert.is(found.outcome_proof.outcome.gas_burnt, 5n);
  assert.equal(found.outcome_proof.outcome.status, { Failure: failure });
});

complete("P38: a light client's block is whole, or nothing is newer", async () => {
  const params = { lastBlockHash: "1" };
  assert.equal(await rpc.nextLightClientBlock(async () => ({}), params), {});
  const part = rpc.nextLightClientBlock(async () => ({ prev_block_hash: "1" }), params);
  assert.match(String(await rejection(part)), "inner_lite: expected");
});

complete.run();

function camelCase(method: string): string {
  return method.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
