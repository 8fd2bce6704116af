/**
 * Verifies what a NEAR node hands out: blocks, execution outcomes, state.
 * @module
 */
export {};
