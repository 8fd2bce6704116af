/**
 * What a node would answer, read as the functions of `@yoctonear/rpc` read it.
 * @module
 */
import {
  lightClientProof,
  nextLightClientBlock,
  type RpcLightClientExecutionProofResponse,
  type RpcLightClientNextBlockResponse,
  type Transport,
} from "@yoctonear/rpc";
import { field, has, type Json, record, text } from "@yoctonear/vectors";

/** A light client's block as it stands in a vector; those of old nodes lack fields. */
export function blockView(json: Json): Promise<RpcLightClientNextBlockResponse> {
  const lite = record(json, "inner_lite");
  const numbers =
    typeof lite["timestamp"] === "string"
      ? { timestamp: BigInt(text(json, "inner_lite", "timestamp")) }
      : {};
  const block = { ...record(json), inner_lite: { ...lite, ...numbers } };
  return nextLightClientBlock(async () => block, { lastBlockHash: "" });
}

/** A proof of an outcome. */
export function proofView(json: Json): Promise<RpcLightClientExecutionProofResponse> {
  const lite = record(json, "block_header_lite", "inner_lite");
  const numbers =
    typeof lite["timestamp"] === "string"
      ? { timestamp: BigInt(text(json, "block_header_lite", "inner_lite", "timestamp")) }
      : {};
  const header = { ...record(json, "block_header_lite"), inner_lite: { ...lite, ...numbers } };
  const proof = {
    ...record(json),
    block_header_lite: header,
    block_proof: has(json, "block_proof") ? field(json, "block_proof") : [],
  };
  const params = { type: "receipt", receiptId: "", receiverId: "", lightClientHead: "" } as const;
  return lightClientProof(async () => proof, params);
}

/** A node that answers from a table, by method and the one parameter that differs. */
export function answering(
  answer: (method: string, params: { readonly [name: string]: unknown }) => unknown,
): Transport {
  return async ({ method, params }) => answer(method, { ...Object(params) });
}
