/**
 * The few operations on files that durable writing needs, as a socket: tests put a disk there that fails,
 * or loses power, between any two of them.
 * @module
 */
import { constants } from "node:fs";
import { type FileHandle, lstat, open, rename, unlink } from "node:fs/promises";
import process from "node:process";
import { FileError } from "./file-error.ts";

/** An open file. */
export interface DiskFile {
  /** All that it holds. */
  read(): Promise<Uint8Array>;
  /** Writes at the end. */
  append(bytes: Uint8Array): Promise<void>;
  /** Cuts it to a length in bytes. */
  truncate(length: number): Promise<void>;
  /** Resolves once what was written would survive a loss of power. */
  sync(): Promise<void>;
  /** Lets go of it; what was not synced may be lost. */
  close(): Promise<void>;
}

/** A file system; every path is absolute. */
export interface Disk {
  /** What is there, a symbolic link being none of `file` and `folder`. */
  kind(path: string): Promise<"nothing" | "file" | "folder" | "other">;
  /** Makes a new file that only its owner may read and write (`0600`); fails where there is one. */
  create(path: string): Promise<DiskFile>;
  /** Opens a file to read and append, takes away the rights of others; fails for a symbolic link. */
  open(path: string): Promise<DiskFile>;
  /** Puts a file in the place of another, at once. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  remove(path: string): Promise<void>;
  /** Resolves once names made, changed and removed in a folder would survive a loss of power. */
  syncFolder(path: string): Promise<void>;
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR } = constants;
/** Others' rights: nobody but the owner reads a key, or writes what is sent. */
export const OTHERS = 0o077;

/** The disk of this machine. */
export const nodeDisk: Disk = {
  kind: async (path) => {
    try {
      const stats = await lstat(path);
      if (stats.isDirectory()) return "folder";
      return stats.isFile() ? "file" : "other";
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(errorName(error) ?? "")) return "nothing";
      throw error;
    }
  },
  create: async (path) => diskFile(await open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL, 0o600)),
  open: async (path) => {
    const handle = await open(path, O_RDWR | O_APPEND | O_NOFOLLOW);
    try {
      const { mode } = await handle.stat();
      if ((mode & OTHERS) !== 0 && process.platform !== "win32") {
        await handle.chmod(mode & 0o7777 & ~OTHERS);
      }
      return diskFile(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  },
  rename,
  remove: unlink,
  syncFolder: async (path) => {
    // Windows opens no folder, and keeps names by itself.
    if (process.platform === "win32") return;
    const handle = await open(path, O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

function diskFile(handle: FileHandle): DiskFile {
  return {
    read: async () => {
      const { size } = await handle.stat();
      const bytes = new Uint8Array(size);
      let length = 0;
      while (length < size) {
        const { bytesRead } = await handle.read(bytes, length, size - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    },
    append: async (bytes) => {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, null);
        written += bytesWritten;
      }
    },
    truncate: async (length) => handle.truncate(length),
    sync: async () => handle.sync(),
    close: async () => handle.close(),
  };
}

/** The system's name of a failure, e.g. `ENOENT`. */
export function errorName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Runs what touches a file, and says of which file a failure was. */
export async function onFile<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const name = errorName(error);
    if (name === "ENOENT") {
      throw new FileError("not_found", path, "expected a file, got none", { cause: error });
    }
    if (name === "ELOOP") {
      throw new FileError("unsafe_path", path, "expected a file, got a symbolic link", {
        cause: error,
      });
    }
    throw new FileError(
      "io",
      path,
      `expected a file to be read and written, got ${name ?? "a failure"}`,
      {
        cause: error,
      },
    );
  }
}
