/**
 * What comes in a request, and what goes out.
 * @module
 */
import { MessageError } from "../message-error.ts";

/** A refusal that is no verdict about a message. */
export class RequestRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** More than a signed message with the longest of keys and signatures. */
const MAX_BODY = 16_384;

/** Reads the JSON of a request, no more than a signed message can be. */
export async function readJson(request: Request): Promise<Readonly<Record<string, unknown>>> {
  // A page of another origin cannot send this type without being asked first.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new RequestRefusal(415, "unsupported_media_type", "expected application/json");
  }
  const text = new TextDecoder().decode(await readBytes(request));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MessageError("malformed", "expected JSON, got other text");
  }
  if (typeof value !== "object" || value === null) {
    throw new MessageError("malformed", "expected an object");
  }
  return { ...value };
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const bytes = new Uint8Array(MAX_BODY);
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { value, done = true } = (await reader?.read()) ?? {};
    if (value !== undefined) {
      if (length + value.length > MAX_BODY) {
        await reader?.cancel();
        throw new RequestRefusal(413, "too_large", `expected at most ${MAX_BODY} bytes`);
      }
      bytes.set(value, length);
      length += value.length;
    }
    if (done) return bytes.subarray(0, length);
  }
}

/** Answers with JSON that nobody keeps. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { ...headers, "content-type": "application/json", "cache-control": "no-store" },
  });
}
