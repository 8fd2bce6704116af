/**
 * Meta-transactions of NEAR: a relayer as a fetch handler with a policy, and its client.
 * @module
 */
export {};
