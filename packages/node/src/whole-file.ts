/**
 * Small files, read and written whole: never half written, and never for others to read.
 * @module
 */
import { constants } from "node:fs";
import { chmod, link, mkdir, open, readdir, rm, stat, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { decodeUtf8, encodeUtf8 } from "@yoctonear/base";
import { type Disk, errorName, nodeDisk, onFile, OTHERS } from "./disk.ts";
import { FileError } from "./file-error.ts";
import type { Place } from "./path.ts";

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
/** Many times a key of any type with its seed phrase. */
const MAX_SIZE = 262_144;
const UUID_LENGTH = 36;

/** Reads a file's text, through symbolic links: secrets are often mounted as such. */
export async function readText(path: string): Promise<string> {
  return readWith(path, O_RDONLY);
}

/** Reads a file's text; a symbolic link is refused. */
export async function readOwnText(path: string): Promise<string> {
  return readWith(path, O_RDONLY | O_NOFOLLOW);
}

/** Makes a file that only its owner can read; one that is there is left as it is. */
export async function createText(place: Place, text: string): Promise<void> {
  await writeDraft(place, text, async (draft) => {
    try {
      // Unlike a rename this fails where there is a file by now.
      await link(draft, place.path);
    } catch (error) {
      if (errorName(error) !== "EEXIST") throw error;
      throw new FileError("exists", place.path, "expected no file, got one, which is kept");
    }
    await unlink(draft);
  });
}

/** Puts a text in the place of a file's own, at once; a symbolic link is refused. */
export async function replaceText(place: Place, text: string): Promise<void> {
  const kind = await kindOf(place.path);
  if (kind === "nothing") throw new FileError("not_found", place.path, "expected a file, got none");
  if (kind !== "file") {
    throw new FileError("unsafe_path", place.path, "expected a file, got a folder, link or device");
  }
  await writeDraft(place, text, async (draft) => nodeDisk.rename(draft, place.path));
}

/** Removes a file for good, also from where a process that was killed had written it before it got its name. */
export async function removeFile(place: Place): Promise<void> {
  const { path, folder } = place;
  await onFile(path, async () => {
    await nodeDisk.remove(path);
    const start = draftStart(place);
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const isDraft = file.startsWith(start) && file.length === start.length + UUID_LENGTH;
      if (isDraft) await rm(file, { force: true });
    }
    await nodeDisk.syncFolder(folder);
  });
}

/**
 * Makes a folder that only its owner can enter, or takes the rights of others from one that is there, through a
 * symbolic link: where the keys are is for their owner to say.
 */
export async function rootFolder(path: string): Promise<void> {
  await onFile(path, async () => {
    try {
      await mkdir(path, { mode: 0o700 });
      await nodeDisk.syncFolder(join(path, ".."));
      return;
    } catch (error) {
      if (errorName(error) !== "EEXIST") throw error;
    }
    const stats = await stat(path);
    if (!stats.isDirectory()) throw noFolder(path);
    if ((stats.mode & OTHERS) !== 0 && process.platform !== "win32") {
      await chmod(path, stats.mode & 0o7777 & ~OTHERS);
    }
  });
}

/** The same of a folder in it, where a symbolic link is refused. */
export async function innerFolder(path: string): Promise<void> {
  await isFolder(path);
  await rootFolder(path);
}

/** What is at a path, a symbolic link being none of `file` and `folder`. */
export async function kindOf(path: string): ReturnType<Disk["kind"]> {
  return onFile(path, async () => nodeDisk.kind(path));
}

/** Tells whether there is a folder; what is none, a symbolic link for instance, is refused. */
export async function isFolder(path: string): Promise<boolean> {
  const kind = await kindOf(path);
  if (kind === "folder" || kind === "nothing") return kind === "folder";
  throw noFolder(path);
}

/** What is in a folder, in order; nothing where there is no folder, a symbolic link is refused. */
export async function namesIn(path: string): Promise<readonly string[]> {
  if (!(await isFolder(path))) return [];
  return onFile(path, async () => (await readdir(path)).sort());
}

function noFolder(path: string): FileError {
  return new FileError("unsafe_path", path, "expected a folder, got a file, link or device");
}

async function readWith(path: string, flags: number): Promise<string> {
  return onFile(path, async () => {
    // A pipe without a writer would never open.
    const handle = await open(path, flags | O_NONBLOCK);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) {
        throw new FileError("unsafe_path", path, "expected a file, got a folder or device");
      }
      if (stats.size > MAX_SIZE) {
        throw new FileError(
          "invalid",
          path,
          `expected at most ${MAX_SIZE} bytes, got ${stats.size}`,
        );
      }
      return textOf(path, new Uint8Array(await handle.readFile()));
    } finally {
      await handle.close();
    }
  });
}

// The decoder's own error is dropped: it may tell of the text, which is a secret.
function textOf(path: string, bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch {
    throw new FileError("invalid", path, "expected text in UTF-8, got other bytes");
  }
}

/** What a draft's path begins with; a UUID follows. */
function draftStart({ path, folder }: Place): string {
  return join(folder, `.${basename(path).slice(0, 100)}.`);
}

async function writeDraft(
  place: Place,
  text: string,
  finish: (draft: string) => Promise<void>,
): Promise<void> {
  const { path, folder } = place;
  await onFile(path, async () => {
    const draft = `${draftStart(place)}${crypto.randomUUID()}`;
    const file = await nodeDisk.create(draft);
    try {
      try {
        await file.append(encodeUtf8(text));
        await file.sync();
      } finally {
        await file.close();
      }
      await finish(draft);
    } catch (error) {
      await unlink(draft).catch(() => {});
      throw error;
    }
    await nodeDisk.syncFolder(folder);
  });
}
