/**
 * ML-DSA-65 keys of NEAR (NEP-645, since protocol version 85): post-quantum signatures of FIPS 204, on
 * `@noble/post-quantum`, which only those pay for who import this package. Keys of seed phrases are
 * `@yoctonear/ml-dsa/seed-phrase`.
 *
 * No secret is ever in an error, in text, in JSON or in an inspector. What JavaScript cannot promise: memory that
 * is wiped, and running times that never depend on a secret.
 * @module
 */
export { mlDsa65Handle } from "./key-handle.ts";
export {
  mlDsa65KeyPair,
  type MlDsa65KeyPair,
  mlDsa65KeyPairFromSeed,
  type MlDsa65Options,
  randomMlDsa65KeyPair,
} from "./key-pair.ts";
export { mlDsa65, verifyMlDsa65 } from "./scheme.ts";
