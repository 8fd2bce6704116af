/**
 * Signed messages of NEAR: NEP-413 and NEP-641, signed, verified against the chain, protected against replay; login for servers.
 * @module
 */
export {};
