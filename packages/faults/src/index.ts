/**
 * A network that fails on purpose, seeded, and the campaigns that send through it.
 * @module
 */
export {};
