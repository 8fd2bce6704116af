/**
 * The forms in which clients send a signed delegate action:
 * - `{ "signed_delegate_action": "<base64>" }` (near-cli-rs, near-api-rs, this package)
 * - `{ "payload": "<base64>" }` (what near-kit calls it), and the bare base64, as text or as JSON
 * - `[1, 2, …]`, its bytes as JSON (near-api-js and the `/relay` of Pagoda's relayer), also in place
 *   of the base64 above
 * - its bytes, as `application/octet-stream`
 * @module
 */
import { decodeUtf8, isNearError } from "@yoctonear/base";
import {
  decodeSignedDelegate,
  type Delegate,
  type DelegateV2,
  parseSignedDelegate,
} from "@yoctonear/transactions";
import { Refusal } from "./refusal.ts";

/** Names of the field that holds it. */
const FIELDS = ["signed_delegate_action", "payload"] as const;

/**
 * Reads a signed delegate action in any of the forms.
 * @param bytes - body of the request
 * @param contentType - its header
 * @throws {Refusal} `malformed`
 */
export function readDelegate(bytes: Uint8Array, contentType: string): Delegate | DelegateV2 {
  try {
    if (contentType.includes("octet-stream")) return decodeSignedDelegate(bytes);
    const text = decodeUtf8(bytes).trim();
    return readValue(/^[[{"]/.test(text) ? JSON.parse(text) : text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Those messages name what was read, and never a secret; of JSON's own nothing is passed on.
    const why = isNearError(error) ? error.message : "text that is not JSON";
    throw new Refusal("malformed", `expected a signed delegate action, got ${why}`);
  }
}

function readValue(value: unknown): Delegate | DelegateV2 {
  if (typeof value === "string") return parseSignedDelegate(value);
  if (Array.isArray(value)) return decodeSignedDelegate(bytesOf(value));
  if (typeof value === "object" && value !== null) {
    for (const name of FIELDS) {
      // One level only: what is inside is text or bytes.
      const inner: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
      if (typeof inner === "string" || Array.isArray(inner)) return readValue(inner);
    }
  }
  throw new Refusal("malformed", `expected ${FIELDS.join(" or ")} in base64, got none`);
}

function bytesOf(values: readonly unknown[]): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (const [index, value] of values.entries()) {
    if (!(typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 256)) {
      throw new Refusal("malformed", "expected bytes of 0 to 255, got something else");
    }
    bytes[index] = value;
  }
  return bytes;
}
