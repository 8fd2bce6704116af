/**
 * `query` and the `EXPERIMENTAL_view_…` methods that ask the same with typed errors.
 * Source: nearcore chain/jsonrpc/src/lib.rs (`process_query_response`), api/query.rs.
 * @module
 */
import type { Json } from "../runtime/json.ts";
import { type BlockReference, referenceJson } from "./block-reference.ts";
import { findBlock, notFound } from "./blocks.ts";
import type { Node } from "./node.ts";
import { answerQuery } from "./query.ts";
import { contractExecutionError, type StateAt } from "./query-failure.ts";
import { type Query, type QueryType, readQuery, readTypedQuery } from "./query-params.ts";
import { handlerFailure, RpcFailure } from "./rpc-failure.ts";
import { ViewCallFailure } from "./view-call-failure.ts";

/** Methods that ask one thing, with the name that nearcore gives their parameters. */
export const TYPED_QUERIES: { readonly [method: string]: readonly [QueryType, string] } = {
  EXPERIMENTAL_view_account: ["view_account", "RpcViewAccountRequest"],
  EXPERIMENTAL_view_code: ["view_code", "RpcViewCodeRequest"],
  EXPERIMENTAL_view_state: ["view_state", "RpcViewStateRequest"],
  EXPERIMENTAL_view_access_key: ["view_access_key", "RpcViewAccessKeyRequest"],
  EXPERIMENTAL_view_access_key_list: ["view_access_key_list", "RpcViewAccessKeyListRequest"],
  EXPERIMENTAL_view_gas_key_nonces: ["view_gas_key_nonces", "RpcViewGasKeyNoncesRequest"],
  EXPERIMENTAL_call_function: ["call_function", "RpcCallFunctionRequest"],
};

/**
 * Answers `query`. Two failures come as results, as they did before there were typed errors: a view
 * call that failed, and an access key that is not there.
 */
export function answerUntypedQuery(node: Node, params: unknown): Json {
  const query = readQuery(params);
  const view = stateAt(node, query);
  const { at } = view;
  try {
    return { ...answerQuery(view, query.request), ...at };
  } catch (error) {
    const text = oldErrorText(error, query);
    if (text === null) throw error;
    return { error: text, logs: [], ...at };
  }
}

/** Answers a method that asks one thing. */
export function answerTypedQuery(
  node: Node,
  [type, struct]: readonly [QueryType, string],
  params: unknown,
): Json {
  const query = readTypedQuery(type, params, struct);
  const view = stateAt(node, query);
  const { at } = view;
  try {
    return { ...answerQuery(view, query.request), ...at };
  } catch (error) {
    if (!(error instanceof ViewCallFailure)) throw error;
    throw contractExecutionError(error.vmError, error.typedText, at);
  }
}

function oldErrorText(error: unknown, { request }: Query): string | null {
  if (error instanceof ViewCallFailure) return `wasm execution failed with error: ${error.text}`;
  if (request.type !== "view_access_key" || !(error instanceof RpcFailure)) return null;
  return `access key ${request.publicKey} does not exist while viewing`;
}

function stateAt(node: Node, { block: reference }: Query): StateAt {
  const block = findBlock(node, reference);
  if (block === undefined) throw garbageCollected(node, reference) ?? unknownBlockOf(reference);
  const { height, hash, timestamp } = block.header;
  const { epochHeight, validators } = block.epoch.current;
  return {
    state: block.state,
    at: { block_height: height, block_hash: hash },
    surroundings: {
      chainId: node.genesis.chainId,
      timestamp,
      epochHeight,
      validators,
      modules: node.modules,
      vmConfig: node.vmConfig,
    },
  };
}

/** Of a block without its state a node still has the header. */
function garbageCollected(node: Node, reference: BlockReference): RpcFailure | undefined {
  const name = reference.type === "blockId" ? node.pruned(reference.id) : undefined;
  if (name === undefined) return undefined;
  return handlerFailure(
    "GARBAGE_COLLECTED_BLOCK",
    { block_height: name.height, block_hash: name.hash },
    `The data for block #${name.height} is garbage collected on this node, use an archival node to fetch historical data`,
  );
}

function unknownBlockOf(reference: BlockReference): RpcFailure {
  const info = { block_reference: referenceJson(reference) };
  return handlerFailure("UNKNOWN_BLOCK", info, notFound(reference));
}
