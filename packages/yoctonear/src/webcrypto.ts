/**
 * Ed25519 signers on the runtime's own WebCrypto.
 * @module
 */
export * from "@yoctonear/keys/webcrypto";
