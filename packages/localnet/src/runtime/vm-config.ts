/**
 * Numbers by which contracts run, by protocol version.
 * @module
 */
import { VM_CONFIG, type VmConfig } from "@yoctonear/vm";
import { isSince87 } from "./protocol-version.ts";

/** Returns the numbers of a protocol version. ML-DSA-65, which contracts verify since 87, is imported for those alone. */
export async function createVmConfig(protocolVersion: number): Promise<VmConfig> {
  if (!isSince87(protocolVersion)) return { ...VM_CONFIG, protocolVersion };
  const { verifyMlDsa65 } = await import("@yoctonear/ml-dsa");
  return { ...VM_CONFIG, protocolVersion, verifyMlDsa: verifyMlDsa65 };
}
