/**
 * View calls: a contract run on the state of a block, for nothing.
 * Source: nearcore runtime/runtime/src/state_viewer/mod.rs (`call_function`).
 * @module
 */
import { functionCallErrorDebug, functionCallErrorJson, type VmContext } from "@yoctonear/vm";
import { combineHashes, hashBytes, ZERO_HASH } from "../chain/hash.ts";
import { contractCode, contractKind } from "../runtime/account-contract.ts";
import { createExternal } from "../runtime/contract-external.ts";
import type { Json } from "../runtime/json.ts";
import { MAX_TOTAL_PREPAID_GAS } from "../runtime/parameters.ts";
import { runContractHere } from "../runtime/run-contract.ts";
import type { Account } from "../state/account.ts";
import { StateUpdate } from "../state/state-update.ts";
import { ChunkNodes } from "../state/trie-nodes.ts";
import { trieRoot } from "../state/trie.ts";
import type { StateAt } from "./query-failure.ts";
import type { CallFunctionRequest } from "./query-params.ts";
import { ViewCallFailure } from "./view-call-failure.ts";

/** An ed25519 key of zeros in borsh. */
const NO_KEY_LENGTH = 33;

/**
 * Answers a view call.
 * @throws {ViewCallFailure} when the call fails
 */
export function callFunction(
  view: StateAt,
  account: Account,
  { accountId, methodName, args }: CallFunctionRequest,
): { readonly [key: string]: Json } {
  const { validators, modules, vmConfig } = view.surroundings;
  const state = new StateUpdate(view.state);
  const { contract } = account;
  const { error, returned, logs } = runContractHere({
    ...contractCode(state, accountId, contract),
    method: methodName,
    context: createVmContext(view, account, accountId, args),
    external: createExternal({
      accountId,
      state,
      nodes: new ChunkNodes(view.state),
      validators,
      height: view.at.block_height,
      actionHash: ZERO_HASH,
    }),
    modules,
    config: vmConfig,
  });
  if (error !== null) {
    throw new ViewCallFailure(
      functionCallErrorJson(error),
      functionCallErrorDebug(error, "untyped"),
      functionCallErrorDebug(error, "typed"),
    );
  }
  return { result: returned.type === "value" ? [...returned.value] : [], logs };
}

/** The contract calls itself, with what gas the node allows. */
function createVmContext(
  { state, at, surroundings }: StateAt,
  { amount, locked, storageUsage, contract }: Account,
  accountId: string,
  input: Uint8Array,
): VmContext {
  const { chainId, timestamp, epochHeight } = surroundings;
  return {
    currentAccountId: accountId,
    signerAccountId: accountId,
    signerPublicKey: new Uint8Array(NO_KEY_LENGTH),
    predecessorAccountId: accountId,
    refundToAccountId: accountId,
    chainId,
    input,
    promiseResults: [],
    blockHeight: BigInt(at.block_height),
    blockTimestamp: timestamp,
    epochHeight,
    accountBalance: amount,
    accountLockedBalance: locked,
    storageUsage,
    contract: contractKind(contract),
    attachedDeposit: 0n,
    prepaidGas: MAX_TOTAL_PREPAID_GAS,
    randomSeed: combineHashes(hashBytes(ZERO_HASH), hashBytes(trieRoot(state))),
    isView: true,
    outputDataReceivers: [],
  };
}
