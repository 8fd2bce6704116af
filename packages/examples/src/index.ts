/**
 * The tasks of NEAR's API page, in the order of the tour.
 * @module
 */
import * as balance from "./balance.ts";
import * as batch from "./batch.ts";
import * as createAccount from "./create-account.ts";
import * as deleteAccount from "./delete-account.ts";
import type { Example } from "./example.ts";
import * as fullAccessKey from "./full-access-key.ts";
import * as functionCallKey from "./function-call-key.ts";
import * as listKeys from "./list-keys.ts";
import * as overdraft from "./overdraft.ts";
import * as seedPhrase from "./seed-phrase.ts";
import * as sendNear from "./send-near.ts";
import * as signByHand from "./sign-by-hand.ts";
import * as simultaneous from "./simultaneous.ts";
import * as state from "./state.ts";

export type { Example, ExampleContext } from "./example.ts";
export {
  type Network,
  openFromEnvironment,
  openLocalnet,
  openLocalnetOverHttp,
} from "./network.ts";
export { serve, type Server } from "./serve.ts";
export { createTrace } from "./trace.ts";

export const examples: readonly Example[] = [
  balance,
  state,
  createAccount,
  seedPhrase,
  deleteAccount,
  sendNear,
  batch,
  simultaneous,
  listKeys,
  fullAccessKey,
  functionCallKey,
  signByHand,
  overdraft,
];
