/**
 * A NEAR chain in the same process: state, runtime, blocks and JSON-RPC, without network, binary or
 * download.
 * @module
 */
export type { FetchHandler } from "./http.ts";
export { createLocalnet, type Localnet, type NewAccountOptions } from "./localnet.ts";
export type { Snapshot } from "./local-node.ts";
export type { BlockMode, LocalnetOptions } from "./options.ts";
