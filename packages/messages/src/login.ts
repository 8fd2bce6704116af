/**
 * Login for servers, as a handler of requests: a challenge, its signature verified on the chain, a session. It keeps nothing but the
 * nonces that were used: a challenge carries its own proof, and so does a session.
 * @module
 */
export { createLogin, type Login, type LoginOptions } from "./login/handler.ts";
export { logIn, type LogInOptions, type LoggedIn } from "./login/client.ts";
export type { Session } from "./login/session.ts";
