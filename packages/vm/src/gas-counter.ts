/**
 * The gas of one call: what is burnt, what is reserved for the receipts it makes, and the limits of both.
 * Source: nearcore runtime/near-vm-runner/src/logic/gas_counter.rs.
 *
 * Burnt gas is a `number`: its limit is below 2^53, and every host call adds to it several times. A sum beyond
 * that is not exact, but is over the limit all the same; then the exact sum is taken with `bigint`.
 * @module
 */
import type { ActionCostName } from "@yoctonear/transactions/cost";
import type { VmContext } from "./context.ts";
import type { ExtCostName, LaterExtCostName } from "./ext-costs.ts";
import {
  actionLine,
  type ActionLineName,
  emptyProfile,
  hostLine,
  instructionLine,
  profileCompute,
  profileEntries,
  type ProfileLine,
} from "./gas-profile.ts";
import { MAX_U64 } from "./host-arguments.ts";
import { HostFailure } from "./host-error.ts";
import type { ProfileEntry } from "./outcome.ts";
import type { VmConfig } from "./vm-config.ts";

/** The gas of one call. Every method that charges throws a {@link HostFailure} once there is not enough. */
export class GasCounter {
  readonly #fees: VmConfig["fees"];
  readonly #isView: boolean;
  readonly #prepaid: bigint;
  readonly #maxBurnt: bigint;
  readonly #profile: Float64Array = emptyProfile();
  readonly #instructions: ProfileLine = instructionLine();
  #burnt = 0;
  #promises = 0n;
  #limit: number;

  /**
   * @throws {RangeError} when more than 2^53 gas may be burnt
   */
  constructor(
    config: Pick<VmConfig, "fees" | "maxGasBurnt">,
    context: Pick<VmContext, "prepaidGas" | "isView">,
  ) {
    this.#fees = config.fees;
    this.#isView = context.isView;
    this.#prepaid = context.prepaidGas;
    // A view has no gas of its own: it runs until the node's limit, and that is the limit it exceeds.
    this.#maxBurnt = context.isView ? context.prepaidGas : config.maxGasBurnt;
    this.#limit = Number(smaller(this.#maxBurnt, this.#prepaid));
    if (!Number.isSafeInteger(this.#limit))
      throw new RangeError(`expected a limit of gas below 2^53, got ${this.#limit}`);
  }

  /** Burnt so far. */
  get burnt(): bigint {
    return BigInt(this.#burnt);
  }

  /** Burnt, and reserved for receipts. */
  get used(): bigint {
    return BigInt(this.#burnt) + this.#promises;
  }

  /** Prepaid and not yet used. */
  get remaining(): bigint {
    return this.#prepaid - this.used;
  }

  /** What the gas was burnt for. */
  get profile(): ProfileEntry[] {
    return profileEntries(this.#profile);
  }

  /** Compute of what was burnt. */
  get compute(): bigint {
    return profileCompute(this.#profile);
  }

  /** Burns a host cost once. */
  payBase(cost: ExtCostName | LaterExtCostName): void {
    const line = hostLine(cost);
    const sum = this.#burnt + line.gas;
    if (sum <= this.#limit) this.#burn(line, line.gas, sum);
    else this.#burnBeyond(line, BigInt(line.gas));
  }

  /** Burns a host cost for each of so many bytes or elements. */
  payPer(cost: ExtCostName | LaterExtCostName, count: bigint | number): void {
    const line = hostLine(cost);
    const gas = line.gas * Number(count);
    const sum = this.#burnt + gas;
    if (sum <= this.#limit) this.#burn(line, gas, sum);
    else this.#burnBeyond(line, BigInt(line.gas) * BigInt(count));
  }

  /** Burns gas of instructions. */
  payInstructions(gas: bigint): void {
    const amount = Number(gas);
    const sum = this.#burnt + amount;
    if (sum <= this.#limit) this.#burn(this.#instructions, amount, sum);
    else this.#burnBeyond(this.#instructions, gas);
  }

  /** Burns what sending an action costs, and reserves what running it will. */
  payAction(cost: ActionCostName, sir: boolean): void {
    this.payActionPer(cost, 1n, sir);
  }

  /** As `payAction`, for each of so many bytes or entries. */
  payActionPer(cost: ActionCostName, count: bigint, sir: boolean): void {
    const fee = this.#fees[cost];
    const burn = (sir ? fee.sendSir : fee.sendNotSir) * count;
    this.payFee(cost, burn, burn + fee.exec * count);
  }

  /** Burns gas and reserves some, in one step: `use` is both together. */
  payFee(cost: ActionLineName, burn: bigint, use: bigint): void {
    this.#deduct(burn, use, actionLine(cost));
  }

  /** Reserves the gas that a function call takes along. */
  prepay(gas: bigint): void {
    this.#deduct(0n, gas, null);
  }

  /** Gives gas that was left over to receipts: after the call, nothing can fail any more. */
  reserve(gas: bigint): void {
    this.#promises += gas;
  }

  #burn(line: ProfileLine, gas: number, sum: number): void {
    this.#burnt = sum;
    this.#profile[line.index] = (this.#profile[line.index] ?? 0) + gas;
  }

  #burnBeyond(line: ProfileLine, gas: bigint): never {
    const burnt = checked(BigInt(this.#burnt) + checked(gas));
    // The sum wraps as nearcore's does; it matters only where more is prepaid than may be burnt.
    return this.#exceed(line, burnt, BigInt.asUintN(64, burnt + this.#promises));
  }

  #deduct(burn: bigint, use: bigint, line: ProfileLine | null): void {
    const promises = checked(this.#promises + checked(use) - checked(burn));
    const burnt = checked(BigInt(this.#burnt) + burn);
    const used = checked(burnt + promises);
    if (burnt > this.#maxBurnt || used > this.#prepaid) this.#exceed(line, burnt, used);
    if (use > burn && !this.#isView)
      this.#limit = Number(smaller(this.#maxBurnt, this.#prepaid - promises));
    this.#promises = promises;
    if (line === null) return;
    this.#burn(line, Number(burn), Number(burnt));
  }

  /** Burns what is left, as far as the limits allow, and fails. */
  #exceed(line: ProfileLine | null, burnt: bigint, used: bigint): never {
    const reached = Number(smaller(burnt, smaller(this.#prepaid, this.#maxBurnt)));
    if (line !== null) this.#burn(line, reached - this.#burnt, reached);
    const promises = smaller(this.#prepaid, used) - BigInt(this.#burnt);
    this.#promises = promises > 0n ? promises : 0n;
    throw new HostFailure(burnt > this.#maxBurnt ? "GasLimitExceeded" : "GasExceeded");
  }
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Refuses what does not fit into 64 bits; nothing has changed then. */
function checked(gas: bigint): bigint {
  if (gas > MAX_U64) throw new HostFailure("IntegerOverflow");
  return gas;
}
