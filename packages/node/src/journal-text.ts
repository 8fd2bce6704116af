/**
 * What a file journal holds: a line per change, each with a checksum over itself and the checksum of the
 * line before, so that nothing can be changed, moved or taken out without being noticed. The first line says what the
 * file is. A line is `<32 hex digits> <JSON>\n`, to be read by people too.
 * @module
 */
import { createHash } from "node:crypto";
import type { JournalEntry } from "@yoctonear/account";
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from "@yoctonear/base";

/** A change of a journal. */
export type JournalChange =
  | { readonly type: "put"; readonly entry: JournalEntry }
  | { readonly type: "remove"; readonly hash: string };

/** What a journal's text says. */
export interface JournalText {
  /** The entries, in the order they were first put. */
  readonly entries: Map<string, JournalEntry>;
  /** Bytes of the line that says what each of the entries is. */
  readonly sizes: Map<string, number>;
  /** Bytes of the whole lines. */
  readonly length: number;
  /** Checksum of the last line. */
  readonly sum: string;
  /** Where the text is not what was written: its line, from 1, and why. */
  readonly flaw?: { readonly line: number; readonly reason: string } | undefined;
}

const VERSION = 1;
const SUM_LENGTH = 32;
const LINE_FEED = 10;

/**
 * An entry that nobody can change: its bytes are copied each time they are asked for, not each time that a long
 * journal is listed.
 */
export function keptEntry({ hash, signerId, bytes, reference }: JournalEntry): JournalEntry {
  const own = new Uint8Array(bytes);
  const shared = { hash, signerId, ...(reference === undefined ? {} : { reference }) };
  return Object.freeze({
    ...shared,
    get bytes() {
      return new Uint8Array(own);
    },
  });
}

/** The first line of a journal. */
export function firstLine(): { readonly text: string; readonly sum: string } {
  // Its own id: no line of another journal fits into this one.
  const id = crypto.randomUUID();
  return chained("", JSON.stringify({ journal: "yoctonear", version: VERSION, id }));
}

/** The line of a change, which follows the line of that checksum. */
export function changeLine(
  sum: string,
  change: JournalChange,
): { readonly text: string; readonly sum: string } {
  if (change.type === "remove") return chained(sum, JSON.stringify({ remove: change.hash }));
  const { hash, signerId, bytes, reference } = change.entry;
  return chained(
    sum,
    JSON.stringify({ put: { hash, signerId, bytes: encodeBase64(bytes), reference } }),
  );
}

/** Reads a journal up to its end, to a line that was cut off by a crash, or to what is corrupt. */
export function readJournalText(bytes: Uint8Array): JournalText {
  const entries = new Map<string, JournalEntry>();
  const sizes = new Map<string, number>();
  let sum = "";
  let start = 0;
  let line = 1;
  const flawed = (reason: string): JournalText => textOf({ line, reason });
  const textOf = (flaw?: JournalText["flaw"]): JournalText => ({
    entries,
    sizes,
    length: start,
    sum,
    flaw,
  });
  const end = writtenLength(bytes);
  for (;;) {
    const at = bytes.subarray(0, end).indexOf(LINE_FEED, start);
    if (at === -1) break;
    const read = readLine(sum, bytes.subarray(start, at));
    if (read === undefined) return flawed("a checksum that is not of this line");
    const size = at + 1 - start;
    if (line === 1) {
      if (!isHeader(read.value)) return flawed("another kind or version of file");
    } else {
      const change = changeOf(read.value);
      if (change === undefined) return flawed("a change of another kind");
      const hash = change.type === "put" ? change.entry.hash : change.hash;
      if (change.type === "put") {
        entries.set(hash, change.entry);
        sizes.set(hash, size);
      } else {
        entries.delete(hash);
        sizes.delete(hash);
      }
    }
    sum = read.sum;
    start = at + 1;
    line += 1;
  }
  // A journal appears under its name with its first line in it, so that was never cut off by a crash.
  if (line === 1) return flawed("no first line of a journal");
  // A whole line whose line feed alone is wrong was written, so it was not cut off.
  const isWhole = end > start && readLine(sum, bytes.subarray(start, end - 1)) !== undefined;
  return isWhole ? flawed("no line feed after a whole line") : textOf();
}

/** Without the zeros that a file system leaves at the end when power went before the data came. */
function writtenLength(bytes: Uint8Array): number {
  let length = bytes.length;
  while (bytes[length - 1] === 0) length -= 1;
  return length;
}

function chained(previous: string, json: string): { readonly text: string; readonly sum: string } {
  const sum = checksum(previous, encodeUtf8(json));
  return { text: `${sum} ${json}\n`, sum };
}

function checksum(previous: string, json: Uint8Array): string {
  return createHash("sha256").update(previous).update(json).digest("hex").slice(0, SUM_LENGTH);
}

function readLine(previous: string, line: Uint8Array): { sum: string; value: unknown } | undefined {
  const json = line.subarray(SUM_LENGTH + 1);
  const sum = checksum(previous, json);
  if (!startsWith(line, encodeUtf8(`${sum} `))) return undefined;
  try {
    const value: unknown = JSON.parse(decodeUtf8(json));
    return { sum, value };
  } catch {
    return undefined;
  }
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length > start.length && start.every((byte, index) => bytes[index] === byte);
}

function isHeader(value: unknown): boolean {
  return isRecord(value) && value["journal"] === "yoctonear" && value["version"] === VERSION;
}

function changeOf(value: unknown): JournalChange | undefined {
  if (!isRecord(value)) return undefined;
  const { put, remove } = value;
  if (typeof remove === "string") return { type: "remove", hash: remove };
  if (!isRecord(put)) return undefined;
  const { hash, signerId, bytes, reference } = put;
  if (typeof hash !== "string" || typeof signerId !== "string" || typeof bytes !== "string") {
    return undefined;
  }
  if (reference !== undefined && typeof reference !== "string") return undefined;
  return {
    type: "put",
    entry: keptEntry({ hash, signerId, bytes: decodeBase64(bytes), reference }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
