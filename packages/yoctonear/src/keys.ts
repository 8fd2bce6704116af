/**
 * Public keys, signatures and signers of any type, without a curve.
 * @module
 */
export * from "@yoctonear/keys";
