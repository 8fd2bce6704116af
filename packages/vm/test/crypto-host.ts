/**
 * Calls of the crypto host functions without a contract.
 * @module
 */
import { encodeHex } from "@yoctonear/base";
import { EXT_COSTS } from "#vm/ext-costs";
import { ALT_BN128_FUNCTIONS } from "#vm/host/alt-bn128";
import { BLS12381_FUNCTIONS } from "#vm/host/bls12381";
import { HASH_FUNCTIONS } from "#vm/host/hashes";
import { SIGNATURE_FUNCTIONS } from "#vm/host/signatures";
import type { HostFunctions } from "#vm/host";
import { HostFailure } from "#vm/host-error";
import { createTestHost, REGISTER } from "./promise-host.ts";

/** Register that functions write. */
export const RESULT = 7n;

const FUNCTIONS: HostFunctions = {
  ...HASH_FUNCTIONS,
  ...SIGNATURE_FUNCTIONS,
  ...ALT_BN128_FUNCTIONS,
  ...BLS12381_FUNCTIONS,
};

/** An argument: a number; bytes, which go to memory; or bytes in a register. */
export type CryptoArgument = bigint | Uint8Array | { readonly register: Uint8Array };

/** What came of a call. */
export interface CryptoOutcome {
  /** What it returned; `null` for nothing. */
  readonly result: bigint | null;
  /** Hex of the register that it wrote, if it did. */
  readonly register: string | null;
  /** `Name: message` of the error that ended it. */
  readonly error: string | null;
  /** How often each cost was paid, by nearcore's names. */
  readonly costs: Readonly<Record<string, bigint>>;
}

/** How a call is made. */
export interface CryptoOptions {
  readonly prepaidGas?: bigint;
}

/** Calls a crypto function; its last argument, where it writes a register, is `RESULT`. */
export function callCrypto(
  name: string,
  args: readonly CryptoArgument[],
  { prepaidGas = 300_000_000_000_000n }: CryptoOptions = {},
): CryptoOutcome {
  const { host } = createTestHost({ context: { prepaidGas } });
  let size = 0n;
  const sources = args.map((arg, index) => {
    if (typeof arg === "bigint") return [arg];
    if ("register" in arg) {
      host.registers.set(BigInt(100 + index), arg.register);
      return [REGISTER, BigInt(100 + index)];
    }
    size += BigInt(arg.length);
    return [BigInt(arg.length), size - BigInt(arg.length)];
  });
  const memory = new Uint8Array(Number(size));
  let end = 0;
  for (const arg of args) {
    if (!(arg instanceof Uint8Array)) continue;
    memory.set(arg, end);
    end += arg.length;
  }
  host.memory.attach({ buffer: memory.buffer });
  const called = FUNCTIONS[name];
  const values = sources.flat();
  if (called === undefined || called.params !== values.length)
    throw new TypeError(`expected a crypto function with ${values.length} parameters, got ${name}`);
  let result: bigint | void = undefined;
  let error: string | null = null;
  try {
    const [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n] = values;
    result = called.call(host, a, b, c, d, e, f, g, 0n, 0n);
  } catch (failure) {
    if (!(failure instanceof HostFailure)) throw failure;
    const { name: kind, fields } = failure.error;
    error = "msg" in fields ? `${kind}: ${fields["msg"]}` : kind;
  }
  const written = host.registers.get(RESULT);
  return {
    result: result ?? null,
    register: written === undefined ? null : encodeHex(written),
    error,
    costs: Object.fromEntries(
      host.gas.profile.map(({ cost, gas }) => [cost.toLowerCase(), gas / priceOf(cost)]),
    ),
  };
}

function priceOf(cost: string): bigint {
  for (const [name, { gas }] of Object.entries(EXT_COSTS))
    if (name.toLowerCase() === cost.toLowerCase().replaceAll("_", "")) return BigInt(gas);
  throw new TypeError(`expected a host cost, got ${cost}`);
}
