/** Logs, events of NEP-297, and panics. */
import { lengthOf, pointerTo, utf8 } from "./bytes";
import { log_utf8, panic_utf8 } from "./env";

export function log(message: string): void {
  const bytes = utf8(message);
  log_utf8(lengthOf(bytes), pointerTo(bytes));
}

/** Logs an event with one entry of data, which is JSON. */
export function logEvent(standard: string, version: string, event: string, data: string): void {
  log(
    `EVENT_JSON:{"standard":"${standard}","version":"${version}","event":"${event}","data":[${data}]}`,
  );
}

/** Ends the call as failed. */
export function panic(message: string): void {
  const bytes = utf8(message);
  panic_utf8(lengthOf(bytes), pointerTo(bytes));
}
