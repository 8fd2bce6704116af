/**
 * Actions and transactions: build, encode, hash, sign, decode, summarise.
 * @module
 */
export * from "@yoctonear/transactions";
