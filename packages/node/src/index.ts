/**
 * What NEAR clients need of Node: key files, encrypted key files, a file journal of transactions. Runs on Node,
 * Deno and Bun.
 * @module
 */
export type { Disk, DiskFile } from "./disk.ts";
export { FileError, type FileErrorCode } from "./file-error.ts";
export { type FileJournal, type FileJournalOptions, openFileJournal } from "./file-journal.ts";
export {
  type KeyDirectory,
  type KeyDirectoryOptions,
  openKeyDirectory,
  type StoredKey,
} from "./key-directory.ts";
export { readKeyFile, writeKeyFile } from "./key-file.ts";
export {
  changePassword,
  type EncryptionOptions,
  readEncryptedKeyFile,
  writeEncryptedKeyFile,
} from "./encrypted-key-file.ts";
export type { KeyDerivation } from "./key-derivation.ts";
