/**
 * Reads the body of an answer, and no more of it than allowed.
 * @module
 */
import { TransportError } from "./transport-error.ts";

/**
 * Reads a body as UTF-8.
 * @param limit - bytes that it may have
 * @param url - origin of the endpoint, for errors
 * @throws {TransportError} `too_large`, `malformed` when it is no UTF-8
 */
export async function readText(response: Response, limit: number, url: string): Promise<string> {
  const details = { url, status: response.status };
  const tooLarge = (): TransportError =>
    new TransportError(
      "too_large",
      `${url}: expected an answer of at most ${limit} bytes`,
      details,
    );
  if (Number(response.headers.get("content-length")) > limit) {
    throw tooLarge();
  }
  // React Native has no streams.
  if (!response.body) {
    const text = await response.text();
    if (text.length > limit) throw tooLarge();
    return text;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    size += value?.length ?? 0;
    if (size > limit) {
      // Not awaited: a stream that never ends to close would hide the reason.
      reader.cancel().catch(() => {});
      throw tooLarge();
    }
    try {
      text += decoder.decode(value, { stream: !done });
    } catch {
      throw new TransportError("malformed", `${url}: expected UTF-8`, details);
    }
    if (done) return text;
  }
}
