/**
 * Contracts whose methods are lists of calls of host functions, assembled by hand: nothing between the calls.
 * @module
 */
import { concatBytes, encodeUtf8 } from "@yoctonear/base";

/** An argument: a number, one that a call gives, or bytes of the contract's data, by length and pointer or by pointer alone. */
export type Argument =
  | bigint
  | string
  | Uint8Array
  | HostCall
  | { readonly at: string | Uint8Array };

/** A call of a host function: what it gives, if anything, is dropped. */
export interface HostCall {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly result: "none" | "i64";
}

const I64 = 0x7e;
const PAGES = 16;

/** Calls a host function that gives nothing. */
export function call(name: string, ...args: readonly Argument[]): HostCall {
  return { name, args, result: "none" };
}

/** Calls a host function that gives a number. */
export function ask(name: string, ...args: readonly Argument[]): HostCall {
  return { name, args, result: "i64" };
}

/** Assembles a contract of methods. */
export function buildContract(methods: Readonly<Record<string, readonly HostCall[]>>): Uint8Array {
  const data: Uint8Array[] = [];
  let end = 0;
  const place = (content: string | Uint8Array): bigint => {
    const bytes = typeof content === "string" ? encodeUtf8(content) : content;
    data.push(bytes);
    end += bytes.length;
    return BigInt(end - bytes.length);
  };
  const imports = new Map<string, number>();
  const types: Uint8Array[] = [Uint8Array.of(0x60, 0, 0)];
  const codeOf = ({ name, args, result }: HostCall): Uint8Array => {
    const pushed = args.flatMap((arg) => {
      if (typeof arg === "bigint") return [constant(arg)];
      // Arrays of bytes have an `at` of their own.
      if (typeof arg === "object" && !(arg instanceof Uint8Array)) {
        return ["name" in arg ? codeOf(arg) : constant(place(arg.at))];
      }
      const bytes = typeof arg === "string" ? encodeUtf8(arg) : arg;
      return [constant(BigInt(bytes.length)), constant(place(bytes))];
    });
    let index = imports.get(name);
    if (index === undefined) {
      index = imports.size;
      imports.set(name, index);
      types.push(
        concatBytes(
          Uint8Array.of(0x60),
          vector(pushed.map(() => Uint8Array.of(I64))),
          vector(result === "none" ? [] : [Uint8Array.of(I64)]),
        ),
      );
    }
    return concatBytes(...pushed, Uint8Array.of(0x10), leb(index));
  };
  const bodies = Object.values(methods).map((calls) => {
    const drop = Uint8Array.of(0x1a);
    const code = calls.flatMap((one) => [codeOf(one), ...(one.result === "none" ? [] : [drop])]);
    return concatBytes(Uint8Array.of(0), ...code, Uint8Array.of(0x0b));
  });
  const names = Object.keys(methods);
  const segment = [Uint8Array.of(0, 0x41, 0, 0x0b), leb(end), ...data];
  return concatBytes(
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(1, vector(types)),
    section(2, vector([...imports].map(([name, index]) => importOf(name, index + 1)))),
    section(3, vector(names.map(() => Uint8Array.of(0)))),
    section(5, Uint8Array.of(1, 0, PAGES)),
    section(7, vector(names.map((name, i) => exportOf(name, imports.size + i)))),
    section(10, vector(bodies.map((body) => concatBytes(leb(body.length), body)))),
    section(11, vector([concatBytes(...segment)])),
  );
}

function constant(value: bigint): Uint8Array {
  return concatBytes(Uint8Array.of(0x42), signed(value));
}

function importOf(name: string, type: number): Uint8Array {
  return concatBytes(text("env"), text(name), Uint8Array.of(0), leb(type));
}

function exportOf(name: string, index: number): Uint8Array {
  return concatBytes(text(name), Uint8Array.of(0), leb(index));
}

function section(id: number, body: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(id), leb(body.length), body);
}

function vector(items: readonly Uint8Array[]): Uint8Array {
  return concatBytes(leb(items.length), ...items);
}

function text(value: string): Uint8Array {
  return concatBytes(leb(value.length), encodeUtf8(value));
}

function leb(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function signed(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = BigInt.asIntN(64, value); ; rest >>= 7n) {
    const low = Number(BigInt.asUintN(7, rest));
    const isLast = rest >> 7n === (low >= 0x40 ? -1n : 0n);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast && rest === BigInt.asIntN(7, rest)) return Uint8Array.from(bytes);
  }
}
