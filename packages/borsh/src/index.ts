/**
 * Borsh as NEAR uses it (https://borsh.io): codecs are values, their types are inferred, both ways
 * are strict. It holds no schema of NEAR itself.
 * @module
 */
export { type Codec, decode, encode, type Infer, lazy, mapped } from "./codec.ts";
export {
  array,
  bytes,
  type Compare,
  fixedBytes,
  map,
  mapBy,
  option,
  set,
  string,
  vec,
} from "./collections.ts";
export { Reader, Writer } from "./cursor.ts";
export { BorshError, type BorshErrorCode } from "./errors.ts";
export { bool, f32, f64, i128, i16, i32, i64, i8, u128, u16, u32, u64, u8 } from "./numbers.ts";
export {
  type EnumValue,
  type Fields,
  struct,
  type StructValue,
  taggedEnum,
  unitEnum,
  type Variants,
} from "./structs.ts";
