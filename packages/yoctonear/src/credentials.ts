/**
 * Credential files of NEAR's command lines and of nearcore.
 * @module
 */
export * from "@yoctonear/keys/credentials";
