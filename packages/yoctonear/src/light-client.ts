/**
 * Blocks, outcomes and state that a node hands out, verified.
 * @module
 */
export * from "@yoctonear/light-client";
