/**
 * Reads a body that somebody else sent, and not more of it than is wanted.
 * @module
 */
import { concatBytes } from "@yoctonear/base";

/**
 * Reads a request or a response to its end.
 * @param message - has the body
 * @param limit - bytes that it may have
 * @returns the bytes, or undefined where there are more
 */
export async function readBytes(
  { body, headers }: Request | Response,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (Number(headers.get("content-length") ?? 0) > limit) {
    await body?.cancel();
    return undefined;
  }
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatBytes(...chunks);
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
