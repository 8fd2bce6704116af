/**
 * What nearcore answers beyond its OpenAPI document: a route that the document leaves out, an older node's, and what the master
 * branch has added since (2026-08: SPICE proofs, paging of keys, causes of a timeout, protocol 87). For scripts/openapi.mjs.
 */

/** @typedef {import("./openapi-schema.mjs").Schema} Schema */

/** @type {(name: string) => Schema} */
export const ref = (name) => ({ $ref: `#/components/schemas/${name}` });
const u64 = { type: "integer", format: "uint64" };
const u32 = { type: "integer", format: "uint32" };
const string = { type: "string" };
const amount = ref("NearToken");
const hash = ref("CryptoHash");
const account = ref("AccountId");
/** @type {(items: Schema) => Schema} */
const list = (items) => ({ type: "array", items });
/** @type {(schema: Schema) => Schema} */
const nullable = (schema) => ({ anyOf: [schema], nullable: true });
/** @type {(properties: { [name: string]: Schema }, optional?: readonly string[]) => Schema} */
const object = (properties, optional = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
/** @type {(...values: string[]) => Schema} */
const unit = (...values) => ({ type: "string", enum: values });
/** A variant that carries something. @type {(name: string, content: Schema) => Schema} */
const variant = (name, content) => object({ [name]: content });
/** The cause of an error. @type {(name: string, info?: Schema) => Schema} */
const cause = (name, info) => object({ name: unit(name), ...(info && { info }) });

const at = { block_hash: hash, block_height: u64 };
// In errors nothing is turned into bigint, so this is not the type that results have.
const chunkIdAsParsed = object({ block_hash: hash, shard_id: ref("ShardId") });
const proofs = { chunk_execution_proof: ref("ChunkExecutionProofView") };

/** Schemas that the document has not. @type {{ [name: string]: Schema }} */
const NEW = {
  RpcViewGasKeyNoncesResponse: { allOf: [ref("GasKeyNoncesView")], ...object(at) },
  GasKeyView: object({
    balance: amount,
    nonces: list(u64),
    num_nonces: u32,
    permission: ref("AccessKeyPermissionView"),
  }),
  GasKeyInfoView: object({ gas_key: ref("GasKeyView"), public_key: ref("PublicKey") }),
  RpcViewGasKeyResponse: { allOf: [ref("GasKeyView")], ...object(at) },
  RpcViewGasKeyListResponse: object({ ...at, keys: list(ref("GasKeyInfoView")) }),
  TimeoutErrorCause: {
    oneOf: [
      object({ cause: unit("NOT_OBSERVED") }),
      object({ cause: unit("PENDING"), status: ref("RpcTransactionResponse") }),
      object({ cause: unit("DOES_NOT_TRACK_SHARD"), shard_id: ref("ShardId") }),
      object({ cause: unit("ERROR"), debug_info: string }),
    ],
  },
  SpiceChunkId: object({ block_hash: hash, shard_id: ref("ShardId") }),
  ChunkExecutionRoots: { oneOf: [variant("V1", ref("ChunkExecutionRootsV1"))] },
  ChunkExecutionRootsV1: object({
    chunk_id: ref("SpiceChunkId"),
    outcome_root: hash,
    outgoing_receipts_root: hash,
    state_root: hash,
  }),
  ChunkExecutionProofView: object({
    certifying_block_header_lite: ref("LightClientBlockLiteView"),
    certifying_block_proof: list(ref("MerklePathItem")),
    roots: ref("ChunkExecutionRoots"),
    roots_proof: list(ref("MerklePathItem")),
  }),
  StateProofView: object({ nodes: list(string), value: nullable(ref("StoreValue")) }, ["value"]),
  RpcLightClientChunkExecutionProofResponse: object(proofs),
  RpcLightClientExecutionOutcomeProofResponse: object({
    ...proofs,
    outcome_proof: ref("ExecutionOutcomeWithIdView"),
  }),
  RpcLightClientStateProofResponse: object({ ...proofs, state_proof: ref("StateProofView") }),
  IndexerExecutionOutcome: object(
    {
      execution_outcome: ref("ExecutionOutcomeWithIdView"),
      receipt: nullable(ref("ReceiptView")),
    },
    ["receipt"],
  ),
  IndexerTransaction: object({
    transaction: ref("SignedTransactionView"),
    outcome: ref("IndexerExecutionOutcome"),
  }),
  IndexerChunk: object({
    author: account,
    header: ref("ChunkHeaderView"),
    transactions: list(ref("IndexerTransaction")),
    receipts: list(ref("ReceiptView")),
  }),
  IndexerShard: object(
    {
      shard_id: ref("ShardId"),
      chunk: nullable(ref("IndexerChunk")),
      receipt_execution_outcomes: list(ref("IndexerExecutionOutcome")),
      state_changes: list(ref("StateChangeWithCauseView")),
    },
    ["chunk"],
  ),
  RpcIndexerBlockResponse: object({
    block: ref("RpcBlockResponse"),
    shards: list(ref("IndexerShard")),
    tracked_shards: list(ref("ShardId")),
  }),
};

/** Fields that schemas of the document lack. @type {{ [name: string]: { [field: string]: Schema } }} */
const FIELDS = {
  RpcViewAccessKeyListResponse: { last_key: nullable(ref("PublicKeyHandle")) },
  BlockHeaderInnerLiteView: { chunk_execution_root: nullable(hash) },
  BlockHeaderView: { chunk_execution_root: nullable(hash) },
};

const bounds = { length: u64, limit: u64 };

/** Variants that enums of the document lack. @type {{ [name: string]: Schema[] }} */
const VARIANTS = {
  ActionErrorKind: [
    variant("TotalPromiseInputSizeExceeded", object({ limit: u64, size: u64 })),
    variant("ReceiptStorageProofSizeExceeded", object({ limit: u64 })),
  ],
  ActionsValidationError: [
    unit("FunctionCallEmptyMethodName", "MalformedUniversalStateInit"),
    unit("WithdrawFromGasKeyNotAllowedInDelegate"),
    variant(
      "InvalidUniversalStateInitReceiver",
      object({ derived_id: account, receiver_id: account }),
    ),
    variant("UniversalStateInitKeyLengthExceeded", object(bounds)),
    variant("UniversalStateInitValueLengthExceeded", object(bounds)),
    variant("UniversalStateInitTooManyKeys", object({ number_of_keys: u64, limit: u64 })),
    variant("RemovedProtocolFeature", object({ protocol_feature: string, version: u32 })),
  ],
  ActionView: [variant("UniversalStateInit", object({ state_init: string, deposit: amount }))],
  HostError: [variant("MlDsaVerifyInvalidInput", object({ msg: string }))],
  PrepareError: [unit("TooManyGlobals")],
  RpcQueryError: [
    cause("TOO_MANY_ACCESS_KEYS", object({ ...at, limit: u32, requested_account_id: account })),
  ],
  RpcLightClientProofError: [
    cause("SHARD_NOT_TRACKED", object({ shard_id: ref("ShardId") })),
    cause(
      "TARGET_SHARD_MISMATCH",
      object({
        account_id: account,
        account_shard_id: ref("ShardId"),
        requested_shard_id: ref("ShardId"),
      }),
    ),
    cause("STATE_NOT_AVAILABLE", object({ chunk_id: chunkIdAsParsed })),
    cause("CHUNK_NOT_CERTIFIED", object({ chunk_id: chunkIdAsParsed })),
    cause(
      "LIGHT_CLIENT_HEAD_TOO_OLD",
      object({ certifying_block_height: u64, chunk_id: chunkIdAsParsed, head_height: u64 }),
    ),
  ],
};

/** Causes whose `info` nothing describes: those of the indexer's method. */
export const UNDESCRIBED = ["DATA_UNAVAILABLE", "INCOMPLETE_DATA", "LIMIT_EXCEEDED", "BUSY"];

/** Adds to the document's schemas what it lacks. @param {{ [name: string]: Schema }} schemas */
export function addBeyond(schemas) {
  for (const [name, schema] of Object.entries(NEW)) {
    if (schemas[name] !== undefined) throw new Error(`${name} is in the document now`);
    schemas[name] = schema;
  }
  for (const [name, fields] of Object.entries(FIELDS)) {
    Object.assign(schemas[name]?.["properties"], fields);
  }
  for (const [name, variants] of Object.entries(VARIANTS)) {
    const members = schemas[name]?.["oneOf"] ?? schemas[name]?.["anyOf"];
    // An enum of nothing but units is one list of names.
    if (members === undefined) schemas[name]?.["enum"].push(...variants.flatMap((v) => v["enum"]));
    else members.push(...variants);
  }
  const timeout = schemas["RpcTransactionError"]?.["oneOf"].find(
    (/** @type {Schema} */ one) => one["properties"].name.enum[0] === "TIMEOUT_ERROR",
  );
  timeout.properties.info = nullable(ref("TimeoutErrorCause"));
}
