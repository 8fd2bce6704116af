import { decodeBase64, encodeBase64, isNearError } from "@yoctonear/base";
import { randomEd25519KeyPair } from "@yoctonear/keys/ed25519";
import {
  createNonceStore,
  createTimedNonce,
  signMessage,
  type SignMessageRequest,
} from "@yoctonear/messages";
import { createLogin, logIn, type Login, type LoginOptions } from "@yoctonear/messages/login";
import { TransportError } from "@yoctonear/rpc";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refused, rejection, setStage } from "./stage.ts";

const test = suite("messages: login");

const ORIGIN = "https://app.example";
const URL_OF = "https://api.example/login/";
const secret = Uint8Array.from({ length: 32 }, (_, index) => index);

type Json = Readonly<Record<string, unknown>>;

interface LoginStage {
  readonly login: Login;
  readonly alice: {
    readonly accountId: string;
    readonly signer: ReturnType<typeof randomEd25519KeyPair>;
  };
  /** Posts JSON, as a page does. */
  post(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<readonly [number, Json]>;
  /** A challenge, signed. */
  answer(request?: Partial<SignMessageRequest>): Promise<Json>;
  readonly clock: { time: number };
}

async function openLogin(options: Partial<LoginOptions> = {}): Promise<LoginStage> {
  const { chain, near } = await setStage();
  const clock = { time: 1_785_914_880_500 };
  const now = (): number => clock.time;
  const login = createLogin({
    near,
    recipient: "app.example",
    origins: [ORIGIN],
    secret,
    now,
    ...options,
  });
  const alice = { accountId: "alice.near", signer: chain.signer("alice.near") };
  const post: LoginStage["post"] = async (path, body = {}, headers = {}) => {
    const response = await login.handle(requestOf(path, body, { origin: ORIGIN, ...headers }));
    return [response.status, await response.json()];
  };
  const answer: LoginStage["answer"] = async (request = {}) => {
    const [, challenge] = await post("challenge");
    const nonce = String(challenge["nonce"]);
    const asked = {
      message: "",
      recipient: "",
      ...challenge,
      nonce: decodeBase64(nonce),
      ...request,
    };
    const { message, recipient, callbackUrl } = asked;
    const signed = await signMessage(alice, {
      message,
      recipient,
      nonce: asked.nonce,
      callbackUrl,
    });
    return { ...signed, nonce, ...(callbackUrl !== undefined && { callbackUrl }) };
  };
  return { login, alice, post, answer, clock };
}

function requestOf(path: string, body: unknown, headers: Record<string, string>): Request {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return asReceived(path, { method: "POST", body: text }, headers);
}

/** With the headers that a server sees: in a browser's page nobody else may say its origin. */
function asReceived(path: string, init: RequestInit, headers: Record<string, string>): Request {
  const value = new Headers({ "content-type": "application/json", ...headers });
  return Object.defineProperty(new Request(URL_OF + path, init), "headers", { value });
}

async function refuses(
  asked: Promise<readonly [number, Json]>,
  status: number,
  code: string,
): Promise<void> {
  const [got, { error }] = await asked;
  const { code: said, message }: { code?: unknown; message?: unknown } = Object(error);
  assert.is(said, code, String(message));
  assert.is(got, status);
  assert.type(message, "string");
}

test("challenge, answer, session", async () => {
  const { login, post, answer, clock, alice } = await openLogin();
  const [status, challenge] = await post("challenge");
  assert.is(status, 200);
  assert.equal(Object.keys(challenge), ["message", "recipient", "nonce", "expires"]);
  assert.is(challenge["message"], "Log in to app.example");
  assert.is(challenge["expires"], clock.time + 300_000);
  const [ok, session] = await post("verify", await answer());
  assert.is(ok, 200);
  assert.is(session["accountId"], "alice.near");
  assert.is(session["expires"], 1_785_914_880_000 + 86_400_000);
  const claimed = await login.verifySession(String(session["token"]));
  assert.equal(
    { ...claimed, id: "" },
    {
      accountId: "alice.near",
      publicKey: alice.signer.publicKey,
      id: "",
      issued: 1_785_914_880_000,
      expires: Number(session["expires"]),
    },
  );
  const [, other] = await post("verify", await answer());
  assert.is.not((await login.verifySession(String(other["token"]))).id, claimed.id);
});

test("the client does it all", async () => {
  const { login, alice } = await openLogin();
  const send = (request: Request) => login.handle(request);
  const options = { fetch: send, recipient: "app.example" };
  const { token, accountId } = await logIn(URL_OF, alice, options);
  assert.is(accountId, "alice.near");
  assert.is((await login.verifySession(token)).accountId, "alice.near");
  const wallet = { signMessage: (request: SignMessageRequest) => signMessage(alice, request) };
  assert.is((await logIn(URL_OF.slice(0, -1), wallet, options)).accountId, "alice.near");
  // It signs for nobody but the host that it asks, or whom it is told.
  await refused(logIn(URL_OF, alice, { fetch: send }), "wrong_recipient");
  const stranger = { accountId: "alice.near", signer: randomEd25519KeyPair() };
  assert.ok(isNearError(await rejection(logIn(URL_OF, stranger, options)), "unknown_key"));
  for (const answer of [
    "",
    "[]",
    "{}",
    '{"message":5}',
    '{"message":"","recipient":"app.example","nonce":"!"}',
  ]) {
    const odd = async () => new Response(answer);
    const error = await rejection(logIn(URL_OF, alice, { ...options, fetch: odd }));
    assert.ok(isNearError(error, "unexpected_answer"), String(error));
  }
});

test("P33: what breaks off, or is stopped, is no answer of the server", async () => {
  const { alice } = await openLogin();
  const reason = new Error("connection reset");
  const body = new ReadableStream({ start: (controller) => controller.error(reason) });
  const broken = { recipient: "app.example", fetch: async () => new Response(body) };
  // Chromium has its own error for it.
  const error = await rejection(logIn(URL_OF, alice, broken));
  assert.not(isNearError(error), String(error));
});

test("a challenge is answered once, in time, and by nobody twice", async () => {
  const { post, answer, clock } = await openLogin();
  const first = await answer();
  assert.is((await post("verify", first))[0], 200);
  await refuses(post("verify", first), 401, "replayed");
  const late = await answer();
  clock.time += 300_000;
  await refuses(post("verify", late), 401, "expired_nonce");
  const intime = await answer();
  clock.time += 299_999;
  assert.is((await post("verify", intime))[0], 200);
  // Another account that signed the same challenge comes too late.
  const { chain } = await setStage();
  const again = await answer();
  const bob = { accountId: "bob.near", signer: chain.signer("bob.near") };
  const nonce = decodeBase64(String(again["nonce"]));
  const bobs = await signMessage(bob, {
    message: "Log in to app.example",
    recipient: "app.example",
    nonce,
  });
  assert.is((await post("verify", again))[0], 200);
  await refuses(post("verify", { ...bobs, nonce: again["nonce"] }), 401, "replayed");
});

test("only its own challenges count: of this secret, this recipient, this origin", async () => {
  const { post, answer, clock } = await openLogin({ origins: [ORIGIN, "https://other.example"] });
  for (const options of [
    { secret: new Uint8Array(32) },
    { recipient: "app.example2" },
    { recipient: "evil.example", statement: "Log in to app.example" },
  ]) {
    const other = await openLogin(options);
    await refuses(post("verify", await other.answer()), 401, "wrong_nonce");
    await refuses(other.post("verify", await answer()), 401, "wrong_nonce");
  }
  const own = await answer();
  await refuses(post("verify", own, { origin: "https://other.example" }), 401, "wrong_nonce");
  await refuses(
    post("verify", { ...own, nonce: encodeBase64(createTimedNonce(clock.time)) }),
    401,
    "wrong_nonce",
  );
  const nonce = decodeBase64(String(own["nonce"]));
  for (let at = 0; at < 32; at++) {
    const changed = new Uint8Array(nonce);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await refuses(post("verify", { ...own, nonce: encodeBase64(changed) }), 401, "wrong_nonce");
  }
  for (const wrong of ["", "!", "AAAA", 5, null, undefined, "A".repeat(1000)]) {
    const asked = post("verify", { ...own, nonce: wrong });
    const [status] = await asked;
    assert.ok(status === 400 || status === 401, String(status));
  }
  assert.is((await post("verify", own))[0], 200);
});

test("what is not signed so is refused, with the reason", async () => {
  const { post, answer } = await openLogin();
  const { chain, keys } = await setStage();
  const signs = async (request: Partial<SignMessageRequest>) =>
    post("verify", await answer(request));
  await refuses(signs({ message: "pay" }), 401, "invalid_signature");
  await refuses(signs({ recipient: "evil.example" }), 401, "invalid_signature");
  await refuses(signs({ callbackUrl: "https://evil.example/x" }), 401, "wrong_callback_url");
  await refuses(signs({ callbackUrl: "nowhere" }), 401, "wrong_callback_url");
  await refuses(
    post("verify", { ...(await answer()), callbackUrl: `${ORIGIN}/\ud800` }),
    401,
    "wrong_callback_url",
  );
  assert.is((await signs({ callbackUrl: `${ORIGIN}/back?page=1` }))[0], 200);
  const own = await answer();
  await refuses(post("verify", { ...own, accountId: "bob.near" }), 401, "unknown_key");
  await refuses(post("verify", { ...own, accountId: "nobody.near" }), 401, "account_missing");
  await refuses(
    post("verify", { ...own, publicKey: keys.secp256k1.publicKey }),
    401,
    "unsupported_key_type",
  );
  await refuses(
    post("verify", { ...own, publicKey: chain.signer("bob.near").publicKey }),
    401,
    "invalid_signature",
  );
  await refuses(post("verify", { ...own, recipient: "evil.example" }), 401, "wrong_recipient");
  await refuses(post("verify", { ...own, signature: "AAAA" }), 400, "malformed");
  await refuses(post("verify", {}), 400, "malformed");
  await refuses(post("verify", "[]"), 400, "malformed");
  await refuses(post("verify", "null"), 400, "malformed");
  await refuses(post("verify", "{"), 400, "malformed");
  // None of these used the challenge up.
  assert.is((await post("verify", own))[0], 200);
});

test("requests are bounded, of one form, and from known pages", async () => {
  const { login, post, answer } = await openLogin();
  await refuses(post("verify", { more: "x".repeat(20_000) }), 413, "too_large");
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
  });
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: endless,
    duplex: "half",
  };
  const large = await login.handle(new Request(`${URL_OF}verify`, init));
  assert.is(large.status, 413);
  await refuses(
    post("verify", await answer(), { "content-type": "text/plain" }),
    415,
    "unsupported_media_type",
  );
  await refuses(post("challenge", {}, { origin: "https://evil.example" }), 403, "wrong_origin");
  await refuses(post("challenge", {}, { origin: "null" }), 403, "wrong_origin");
  await refuses(post("other"), 404, "not_found");
  const got = await login.handle(new Request(`${URL_OF}challenge`));
  assert.is(got.status, 405);
  // What is no page has no origin, and challenges of its own.
  const asked = new Request(`${URL_OF}challenge`, { method: "POST" });
  assert.is((await login.handle(asked)).status, 200);
});

test("pages of known origins may read the answers", async () => {
  const { login } = await openLogin();
  const ask = (method: string, origin: string) =>
    login.handle(asReceived("challenge", { method }, { origin }));
  const preflight = await ask("OPTIONS", ORIGIN);
  assert.is(preflight.status, 204);
  assert.is(preflight.headers.get("access-control-allow-origin"), ORIGIN);
  assert.is(preflight.headers.get("access-control-allow-headers"), "content-type");
  const answer = await ask("POST", ORIGIN);
  assert.is(answer.headers.get("access-control-allow-origin"), ORIGIN);
  assert.is(answer.headers.get("cache-control"), "no-store");
  assert.is(answer.headers.get("vary"), "origin");
  const stranger = await ask("OPTIONS", "https://evil.example");
  assert.is(stranger.status, 403);
  assert.is(stranger.headers.get("access-control-allow-origin"), null);
});

test("P33: what cannot be asked is unavailable, not refused, and costs no challenge", async () => {
  const { chain } = await setStage();
  const failure = new TransportError("network", "expected an answer, got none", {
    url: "https://node.example",
  });
  let isDown = true;
  const seen: unknown[] = [];
  const { post, answer } = await openLogin({
    near: (request, options) =>
      isDown ? Promise.reject(failure) : chain.transport(request, options),
    onError: (error) => seen.push(error),
  });
  const own = await answer();
  await refuses(post("verify", own), 503, "unavailable");
  assert.equal(seen, [failure]);
  isDown = false;
  assert.is((await post("verify", own))[0], 200);
  const full = await openLogin({ nonceStore: createNonceStore({ maxSize: 1, now: () => 0 }) });
  assert.is((await full.post("verify", await full.answer()))[0], 200);
  await refuses(full.post("verify", await full.answer()), 503, "unavailable");
});

test("a session is what was signed here, until it expires", async () => {
  const { login, post, answer, clock } = await openLogin({ sessionAge: 10_000 });
  const [, { token }] = await post("verify", await answer());
  const text = String(token);
  const [header = "", claims = "", signature = ""] = text.split(".");
  const none = btoa('{"alg":"none","typ":"JWT"}').replace(/=+$/, "");
  for (const wrong of [
    null,
    undefined,
    "",
    "a.b.c",
    `${text}.`,
    `${text}x`,
    text.slice(0, -1),
    `${header}.${claims}`,
    `${header}.${claims}.`,
    `${none}.${claims}.`,
    `${none}.${claims}.${signature}`,
    `${header}.${claims.slice(0, -4)}AAAA.${signature}`,
    ` ${text}`,
    "x".repeat(10_000),
  ]) {
    await refused(login.verifySession(wrong), "invalid_session");
  }
  // Another secret, another application.
  const { near } = await setStage();
  for (const other of [
    { recipient: "app.example", secret: new Uint8Array(32) },
    { recipient: "other.example", secret },
  ]) {
    const stranger = createLogin({ near, origins: [], ...other, now: () => clock.time });
    await refused(stranger.verifySession(text), "invalid_session");
  }
  clock.time = 1_785_914_889_999;
  assert.is((await login.verifySession(text)).accountId, "alice.near");
  clock.time = 1_785_914_890_000;
  await refused(login.verifySession(text), "expired_session");
});

test("is a JSON Web Token that others can verify", async () => {
  const { post, answer } = await openLogin();
  const [, { token }] = await post("verify", await answer());
  const [header = "", claims = ""] = String(token).split(".");
  const decode = (text: string): unknown =>
    JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  assert.equal(decode(header), { alg: "HS256", typ: "JWT" });
  const { jti, ...rest } = Object(decode(claims));
  assert.match(jti, /^[0-9a-f]{32}$/);
  const { chain } = await setStage();
  assert.equal(rest, {
    iss: "app.example",
    sub: "alice.near",
    key: chain.signer("alice.near").publicKey,
    iat: 1_785_914_880,
    exp: 1_785_914_880 + 86_400,
  });
});

test("what would be no login is refused, and no secret is shown", async () => {
  const { near } = await setStage();
  const options = { near, recipient: "app.example", origins: [ORIGIN], secret };
  for (const wrong of [
    { secret: secret.subarray(1) },
    { secret: "0123456789abcdef0123456789abcdef" },
    { origins: ["app.example"] },
    { origins: [`${ORIGIN}/`] },
    { origins: ["*"] },
    { recipient: "" },
    { recipient: "a\nb" },
    { challengeAge: 0 },
    { sessionAge: NaN },
    { challengeAge: "300000" },
    { challengeAge: Infinity },
    { sessionAge: Infinity },
    { origins: [""] },
    { origins: "https://app.example" },
    { statement: 5 },
    { near: undefined },
    { near: {} },
    { nonceStore: { use: true } },
  ]) {
    // @ts-expect-error no login
    const make = (): unknown => createLogin({ ...options, ...wrong });
    assert.throws(make, (error: unknown) => {
      assert.ok(error instanceof TypeError || error instanceof RangeError);
      assert.not.match(String(error), "0123456789");
      return true;
    });
  }
});

test.run();
