/**
 * What the command refuses, told to whoever started it in one line.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * Why the command does not go on: `usage` (a flag or command that it has not), `home` (a folder that is
 * missing, broken or cannot be written), `genesis` (one that contradicts itself), `in_use` (a port or a home
 * that another process has), `no_state` (nothing to dump).
 */
export type SandboxErrorCode = "usage" | "home" | "genesis" | "in_use" | "no_state";

/** An error whose message is all that the user needs. */
export class SandboxError extends NearError {
  override readonly name = "SandboxError";
  declare readonly code: SandboxErrorCode;
}
