/**
 * Account ids, amounts, gas, hashes.
 * @module
 */
export * from "@yoctonear/primitives";
