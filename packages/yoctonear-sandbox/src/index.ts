/**
 * The sandbox as a command.
 * @module
 */
export {};
