import {
  block,
  changes,
  maintenanceWindows,
  RpcError,
  type Transport,
  withOlderNames,
} from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rejection } from "./http-doubles.ts";

const asking = suite("withOlderNames");

/** A node that knows some methods, and what it was asked. */
function node(known: readonly string[]): {
  readonly transport: Transport;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const transport: Transport = async ({ method }) => {
    asked.push(method);
    if (known.includes(method)) return { block_hash: "1", changes: [] };
    throw new RpcError(method, {
      name: "REQUEST_VALIDATION_ERROR",
      cause: { name: "METHOD_NOT_FOUND", info: { method_name: method } },
    });
  };
  return { transport, asked };
}

const params = { changesType: "account_changes", accountIds: [] } as const;

asking("learns once that a node is older", async () => {
  const { transport, asked } = node(["EXPERIMENTAL_changes"]);
  const both = withOlderNames(transport);
  assert.equal((await changes(both, params)).changes, []);
  await changes(both, params);
  assert.equal(asked, ["changes", "EXPERIMENTAL_changes", "EXPERIMENTAL_changes"]);
});

asking("leaves a newer node alone", async () => {
  const { transport, asked } = node(["changes"]);
  await changes(withOlderNames(transport), params);
  assert.equal(asked, ["changes"]);
});

asking("a method without another name, or unknown under both, is an error", async () => {
  const { transport, asked } = node([]);
  const both = withOlderNames(transport);
  assert.match(String(await rejection(block(both))), "METHOD_NOT_FOUND");
  const windows = maintenanceWindows(both, { accountId: "a.near" });
  assert.match(String(await rejection(windows)), "METHOD_NOT_FOUND");
  assert.equal(asked, ["block", "maintenance_windows", "EXPERIMENTAL_maintenance_windows"]);
});

asking("another error is no reason to ask again", async () => {
  let asked = 0;
  const down = new Error("down");
  const both = withOlderNames(() => {
    asked++;
    return Promise.reject(down);
  });
  assert.is(await rejection(changes(both, params)), down);
  assert.is(asked, 1);
});

asking("keeps the scope of nonces and the caller's signal", async () => {
  const scope = {};
  let seen: AbortSignal | undefined;
  const inner: Transport = async (_, options) => {
    seen = options?.signal;
    return { block_hash: "1", changes: [] };
  };
  const both = withOlderNames(Object.assign(inner, { scope }));
  assert.is(both.scope, scope);
  const { signal } = new AbortController();
  await changes(both, params, { signal });
  assert.is(seen, signal);
});

asking("P4: nonces are shared with whoever uses the transport itself", () => {
  const { transport } = node([]);
  assert.is(withOlderNames(transport).scope, transport);
});

asking.run();
