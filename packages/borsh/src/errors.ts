import { NearError } from "@yoctonear/base";

/** What a {@link BorshError} says about the bytes or the value. */
export type BorshErrorCode =
  | "unexpected_end"
  | "trailing_bytes"
  | "invalid_tag"
  | "invalid_utf8"
  | "out_of_range"
  | "invalid_value";

/**
 * Bytes that are not the borsh of a type, or a value that a type cannot hold.
 * @example
 * ```ts
 * import { BorshError, decode, u8, vec } from "@yoctonear/borsh";
 * try {
 *   decode(vec(u8), Uint8Array.of(2, 0, 0, 0, 7));
 * } catch (error) {
 *   error instanceof BorshError && error.code; // "unexpected_end"
 * }
 * ```
 */
export class BorshError extends NearError {
  override readonly name = "BorshError";
  declare readonly code: BorshErrorCode;
  /** Where in the value, from the outside in, e.g. `["actions", 2, "deposit"]`. */
  readonly path: readonly (string | number)[];
  /** Byte offset at which decoding stopped, or at which encoding would have written. */
  readonly offset: number;
  /** What went wrong, without the place. */
  readonly reason: string;

  constructor(
    code: BorshErrorCode,
    reason: string,
    offset: number,
    path: readonly (string | number)[] = [],
    options: { cause?: unknown } = {},
  ) {
    super(
      code,
      `${reason} (${path.length > 0 ? `at ${path.join(".")}, ` : ""}byte ${offset})`,
      options,
    );
    this.reason = reason;
    this.offset = offset;
    this.path = path;
  }
}

/**
 * Refuses a value, or bytes.
 * @param expected - what the type takes
 * @param got - what came, as text
 * @throws {BorshError}
 */
export function refuse(
  offset: number,
  code: BorshErrorCode,
  expected: string,
  got: string | number,
): never {
  throw new BorshError(code, `expected ${expected}, got ${got}`, offset);
}

/** Writes a part of a value; a {@link BorshError} gains the part's name, as the head of its path. */
export function writePart<W, T>(
  name: string | number,
  codec: { write(writer: W, value: T): void },
  writer: W,
  value: T,
): void {
  try {
    codec.write(writer, value);
  } catch (error) {
    throw named(name, error);
  }
}

/** Reads a part of a value; a {@link BorshError} gains the part's name as the head of its path. */
export function readPart<R, T>(name: string | number, codec: { read(reader: R): T }, reader: R): T {
  try {
    return codec.read(reader);
  } catch (error) {
    throw named(name, error);
  }
}

/** The path is built only on failure, so it costs nothing on the way. */
function named(name: string | number, error: unknown): unknown {
  if (!(error instanceof BorshError)) return error;
  const { code, reason, offset, path, cause } = error;
  const options = "cause" in error ? { cause } : {};
  return new BorshError(code, reason, offset, [name, ...path], options);
}
