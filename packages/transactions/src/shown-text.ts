/**
 * Foreign text and bytes made fit for a person to read and decide on: they stay on one line and in
 * their order, nothing in them is invisible, and what is left out is said first.
 * @module
 */
import { decodeUtf8, encodeHex } from "@yoctonear/base";
import { formatHash, sha256 } from "@yoctonear/primitives";

/** Characters of one value that are shown before the rest is summed up by its hash. */
const SHOWN_LENGTH = 1_000;

/**
 * Control, format (bidi too), private and unassigned characters, lone surrogates, every space but the
 * common one, what fonts leave blank, and marks that enclose or pile up on the text before them.
 */
const UNSAFE = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\p{Me}\u2800]|\p{M}{4,}/gu;

/** Shows a name: as it is where it is a plain word, else quoted and escaped. */
export function showName(name: string): string {
  return /^\w{1,256}$/.test(name) ? name : showQuoted(name);
}

/** Shows text in quotes, escaped. */
export function showQuoted(text: string): string {
  return showCut(JSON.stringify(text), `${text.length} characters`);
}

/** Shows bytes: as text in quotes where they are UTF-8, else as hex. */
export function showBytes(bytes: Uint8Array): string {
  const text = textOf(bytes);
  return text === null ? showHex(bytes) : showQuoted(text);
}

/** Shows the arguments of a call: JSON as it was written, else their length and what they are. */
export function showArguments(args: Uint8Array): string {
  const text = textOf(args);
  if (text !== null && isJson(text)) {
    // Outside of its strings JSON may be laid out in lines; inside there are no controls.
    const line = text.replace(/[\t\n\r]+/g, " ").trim();
    return `arguments ${showCut(line, describe(args))}`;
  }
  return `arguments that are not JSON (${args.length} bytes) ${showBytes(args)}`;
}

function showHex(bytes: Uint8Array): string {
  return showCut(`0x${encodeHex(bytes.subarray(0, SHOWN_LENGTH))}`, describe(bytes));
}

function describe(bytes: Uint8Array): string {
  return `${bytes.length} bytes with SHA-256 ${formatHash(sha256(bytes))}`;
}

function showCut(text: string, whole: string): string {
  if (text.length <= SHOWN_LENGTH) return escapeUnsafe(text);
  // The notice goes first, where no foreign text can forge or push it away.
  return `(only the beginning of ${whole}) ${escapeUnsafe(text.slice(0, SHOWN_LENGTH))}…`;
}

function escapeUnsafe(text: string): string {
  return text.replace(UNSAFE, (found) =>
    Array.from(found, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`).join(""),
  );
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decodeUtf8(bytes);
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
