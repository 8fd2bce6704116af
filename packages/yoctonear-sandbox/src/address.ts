/**
 * Addresses to listen at.
 * @module
 */
import { SandboxError } from "./sandbox-error.ts";

/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

const MAX_PORT = 65_535;

/**
 * Reads `host:port`, where the host of IPv6 stands in brackets.
 * @param source - where the text comes from, for the error
 * @throws {SandboxError} `usage`
 */
export function parseAddress(text: string, source: string): Address {
  const match = /^(?:\[([\da-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text);
  const [, bracketed, plain, digits] = match ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host !== undefined && port <= MAX_PORT) return { host, port };
  throw new SandboxError("usage", `expected ${source} to be host:port, got ${text.slice(0, 80)}`);
}

/** Writes an address as a URL has it. */
export function formatAddress({ host, port }: Address): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
