/**
 * Host functions that make universal accounts (NEP-655), since protocol 87. The bytes of a state init go as they are: the
 * receipt's validation judges them.
 * Source: nearcore pull requests 16092 and 16308; that the order of charges is that of their kin is not recorded.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import { universalAccountId } from "@yoctonear/primitives";
import { universalStateInitCounts } from "@yoctonear/transactions/cost";
import type { Fee } from "@yoctonear/transactions/cost";
import type { ActionLineName } from "../gas-profile.ts";
import type { Host, HostFunctions } from "../host.ts";
import { readBytes, readU128, refuseInView, writeRegister } from "../host-arguments.ts";
import { deductBalance, targetOf } from "./promise-target.ts";

/** Ids and state inits of universal accounts. */
export const UNIVERSAL_ACCOUNT_FUNCTIONS: HostFunctions = {
  universal_state_init_to_account_id: {
    params: 3,
    type: "i64",
    result: null,
    call: stateInitToAccountId,
  },
  promise_batch_action_universal_state_init: {
    params: 4,
    type: "i64",
    result: null,
    call: appendUniversalStateInit,
  },
};

function stateInitToAccountId(host: Host, length: bigint, pointer: bigint, register: bigint): void {
  host.gas.payBase("universalStateInitToAccountIdBase");
  const stateInit = readBytes(host, length, pointer);
  host.gas.payPer("universalStateInitToAccountIdByte", stateInit.length);
  writeRegister(host, register, encodeUtf8(universalAccountId(stateInit)));
}

function appendUniversalStateInit(
  host: Host,
  promise: bigint,
  length: bigint,
  pointer: bigint,
  amountPointer: bigint,
): void {
  host.gas.payBase("base");
  refuseInView(host, "promise_batch_action_universal_state_init");
  const stateInit = readBytes(host, length, pointer);
  const deposit = readU128(host, amountPointer);
  const { draft, isOwn } = targetOf(host, promise);
  const { fees } = host.config;
  const pay = (line: ActionLineName, fee: Fee, count: number): void => {
    const burn = (isOwn ? fee.sendSir : fee.sendNotSir) * BigInt(count);
    host.gas.payFee(line, burn, burn + fee.exec * BigInt(count));
  };
  pay("universalStateInitBase", fees.deterministicStateInitBase, 1);
  pay("universalStateInitByte", fees.deterministicStateInitByte, stateInit.length);
  // Decoding is what the bytes have paid for; what is in them comes after.
  const { entries, keys } = universalStateInitCounts(stateInit);
  pay("universalStateInitEntry", fees.deterministicStateInitEntry, entries);
  pay("addFullAccessKey", fees.addFullAccessKey, keys);
  deductBalance(host, deposit);
  draft.actions.push({ type: "universalStateInit", stateInit, deposit });
}
