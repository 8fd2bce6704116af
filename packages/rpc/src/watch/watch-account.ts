/**
 * What happens to an account.
 * @module
 */
import type { StateChangeKindView, StateChangeWithCauseView } from "../generated/types.ts";
import { blockEffects, changes, type ChangesParams } from "../methods/changes.ts";
import { withOlderNames } from "../older-names.ts";
import type { Transport } from "../transport.ts";
import { checkOptions } from "../transports/check-options.ts";
import { type BlockPoint, watchBlocks } from "./watch-blocks.ts";
import { patienceOf, type WatchOptions } from "./watch-options.ts";

/** What of an account changes: itself, its keys, its contract's code, its contract's storage. */
export type AccountPart = "account" | "keys" | "code" | "data";

/** Which changes, and how. */
export interface WatchAccountOptions extends WatchOptions {
  /** Height of the first block that is looked at; the newest final one unless told. */
  readonly from?: number | bigint | undefined;
  /** In place of `from`: the block behind which to go on. */
  readonly after?: BlockPoint | undefined;
  /** All but `data` unless told. */
  readonly parts?: readonly AccountPart[] | undefined;
}

/** What a block changed of an account. */
export interface AccountChanges {
  readonly block: BlockPoint;
  /** Each row with its new value, and the transaction or receipt that wrote it. */
  readonly changes: readonly StateChangeWithCauseView[];
}

const TOUCHED: { readonly [type in StateChangeKindView["type"]]: AccountPart } = {
  account_touched: "account",
  access_key_touched: "keys",
  contract_code_touched: "code",
  data_touched: "data",
};

/**
 * Iterates over the final blocks that change an account, with what they change. Every block from the
 * first one on is looked at, none twice; failures that may pass are waited out. Go on later with `after`
 * or one above the last height. The nonces of gas keys do not show in what a block touches.
 * @throws {RpcError} `UNKNOWN_BLOCK` for a height that the node no longer has
 * @example
 * ```ts
 * import { signingAccount, transfer } from "@yoctonear/account";
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { status, watchAccount } from "@yoctonear/rpc";
 * const { transport, signer } = await createLocalnet({ accounts: { "alice.near": "10 NEAR", "bob.near": "1 NEAR" } });
 * const from = (await status(transport)).sync_info.latest_block_height;
 * const alice = signingAccount(transport, "alice.near", signer("alice.near"));
 * await transfer(alice, "bob.near", "1 NEAR", { wait: "FINAL" });
 * const { value } = await watchAccount(transport, "bob.near", { from }).next();
 * value.changes.map(({ type }) => type); // ["account_update"]
 * ```
 */
export async function* watchAccount(
  transport: Transport,
  accountId: string,
  options: WatchAccountOptions = {},
): AsyncGenerator<AccountChanges, never, undefined> {
  const others = ["signal", "pollInterval", "clock", "from", "after", "parts"];
  checkOptions("watchAccount", options, {}, others);
  const patience = patienceOf("watchAccount", options);
  const { parts = ["account", "keys", "code"], ...watched } = options;
  const { signal } = options;
  if (!parts.every((part) => Object.hasOwn(TYPES, part))) {
    throw new TypeError(`watchAccount: expected parts of ${Object.keys(TYPES).join(", ")}`);
  }
  const asked = withOlderNames(transport);

  for await (const { header } of watchBlocks(transport, watched)) {
    const block = { blockId: header.hash };
    const effects = await patience.ask(() => blockEffects(asked, { block }, { signal }));
    const mine = effects.changes.filter(({ account_id }) => account_id === accountId);
    const touched = new Set(mine.map(({ type }) => TOUCHED[type]));
    const found: StateChangeWithCauseView[] = [];
    for (const part of parts) {
      if (!touched.has(part)) continue;
      const params: ChangesParams = {
        block,
        accountIds: [accountId],
        changesType: TYPES[part],
      };
      found.push(...(await patience.ask(() => changes(asked, params, { signal }))).changes);
    }
    if (found.length > 0) {
      yield { block: { height: header.height, hash: header.hash }, changes: found };
    }
  }
  throw new Error("expected blocks without end");
}

const TYPES = {
  account: "account_changes",
  keys: "all_access_key_changes",
  code: "contract_code_changes",
  data: "data_changes",
} as const;
