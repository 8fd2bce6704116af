/**
 * Host functions that make universal accounts (NEP-655), since protocol 88. The bytes of a state init go as they are: the
 * receipt's validation judges them.
 * Source: nearcore runtime/near-vm-runner/src/logic/host.rs.
 * @module
 */
import { encodeUtf8, equalBytes } from "@yoctonear/base";
import { decode, encode } from "@yoctonear/borsh";
import { universalAccountId } from "@yoctonear/primitives";
import { universalStateInitCodec } from "@yoctonear/transactions";
import {
  type Fee,
  UNIVERSAL_STATE_INIT_FEES,
  universalStateInitCounts,
} from "@yoctonear/transactions/cost";
import type { ActionLineName } from "../gas-profile.ts";
import type { Host, HostFunctions } from "../host.ts";
import { readBytes, readU128, refuseInView, writeRegister } from "../host-arguments.ts";
import { deductBalance, targetOf } from "./promise-target.ts";

/** Ids and state inits of universal accounts. */
export const UNIVERSAL_ACCOUNT_FUNCTIONS: HostFunctions = {
  universal_state_init_to_account_id: {
    params: 3,
    type: "i64",
    result: "i64",
    call: stateInitToAccountId,
  },
  promise_batch_action_universal_state_init: {
    params: 4,
    type: "i64",
    result: null,
    call: appendUniversalStateInit,
  },
};

/** What `universal_state_init_to_account_id` returns. */
const [CANONICAL, MALFORMED, NOT_CANONICAL] = [0n, 1n, 2n] as const;

/** The smallest key and entry, and what at least stands before them: bytes of borsh. */
const ENTRY_SIZE = 8;
const KEY_SIZE = 33;
const BEFORE_ENTRIES = 6;
const BEFORE_KEYS = 10;

function stateInitToAccountId(
  host: Host,
  length: bigint,
  pointer: bigint,
  register: bigint,
): bigint {
  host.gas.payBase("universalStateInitToAccountIdBase");
  const stateInit = readBytes(host, length, pointer);
  host.gas.payPer("universalStateInitToAccountIdByte", stateInit.length);
  const status = judge(stateInit);
  if (status !== CANONICAL) return status;
  writeRegister(host, register, encodeUtf8(universalAccountId(stateInit)));
  return CANONICAL;
}

function judge(stateInit: Uint8Array): bigint {
  let again: Uint8Array;
  try {
    again = encode(universalStateInitCodec, decode(universalStateInitCodec, stateInit));
  } catch {
    return MALFORMED;
  }
  return equalBytes(again, stateInit) ? CANONICAL : NOT_CANONICAL;
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
  const pay = (line: ActionLineName, fee: Fee, count: number): void => {
    const burn = (isOwn ? fee.sendSir : fee.sendNotSir) * BigInt(count);
    host.gas.payFee(line, burn, burn + fee.exec * BigInt(count));
  };
  pay("universalStateInitBase", UNIVERSAL_STATE_INIT_FEES.base, 1);
  pay("universalStateInitByte", UNIVERSAL_STATE_INIT_FEES.byte, stateInit.length);
  // Decoding is what the bytes have paid for; what is in them comes after.
  const { entries, keys } = paidCounts(stateInit);
  pay("universalStateInitEntry", UNIVERSAL_STATE_INIT_FEES.entry, entries);
  pay("addFullAccessKey", host.config.fees.addFullAccessKey, keys);
  deductBalance(host, deposit);
  draft.actions.push({ type: "universalStateInit", stateInit, deposit });
}

/** What is no state init costs as much as could be in so many bytes. */
function paidCounts(stateInit: Uint8Array): { readonly entries: number; readonly keys: number } {
  if (judge(stateInit) === CANONICAL) return universalStateInitCounts(stateInit);
  const most = (before: number, size: number): number =>
    Math.max(0, Math.ceil((stateInit.length - before) / size));
  return { entries: most(BEFORE_ENTRIES, ENTRY_SIZE), keys: most(BEFORE_KEYS, KEY_SIZE) };
}
