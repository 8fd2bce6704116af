/**
 * The tasks of NEAR's API page, in the order of the tour.
 * @module
 */
import * as balance from "./balance.ts";
import * as batch from "./batch.ts";
import * as call from "./call.ts";
import * as createAccount from "./create-account.ts";
import * as deleteAccount from "./delete-account.ts";
import * as deploy from "./deploy.ts";
import type { Example } from "./example.ts";
import * as fullAccessKey from "./full-access-key.ts";
import * as functionCallKey from "./function-call-key.ts";
import * as globalContractByAccount from "./global-contract-by-account.ts";
import * as globalContractByHash from "./global-contract-by-hash.ts";
import * as listKeys from "./list-keys.ts";
import * as metaTransaction from "./meta-transaction.ts";
import * as namedAccount from "./named-account.ts";
import * as overdraft from "./overdraft.ts";
import * as receipts from "./receipts.ts";
import * as redeploy from "./redeploy.ts";
import * as seedPhrase from "./seed-phrase.ts";
import * as sendFungibleToken from "./send-fungible-token.ts";
import * as sendNear from "./send-near.ts";
import * as sendNonFungibleToken from "./send-non-fungible-token.ts";
import * as signByHand from "./sign-by-hand.ts";
import * as signMessage from "./sign-message.ts";
import * as simultaneous from "./simultaneous.ts";
import * as state from "./state.ts";
import * as typedContract from "./typed-contract.ts";
import * as validateMessage from "./validate-message.ts";
import * as view from "./view.ts";

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
  namedAccount,
  createAccount,
  seedPhrase,
  deleteAccount,
  sendNear,
  sendFungibleToken,
  sendNonFungibleToken,
  call,
  view,
  typedContract,
  receipts,
  batch,
  simultaneous,
  deploy,
  redeploy,
  globalContractByHash,
  globalContractByAccount,
  listKeys,
  fullAccessKey,
  functionCallKey,
  signByHand,
  metaTransaction,
  overdraft,
  signMessage,
  validateMessage,
];
