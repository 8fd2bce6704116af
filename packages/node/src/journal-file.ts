/**
 * The file of a journal and what it holds: opened, added to, written anew without what is past.
 * @module
 */
import type { JournalEntry } from "@yoctonear/account";
import { encodeUtf8 } from "@yoctonear/base";
import type { Disk, DiskFile } from "./disk.ts";
import { FileError } from "./file-error.ts";
import { changeLine, firstLine, type JournalChange, readJournalText } from "./journal-text.ts";
import type { Place } from "./path.ts";

/** A journal's open file. */
export interface JournalFile {
  readonly file: DiskFile;
  /** What is on the disk, in the order it was first put. */
  readonly entries: Map<string, JournalEntry>;
  /** Bytes of each entry's line. */
  readonly sizes: Map<string, number>;
  /** Their sum; the rest is of the past. */
  live: number;
  /** Bytes of the whole lines. */
  length: number;
  /** Checksum of the last line. */
  sum: string;
}

/** Opens a journal's file, made where there is none, and takes away a line that a crash had cut off. */
export async function openJournalFile(
  place: Place,
  disk: Disk,
): Promise<{ readonly opened: JournalFile; readonly recovered: number }> {
  const { path, folder } = place;
  const draft = draftOf(path);
  // Left by a process that ended while it wrote the file anew; the journal itself was not touched.
  if ((await disk.kind(draft)) !== "nothing") await disk.remove(draft);
  const kind = await disk.kind(path);
  if (kind === "nothing") {
    const opened = await draftJournalFile(place, disk, []);
    await takePlace(place, disk, opened);
    await disk.syncFolder(folder);
    return { opened, recovered: 0 };
  }
  if (kind !== "file") {
    const found = kind === "folder" ? kind : "symbolic link or a device";
    throw new FileError("unsafe_path", path, `expected a file, got a ${found}`);
  }
  const file = await disk.open(path);
  try {
    const bytes = await file.read();
    const { entries, sizes, length, sum, flaw } = readJournalText(bytes);
    if (flaw !== undefined) {
      throw new FileError(
        "corrupt",
        path,
        `expected a journal as it was written, got ${flaw.reason} in line ${flaw.line}`,
      );
    }
    const recovered = bytes.length - length;
    if (recovered > 0) await file.truncate(length);
    // What a killed process had written but not synced is relied on from here on.
    await file.sync();
    await disk.syncFolder(folder);
    const live = [...sizes.values()].reduce((total, size) => total + size, 0);
    return { opened: { file, entries, sizes, live, length, sum }, recovered };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Adds a line for each change and waits until all are on the disk. */
export async function appendChanges(
  journal: JournalFile,
  changes: readonly JournalChange[],
): Promise<void> {
  let { sum } = journal;
  const lines = changes.map((change) => {
    const line = changeLine(sum, change);
    sum = line.sum;
    return { change, bytes: encodeUtf8(line.text) };
  });
  const bytes = new Uint8Array(lines.reduce((total, line) => total + line.bytes.length, 0));
  let end = 0;
  for (const line of lines) {
    bytes.set(line.bytes, end);
    end += line.bytes.length;
  }
  await journal.file.append(bytes);
  await journal.file.sync();
  journal.length += bytes.length;
  journal.sum = sum;
  for (const line of lines) {
    const { change } = line;
    const hash = change.type === "put" ? change.entry.hash : change.hash;
    journal.live -= journal.sizes.get(hash) ?? 0;
    if (change.type === "put") {
      journal.entries.set(hash, change.entry);
      journal.sizes.set(hash, line.bytes.length);
      journal.live += line.bytes.length;
    } else {
      journal.entries.delete(hash);
      journal.sizes.delete(hash);
    }
  }
}

/** Writes a file of these entries alone beside the journal; where that fails, nothing has changed. */
export async function draftJournalFile(
  place: Place,
  disk: Disk,
  entries: readonly JournalEntry[],
): Promise<JournalFile> {
  const draft = draftOf(place.path);
  const file = await disk.create(draft);
  try {
    const first = firstLine();
    const text = encodeUtf8(first.text);
    await file.append(text);
    const journal: JournalFile = {
      file,
      entries: new Map(),
      sizes: new Map(),
      live: 0,
      length: text.length,
      sum: first.sum,
    };
    await appendChanges(
      journal,
      entries.map((entry) => ({ type: "put", entry })),
    );
    return journal;
  } catch (error) {
    await discard(place, disk, file);
    throw error;
  }
}

/** Puts the file written beside the journal into its place; that stays so once the folder is synced. */
export async function takePlace(place: Place, disk: Disk, journal: JournalFile): Promise<void> {
  try {
    await disk.rename(draftOf(place.path), place.path);
  } catch (error) {
    await discard(place, disk, journal.file);
    throw error;
  }
}

/** Best effort: a draft that stays is taken away when the journal is opened again. */
async function discard(place: Place, disk: Disk, file: DiskFile): Promise<void> {
  try {
    await file.close();
    await disk.remove(draftOf(place.path));
  } catch {
    // What made the draft fail is told, not this.
  }
}

/** What stands there is removed unseen, so it is no name that a user gives to another file. */
function draftOf(path: string): string {
  return `${path}.journal-rewrite`;
}
