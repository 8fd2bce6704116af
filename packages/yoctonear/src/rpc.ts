/**
 * One typed function per JSON-RPC method, over any transport.
 * @module
 */
export * from "@yoctonear/rpc";
