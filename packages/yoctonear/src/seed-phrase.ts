/**
 * Seed phrases: BIP-39 and SLIP-10.
 * @module
 */
export * from "@yoctonear/keys/seed-phrase";
