/**
 * Host functions of alt_bn128. Elements are paid for once their number is known, before they are looked at.
 * @module
 */
import {
  altBn128G1Multiexp,
  altBn128G1Sum,
  altBn128PairingCheck,
  MULTIEXP_SIZE,
  PAIRING_SIZE,
  SUM_SIZE,
} from "../crypto/alt-bn128.ts";
import { countElements } from "../crypto/alt-bn128-elements.ts";
import type { Host, HostFunctions } from "../host.ts";
import { readBytes, writeRegister } from "../host-arguments.ts";

/** alt_bn128. */
export const ALT_BN128_FUNCTIONS: HostFunctions = {
  alt_bn128_g1_multiexp: { params: 3, type: "i64", result: null, call: g1Multiexp },
  alt_bn128_g1_sum: { params: 3, type: "i64", result: null, call: g1Sum },
  alt_bn128_pairing_check: { params: 2, type: "i64", result: "i64", call: pairingCheck },
};

function g1Multiexp(host: Host, len: bigint, ptr: bigint, register: bigint): void {
  host.gas.payBase("altBn128G1MultiexpBase");
  const data = readBytes(host, len, ptr);
  host.gas.payPer("altBn128G1MultiexpElement", countElements(data, MULTIEXP_SIZE));
  writeRegister(host, register, altBn128G1Multiexp(data));
}

function g1Sum(host: Host, len: bigint, ptr: bigint, register: bigint): void {
  host.gas.payBase("altBn128G1SumBase");
  const data = readBytes(host, len, ptr);
  host.gas.payPer("altBn128G1SumElement", countElements(data, SUM_SIZE));
  writeRegister(host, register, altBn128G1Sum(data));
}

function pairingCheck(host: Host, len: bigint, ptr: bigint): bigint {
  host.gas.payBase("altBn128PairingCheckBase");
  const data = readBytes(host, len, ptr);
  host.gas.payPer("altBn128PairingCheckElement", countElements(data, PAIRING_SIZE));
  return altBn128PairingCheck(data) ? 1n : 0n;
}
