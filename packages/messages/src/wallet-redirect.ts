/**
 * Web wallets: the page that asks for a signature, and what comes back in the URL (NEP-413).
 * @module
 */
import { encodeBase64, showValue } from "@yoctonear/base";
import { assertText, messageRequest } from "./message.ts";
import { MessageError } from "./message-error.ts";
import { assertOptions } from "./options.ts";
import type { SignMessageRequest } from "./sign-message.ts";
import { parseSignedMessage, type SignedMessage } from "./signed-message.ts";

/** What a web wallet is asked; it must know where to return to. */
export interface RedirectRequest extends SignMessageRequest {
  readonly callbackUrl: string;
}

/** An answer's names, by which it is told from a page's own parameters. */
const FIELDS = ["accountId", "publicKey", "signature", "state"] as const;

/**
 * Makes the URL of a wallet's page that asks for a signature, in the form of MyNearWallet (`/sign-message?message=…`), which others follow.
 * The `callbackUrl` is signed with the message, the `state` is not.
 * @param walletUrl - e.g. `https://app.mynearwallet.com`
 * @param request - what is to be signed
 * @throws {TypeError}, {RangeError} when the request is no message
 * @example
 * ```ts
 * import { signMessageUrl } from "@yoctonear/messages";
 * const request = {
 *   message: "hi", recipient: "app.example", nonce: new Uint8Array(32), callbackUrl: "https://app.example/back",
 * };
 * new URL(signMessageUrl("https://app.mynearwallet.com", request)).searchParams.get("message"); // "hi"
 * ```
 */
export function signMessageUrl(walletUrl: string, request: RedirectRequest): string {
  messageRequest(request);
  const { message, nonce, recipient, callbackUrl, state } = request;
  if (state !== undefined) assertText(state, "state");
  if (!/^https?:\/\//i.test(callbackUrl)) {
    throw new TypeError(
      `expected callbackUrl as a URL to return to, got ${showValue(callbackUrl)}`,
    );
  }
  const url = new URL("sign-message", walletUrl.endsWith("/") ? walletUrl : `${walletUrl}/`);
  const parameters = { message, nonce: encodeBase64(nonce), recipient, callbackUrl };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set("state", state);
  return url.href;
}

/**
 * Reads what a web wallet has returned: in the fragment, as NEP-413 says, or in the query, as older ones do.
 * @param url - of the page after the return, `location.href`
 * @param expected - the `state` of the request; without one, none is compared
 * @returns null when the URL holds no answer
 * @throws {MessageError} `rejected` when the wallet says that it did not sign, `wrong_state` for the answer to another request,
 *   `malformed`
 * @throws {TypeError} for what is no URL, and for a state that is no text
 * @example
 * ```ts
 * import { parseSignMessageRedirect } from "@yoctonear/messages";
 * parseSignMessageRedirect("https://app.example/back?page=1", { state: "7" }); // null
 * const error = (() => {
 *   try {
 *     return parseSignMessageRedirect("https://app.example/back#error=User+rejected&state=7", { state: "7" });
 *   } catch (caught) {
 *     return caught;
 *   }
 * })();
 * String(error); // "MessageError: the wallet did not sign: User rejected"
 * ```
 */
export function parseSignMessageRedirect(
  url: string,
  expected: { readonly state?: string | undefined } = {},
): SignedMessage | null {
  assertOptions(expected, ["state"]);
  if (expected.state !== undefined) assertText(expected.state, "state");
  const { hash, search } = new URL(url);
  for (const part of [hash, search]) {
    const answer = parametersOf(part.slice(1));
    const error = answer.get("error") ?? answer.get("errorMessage") ?? answer.get("errorCode");
    const signature = answer.get("signature");
    if (error === undefined && signature === undefined) continue;
    const state = answer.get("state");
    if (expected.state !== undefined && state !== expected.state) {
      throw new MessageError("wrong_state", "expected the state of the request, got another");
    }
    if (error !== undefined) {
      throw new MessageError("rejected", `the wallet did not sign: ${error.slice(0, 200)}`);
    }
    const fields = FIELDS.map((name) => [name, answer.get(name)] as const);
    const { accountId, publicKey } = parseSignedMessage(Object.fromEntries(fields));
    return {
      accountId,
      publicKey,
      // Many write base64 as it is, whose plus sign stands for a space in a query.
      signature: (signature ?? "").replaceAll(" ", "+"),
      ...(state !== undefined && { state }),
    };
  }
  return null;
}

/** By hand, since what is not well encoded must be refused, and not replaced; what else stands there is nobody's business here. */
function parametersOf(text: string): { get(name: string): string | undefined } {
  const pairs = text.split("&").map((pair) => pair.split("="));
  return {
    get: (name) => {
      // The first counts, so that nothing can be put behind it.
      const found = pairs.find(([first]) => first === name);
      return found && decodeParameter(found.slice(1).join("="));
    },
  };
}

function decodeParameter(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw new MessageError("malformed", "expected a URL whose escapes are UTF-8, got others", {
      cause,
    });
  }
}
