/**
 * The error of a file that does not hold, or does not get, what it should.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * - `locked`: another process has the file open
 * - `corrupt`: the file does not hold what was written into it
 * - `invalid`: the file holds something else than what was asked for
 * - `unsafe_path`: a symbolic link, or something that is neither a file nor a folder as expected
 * - `not_found`: there is no such file
 * - `exists`: there is one, and it is not replaced
 * - `ambiguous`: there are several, and nothing says which
 * - `io`: the system refused; its error is the `cause`
 * - `closed`: it was closed, or an earlier failure of the disk ended its use
 * - `wrong_password`: the password is wrong, or the file was tampered with: nobody can tell these apart
 */
export type FileErrorCode =
  | "locked"
  | "corrupt"
  | "invalid"
  | "unsafe_path"
  | "not_found"
  | "exists"
  | "ambiguous"
  | "io"
  | "closed"
  | "wrong_password";

/**
 * A file could not be used. The message names the file, and never what is in it.
 * @example
 * ```ts
 * import { FileError } from "@yoctonear/node";
 * new FileError("not_found", "/keys/alice.json", "expected a key file, got none").path; // "/keys/alice.json"
 * ```
 */
export class FileError extends NearError<FileErrorCode> {
  override readonly name = "FileError";
  /** The file. */
  readonly path: string;

  constructor(code: FileErrorCode, path: string, message: string, options?: { cause?: unknown }) {
    super(code, `${message}: ${path}`, options);
    this.path = path;
  }
}
