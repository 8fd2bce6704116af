/**
 * Tokens of NEAR.
 * @module
 */
export {};
