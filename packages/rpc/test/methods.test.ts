import {
  block,
  blockEffects,
  type BlockReference,
  broadcastTxAsync,
  broadcastTxCommit,
  callFunction,
  type CallFunctionParams,
  changes,
  type ChangesParams,
  chunk,
  clientConfig,
  experimentalCallFunction,
  experimentalChanges,
  experimentalChangesInBlock,
  experimentalCongestionLevel,
  experimentalLightClientBlockProof,
  experimentalLightClientProof,
  experimentalMaintenanceWindows,
  experimentalProtocolConfig,
  experimentalReceipt,
  experimentalReceiptToTx,
  experimentalSplitStorageInfo,
  experimentalTxStatus,
  experimentalValidatorsOrdered,
  experimentalViewAccessKey,
  experimentalViewAccessKeyList,
  experimentalViewAccount,
  experimentalViewCode,
  experimentalViewGasKeyNonces,
  experimentalViewState,
  fetchTransport,
  gasPrice,
  genesisConfig,
  health,
  isRpcError,
  lightClientProof,
  type LightClientProofParams,
  maintenanceWindows,
  networkInfo,
  nextLightClientBlock,
  type RpcRequest,
  RpcError,
  sandboxFastForward,
  sandboxPatchState,
  sendTx,
  status,
  stringifyJson,
  type Transport,
  TransportError,
  tx,
  type TxExecutionStatus,
  validators,
  viewAccessKey,
  viewAccessKeyList,
  viewAccount,
  viewCode,
  viewGasKeyNonces,
  viewGlobalContractCode,
  viewGlobalContractCodeByAccountId,
  viewState,
  type ViewStateParams,
} from "@yoctonear/rpc";
import {
  field,
  has,
  type Json,
  list,
  loadRecording,
  parse,
  record,
  text,
} from "@yoctonear/vectors";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { errorOf, fakeFetch, rejection, resultOf } from "./http-doubles.ts";

type Call = (transport: Transport, params: Json) => Promise<unknown>;

/** The typed functions by method and request type, from the wire's parameters. */
const CALLS: { readonly [name: string]: Call } = {
  block: (t, p) => block(t, { block: at(p) }),
  chunk: (t, p) =>
    has(p, "chunk_id")
      ? chunk(t, { chunkId: text(p, "chunk_id") })
      : chunk(t, { blockId: heightOrHash(p), shardId: Number(field(p, "shard_id")) }),
  status: (t) => status(t),
  health: (t) => health(t),
  genesis_config: (t) => genesisConfig(t),
  EXPERIMENTAL_protocol_config: (t, p) => experimentalProtocolConfig(t, { block: at(p) }),
  EXPERIMENTAL_receipt: (t, p) => experimentalReceipt(t, { receiptId: text(p, "receipt_id") }),
  gas_price: (t, p) => {
    const id = field(p, 0);
    return gasPrice(t, id === null ? {} : { blockId: typeof id === "number" ? id : text(id) });
  },
  validators: (t, p) => {
    if (has(p, "epoch_id")) return validators(t, { epochId: text(p, "epoch_id") });
    return has(p, "block_id") ? validators(t, { blockId: heightOrHash(p) }) : validators(t);
  },
  tx: (t, p) => tx(t, transaction(p)),
  EXPERIMENTAL_tx_status: (t, p) => experimentalTxStatus(t, transaction(p)),
  send_tx: (t, p) => sendTx(t, { signedTxBase64: text(p, "signed_tx_base64"), ...wait(p) }),
  broadcast_tx_async: (t, p) => broadcastTxAsync(t, { signedTxBase64: text(p, 0) }),
  broadcast_tx_commit: (t, p) => broadcastTxCommit(t, { signedTxBase64: text(p, 0) }),
  network_info: (t) => networkInfo(t),
  client_config: (t) => clientConfig(t),
  EXPERIMENTAL_split_storage_info: (t) => experimentalSplitStorageInfo(t),
  EXPERIMENTAL_congestion_level: (t, p) =>
    has(p, "chunk_id")
      ? experimentalCongestionLevel(t, { chunkId: text(p, "chunk_id") })
      : experimentalCongestionLevel(t, {
          blockId: heightOrHash(p),
          shardId: Number(field(p, "shard_id")),
        }),
  EXPERIMENTAL_validators_ordered: (t) => experimentalValidatorsOrdered(t),
  maintenance_windows: (t, p) => maintenanceWindows(t, { accountId: text(p, "account_id") }),
  EXPERIMENTAL_maintenance_windows: (t, p) =>
    experimentalMaintenanceWindows(t, { accountId: text(p, "account_id") }),
  next_light_client_block: (t, p) =>
    nextLightClientBlock(t, { lastBlockHash: text(p, "last_block_hash") }),
  light_client_proof: (t, p) => lightClientProof(t, proved(p)),
  EXPERIMENTAL_light_client_proof: (t, p) => experimentalLightClientProof(t, proved(p)),
  EXPERIMENTAL_light_client_block_proof: (t, p) =>
    experimentalLightClientBlockProof(t, {
      blockHash: text(p, "block_hash"),
      lightClientHead: text(p, "light_client_head"),
    }),
  EXPERIMENTAL_receipt_to_tx: (t, p) =>
    experimentalReceiptToTx(t, { receiptId: text(p, "receipt_id") }),
  changes: (t, p) => changes(t, changesOf(p)),
  EXPERIMENTAL_changes: (t, p) => experimentalChanges(t, changesOf(p)),
  block_effects: (t, p) => blockEffects(t, { block: at(p) }),
  EXPERIMENTAL_changes_in_block: (t, p) => experimentalChangesInBlock(t, { block: at(p) }),
  EXPERIMENTAL_view_account: (t, p) => experimentalViewAccount(t, account(p)),
  EXPERIMENTAL_view_code: (t, p) => experimentalViewCode(t, account(p)),
  EXPERIMENTAL_view_state: (t, p) => experimentalViewState(t, storage(p)),
  EXPERIMENTAL_view_access_key: (t, p) => experimentalViewAccessKey(t, key(p)),
  EXPERIMENTAL_view_access_key_list: (t, p) => experimentalViewAccessKeyList(t, account(p)),
  EXPERIMENTAL_view_gas_key_nonces: (t, p) => experimentalViewGasKeyNonces(t, key(p)),
  EXPERIMENTAL_call_function: (t, p) => experimentalCallFunction(t, contractCall(p)),
  sandbox_fast_forward: (t, p) =>
    sandboxFastForward(t, { deltaHeight: Number(field(p, "delta_height")) }),
  sandbox_patch_state: (t, p) =>
    sandboxPatchState(t, { records: list(p, "records").map((one) => record(one)) }),
  view_account: (t, p) => viewAccount(t, account(p)),
  view_code: (t, p) => viewCode(t, account(p)),
  view_state: (t, p) => viewState(t, storage(p)),
  view_access_key: (t, p) => viewAccessKey(t, key(p)),
  view_access_key_list: (t, p) => viewAccessKeyList(t, account(p)),
  view_gas_key_nonces: (t, p) => viewGasKeyNonces(t, key(p)),
  call_function: (t, p) => callFunction(t, contractCall(p)),
  view_global_contract_code: (t, p) =>
    viewGlobalContractCode(t, { codeHash: text(p, "code_hash"), block: at(p) }),
  view_global_contract_code_by_account_id: (t, p) =>
    viewGlobalContractCodeByAccountId(t, account(p)),
};

/** Where our functions say the same in another of nearcore's forms. */
function isOtherForm(method: string, params: Json): boolean {
  if (method === "gas_price" || method.startsWith("broadcast")) return !Array.isArray(params);
  if (method === "validators" && Array.isArray(params)) return field(params, 0) !== null;
  if (method === "tx" || method === "EXPERIMENTAL_tx_status") return !has(params, "tx_hash");
  if (method === "EXPERIMENTAL_validators_ordered") return !Array.isArray(params);
  if (method === "next_light_client_block") return Array.isArray(params);
  if (method === "send_tx") return !has(params, "signed_tx_base64");
  if (method === "block" || method === "query") {
    return Array.isArray(params) || typeof params === "string" || at(params) === undefined;
  }
  return false;
}

interface Exchange {
  readonly name: string;
  readonly request: RpcRequest;
  readonly params: Json;
  readonly http: number;
  readonly result?: Json;
  readonly error?: Json;
  readonly call: Call;
}

async function exchanges(): Promise<readonly Exchange[]> {
  return list(await loadRecording("methods")).flatMap((one) => {
    if (!has(one, "method")) return [];
    const method = text(one, "method");
    const params = field(one, "params");
    if (isOtherForm(method, params)) return [];
    const name = method === "query" ? text(params, "request_type") : method;
    const call = CALLS[name];
    if (call === undefined) return [];
    const answer = has(one, "error")
      ? { error: field(one, "error") }
      : { result: field(one, "result") };
    return [
      {
        name,
        request: { method, params },
        params,
        http: Number(field(one, "http")),
        call,
        ...answer,
      },
    ];
  });
}

const recordings = suite("methods: against what a real node answered");

recordings("each function sends what the node was sent", async () => {
  const all = await exchanges();
  for (const { request, params, call } of all) {
    let sent: RpcRequest | undefined;
    await call((asked) => {
      sent = asked;
      return new Promise<never>((_, reject) => reject(new Error("enough")));
    }, params).catch(() => {});
    const method = request.method;
    const expected = method.startsWith("broadcast")
      ? { signed_tx_base64: text(params, 0) }
      : params;
    assert.equal(parse(stringifyJson(sent)), { method, params: expected });
  }
  assert.is(new Set(all.map(({ name }) => name)).size, Object.keys(CALLS).length);
  assert.ok(all.length > 140, `${all.length} of 181`);
});

for (const way of ["a transport", "fetch"] as const) {
  recordings(`P41: each result is typed without loss, through ${way}`, async () => {
    for (const { name, params, http, call, result } of await exchanges()) {
      if (result === undefined || has(result, "error")) continue;
      const transport =
        way === "fetch"
          ? fetchTransport("http://rpc.example", {
              fetch: fakeFetch(({ id }) => resultOf(id, stringifyJson(result), { status: http })),
            })
          : async (): Promise<unknown> => result;
      const typed = await call(transport, params);
      assert.equal(parse(stringifyJson(typed)), result, name);
    }
  });

  recordings(
    `P43: each error keeps code, data and what the node said, through ${way}`,
    async () => {
      let errors = 0;
      for (const { request, params, http, call, error } of await exchanges()) {
        if (error === undefined) continue;
        errors++;
        const transport =
          way === "fetch"
            ? fetchTransport("http://rpc.example", {
                fetch: fakeFetch(({ id }) => errorOf(id, stringifyJson(error), { status: http })),
              })
            : (): Promise<never> => Promise.reject(new RpcError(request.method, error));
        const thrown = await rejection(call(transport, params));
        if (!(thrown instanceof RpcError)) throw thrown;
        assert.is(thrown.code, text(error, "cause", "name"));
        assert.is(thrown.method, request.method);
        assert.equal(thrown.raw, error);
        const said = field(error, "data");
        if (typeof said === "string") {
          assert.match(thrown.message, said.replace(/\s+/g, " "));
          assert.equal(
            thrown.data,
            has(field(error, "cause"), "info") ? field(error, "cause", "info") : undefined,
          );
        }
        assert.not.match(thrown.message, "Server error");
      }
      assert.ok(errors > 25, String(errors));
    },
  );
}

recordings(
  "P38: a missing key and a failed call come as text within a result, and are errors",
  async () => {
    let found = 0;
    for (const { name, params, call, result } of await exchanges()) {
      if (result === undefined || !has(result, "error")) continue;
      found++;
      const error = await rejection(call(async () => result, params));
      const code = name === "view_access_key" ? "UNKNOWN_ACCESS_KEY" : "CONTRACT_EXECUTION_ERROR";
      if (!isRpcError(error, code)) throw error;
      assert.match(error.message, text(result, "error"));
      assert.is(field(data(error), "block_hash"), text(result, "block_hash"));
      if (code === "UNKNOWN_ACCESS_KEY")
        assert.is(field(data(error), "public_key"), text(params, "public_key"));
      else assert.is(field(data(error), "vm_error"), text(result, "error"));
    }
    assert.is(found, 4);
  },
);

recordings("P38: any other text within a result says nothing of keys and contracts", async () => {
  const proxy: Transport = async () => ({ error: "quota exceeded", logs: [] });
  for (const task of [
    viewAccessKey(proxy, {
      ...OWNER,
      publicKey: "ed25519:6E8sCci9badyRkXb3JoRpBj5p8C6Tw41ELDZoiihKEtp",
    }),
    callFunction(proxy, { ...OWNER, methodName: "get" }),
  ]) {
    const error = await rejection(task);
    if (!isRpcError(error)) throw error;
    assert.is(error.code, "UNKNOWN");
    assert.match(error.message, "quota exceeded");
  }
});

const OWNER = { accountId: "alice.near" } as const;

/** Every function that takes a block, by name. */
const AT_BLOCK: Readonly<
  Record<string, (transport: Transport, block?: BlockReference) => Promise<unknown>>
> = {
  block: (transport, at) => block(transport, { block: at }),
  experimentalProtocolConfig: (transport, at) =>
    experimentalProtocolConfig(transport, { block: at }),
  callFunction: (transport, at) =>
    callFunction(transport, { ...OWNER, methodName: "get", block: at }),
  blockEffects: (transport, at) => blockEffects(transport, { block: at }),
  changes: (transport, at) =>
    changes(transport, { changesType: "data_changes", accountIds: [], block: at }),
  experimentalCallFunction: (transport, at) =>
    experimentalCallFunction(transport, { ...OWNER, methodName: "get", block: at }),
  experimentalChanges: (transport, at) =>
    experimentalChanges(transport, { changesType: "data_changes", accountIds: [], block: at }),
  experimentalChangesInBlock: (transport, at) =>
    experimentalChangesInBlock(transport, { block: at }),
  experimentalViewAccessKey: (transport, at) =>
    experimentalViewAccessKey(transport, { ...OWNER, publicKey: "", block: at }),
  experimentalViewAccessKeyList: (transport, at) =>
    experimentalViewAccessKeyList(transport, { ...OWNER, block: at }),
  experimentalViewAccount: (transport, at) =>
    experimentalViewAccount(transport, { ...OWNER, block: at }),
  experimentalViewCode: (transport, at) => experimentalViewCode(transport, { ...OWNER, block: at }),
  experimentalViewGasKeyNonces: (transport, at) =>
    experimentalViewGasKeyNonces(transport, { ...OWNER, publicKey: "", block: at }),
  experimentalViewState: (transport, at) =>
    experimentalViewState(transport, { ...OWNER, block: at }),
  viewAccessKey: (transport, at) =>
    viewAccessKey(transport, { ...OWNER, publicKey: "", block: at }),
  viewAccessKeyList: (transport, at) => viewAccessKeyList(transport, { ...OWNER, block: at }),
  viewAccount: (transport, at) => viewAccount(transport, { ...OWNER, block: at }),
  viewCode: (transport, at) => viewCode(transport, { ...OWNER, block: at }),
  viewGasKeyNonces: (transport, at) =>
    viewGasKeyNonces(transport, { ...OWNER, publicKey: "", block: at }),
  viewGlobalContractCode: (transport, at) =>
    viewGlobalContractCode(transport, { codeHash: "", block: at }),
  viewGlobalContractCodeByAccountId: (transport, at) =>
    viewGlobalContractCodeByAccountId(transport, { ...OWNER, block: at }),
  viewState: (transport, at) => viewState(transport, { ...OWNER, block: at }),
};

/** What a function sends. */
async function sentBy(call: (transport: Transport) => Promise<unknown>): Promise<unknown> {
  let sent: unknown;
  await call(({ params }) => {
    sent = params;
    return Promise.reject(new Error("enough"));
  }).catch(() => undefined);
  return sent;
}

recordings("P39: block 0 is a block in every function that takes one", async () => {
  for (const [name, call] of Object.entries(AT_BLOCK)) {
    const sent = await sentBy((transport) => call(transport, { blockId: 0 }));
    assert.is(Reflect.get(Object(sent), "block_id"), 0, name);
    assert.is(Reflect.get(Object(sent), "finality"), undefined, name);
  }
  assert.equal(await sentBy((transport) => gasPrice(transport, { blockId: 0 })), [0]);
  assert.equal(await sentBy((transport) => validators(transport, { blockId: 0 })), { block_id: 0 });
  assert.equal(await sentBy((t) => experimentalValidatorsOrdered(t, { blockId: 0 })), [0]);
  const first = { blockId: 0, shardId: 0 };
  assert.equal(await sentBy((transport) => experimentalCongestionLevel(transport, first)), {
    block_id: 0,
    shard_id: 0,
  });
  assert.equal(await sentBy((transport) => chunk(transport, first)), { block_id: 0, shard_id: 0 });
});

recordings("P44: a view keeps its logs, block and bytes", async () => {
  let views = 0;
  for (const { name, params, call, result } of await exchanges()) {
    if (!name.endsWith("call_function") || result === undefined || has(result, "error")) continue;
    const logs = [...list(result, "logs"), "said"];
    const typed = Object(await call(async () => ({ ...record(result), logs }), params));
    assert.equal(Reflect.get(typed, "logs"), logs);
    assert.is(Reflect.get(typed, "block_hash"), text(result, "block_hash"));
    assert.is(Reflect.get(Reflect.get(typed, "result"), "length"), list(result, "result").length);
    views++;
  }
  assert.is(views, 2);
});

recordings("P39: without a block every function reads the newest one, optimistic", async () => {
  for (const [name, call] of Object.entries(AT_BLOCK)) {
    const sent = await sentBy((transport) => call(transport));
    assert.is(Reflect.get(Object(sent), "finality"), "optimistic", name);
  }
});

recordings(
  "P40: the 64-bit integers are bigint, the smaller ones numbers, u128 texts",
  async () => {
    const all = await exchanges();
    const of = (wanted: string): Exchange => {
      const found = all.find((one) => one.name === wanted && one.result !== undefined);
      if (found === undefined) throw new Error(`no recording of ${wanted}`);
      return found;
    };
    const types = async (
      wanted: string,
      ...paths: readonly string[]
    ): Promise<readonly string[]> => {
      const { call, result, params } = of(wanted);
      const typed = await call(async () => result, params);
      return paths.map((path) => {
        let value = typed;
        for (const step of path.split(".")) value = Reflect.get(Object(value), step);
        return typeof value;
      });
    };
    assert.equal(
      await types(
        "block",
        "header.height",
        "header.timestamp",
        "header.latest_protocol_version",
        "header.gas_price",
        "chunks.0.gas_used",
        "chunks.0.congestion_info.allowed_shard",
      ),
      ["bigint", "bigint", "number", "string", "bigint", "number"],
    );
    assert.equal(await types("view_account", "amount", "storage_usage", "block_height"), [
      "string",
      "bigint",
      "bigint",
    ]);
    assert.equal(await types("view_access_key", "nonce", "block_height"), ["bigint", "bigint"]);
    assert.equal(await types("view_access_key_list", "keys.0.access_key.nonce"), ["bigint"]);
    assert.equal(await types("call_function", "block_height"), ["bigint"]);
    assert.equal(await types("EXPERIMENTAL_call_function", "block_height"), ["bigint"]);
    assert.equal(
      await types(
        "changes",
        "changes.0.change.amount",
        "changes.0.change.storage_usage",
        "changes.0.change.storage_paid_at",
      ),
      ["string", "bigint", "bigint"],
    );
    assert.equal(
      await types(
        "tx",
        "transaction.nonce",
        "transaction_outcome.outcome.gas_burnt",
        "transaction_outcome.outcome.tokens_burnt",
        "transaction.actions.0.FunctionCall.gas",
        "transaction_outcome.outcome.metadata.version",
      ),
      ["bigint", "bigint", "string", "bigint", "number"],
    );
    assert.equal(
      await types("status", "sync_info.latest_block_height", "protocol_version", "uptime_sec"),
      ["bigint", "number", "bigint"],
    );
    assert.equal(
      await types(
        "genesis_config",
        "epoch_length",
        "gas_limit",
        "protocol_version",
        "total_supply",
        "block_producer_kickout_threshold",
      ),
      ["bigint", "bigint", "number", "string", "number"],
    );
    assert.equal(
      await types(
        "EXPERIMENTAL_protocol_config",
        "runtime_config.wasm_config.limit_config.max_total_prepaid_gas",
        "runtime_config.transaction_costs.action_receipt_creation_config.execution",
      ),
      ["bigint", "bigint"],
    );
    assert.equal(
      await types(
        "validators",
        "epoch_height",
        "current_validators.0.num_expected_blocks",
        "current_validators.0.shards.0",
        "current_validators.0.stake",
      ),
      ["bigint", "bigint", "bigint", "string"],
    );
    assert.equal(
      await types("EXPERIMENTAL_receipt", "priority", "receipt.Action.actions.0.FunctionCall.gas"),
      ["bigint", "bigint"],
    );
    assert.equal(
      await types(
        "light_client_proof",
        "outcome_proof.outcome.gas_burnt",
        "block_header_lite.inner_lite.height",
        "block_header_lite.inner_lite.timestamp",
      ),
      ["bigint", "bigint", "bigint"],
    );
    assert.equal(await types("network_info", "num_active_peers", "peer_max_count"), [
      "bigint",
      "number",
    ]);
    assert.equal(await types("chunk", "header.shard_id", "header.height_created"), [
      "bigint",
      "bigint",
    ]);
  },
);

recordings("a transport that fails is never an error of the node, in any function", async () => {
  const down = new TransportError("network", "http://rpc.example: down");
  for (const { call, params } of await exchanges()) {
    assert.is(await rejection(call(() => Promise.reject(down), params)), down);
  }
});

recordings.run();

function data(error: RpcError): Json {
  return parse(stringifyJson(error.data));
}

function at(params: Json): BlockReference | undefined {
  const finality = has(params, "finality") ? text(params, "finality") : undefined;
  if (finality === "optimistic" || finality === "near-final" || finality === "final")
    return { finality };
  if (has(params, "block_id")) return { blockId: heightOrHash(params) };
  const point = has(params, "sync_checkpoint") ? text(params, "sync_checkpoint") : undefined;
  return point === "genesis" || point === "earliest_available"
    ? { syncCheckpoint: point }
    : undefined;
}

function heightOrHash(params: Json): number | string {
  const id = field(params, "block_id");
  return typeof id === "number" ? id : text(id);
}

function account(params: Json): { accountId: string; block: BlockReference | undefined } {
  return { accountId: text(params, "account_id"), block: at(params) };
}

function key(params: Json): {
  accountId: string;
  publicKey: string;
  block: BlockReference | undefined;
} {
  return { ...account(params), publicKey: text(params, "public_key") };
}

function storage(params: Json): ViewStateParams {
  return {
    ...account(params),
    prefixBase64: text(params, "prefix_base64"),
    includeProof: has(params, "include_proof") ? true : undefined,
    limit: has(params, "limit") ? Number(field(params, "limit")) : undefined,
  };
}

function contractCall(params: Json): CallFunctionParams {
  return {
    ...account(params),
    methodName: text(params, "method_name"),
    argsBase64: text(params, "args_base64"),
  };
}

function changesOf(params: Json): ChangesParams {
  const changesType = text(params, "changes_type");
  const block = at(params);
  if (changesType === "single_access_key_changes") {
    const keys = list(params, "keys").map((one) => ({
      accountId: text(one, "account_id"),
      publicKey: text(one, "public_key"),
    }));
    return { changesType, keys, block };
  }
  const accountIds = list(params, "account_ids").map((id) => text(id));
  switch (changesType) {
    case "account_changes":
    case "all_access_key_changes":
    case "contract_code_changes":
      return { changesType, accountIds, block };
    case "data_changes":
      return {
        changesType,
        accountIds,
        keyPrefixBase64: text(params, "key_prefix_base64"),
        block,
      };
    default:
      throw new TypeError(`expected a type of changes, got ${changesType}`);
  }
}

function proved(params: Json): LightClientProofParams {
  const lightClientHead = text(params, "light_client_head");
  return has(params, "receipt_id")
    ? {
        type: "receipt",
        receiptId: text(params, "receipt_id"),
        receiverId: text(params, "receiver_id"),
        lightClientHead,
      }
    : {
        type: "transaction",
        transactionHash: text(params, "transaction_hash"),
        senderId: text(params, "sender_id"),
        lightClientHead,
      };
}

function wait(params: Json): { waitUntil?: TxExecutionStatus } {
  const levels = [
    "NONE",
    "INCLUDED",
    "EXECUTED_OPTIMISTIC",
    "INCLUDED_FINAL",
    "EXECUTED",
    "FINAL",
  ] as const;
  const found = levels.find((level) => record(params)["wait_until"] === level);
  return found === undefined ? {} : { waitUntil: found };
}

function transaction(params: Json): {
  txHash: string;
  senderAccountId: string;
  waitUntil?: TxExecutionStatus;
} {
  return {
    txHash: text(params, "tx_hash"),
    senderAccountId: text(params, "sender_account_id"),
    ...wait(params),
  };
}
