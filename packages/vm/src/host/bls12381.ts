/**
 * Host functions of BLS12-381. All but the pairing pay for their elements by the length that the contract names,
 * before they read: with that of a register, 2^64 − 1, the price is beyond 64 bits.
 * @module
 */
import {
  blsDecompress,
  blsMap,
  blsMultiexp,
  blsPairingCheck,
  blsSum,
  PAIRING_SIZE,
  refuseRemainder,
} from "../crypto/bls12381.ts";
import { G1, G2 } from "../crypto/bls12381-groups.ts";
import type { ExtCostName } from "../ext-costs.ts";
import type { Host, HostFunction, HostFunctions } from "../host.ts";
import { readBytes, writeRegister } from "../host-arguments.ts";

/** A function that takes elements and, where all are such, writes a register. */
interface ElementsFunction {
  /** As its errors call it: not always the import's name. */
  readonly name: string;
  /** Bytes of an element. */
  readonly size: number;
  readonly base: ExtCostName;
  readonly element: ExtCostName;
  /** Returns the register's content, or `null` where an element is none. */
  run(data: Uint8Array): Uint8Array | null;
}

/** BLS12-381. */
export const BLS12381_FUNCTIONS: HostFunctions = {
  bls12381_p1_sum: /* @__PURE__ */ onElements({
    name: "bls12381_p1_sum",
    size: 97,
    base: "bls12381P1SumBase",
    element: "bls12381P1SumElement",
    run: (data) => blsSum(G1, data),
  }),
  bls12381_p2_sum: /* @__PURE__ */ onElements({
    name: "bls12381_p2_sum",
    size: 193,
    base: "bls12381P2SumBase",
    element: "bls12381P2SumElement",
    run: (data) => blsSum(G2, data),
  }),
  bls12381_g1_multiexp: /* @__PURE__ */ onElements({
    name: "bls12381_p1_multiexp",
    size: 128,
    base: "bls12381G1MultiexpBase",
    element: "bls12381G1MultiexpElement",
    run: (data) => blsMultiexp(G1, data),
  }),
  bls12381_g2_multiexp: /* @__PURE__ */ onElements({
    name: "bls12381_p2_multiexp",
    size: 224,
    base: "bls12381G2MultiexpBase",
    element: "bls12381G2MultiexpElement",
    run: (data) => blsMultiexp(G2, data),
  }),
  bls12381_map_fp_to_g1: /* @__PURE__ */ onElements({
    name: "bls12381_map_fp_to_g1",
    size: 48,
    base: "bls12381MapFpToG1Base",
    element: "bls12381MapFpToG1Element",
    run: (data) => blsMap(G1, data),
  }),
  bls12381_map_fp2_to_g2: /* @__PURE__ */ onElements({
    name: "bls12381_map_fp2_to_g2",
    size: 96,
    base: "bls12381MapFp2ToG2Base",
    element: "bls12381MapFp2ToG2Element",
    run: (data) => blsMap(G2, data),
  }),
  bls12381_p1_decompress: /* @__PURE__ */ onElements({
    name: "bls12381_p1_decompress",
    size: 48,
    base: "bls12381P1DecompressBase",
    element: "bls12381P1DecompressElement",
    run: (data) => blsDecompress(G1, data),
  }),
  bls12381_p2_decompress: /* @__PURE__ */ onElements({
    name: "bls12381_p2_decompress",
    size: 96,
    base: "bls12381P2DecompressBase",
    element: "bls12381P2DecompressElement",
    run: (data) => blsDecompress(G2, data),
  }),
  bls12381_pairing_check: { params: 2, type: "i64", result: "i64", call: pairingCheck },
};

function onElements({ name, size, base, element, run }: ElementsFunction): HostFunction {
  return {
    params: 3,
    type: "i64",
    result: "i64",
    call(host, len, ptr, register) {
      host.gas.payBase(base);
      host.gas.payPer(element, len / BigInt(size));
      const data = readBytes(host, len, ptr);
      refuseRemainder(name, data, size);
      const content = run(data);
      if (content === null) return 1n;
      writeRegister(host, register, content);
      return 0n;
    },
  };
}

function pairingCheck(host: Host, len: bigint, ptr: bigint): bigint {
  host.gas.payBase("bls12381PairingBase");
  const data = readBytes(host, len, ptr);
  host.gas.payPer("bls12381PairingElement", Math.floor(data.length / PAIRING_SIZE));
  refuseRemainder("bls12381_pairing_check", data, PAIRING_SIZE);
  const verdict = blsPairingCheck(data);
  if (verdict === "invalid") return 1n;
  return verdict === "one" ? 0n : 2n;
}
