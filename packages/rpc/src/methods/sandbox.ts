/**
 * Methods of nearcore's sandbox, for tests: a node of a network does not know them.
 * @module
 */
import { ask } from "../ask.ts";
import { variant } from "../check.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";

/** What is to be written into the state. */
export interface PatchStateParams {
  /** Records of the kinds `Account`, `AccessKey`, `Contract` and `Data`, as nearcore's genesis.json spells them. */
  readonly records: readonly { readonly [kind: string]: unknown }[];
}

/** How far to go. */
export interface FastForwardParams {
  readonly deltaHeight: number | bigint;
}

/**
 * Writes records into the state, at the end of the next block. Nothing is counted, neither storage usage nor supply, and
 * nothing can be removed.
 * @throws {RpcError} `METHOD_NOT_FOUND` by a node without sandbox
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { sandboxPatchState, viewState } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * const Data = { account_id: "alice.near", data_key: "a2V5", value: "dmFsdWU=" };
 * await sandboxPatchState(transport, { records: [{ Data }] });
 * (await viewState(transport, { accountId: "alice.near" })).values.length; // 1
 * ```
 */
export function sandboxPatchState(
  transport: Transport,
  params: PatchStateParams,
  options?: CallOptions,
): Promise<object> {
  const reading = { integers: "", check: variant };
  return ask(transport, "sandbox_patch_state", { records: params.records }, reading, options);
}

/**
 * Lets heights pass, most of them without a block; time passes with them.
 * @throws {RpcError} `METHOD_NOT_FOUND` by a node without sandbox
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, sandboxFastForward } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * const before = (await block(transport)).header.height;
 * await sandboxFastForward(transport, { deltaHeight: 1000 });
 * (await block(transport)).header.height >= before + 1000n; // true
 * ```
 */
export function sandboxFastForward(
  transport: Transport,
  params: FastForwardParams,
  options?: CallOptions,
): Promise<object> {
  return ask(
    transport,
    "sandbox_fast_forward",
    toWire(params),
    { integers: "", check: variant },
    options,
  );
}
