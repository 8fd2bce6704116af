/**
 * Host functions as a contract imports them.
 * @module
 */
import type { GuestMeter } from "./guest-meter.ts";
import type { Host, HostFunction } from "./host.ts";

/** What the imports of an instance act on. The meter is there once the instance is. */
export interface HostScope {
  readonly host: Host;
  meter: GuestMeter | null;
}

type Import = (...args: never[]) => unknown;

const NONE = 0n;

/** Returns a host function for an instance: gas in step, arguments as unsigned bigints. */
export function importOf({ params, type, result, call }: HostFunction, scope: HostScope): Import {
  const { host } = scope;
  const run = (
    a: bigint,
    b: bigint,
    c: bigint,
    d: bigint,
    e: bigint,
    f: bigint,
    g: bigint,
    h: bigint,
    i: bigint,
  ): bigint | number | void => {
    const { meter } = scope;
    meter?.enterHost();
    const value = call(host, a, b, c, d, e, f, g, h, i);
    meter?.leaveHost();
    return result === "i32" ? Number(value) : value;
  };
  if (type === "i32") return narrowImport(run);
  // A function for each number of parameters: rest parameters would be an array a call.
  const n = NONE;
  switch (params) {
    case 0:
      return () => run(n, n, n, n, n, n, n, n, n);
    case 1:
      return (a: bigint) => run(u64(a), n, n, n, n, n, n, n, n);
    case 2:
      return (a: bigint, b: bigint) => run(u64(a), u64(b), n, n, n, n, n, n, n);
    case 3:
      return (a: bigint, b: bigint, c: bigint) => run(u64(a), u64(b), u64(c), n, n, n, n, n, n);
    case 4:
      return (a: bigint, b: bigint, c: bigint, d: bigint) =>
        run(u64(a), u64(b), u64(c), u64(d), n, n, n, n, n);
    case 5:
      return (a: bigint, b: bigint, c: bigint, d: bigint, e: bigint) =>
        run(u64(a), u64(b), u64(c), u64(d), u64(e), n, n, n, n);
    default:
      return longImport(run);
  }
}

type Run = (
  ...args: [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
) => unknown;

/** For six parameters and more; those that a function does not have come as nothing. */
function longImport(run: Run): Import {
  return (
    a: bigint,
    b: bigint,
    c: bigint,
    d: bigint,
    e: bigint,
    f: bigint,
    g: bigint = NONE,
    h: bigint = NONE,
    i: bigint = NONE,
  ) => run(u64(a), u64(b), u64(c), u64(d), u64(e), u64(f), u64(g), u64(h), u64(i));
}

function narrowImport(run: Run): Import {
  const n = NONE;
  return (a: number, b: number = 0, c: number = 0, d: number = 0) =>
    run(u32(a), u32(b), u32(c), u32(d), n, n, n, n, n);
}

function u64(value: bigint): bigint {
  return value < NONE ? BigInt.asUintN(64, value) : value;
}

function u32(value: number): bigint {
  return BigInt(value >>> 0);
}
