/**
 * Tokens, fungible and non-fungible.
 * @module
 */
export * from "@yoctonear/standards";
