/**
 * What a light client asks for: the next block to trust, and proofs. Nothing is proved here: `@yoctonear/light-client` does that.
 * @module
 */
import { ask } from "../ask.ts";
import { anything, type Check, each, fields, integer, text, variant } from "../check.ts";
import {
  integersOfRpcLightClientBlockProofResponse,
  integersOfRpcLightClientExecutionProofResponse,
  integersOfRpcLightClientNextBlockResponse,
} from "../generated/integers.ts";
import type {
  RpcLightClientBlockProofResponse,
  RpcLightClientExecutionProofResponse,
  RpcLightClientNextBlockResponse,
} from "../generated/types.ts";
import { isRecord } from "../record.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";

/** Where a light client stands. */
export interface NextLightClientBlockParams {
  /** Hash of the newest block that it trusts, in base58. */
  readonly lastBlockHash: string;
}

/** Which outcome, and up to which block it shall be proved. */
export type LightClientProofParams = {
  /** Hash of a block that is trusted and newer than the outcome, in base58. */
  readonly lightClientHead: string;
} & (
  | { readonly type: "transaction"; readonly transactionHash: string; readonly senderId: string }
  | { readonly type: "receipt"; readonly receiptId: string; readonly receiverId: string }
);

/** Which block, and up to which block it shall be proved. */
export interface LightClientBlockProofParams {
  /** Hash of the block in question, in base58. */
  readonly blockHash: string;
  /** Hash of a block that is trusted and newer, in base58. */
  readonly lightClientHead: string;
}

/**
 * Reads the block that a light client is to trust next: the last final one of the epoch after its head's, or the newest final
 * one. An object without fields where nothing is newer.
 * @throws {RpcError} `UNKNOWN_BLOCK`, `EPOCH_OUT_OF_BOUNDS`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, nextLightClientBlock } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const { header } = await block(chain.transport);
 * await chain.produceBlocks(5);
 * const next = await nextLightClientBlock(chain.transport, { lastBlockHash: header.hash });
 * next.approvals_after_next?.length; // 1
 * ```
 */
export function nextLightClientBlock(
  transport: Transport,
  params: NextLightClientBlockParams,
  options?: CallOptions,
): Promise<RpcLightClientNextBlockResponse> {
  const whole = fields({
    inner_lite: innerLite,
    inner_rest_hash: text,
    next_block_inner_hash: text,
    prev_block_hash: text,
    approvals_after_next: each(anything),
  });
  const check: Check = (value, path) => {
    if (!isRecord(value) || Object.keys(value).length > 0) whole(value, path);
  };
  const reading = { integers: integersOfRpcLightClientNextBlockResponse, check };
  return ask(transport, "next_light_client_block", toWire(params), reading, options);
}

/**
 * Reads the outcome of a transaction or a receipt, with the way to the root that a trusted block holds.
 * @throws {RpcError} `UNKNOWN_TRANSACTION_OR_RECEIPT`, `NOT_CONFIRMED` where no block has its root yet, `UNKNOWN_BLOCK`,
 * `UNAVAILABLE_SHARD`, `INCONSISTENT_STATE`, `INTERNAL_ERROR` where the head is older or not final; `METHOD_NOT_FOUND` by nodes before 2.13, see {@link experimentalLightClientProof}
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, lightClientProof } from "@yoctonear/rpc";
 * const { transport, signer, produceBlocks } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * const { hash } = await transfer(alice, "bob.near", "1 NEAR");
 * await produceBlocks(3);
 * const lightClientHead = (await block(transport, { block: { finality: "final" } })).header.hash;
 * const params = { type: "transaction", transactionHash: hash, senderId: "alice.near", lightClientHead } as const;
 * (await lightClientProof(transport, params)).outcome_proof.id === hash; // true
 * ```
 */
export function lightClientProof(
  transport: Transport,
  params: LightClientProofParams,
  options?: CallOptions,
): Promise<RpcLightClientExecutionProofResponse> {
  return askProof(transport, "light_client_proof", params, options);
}

/**
 * Reads an outcome with its proof, as {@link lightClientProof} does, by the name that older nodes know too.
 * @throws {RpcError} as {@link lightClientProof}
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, experimentalLightClientProof, isRpcError } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const lightClientHead = (await block(transport)).header.hash;
 * const params = { type: "receipt", receiptId: lightClientHead, receiverId: "alice.near", lightClientHead } as const;
 * const error = await experimentalLightClientProof(transport, params).catch((e) => e);
 * isRpcError(error, "UNKNOWN_TRANSACTION_OR_RECEIPT"); // true
 * ```
 */
export function experimentalLightClientProof(
  transport: Transport,
  params: LightClientProofParams,
  options?: CallOptions,
): Promise<RpcLightClientExecutionProofResponse> {
  return askProof(transport, "EXPERIMENTAL_light_client_proof", params, options);
}

/**
 * Reads the header of a block, with the way to the root over all blocks that a trusted one holds.
 * @throws {RpcError} `UNKNOWN_BLOCK`; `INTERNAL_ERROR` where one of them is not final, or the head is not newer
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, experimentalLightClientBlockProof } from "@yoctonear/rpc";
 * const chain = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const blockHash = (await block(chain.transport)).header.hash;
 * await chain.produceBlocks(5);
 * const lightClientHead = (await block(chain.transport, { block: { finality: "final" } })).header.hash;
 * const proof = await experimentalLightClientBlockProof(chain.transport, { blockHash, lightClientHead });
 * proof.block_header_lite.inner_lite.height; // 1n
 * ```
 */
export function experimentalLightClientBlockProof(
  transport: Transport,
  params: LightClientBlockProofParams,
  options?: CallOptions,
): Promise<RpcLightClientBlockProofResponse> {
  const check = fields({ block_header_lite: headerLite, block_proof: path });
  const reading = { integers: integersOfRpcLightClientBlockProofResponse, check };
  const method = "EXPERIMENTAL_light_client_block_proof";
  return ask(transport, method, toWire(params), reading, options);
}

function askProof(
  transport: Transport,
  method: string,
  params: LightClientProofParams,
  options?: CallOptions,
): Promise<RpcLightClientExecutionProofResponse> {
  const outcome = fields({ gas_burnt: integer, tokens_burnt: text, status: variant });
  const check = fields({
    outcome_proof: fields({ id: text, block_hash: text, proof: path, outcome }),
    outcome_root_proof: path,
    block_header_lite: headerLite,
    block_proof: path,
  });
  const reading = { integers: integersOfRpcLightClientExecutionProofResponse, check };
  return ask(transport, method, toWire(params), reading, options);
}

const path: Check = (value, at) => each(fields({ hash: text, direction: text }))(value, at);

const innerLite: Check = (value, at) =>
  fields({ height: integer, outcome_root: text, block_merkle_root: text })(value, at);

const headerLite: Check = (value, at) =>
  fields({ prev_block_hash: text, inner_rest_hash: text, inner_lite: innerLite })(value, at);
