/**
 * A contract typed by an interface of its methods.
 * @module
 */
export * from "@yoctonear/account/contract";
