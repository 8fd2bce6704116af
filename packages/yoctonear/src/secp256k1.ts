/**
 * secp256k1 keys.
 * @module
 */
export * from "@yoctonear/keys/secp256k1";
