/**
 * From a password to a key: scrypt or argon2id, with costs that the file names, within bounds.
 * @module
 */
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { encodeUtf8 } from "@yoctonear/base";

/** How hard each try of a password is. */
export type KeyDerivation =
  | {
      readonly name: "scrypt";
      /** Cost, a power of two from 2^14 to 2^20; memory is 128 · n · r bytes, at most 1 GiB. */
      readonly n: number;
      /** Block size, 8 to 32. */
      readonly r: number;
      /** Parallelism, 1 to 16. */
      readonly p: number;
    }
  | {
      readonly name: "argon2id";
      /** Memory in KiB, 8,192 to 1,048,576. */
      readonly m: number;
      /** Passes, 1 to 16. */
      readonly t: number;
      /** Parallelism, 1 to 16. */
      readonly p: number;
    };

/** What OWASP's Password Storage Cheat Sheet asks of scrypt: 128 MiB for each try. */
export const DEFAULT_DERIVATION: KeyDerivation = { name: "scrypt", n: 131_072, r: 8, p: 1 };

const MAX_MEMORY = 2 ** 30;
/** In blocks of memory that are gone through: seconds to a minute, never hours. */
const MAX_WORK = 2 ** 25;

/**
 * Checks costs that a caller or a file names: too low protects nothing, too high ends the process that reads.
 * @returns the costs without anything else, or undefined
 */
export function parseDerivation(value: unknown): KeyDerivation | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const name: unknown = Reflect.get(value, "name");
  const cost = (key: string, from: number, to: number): number => {
    const found: unknown = Reflect.get(value, key);
    const isIn =
      typeof found === "number" && Number.isInteger(found) && found >= from && found <= to;
    return isIn ? found : 0;
  };
  const p = cost("p", 1, 16);
  if (name === "scrypt") {
    const n = cost("n", 2 ** 14, 2 ** 20);
    const r = cost("r", 8, 32);
    const isRight = p > 0 && r > 0 && n > 0 && Number.isInteger(Math.log2(n));
    if (!isRight || 128 * n * r > MAX_MEMORY || n * r * p > MAX_WORK) return undefined;
    return { name, n, r, p };
  }
  if (name !== "argon2id") return undefined;
  const m = cost("m", 8192, 2 ** 20);
  const t = cost("t", 1, 16);
  if (p === 0 || m === 0 || t === 0 || m * t > MAX_WORK) return undefined;
  return { name, m, t, p };
}

/** The 32 bytes that encrypt. The password is taken in one form (NFKC), however its letters were typed. */
export async function deriveKey(
  password: string,
  salt: Uint8Array,
  derivation: KeyDerivation,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = encodeUtf8(password.normalize("NFKC"));
  // The limit stands above; what noble's own adds is a little.
  const shared = { p: derivation.p, dkLen: 32, maxmem: 2 * MAX_MEMORY };
  const key =
    derivation.name === "scrypt"
      ? await scryptAsync(bytes, salt, { ...shared, N: derivation.n, r: derivation.r })
      : await argon2idAsync(bytes, salt, { ...shared, m: derivation.m, t: derivation.t });
  bytes.fill(0);
  return new Uint8Array(key);
}
