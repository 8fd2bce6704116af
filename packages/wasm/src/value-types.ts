/**
 * Types of values, as the binary format numbers them.
 * @module
 */
import type { ValueType } from "./prepared-contract.ts";
import { invalid } from "./refuse.ts";

export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const FUNCREF = 0x70;
/** Of a block or function without a result. */
export const NO_RESULT = 0x40;
/** Of an operand in code that is never reached. */
export const ANY = 0;

/** Whether values may have this type. */
export function isValueType(type: number): boolean {
  return (type >= F64 && type <= I32) || type === FUNCREF;
}

/** Checks that values may have this type: no vectors, no references to what is not a function. */
export function checkValueType(type: number): number {
  return isValueType(type) ? type : invalid(`expected a value type, got 0x${type.toString(16)}`);
}

/** The bytes that nearcore counts for a value on the stack; 0 for no value. */
export function sizeOfType(type: number): number {
  switch (type) {
    case I32:
    case F32:
      return 4;
    case I64:
    case F64:
    case FUNCREF:
      return 8;
    default:
      return 0;
  }
}

/** The type's name in the text format. */
export function nameOfType(type: number): ValueType {
  switch (type) {
    case I32:
      return "i32";
    case I64:
      return "i64";
    case F32:
      return "f32";
    case F64:
      return "f64";
    default:
      return "funcref";
  }
}
