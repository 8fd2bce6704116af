/**
 * Signed messages: signed, verified on the chain.
 * @module
 */
export * from "@yoctonear/messages";
