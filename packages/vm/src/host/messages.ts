/**
 * Host functions by which a contract says something: its result, logs, panics.
 * @module
 */
import { encodeUtf8 } from "@yoctonear/base";
import type { Host, HostFunctions } from "../host.ts";
import { decodeStrictUtf8, MAX_U64, readBytes, readMemory } from "../host-arguments.ts";
import { HostFailure } from "../host-error.ts";
import { decodeStrictUtf16, lengthBeforeNul } from "./utf16.ts";

/** AssemblyScript keeps the length of a string in this many bytes before it. */
const LENGTH_BYTES = 4n;

/** Results, logs, panics; and `gas`, of contracts that count their instructions themselves. */
export const MESSAGE_FUNCTIONS: HostFunctions = {
  value_return: { params: 2, type: "i64", result: null, call: valueReturn },
  panic: { params: 0, type: "i64", result: null, call: panic },
  panic_utf8: { params: 2, type: "i64", result: null, call: panicUtf8 },
  log_utf8: { params: 2, type: "i64", result: null, call: logUtf8 },
  log_utf16: { params: 2, type: "i64", result: null, call: logUtf16 },
  abort: { params: 4, type: "i32", result: null, call: abort },
  gas: { params: 1, type: "i32", result: null, call: payGas },
  sandbox_debug_log: { params: 2, type: "i64", result: null, call: sandboxDebugLog },
};

function valueReturn(host: Host, len: bigint, ptr: bigint): void {
  const { gas, context, config } = host;
  gas.payBase("base");
  const value = readBytes(host, len, ptr);
  const limit = config.limits.maxLengthReturnedData;
  if (value.length > limit) {
    throw new HostFailure("ReturnedValueLengthExceeded", {
      length: BigInt(value.length),
      limit: BigInt(limit),
    });
  }
  const fee = config.fees.newDataReceiptByte;
  let burn = 0n;
  for (const receiver of context.outputDataReceivers) {
    const send = receiver === context.currentAccountId ? fee.sendSir : fee.sendNotSir;
    burn += BigInt(value.length) * (send + fee.exec);
  }
  gas.payFee("newDataReceiptByte", burn, burn);
  host.returned = { type: "value", value };
}

function panic(host: Host): void {
  host.gas.payBase("base");
  throw new HostFailure("GuestPanic", { panic_msg: "explicit guest panic" });
}

function panicUtf8(host: Host, len: bigint, ptr: bigint): void {
  host.gas.payBase("base");
  throw new HostFailure("GuestPanic", { panic_msg: readUtf8(host, len, ptr) });
}

function logUtf8(host: Host, len: bigint, ptr: bigint): void {
  host.gas.payBase("base");
  host.logs.checkNumber();
  log(host, readUtf8(host, len, ptr), "");
}

function logUtf16(host: Host, len: bigint, ptr: bigint): void {
  host.gas.payBase("base");
  host.logs.checkNumber();
  log(host, readUtf16(host, len, ptr), "");
}

function abort(
  host: Host,
  messagePtr: bigint,
  filePtr: bigint,
  line: bigint,
  column: bigint,
): void {
  host.gas.payBase("base");
  if (messagePtr < LENGTH_BYTES || filePtr < LENGTH_BYTES) throw new HostFailure("BadUTF16");
  host.logs.checkNumber();
  const messageLen = readU32(host, messagePtr - LENGTH_BYTES);
  const fileLen = readU32(host, filePtr - LENGTH_BYTES);
  const text = readUtf16(host, messageLen, messagePtr);
  const file = readUtf16(host, fileLen, filePtr);
  const message = `${text}, filename: "${file}" line: ${line} col: ${column}`;
  log(host, message, "ABORT: ");
  throw new HostFailure("GuestPanic", { panic_msg: message });
}

function payGas({ gas, config }: Host, opcodes: bigint): void {
  gas.payInstructions(opcodes * BigInt(config.regularOpCost));
}

/** Only a sandbox has it. There it prints, for free. */
function sandboxDebugLog(host: Host, len: bigint, ptr: bigint): void {
  if (decodeStrictUtf8(host.memory.read(ptr, len)) === null) throw new HostFailure("BadUTF8");
}

/** The price does not count the prefix, the limit does. */
function log({ gas, logs }: Host, message: string, prefix: string): void {
  const { length } = encodeUtf8(message);
  gas.payBase("logBase");
  gas.payPer("logByte", length);
  logs.push(prefix + message, prefix.length + length);
}

function readU32(host: Host, ptr: bigint): bigint {
  const bytes = readMemory(host, ptr, 4n);
  return BigInt(new DataView(bytes.buffer).getUint32(0, true));
}

function readUtf8(host: Host, len: bigint, ptr: bigint): string {
  host.gas.payBase("utf8DecodingBase");
  const bytes = len === MAX_U64 ? readUntilNul(host, ptr) : readLogged(host, len, ptr);
  host.gas.payPer("utf8DecodingByte", bytes.length);
  const text = decodeStrictUtf8(bytes);
  if (text === null) throw new HostFailure("BadUTF8");
  return text;
}

function readLogged(host: Host, len: bigint, ptr: bigint): Uint8Array {
  if (len > host.logs.budget) host.logs.exceed(len);
  return readMemory(host, ptr, len);
}

/** Byte by byte: each is charged as a read of its own. */
function readUntilNul(host: Host, ptr: bigint): Uint8Array {
  const { budget } = host.logs;
  const bytes: number[] = [];
  for (;;) {
    const [byte = 0] = readMemory(host, ptr + BigInt(bytes.length), 1n);
    if (byte === 0) return new Uint8Array(bytes);
    if (bytes.length === budget) host.logs.exceed(BigInt(budget + 1));
    bytes.push(byte);
  }
}

function readUtf16(host: Host, len: bigint, ptr: bigint): string {
  host.gas.payBase("utf16DecodingBase");
  const bytes =
    len === MAX_U64
      ? host.memory.read(ptr, lengthBeforeNul(host, ptr))
      : readMemory(host, ptr, len);
  if (bytes.length % 2 !== 0) throw new HostFailure("BadUTF16");
  if (bytes.length > host.logs.budget) host.logs.exceed(BigInt(bytes.length));
  host.gas.payPer("utf16DecodingByte", bytes.length);
  const text = decodeStrictUtf16(bytes);
  if (text === null) throw new HostFailure("BadUTF16");
  return text;
}
