/**
 * What the compiler promises. Never run.
 * @module
 */
import {
  block,
  call,
  callFunction,
  changes,
  fetchTransport,
  gasPrice,
  type InvalidTxError,
  isRpcError,
  type RpcTransactionResponse,
  sendTx,
  type Transport,
  viewAccount,
} from "@yoctonear/rpc";

declare const transport: Transport;
declare const caught: unknown;

export async function results(): Promise<void> {
  const account = await viewAccount(transport, { accountId: "alice.near" });
  account.amount satisfies string;
  account.storage_usage satisfies bigint;
  // @ts-expect-error a result is read-only
  account.amount = "5";
  const found = await block(transport, { block: { blockId: 0 } });
  found.header.timestamp satisfies bigint;
  found.header.latest_protocol_version satisfies number;
  (await gasPrice(transport)).gas_price satisfies string;
  const outcome = await sendTx(transport, { signedTxBase64: "AA", waitUntil: "FINAL" });
  outcome satisfies RpcTransactionResponse;
  // @ts-expect-error below EXECUTED there may be no outcome
  outcome.transaction_outcome.outcome.gas_burnt satisfies bigint;
  outcome.transaction_outcome?.outcome.gas_burnt satisfies bigint | undefined;
  const changed = await changes(transport, { changesType: "account_changes", accountIds: [] });
  for (const { type, change } of changed.changes) {
    if (type === "account_update") change.storage_usage satisfies bigint;
  }
}

export async function parameters(): Promise<void> {
  // @ts-expect-error a typo
  await viewAccount(transport, { accountID: "alice.near" });
  // @ts-expect-error one way to name a block
  await block(transport, { block: { height: 5 } });
  // @ts-expect-error no such level
  await sendTx(transport, { signedTxBase64: "AA", waitUntil: "SOON" });
  await callFunction(transport, {
    accountId: "a.near",
    methodName: "m",
    // @ts-expect-error bytes go in as base64
    argsBase64: new Uint8Array(),
  });
  // @ts-expect-error keys are asked for by name
  await changes(transport, { changesType: "single_access_key_changes", accountIds: ["a.near"] });
  // @ts-expect-error a typo
  fetchTransport("http://rpc.example", { timout: 5 });
  fetchTransport("http://rpc.example", { fetch });
}

export async function generic(): Promise<void> {
  (await call(transport, "gas_price", [null])).gas_price satisfies string;
  (await call(transport, "block", { finality: "final" })).header.height satisfies bigint;
  // @ts-expect-error no such method
  await call(transport, "blocks", {});
  // @ts-expect-error no such finality
  await call(transport, "block", { finality: "maybe" });
}

export function errors(): void {
  if (isRpcError(caught, "UNKNOWN_ACCOUNT")) caught.data.requested_account_id satisfies string;
  if (isRpcError(caught, "INVALID_TRANSACTION")) caught.data satisfies InvalidTxError;
  // @ts-expect-error no such code in the specification
  isRpcError(caught, "UNKNOWN_ACOUNT");
}
