/**
 * Contracts for the tests and examples; their sources are in `assembly`, and scripts/contracts.mjs compiles them.
 * @module
 */
import { decodeBase64 } from "@yoctonear/base";

interface CodeModule {
  readonly base64: string;
}

const CONTRACTS = {
  counter: (): Promise<CodeModule> => import("./data/counter.ts"),
  compute: (): Promise<CodeModule> => import("./data/compute.ts"),
  "counter-v2": (): Promise<CodeModule> => import("./data/counter-v2.ts"),
  "cross-contract": (): Promise<CodeModule> => import("./data/cross-contract.ts"),
  factory: (): Promise<CodeModule> => import("./data/factory.ts"),
  "fungible-token": (): Promise<CodeModule> => import("./data/fungible-token.ts"),
  guestbook: (): Promise<CodeModule> => import("./data/guestbook.ts"),
  hello: (): Promise<CodeModule> => import("./data/hello.ts"),
  multisig: (): Promise<CodeModule> => import("./data/multisig.ts"),
  "non-fungible-token": (): Promise<CodeModule> => import("./data/non-fungible-token.ts"),
  receiver: (): Promise<CodeModule> => import("./data/receiver.ts"),
  registrar: (): Promise<CodeModule> => import("./data/registrar.ts"),
  yield: (): Promise<CodeModule> => import("./data/yield.ts"),
};

/** What a contract of this package is called. */
export type ContractName = keyof typeof CONTRACTS;

/** All of them. */
export const contractNames: readonly ContractName[] = [
  "compute",
  "counter",
  "counter-v2",
  "cross-contract",
  "factory",
  "fungible-token",
  "guestbook",
  "hello",
  "multisig",
  "non-fungible-token",
  "receiver",
  "registrar",
  "yield",
];

/**
 * Loads the code of a contract.
 *
 * @example
 * ```ts
 * import { loadContract } from "@yoctonear/contracts";
 *
 * const code = await loadContract("counter");
 * code.subarray(1, 4); // Uint8Array.of(0x61, 0x73, 0x6d)
 * ```
 */
export async function loadContract(name: ContractName): Promise<Uint8Array<ArrayBuffer>> {
  return decodeBase64((await CONTRACTS[name]()).base64);
}
