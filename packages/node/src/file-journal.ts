/**
 * The journal of signed transactions in one file: each call resolves once its line is on the disk, so that
 * a process killed at any point, or a machine without power, takes up again what may have been sent.
 * @module
 */
import type { Journal, JournalEntry } from "@yoctonear/account";
import { showValue } from "@yoctonear/base";
import { type Disk, nodeDisk, onFile } from "./disk.ts";
import { FileError } from "./file-error.ts";
import {
  appendChanges,
  draftJournalFile,
  type JournalFile,
  openJournalFile,
  takePlace,
} from "./journal-file.ts";
import { type JournalChange, keptEntry } from "./journal-text.ts";
import { takeLock } from "./lock.ts";
import { checkOptions } from "./options.ts";
import { fileIn, type Place } from "./path.ts";

/** A journal that is kept in a file. */
export interface FileJournal extends Journal {
  /** The file, every symbolic link in its folder followed. */
  readonly path: string;
  /** Bytes of a line that a crash had cut off, and that were taken away at the opening; mostly 0. */
  readonly recovered: number;
  /** Waits for what is under way, closes the file and unlocks it. */
  close(): Promise<void>;
}

/** How a journal is opened. */
export interface FileJournalOptions {
  /**
   * Who keeps other processes out: `file` (default) is a lock file beside the journal; with `caller` there
   * is none, and whoever starts the processes makes sure that there is one (containers, say, that share
   * a folder but cannot see each other's processes).
   */
  readonly lock?: "file" | "caller" | undefined;
  /** Where the file is; the disk of this machine unless told. */
  readonly disk?: Disk | undefined;
}

/** The file is not written anew while less than this is of the past. */
const WORTH_COMPACTING = 65_536;

/**
 * Opens a journal, or makes one where there is none (its folder must exist). One process at a time.
 * Every line is checked: a last one that a crash had cut off is taken away (see `recovered`); anything else
 * that is not as it was written is refused, and the file is left as it is. Each line can be read by people:
 * the transactions in it can be asked for by their hashes.
 * @param path - of the file
 * @throws {FileError} `locked` while another process has it, `corrupt`, `unsafe_path` for a symbolic link or
 *   a folder, `not_found` without its folder, `io`
 * @example
 * ```ts
 * import { openFileJournal } from "@yoctonear/node";
 * const journal = await openFileJournal(`/tmp/${crypto.randomUUID()}.journal`);
 * await journal.put({ hash: "5hVR…", signerId: "alice.near", bytes: new Uint8Array(3), reference: "invoice 7" });
 * (await journal.list()).length; // 1
 * await journal.remove("5hVR…");
 * await journal.close();
 * ```
 */
export async function openFileJournal(
  path: string,
  options: FileJournalOptions = {},
): Promise<FileJournal> {
  const { lock = "file", disk = nodeDisk } = checkOptions(options, ["lock", "disk"]);
  if (lock !== "file" && lock !== "caller") {
    throw new TypeError(`expected lock to be "file" or "caller", got ${showValue(lock)}`);
  }
  const place = await fileIn(path);
  return onFile(place.path, async () => {
    const release = lock === "file" ? await takeLock(place.path) : async () => {};
    try {
      const { opened, recovered } = await openJournalFile(place, disk);
      return journalOf(place, disk, opened, recovered, release);
    } catch (error) {
      await release();
      throw error;
    }
  });
}

/** A change and whoever waits for it. */
interface Waiting {
  readonly change: JournalChange;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

function journalOf(
  place: Place,
  disk: Disk,
  opened: JournalFile,
  recovered: number,
  release: () => Promise<void>,
): FileJournal {
  const { path } = place;
  let current = opened;
  let compactAt = WORTH_COMPACTING;
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  /** Why nothing more is done. */
  let ended: FileError | undefined;

  const failedFor = (cause: unknown): FileError =>
    new FileError(
      "closed",
      path,
      "expected a journal that can be written, got one whose disk failed (open it anew)",
      { cause },
    );

  const write = async (changes: readonly JournalChange[]): Promise<void> => {
    const { length } = current;
    try {
      await appendChanges(current, changes);
    } catch (error) {
      try {
        // What nobody was told to be there shall not be found later.
        await current.file.truncate(length);
        await current.file.sync();
      } catch {
        ended = failedFor(error);
      }
      throw error;
    }
  };

  const compact = async (): Promise<void> => {
    const past = current.length - current.live;
    if (past < compactAt || 2 * past < current.length) return;
    let anew: JournalFile;
    try {
      anew = await draftJournalFile(place, disk, [...current.entries.values()]);
      await takePlace(place, disk, anew);
    } catch {
      // The journal stands as it was; a later try may have room.
      compactAt = 2 * past;
      return;
    }
    const { file } = current;
    current = anew;
    compactAt = WORTH_COMPACTING;
    try {
      await file.close();
      await disk.syncFolder(place.folder);
    } catch (error) {
      // Without power the old file could be back, and lack what is written from here on.
      ended = failedFor(error);
    }
  };

  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (ended !== undefined) throw ended;
        await onFile(path, async () => write(needed(current, batch)));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
      if (ended === undefined) await compact();
    }
    working = undefined;
  };

  const checkOpen = (): void => {
    if (ended !== undefined) throw ended;
    if (closing === undefined) return;
    throw new FileError("closed", path, "expected an open journal, got one that was closed");
  };

  const apply = async (change: JournalChange): Promise<void> => {
    checkOpen();
    return new Promise((done, failed) => {
      waiting.push({ change, done, failed });
      working ??= work();
    });
  };

  const close = async (): Promise<void> => {
    await working;
    try {
      await onFile(path, async () => current.file.close());
    } finally {
      await release();
    }
  };

  return Object.freeze({
    path,
    recovered,
    put: async (entry) => apply({ type: "put", entry: checkEntry(entry) }),
    remove: async (hash) => apply({ type: "remove", hash: checkText(hash, "hash") }),
    list: async () => {
      checkOpen();
      return [...current.entries.values()];
    },
    close: async () => (closing ??= close()),
  } satisfies FileJournal);
}

/** Without the removals of what is not there. */
function needed(journal: JournalFile, batch: readonly Waiting[]): readonly JournalChange[] {
  const put = new Set<string>();
  return batch.flatMap(({ change }) => {
    if (change.type === "put") put.add(change.entry.hash);
    else if (!put.has(change.hash) && !journal.entries.has(change.hash)) return [];
    return [change];
  });
}

function checkEntry(entry: JournalEntry): JournalEntry {
  checkText(entry.hash, "hash");
  checkText(entry.signerId, "signerId");
  if (entry.reference !== undefined) checkText(entry.reference, "reference");
  if (entry.bytes instanceof Uint8Array) return keptEntry(entry);
  throw new TypeError(`expected bytes to be a Uint8Array, got ${showValue(entry.bytes)}`);
}

function checkText(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(`expected ${name} to be text, got ${showValue(value)}`);
}
