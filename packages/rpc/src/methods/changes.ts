/**
 * What a block changed in the state.
 * @module
 */
import { ask } from "../ask.ts";
import { each, fields, text, variant } from "../check.ts";
import {
  integersOfRpcStateChangesInBlockByTypeResponse,
  integersOfRpcStateChangesInBlockResponse,
} from "../generated/integers.ts";
import type {
  RpcStateChangesInBlockByTypeResponse,
  RpcStateChangesInBlockResponse,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire, wireAt } from "../wire.ts";
import type { AtBlock } from "./query.ts";

/** Which changes of a block. */
export type ChangesParams = AtBlock &
  (
    | {
        /** Of accounts themselves, of all their keys, or of their contracts' code */
        readonly changesType:
          | "account_changes"
          | "all_access_key_changes"
          | "contract_code_changes";
        readonly accountIds: readonly string[];
      }
    | {
        /** Of certain keys */
        readonly changesType: "single_access_key_changes";
        readonly keys: readonly { readonly accountId: string; readonly publicKey: string }[];
      }
    | {
        /** Of contracts' storage */
        readonly changesType: "data_changes";
        readonly accountIds: readonly string[];
        /** What keys start with, in base64; all keys unless told. */
        readonly keyPrefixBase64?: string | undefined;
      }
  );

/**
 * Reads what a block changed of accounts, keys, code or storage: each row with its new value and the
 * transaction or receipt that wrote it.
 * @throws {RpcError} `UNKNOWN_BLOCK`; `METHOD_NOT_FOUND` by nodes before 2.13, see {@link experimentalChanges}
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { changes } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { response } = await transfer(alice, "bob.near", "1 NEAR");
 * const blockId = response.receipts_outcome?.[0]?.block_hash ?? "";
 * const params = { block: { blockId }, changesType: "account_changes", accountIds: ["bob.near"] } as const;
 * (await changes(transport, params)).changes.map(({ type }) => type); // ["account_update"]
 * ```
 */
export function changes(
  transport: Transport,
  params: ChangesParams,
  options?: CallOptions,
): Promise<RpcStateChangesInBlockResponse> {
  return askChanges(transport, "changes", params, options);
}

/**
 * Reads what a block changed, as {@link changes} does, by the name that older nodes know too.
 * @throws {RpcError} `UNKNOWN_BLOCK`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalChanges } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await chain.produceBlock();
 * const params = { changesType: "data_changes", accountIds: ["alice.near"] } as const;
 * (await experimentalChanges(chain.transport, params)).changes; // []
 * ```
 */
export function experimentalChanges(
  transport: Transport,
  params: ChangesParams,
  options?: CallOptions,
): Promise<RpcStateChangesInBlockResponse> {
  return askChanges(transport, "EXPERIMENTAL_changes", params, options);
}

/**
 * Reads whose accounts, keys, storage or code a block changed: one entry for each row, without values.
 * @throws {RpcError} `UNKNOWN_BLOCK`; `METHOD_NOT_FOUND` by nodes before 2.13, see {@link experimentalChangesInBlock}
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { blockEffects } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { response } = await transfer(alice, "bob.near", "1 NEAR");
 * const blockId = response.receipts_outcome?.[0]?.block_hash ?? "";
 * (await blockEffects(transport, { block: { blockId } })).changes; // [{ type: "account_touched", account_id: "bob.near" }]
 * ```
 */
export function blockEffects(
  transport: Transport,
  params: AtBlock = {},
  options?: CallOptions,
): Promise<RpcStateChangesInBlockByTypeResponse> {
  return askEffects(transport, "block_effects", params, options);
}

/**
 * Reads whom a block changed, as {@link blockEffects} does, by the name that older nodes know too.
 * @throws {RpcError} `UNKNOWN_BLOCK`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalChangesInBlock } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * await chain.produceBlock();
 * (await experimentalChangesInBlock(chain.transport)).changes; // []
 * ```
 */
export function experimentalChangesInBlock(
  transport: Transport,
  params: AtBlock = {},
  options?: CallOptions,
): Promise<RpcStateChangesInBlockByTypeResponse> {
  return askEffects(transport, "EXPERIMENTAL_changes_in_block", params, options);
}

function askChanges(
  transport: Transport,
  method: string,
  params: ChangesParams,
  options?: CallOptions,
): Promise<RpcStateChangesInBlockResponse> {
  const check = fields({
    block_hash: text,
    changes: each(fields({ cause: fields({ type: text }), type: text, change: variant })),
  });
  const reading = { integers: integersOfRpcStateChangesInBlockResponse, check };
  return ask(transport, method, wireAt(spelled(params)), reading, options);
}

/** Within a list the names of nearcore are not those of the outer fields. */
function spelled(params: ChangesParams): AtBlock & { readonly [name: string]: unknown } {
  switch (params.changesType) {
    case "single_access_key_changes":
      return { ...params, keys: params.keys.map(toWire) };
    case "data_changes":
      return { ...params, keyPrefixBase64: params.keyPrefixBase64 ?? "" };
    default:
      return { ...params };
  }
}

function askEffects(
  transport: Transport,
  method: string,
  params: AtBlock,
  options?: CallOptions,
): Promise<RpcStateChangesInBlockByTypeResponse> {
  const check = fields({
    block_hash: text,
    changes: each(fields({ type: text, account_id: text })),
  });
  const reading = { integers: integersOfRpcStateChangesInBlockByTypeResponse, check };
  return ask(transport, method, wireAt(params), reading, options);
}
