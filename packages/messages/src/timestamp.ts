/**
 * Times of NEP-641: nanoseconds since 1970, RFC 3339 in JSON.
 * @module
 */

const FORM =
  /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/i;
const NANOSECONDS = 1_000_000_000n;
const MAX = 2n ** 64n - 1n;

/**
 * Reads a time of RFC 3339, to the nanosecond.
 * @returns nanoseconds since 1970; undefined where the text is none
 */
export function parseTimestamp(text: string): bigint | undefined {
  const [, date = "", time = "", fraction = "", zone = ""] = FORM.exec(text) ?? [];
  const milliseconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  const day = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(milliseconds) || Number.isNaN(day)) return undefined;
  // A day that its month has not is taken for one of the next.
  if (!new Date(day).toISOString().startsWith(date)) return undefined;
  const timestamp = BigInt(milliseconds) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  return timestamp >= 0n && timestamp <= MAX ? timestamp : undefined;
}

/** Writes a time of RFC 3339, with as many decimals as it has. */
export function formatTimestamp(timestamp: bigint): string {
  const fraction = String(timestamp % NANOSECONDS)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${formatSeconds(timestamp)}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** Writes a time in whole seconds, without a zone. */
export function formatSeconds(timestamp: bigint): string {
  return new Date(Number(timestamp / NANOSECONDS) * 1000).toISOString().slice(0, 19);
}
