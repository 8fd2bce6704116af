/**
 * Who validates, and when not.
 * @module
 */
import { ask } from "../ask.ts";
import { amount, anything, each, fields, integer, text } from "../check.ts";
import {
  integersOfRangeOfUint64,
  integersOfRpcValidatorResponse,
  integersOfValidatorStakeView,
} from "../generated/integers.ts";
import type {
  RangeOfUint64,
  RpcValidatorResponse,
  ValidatorStakeView,
} from "../generated/types.ts";
import type { CallOptions, Transport } from "../transport.ts";
import { toWire } from "../wire.ts";
import type { AccountParams } from "./account.ts";

/** Whose validators: of the epoch by its id or by a block that starts or ends it, of the present one unless told. */
export type ValidatorsParams =
  | { readonly epochId: string; readonly blockId?: undefined }
  | { readonly blockId: number | bigint | string; readonly epochId?: undefined }
  | { readonly epochId?: undefined; readonly blockId?: undefined };

/** At which block, by height or hash: at the newest unless told. */
export interface ValidatorsOrderedParams {
  readonly blockId?: number | bigint | string | undefined;
}

/** Whose windows. */
export interface MaintenanceWindowsParams {
  /** Of a validator. */
  readonly accountId: AccountParams["accountId"];
}

/**
 * Reads the validators of an epoch, of the next one, and who was kicked out.
 * @throws {RpcError} `UNKNOWN_EPOCH`, `VALIDATOR_INFO_UNAVAILABLE`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { block, validators } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet({ accounts: { "alice.near": "10 NEAR" } });
 * (await validators(transport)).current_validators[0]?.account_id; // "test.near"
 * const { header } = await block(transport);
 * (await validators(transport, { epochId: header.epoch_id })).epoch_height; // 1n
 * ```
 */
export function validators(
  transport: Transport,
  params: ValidatorsParams = {},
  options?: CallOptions,
): Promise<RpcValidatorResponse> {
  const named = params.epochId !== undefined || params.blockId !== undefined;
  const wire = named ? toWire(params) : [null];
  const check = fields({
    current_validators: each(anything),
    next_validators: each(anything),
    epoch_height: integer,
  });
  const reading = { integers: integersOfRpcValidatorResponse, check };
  return ask(transport, "validators", wire, reading, options);
}

/**
 * Reads the block producers of the epoch of a block, in the order in which their approvals stand in a header.
 * @throws {RpcError} `UNKNOWN_EPOCH`, `VALIDATOR_INFO_UNAVAILABLE`
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalValidatorsOrdered } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * (await experimentalValidatorsOrdered(transport)).map(({ account_id }) => account_id); // ["test.near"]
 * ```
 */
export function experimentalValidatorsOrdered(
  transport: Transport,
  params: ValidatorsOrderedParams = {},
  options?: CallOptions,
): Promise<readonly ValidatorStakeView[]> {
  const check = each(fields({ account_id: text, public_key: text, stake: amount }));
  const reading = { integers: integersOfValidatorStakeView, check };
  const wire = [params.blockId ?? null];
  return ask(transport, "EXPERIMENTAL_validators_ordered", wire, reading, options);
}

/**
 * Reads the heights of the present epoch, end excluded, at which a validator has nothing to produce.
 * @throws {RpcError} `METHOD_NOT_FOUND` by nodes before 2.13, see {@link experimentalMaintenanceWindows}
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { maintenanceWindows } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * await maintenanceWindows(transport, { accountId: "test.near" }); // []
 * ```
 */
export function maintenanceWindows(
  transport: Transport,
  params: MaintenanceWindowsParams,
  options?: CallOptions,
): Promise<readonly RangeOfUint64[]> {
  return askWindows(transport, "maintenance_windows", params, options);
}

/**
 * Reads when a validator has nothing to produce, as {@link maintenanceWindows} does, by the name that older nodes know too.
 * @example
 * ```ts
 * import { createLocalnet } from "@yoctonear/localnet";
 * import { experimentalMaintenanceWindows } from "@yoctonear/rpc";
 * const { transport } = await createLocalnet();
 * await experimentalMaintenanceWindows(transport, { accountId: "test.near" }); // []
 * ```
 */
export function experimentalMaintenanceWindows(
  transport: Transport,
  params: MaintenanceWindowsParams,
  options?: CallOptions,
): Promise<readonly RangeOfUint64[]> {
  return askWindows(transport, "EXPERIMENTAL_maintenance_windows", params, options);
}

function askWindows(
  transport: Transport,
  method: string,
  params: MaintenanceWindowsParams,
  options?: CallOptions,
): Promise<readonly RangeOfUint64[]> {
  const check = each(fields({ start: integer, end: integer }));
  const reading = { integers: integersOfRangeOfUint64, check };
  return ask(transport, method, toWire(params), reading, options);
}
