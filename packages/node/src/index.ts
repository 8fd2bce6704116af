/**
 * What NEAR clients need of Node: key files, encrypted key files, a file journal of transactions.
 * @module
 */
export {};
