/**
 * The two numbers of the protocol's configuration that a client needs. Read by hand: the whole
 * configuration, typed, would weigh more than all the rest of a sender.
 * @module
 */
import { NearError } from "@yoctonear/base";
import type { CallOptions, Transport } from "@yoctonear/rpc";
import { field } from "./record.ts";

/** Numbers of the protocol's configuration, by their path in `EXPERIMENTAL_protocol_config`. */
export type ProtocolNumber =
  | "transaction_validity_period"
  | "runtime_config.storage_amount_per_byte";

/**
 * Reads a number of the protocol's configuration at the final block.
 * @throws {NearError} `no_protocol_config` when the node's answer does not have it: guessed, it would
 *   show money that cannot be spent
 */
export async function protocolNumber(
  transport: Transport,
  name: ProtocolNumber,
  options?: CallOptions,
): Promise<bigint> {
  const request = { method: "EXPERIMENTAL_protocol_config", params: { finality: "final" } };
  const config = await transport(request, options);
  const value = name.split(".").reduce(field, config);
  if (/^\d+$/.test(String(value))) return BigInt(String(value));
  throw new NearError("no_protocol_config", `expected ${name} of the protocol, got none`);
}
