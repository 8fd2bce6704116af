/**
 * Keys of a web page in IndexedDB, which nobody can export.
 * @module
 */
export * from "@yoctonear/keys/indexed-db";
