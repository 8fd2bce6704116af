/**
 * Bytes written by hand, field by field, into a writer that is kept: making one costs as much as filling it.
 * @module
 */
import { Writer } from "@yoctonear/borsh";

/** Whatever a larger one has filled is not kept. */
const SPARE_CAPACITY = 1 << 16;

let spare: Writer | undefined;

/** The bytes that a function writes. */
export function written(write: (writer: Writer) => void): Uint8Array<ArrayBuffer> {
  // What is written may itself be made of such bytes, so the writer is taken away meanwhile.
  const writer = spare ?? new Writer();
  spare = undefined;
  writer.offset = 0;
  write(writer);
  if (writer.offset <= SPARE_CAPACITY) spare = writer;
  return writer.finish();
}
