/**
 * secp256k1 keys of seed phrases.
 * @module
 */
export * from "@yoctonear/keys/secp256k1-seed-phrase";
