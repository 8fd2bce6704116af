/**
 * A node that answers everything at once with the same few bytes, in a process of its own: what it costs is not counted. Started
 * with `fork`, it sends its port.
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { headerOf } from "./peers/block-header.ts";
import { sample } from "./samples.ts";

const { blockHash, signerId, receiverId } = sample;
const OUTCOME = {
  logs: [],
  receipt_ids: [],
  gas_burnt: 424_555_062_500,
  tokens_burnt: "42455506250000000000",
  executor_id: signerId,
  status: { SuccessValue: "" },
  metadata: { version: 1, gas_profile: null },
};
const OUTCOME_WITH_ID = { proof: [], block_hash: blockHash, id: blockHash, outcome: OUTCOME };
const RESULTS: Readonly<Record<string, object>> = {
  status: {
    chain_id: "testnet",
    genesis_hash: blockHash,
    sync_info: { latest_block_hash: blockHash, latest_block_height: 1, syncing: false },
  },
  block: { author: "test.near", header: headerOf(blockHash), chunks: [] },
  view_access_key: {
    nonce: 1,
    permission: "FullAccess",
    block_height: 1,
    block_hash: blockHash,
  },
  call_function: {
    // "hello"
    result: [34, 104, 101, 108, 108, 111, 34],
    logs: [],
    block_height: 1,
    block_hash: blockHash,
  },
  send_tx: {
    final_execution_status: "EXECUTED_OPTIMISTIC",
    status: { SuccessValue: "" },
    transaction_outcome: OUTCOME_WITH_ID,
    receipts_outcome: [{ ...OUTCOME_WITH_ID, outcome: { ...OUTCOME, executor_id: receiverId } }],
  },
};
const BODIES = new Map(
  Object.entries(RESULTS).map(([name, result]) => [name, JSON.stringify(result)]),
);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const name = /"request_type":"(\w+)"/.exec(body)?.[1] ?? /"method":"(\w+)"/.exec(body)?.[1] ?? "";
  const id = /"id":("?\w+"?)/.exec(body)?.[1] ?? "null";
  response.setHeader("content-type", "application/json");
  response.end(`{"jsonrpc":"2.0","result":${BODIES.get(name) ?? "null"},"id":${id}}`);
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" && address !== null ? address.port : 0);
});
process.on("disconnect", () => process.exit());
