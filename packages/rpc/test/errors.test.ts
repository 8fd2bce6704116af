import { isNearError } from "@yoctonear/base";
import { isRetryable, isRpcError, RpcError, sendTx, TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./http-doubles.ts";

const errors = suite("rpc-error: RpcError");

errors("carries an InvalidTxError with its integers exact", async () => {
  const raw = {
    name: "HANDLER_ERROR",
    cause: { name: "INVALID_TRANSACTION", info: {} },
    data: {
      TxExecutionError: {
        InvalidTxError: { InvalidNonce: { tx_nonce: 5, ak_nonce: 2n ** 64n - 1n } },
      },
    },
  };
  const error = await rejection(
    sendTx(() => Promise.reject(new RpcError("send_tx", raw)), { signedTxBase64: "AA" }),
  );
  if (!isRpcError(error, "INVALID_TRANSACTION")) throw error;
  assert.equal(error.data, { InvalidNonce: { tx_nonce: 5n, ak_nonce: 2n ** 64n - 1n } });
  assert.match(
    error.message,
    '{"InvalidNonce":{"tx_nonce":5,"ak_nonce":18446744073709551615}} (INVALID_TRANSACTION)',
  );
  assert.is(error.raw, raw);
});

errors("falls back to the name, then to UNKNOWN, for errors of older nodes and proxies", () => {
  assert.is(new RpcError("m", { name: "INTERNAL_ERROR" }).code, "INTERNAL_ERROR");
  for (const raw of [
    {},
    null,
    undefined,
    "text",
    5,
    [],
    { code: -32000, message: "Server error", data: "Timeout" },
    { cause: 5, name: 7 },
  ]) {
    assert.is(new RpcError("m", raw).code, "UNKNOWN");
  }
  assert.is(
    new RpcError("m", { message: "Server error", data: "Timeout" }).message,
    "m: Timeout (UNKNOWN)",
  );
  assert.is(new RpcError("m", { message: "boom" }).message, "m: boom (UNKNOWN)");
});

errors("P43: is told from others without instanceof", () => {
  const error = new RpcError("m", { cause: { name: "UNKNOWN_BLOCK" } });
  assert.ok(
    isRpcError(error) && isRpcError(error, "UNKNOWN_BLOCK") && isNearError(error, "UNKNOWN_BLOCK"),
  );
  assert.not(isRpcError(error, "UNKNOWN_ACCOUNT"));
  assert.not(isRpcError(new TransportError("timeout", "t")));
  assert.not(isRpcError(null));
});

errors.run();

const again = suite("retryable: isRetryable");

again("the network, time-outs, and nodes that are behind or broken", () => {
  for (const code of ["network", "timeout"] as const)
    assert.ok(isRetryable(new TransportError(code, "")));
  for (const status of [408, 429, 500, 502, 503, 504, 520]) {
    assert.ok(isRetryable(new TransportError("http", "", { status })));
  }
  // What is no answer of a node at all; what a node says in another shape is said again (below).
  for (const status of [200, 204]) {
    assert.ok(isRetryable(new TransportError("malformed", "", { status })));
  }
  for (const name of [
    "TIMEOUT_ERROR",
    "INTERNAL_ERROR",
    "NO_SYNCED_BLOCKS",
    "UNAVAILABLE_SHARD",
    "NOT_SYNCED_YET",
  ]) {
    assert.ok(isRetryable(new RpcError("m", { cause: { name } })));
  }
});

again("P5: nothing that is certain", () => {
  for (const code of ["malformed", "too_large"] as const)
    assert.not(isRetryable(new TransportError(code, "")));
  for (const status of [400, 401, 403, 404, 301, 0, undefined]) {
    assert.not(isRetryable(new TransportError("http", "", { status })));
  }
  for (const name of [
    "INVALID_TRANSACTION",
    "UNKNOWN_ACCOUNT",
    "CONTRACT_EXECUTION_ERROR",
    "PARSE_ERROR",
    "METHOD_NOT_FOUND",
    "SOMETHING_NEW",
  ]) {
    assert.not(isRetryable(new RpcError("m", { cause: { name } })));
  }
  for (const other of [new Error("timeout"), "timeout", null, undefined, { code: "timeout" }])
    assert.not(isRetryable(other));
});

again.run();
