import { decodeBase64 } from "@yoctonear/base";
import {
  parseSignMessageRedirect,
  signMessage,
  signMessageUrl,
  verifyMessage,
} from "@yoctonear/messages";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newMessage, refused, setStage } from "./stage.ts";

const test = suite("messages: wallet redirects");

const callbackUrl = "https://app.example/back?page=1&q=a+b";

/** Reads the request as a wallet does, signs, and returns. */
async function wallet(url: string, back: (callback: string, fields: string) => string) {
  const { keys } = await setStage();
  const { pathname, searchParams } = new URL(url);
  assert.is(pathname, "/sign-message");
  const text = (name: string): string => searchParams.get(name) ?? "";
  const signed = await signMessage(
    { accountId: "alice.near", signer: keys.full },
    {
      message: text("message"),
      recipient: text("recipient"),
      nonce: decodeBase64(text("nonce")),
      callbackUrl: text("callbackUrl"),
      state: text("state"),
    },
  );
  return {
    signed,
    url: back(text("callbackUrl"), new URLSearchParams(Object.entries(signed)).toString()),
  };
}

test("there and back: in the fragment, in the query, encoded and not", async () => {
  const { near } = await setStage();
  const ways: ((callback: string, fields: string) => string)[] = [
    (callback, fields) => `${callback}#${fields}`,
    (callback, fields) => `${callback}&${fields}`,
    (callback, fields) => `${callback}#${decodeURIComponent(fields)}`,
    (callback, fields) => `${callback}&${decodeURIComponent(fields)}`,
    (callback, fields) => `${callback}&broken=%ff#${fields}`,
  ];
  for (const way of ways) {
    const request = {
      ...newMessage(),
      message: "a & b = c + d # ä €",
      callbackUrl,
      state: "s&t=u +",
    };
    const sent = signMessageUrl("https://wallet.example", request);
    const { signed, url } = await wallet(sent, way);
    // A state that must be encoded does not survive when it is not.
    const isPlain = !url.includes("%2B");
    const read = parseSignMessageRedirect(url, isPlain ? {} : { state: request.state });
    assert.is(read?.signature, signed.signature);
    assert.is(read?.publicKey, signed.publicKey);
    const { state, ...expected } = request;
    if (!isPlain) assert.is(read?.state, state);
    assert.ok(read);
    if (read) assert.is((await verifyMessage(near, read, expected)).accountId, "alice.near");
  }
});

test("a page without an answer has none", () => {
  for (const url of [
    "https://app.example",
    "https://app.example/?page=1#top",
    "https://app.example/?state=7&accountId=alice.near&broken=%ff#a=%",
  ]) {
    assert.is(parseSignMessageRedirect(url, { state: "7" }), null);
  }
});

test("an answer that is none is malformed", async () => {
  const read = async (rest: string) => parseSignMessageRedirect(`https://app.example/${rest}`);
  await refused(read("#signature=AA"), "malformed");
  await refused(read("#signature=AA&accountId=alice.near"), "malformed");
  await refused(read("#signature=AA&accountId=Alice!&publicKey=ed25519:1"), "malformed");
  await refused(read("#signature=%ff&accountId=alice.near&publicKey=ed25519:1"), "malformed");
  await refused(read("#error=%e4"), "malformed");
});

test("the answer to another request is refused", async () => {
  const { url } = await wallet(
    signMessageUrl("https://wallet.example/", { ...newMessage(), callbackUrl, state: "7" }),
    (callback, fields) => `${callback}#${fields}`,
  );
  assert.is(parseSignMessageRedirect(url, { state: "7" })?.state, "7");
  const read = async (state: string) => parseSignMessageRedirect(url, { state });
  await refused(read("8"), "wrong_state");
  await refused(read(""), "wrong_state");
  const error = async (rest: string) =>
    parseSignMessageRedirect(`https://app.example/#error=no${rest}`, { state: "7" });
  await refused(error("&state=7"), "rejected");
  await refused(error("&state=8"), "wrong_state");
  await refused(error(""), "wrong_state");
});

test("P28: a state in the place of the options, or misspelt, is no state that is silently not compared", () => {
  for (const wrong of ["7", { State: "7" }, ["7"], null, { state: 7 }, { state: null }]) {
    // @ts-expect-error no such option
    const read = (): unknown => parseSignMessageRedirect("https://app.example/#error=no", wrong);
    assert.throws(read, (error: unknown) => error instanceof TypeError);
  }
});

test("a request needs somewhere to return to", () => {
  for (const wrong of ["", "app.example", "javascript:alert(1)"]) {
    assert.throws(
      () => signMessageUrl("https://wallet.example", { ...newMessage(), callbackUrl: wrong }),
      /callbackUrl/,
    );
  }
  const request = { ...newMessage(), callbackUrl };
  const url = signMessageUrl("https://wallet.example/near", request);
  assert.ok(url.startsWith("https://wallet.example/near/sign-message?message=log+me+in&nonce="));
  assert.not(url.includes("state="));
});

test.run();
