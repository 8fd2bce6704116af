/**
 * Host functions that append to promises the actions which give accounts their contract.
 * Source: nearcore runtime/near-vm-runner/src/wasmtime_runner/logic.rs; charges in its order.
 * @module
 */
import { formatHash } from "@yoctonear/primitives";
import type { ContractIdentifier, GlobalContractDeployMode } from "@yoctonear/transactions";
import type { Host, HostCall, HostFunctions } from "../host.ts";
import { HostFailure } from "../host-error.ts";
import { readAccountId, readBytes, readU128, refuseInView } from "../host-arguments.ts";
import { deductBalance, targetOf } from "./promise-target.ts";

const HASH_LENGTH = 32;

/** Deploying, using and starting contracts. */
export const PROMISE_CONTRACT_FUNCTIONS: HostFunctions = {
  promise_batch_action_deploy_contract: {
    params: 3,
    type: "i64",
    result: null,
    call: appendDeployContract,
  },
  promise_batch_action_deploy_global_contract: {
    params: 3,
    type: "i64",
    result: null,
    call: deployGlobal("promise_batch_action_deploy_global_contract", "codeHash"),
  },
  promise_batch_action_deploy_global_contract_by_account_id: {
    params: 3,
    type: "i64",
    result: null,
    call: deployGlobal("promise_batch_action_deploy_global_contract_by_account_id", "accountId"),
  },
  promise_batch_action_use_global_contract: {
    params: 3,
    type: "i64",
    result: null,
    call: useGlobal("promise_batch_action_use_global_contract", readCodeHash),
  },
  promise_batch_action_use_global_contract_by_account_id: {
    params: 3,
    type: "i64",
    result: null,
    call: useGlobal("promise_batch_action_use_global_contract_by_account_id", readDeployer),
  },
  promise_batch_action_state_init: {
    params: 4,
    type: "i64",
    result: "i64",
    call: stateInit("promise_batch_action_state_init", readCodeHash),
  },
  promise_batch_action_state_init_by_account_id: {
    params: 4,
    type: "i64",
    result: "i64",
    call: stateInit("promise_batch_action_state_init_by_account_id", readDeployer),
  },
  set_state_init_data_entry: { params: 6, type: "i64", result: null, call: setStateInitEntry },
};

function appendDeployContract(host: Host, promise: bigint, length: bigint, pointer: bigint): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_deploy_contract");
  const code = readCode(host, length, pointer);
  const { draft, isOwn } = targetOf(host, promise);
  host.gas.payAction("deployContractBase", isOwn);
  host.gas.payActionPer("deployContractByte", BigInt(code.length), isOwn);
  draft.actions.push({ type: "deployContract", code });
}

function deployGlobal(name: string, deployMode: GlobalContractDeployMode): HostCall {
  return (host, promise, length, pointer) => {
    host.gas.payBase("base");
    refuseInView(host, name);
    const code = readCode(host, length, pointer);
    const { draft, isOwn } = targetOf(host, promise);
    host.gas.payAction("deployGlobalContractBase", isOwn);
    host.gas.payActionPer("deployGlobalContractByte", BigInt(code.length), isOwn);
    draft.actions.push({ type: "deployGlobalContract", code, deployMode });
  };
}

function useGlobal(name: string, readIdentifier: ReadIdentifier): HostCall {
  return (host, promise, length, pointer) => {
    host.gas.payBase("base");
    refuseInView(host, name);
    const contractIdentifier = readIdentifier(host, length, pointer);
    const { draft, isOwn } = targetOf(host, promise);
    host.gas.payAction("useGlobalContractBase", isOwn);
    host.gas.payActionPer("useGlobalContractByte", identifierLength(contractIdentifier), isOwn);
    draft.actions.push({ type: "useGlobalContract", contractIdentifier });
  };
}

function stateInit(name: string, readIdentifier: ReadIdentifier): HostCall {
  return (host, promise, length, pointer, amountPointer) => {
    host.gas.payBase("base");
    refuseInView(host, name);
    const code = readIdentifier(host, length, pointer);
    const deposit = readU128(host, amountPointer);
    const { draft, isOwn } = targetOf(host, promise);
    host.gas.payAction("deterministicStateInitBase", isOwn);
    deductBalance(host, deposit);
    return host.promises.addStateInit(draft, code, deposit);
  };
}

function setStateInitEntry(
  host: Host,
  promise: bigint,
  action: bigint,
  keyLength: bigint,
  keyPointer: bigint,
  valueLength: bigint,
  valuePointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "set_state_init_data_entry");
  // Unlike its kin, this one looks for the promise before it reads.
  const receipt = host.promises.receiptIndex(promise, "CannotAppendActionToJointPromise");
  const { isOwn } = targetOf(host, promise);
  const key = readBytes(host, keyLength, keyPointer);
  const value = readBytes(host, valueLength, valuePointer);
  host.gas.payAction("deterministicStateInitEntry", isOwn);
  const length = BigInt(key.length + value.length);
  host.gas.payActionPer("deterministicStateInitByte", length, isOwn);
  host.promises.addStateInitEntry(receipt, action, key, value);
}

type ReadIdentifier = (host: Host, length: bigint, pointer: bigint) => ContractIdentifier;

function readCodeHash(host: Host, length: bigint, pointer: bigint): ContractIdentifier {
  const hash = readBytes(host, length, pointer);
  if (hash.length !== HASH_LENGTH) throw new HostFailure("ContractCodeHashMalformed");
  return { type: "codeHash", hash: formatHash(hash) };
}

function readDeployer(host: Host, length: bigint, pointer: bigint): ContractIdentifier {
  return { type: "accountId", accountId: readAccountId(host, length, pointer) };
}

function readCode(host: Host, length: bigint, pointer: bigint): Uint8Array {
  const code = readBytes(host, length, pointer);
  const limit = host.config.limits.maxContractSize;
  if (code.length <= limit) return code;
  throw new HostFailure("ContractSizeExceeded", {
    size: BigInt(code.length),
    limit: BigInt(limit),
  });
}

function identifierLength(identifier: ContractIdentifier): bigint {
  return BigInt(identifier.type === "codeHash" ? HASH_LENGTH : identifier.accountId.length);
}
