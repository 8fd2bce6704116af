/**
 * ed25519 keys: key pairs, verification, and the scheme for those who take keys of several types.
 * @module
 */
export * from "@yoctonear/keys/ed25519";
