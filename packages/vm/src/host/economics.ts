/**
 * Host functions of money, gas and stakes.
 * @module
 */
import type { Host, HostFunction, HostFunctions } from "../host.ts";
import { readAccountId, refuseInView, writeU128 } from "../host-arguments.ts";

/** Money, gas and stakes. */
export const ECONOMICS_FUNCTIONS: HostFunctions = {
  account_balance: amountOf((host) => host.balance),
  account_locked_balance: amountOf((host) => host.context.accountLockedBalance),
  attached_deposit: amountOf((host) => host.context.attachedDeposit),
  prepaid_gas: gasOf("prepaid_gas", (host) => host.context.prepaidGas),
  used_gas: gasOf("used_gas", (host) => host.gas.used),
  validator_stake: { params: 3, type: "i64", result: null, call: validatorStake },
  validator_total_stake: { params: 1, type: "i64", result: null, call: validatorTotalStake },
};

function amountOf(value: (host: Host) => bigint): HostFunction {
  const call = (host: Host, ptr: bigint): void => {
    host.gas.payBase("base");
    writeU128(host, ptr, value(host));
  };
  return { params: 1, type: "i64", result: null, call };
}

function gasOf(method: string, value: (host: Host) => bigint): HostFunction {
  const call = (host: Host): bigint => {
    host.gas.payBase("base");
    refuseInView(host, method);
    return value(host);
  };
  return { params: 0, type: "i64", result: "i64", call };
}

function validatorStake(host: Host, len: bigint, ptr: bigint, stakePtr: bigint): void {
  host.gas.payBase("base");
  const accountId = readAccountId(host, len, ptr);
  host.gas.payBase("validatorStakeBase");
  writeU128(host, stakePtr, host.external.validatorStake(accountId));
}

function validatorTotalStake(host: Host, stakePtr: bigint): void {
  host.gas.payBase("base");
  host.gas.payBase("validatorTotalStakeBase");
  writeU128(host, stakePtr, host.external.validatorTotalStake());
}
