/**
 * Contracts for the tests and examples.
 * @module
 */
export {};
