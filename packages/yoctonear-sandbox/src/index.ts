/**
 * nearcore's near-sandbox in JavaScript: its command line, its home folder, its HTTP.
 * @module
 */
export { type CommandContext, runCommand } from "./command.ts";
export { SandboxError, type SandboxErrorCode } from "./sandbox-error.ts";
