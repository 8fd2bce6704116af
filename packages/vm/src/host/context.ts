/**
 * Host functions that tell a contract who calls it, where and when.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import type { ContractKind } from "../context.ts";
import type { Host, HostFunction, HostFunctions } from "../host.ts";
import { refuseInView, writePaidRegister, writeRegister } from "../host-arguments.ts";

const NO_CONTRACT = 0n;
const LOCAL_CONTRACT = 1n;
const GLOBAL_CONTRACT = 2n;
const GLOBAL_CONTRACT_BY_ACCOUNT = 3n;

/** Who, where and when. */
export const CONTEXT_FUNCTIONS: HostFunctions = {
  current_account_id: bytesOf((host) => encodeUtf8(host.context.currentAccountId)),
  signer_account_id: callerBytesOf("signer_account_id", (host) =>
    encodeUtf8(host.context.signerAccountId),
  ),
  signer_account_pk: callerBytesOf("signer_account_pk", (host) => host.context.signerPublicKey),
  predecessor_account_id: callerBytesOf("predecessor_account_id", (host) =>
    encodeUtf8(host.context.predecessorAccountId),
  ),
  refund_to_account_id: callerBytesOf("refund_to_account_id", (host) =>
    encodeUtf8(host.context.refundToAccountId),
  ),
  chain_id: bytesOf((host) => encodeUtf8(host.context.chainId)),
  random_seed: bytesOf((host) => host.context.randomSeed),
  input: { params: 1, type: "i64", result: null, call: input },
  block_index: numberOf((host) => host.context.blockHeight),
  block_timestamp: numberOf((host) => host.context.blockTimestamp),
  epoch_height: numberOf((host) => host.context.epochHeight),
  storage_usage: numberOf((host) => host.storageUsage),
  current_contract_code: { params: 1, type: "i64", result: "i64", call: currentContractCode },
};

function numberOf(value: (host: Host) => bigint): HostFunction {
  const call = (host: Host): bigint => {
    host.gas.payBase("base");
    return value(host);
  };
  return { params: 0, type: "i64", result: "i64", call };
}

function bytesOf(value: (host: Host) => Uint8Array): HostFunction {
  const call = (host: Host, register: bigint): void => {
    host.gas.payBase("base");
    writeRegister(host, register, value(host));
  };
  return { params: 1, type: "i64", result: null, call };
}

/** What nobody is behind in a view call. */
function callerBytesOf(method: string, value: (host: Host) => Uint8Array): HostFunction {
  const call = (host: Host, register: bigint): void => {
    host.gas.payBase("base");
    refuseInView(host, method);
    writeRegister(host, register, value(host));
  };
  return { params: 1, type: "i64", result: null, call };
}

function input(host: Host, register: bigint): void {
  host.gas.payBase("base");
  writePaidRegister(host, register, host.context.input);
}

function currentContractCode(host: Host, register: bigint): bigint {
  host.gas.payBase("base");
  const { contract } = host.context;
  if (contract.type === "none") return NO_CONTRACT;
  writeRegister(host, register, contractName(contract));
  if (contract.type === "local") return LOCAL_CONTRACT;
  return contract.type === "global" ? GLOBAL_CONTRACT : GLOBAL_CONTRACT_BY_ACCOUNT;
}

function contractName(contract: Exclude<ContractKind, { readonly type: "none" }>): Uint8Array {
  return contract.type === "globalByAccount" ? encodeUtf8(contract.accountId) : contract.hash;
}
