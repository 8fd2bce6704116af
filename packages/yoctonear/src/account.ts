/**
 * Accounts as free functions: each takes the account as its first argument.
 * @module
 */
export * from "@yoctonear/account";
