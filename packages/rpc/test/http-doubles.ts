/**
 * Doubles of `fetch` for the tests of the transport.
 * @module
 */
import type { Fetch } from "@yoctonear/rpc";
import { parse, text } from "@yoctonear/vectors";

/** One request as it was sent. */
export interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly id: string;
  readonly init: RequestInit;
}

/** Remembers requests and answers each with what `answer` gives for it. */
export function fakeFetch(
  answer: (sent: Sent) => Response | Promise<Response>,
): Fetch & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const double = async (url: string, init: RequestInit): Promise<Response> => {
    const body = typeof init.body === "string" ? init.body : "";
    const request = {
      url,
      headers: new Headers(init.headers),
      body,
      id: text(parse(body), "id"),
      init,
    };
    sent.push(request);
    return answer(request);
  };
  return Object.assign(double, { sent });
}

/** An answer with a result, in the words of the node: JSON text. */
export function resultOf(id: string, result: string, init: ResponseInit = {}): Response {
  const body = `{"jsonrpc":"2.0","result":${result},"id":${JSON.stringify(id)}}`;
  return new Response(body, { headers: { "content-type": "application/json" }, ...init });
}

/** An answer with an error. */
export function errorOf(id: string | null, error: string, init: ResponseInit = {}): Response {
  const body = `{"jsonrpc":"2.0","error":${error},"id":${JSON.stringify(id)}}`;
  return new Response(body, { headers: { "content-type": "application/json" }, ...init });
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}
