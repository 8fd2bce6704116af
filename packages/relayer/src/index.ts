/**
 * Meta-transactions of NEAR: a relayer as a fetch handler that pays for what its policy names, and for
 * nothing else. Its client is `@yoctonear/relayer/client`.
 * @module
 */
export type { Budget, OtherAction, Rate, ReceiverRule, RelayPolicy } from "./policy.ts";
export { durableJournal } from "./durable-journal.ts";
export {
  durableRelayStore,
  type DurableRelayStore,
  type KeyValueStorage,
} from "./durable-store.ts";
export type { RefusalCode } from "./refusal.ts";
export { createRelayer, type RelayerOptions } from "./relayer.ts";
export { memoryRelayStore, type RelayCharge, type RelayRecord, type RelayStore } from "./store.ts";
