/**
 * Gas of one call by what it was burnt for (nearcore `ProfileDataV3`): a line for each cost.
 * @module
 */
import { ACTION_FEES, type ActionCostName } from "@yoctonear/transactions/cost";
import {
  EXT_COSTS,
  type ExtCost,
  type ExtCostName,
  LATER_EXT_COSTS,
  type LaterExtCostName,
} from "./ext-costs.ts";
import type { ProfileEntry } from "./outcome.ts";

/** Place of a cost in a profile. */
export interface ProfileLine extends ExtCost {
  readonly index: number;
  readonly category: ProfileEntry["category"];
  readonly cost: string;
}

interface LineTable {
  readonly lines: readonly ProfileLine[];
  readonly host: ReadonlyMap<string, ProfileLine>;
  readonly actions: ReadonlyMap<string, ProfileLine>;
}

/** Name of an action's cost in a profile. */
export type ActionLineName = ActionCostName | LaterActionCostName;

type LaterActionCostName =
  | "universalStateInitBase"
  | "universalStateInitByte"
  | "universalStateInitEntry";

/** Costs that protocol 87 adds: they have the figures of the deterministic state init. */
const LATER_ACTION_COSTS: readonly LaterActionCostName[] = [
  "universalStateInitBase",
  "universalStateInitByte",
  "universalStateInitEntry",
];

/** Name of the instructions' line among the host costs. */
const INSTRUCTIONS = "wasmInstruction";

// Lines stand in the order in which an outcome shows them, so that nothing is sorted per call.
const TABLE: LineTable = /* @__PURE__ */ (() => {
  const free = { gas: 1, compute: 1 };
  const named = [
    ...[...Object.keys(ACTION_FEES), ...LATER_ACTION_COSTS].map((name) => ({
      name,
      category: "ACTION_COST" as const,
      ...free,
    })),
    { name: INSTRUCTIONS, category: "WASM_HOST_COST" as const, ...free },
    ...Object.entries<ExtCost>({ ...EXT_COSTS, ...LATER_EXT_COSTS }).map(([name, cost]) => ({
      name,
      category: "WASM_HOST_COST" as const,
      ...cost,
    })),
  ]
    .map((line) => ({ ...line, cost: upperSnakeCase(line.name) }))
    .sort((a, b) => (a.category + a.cost < b.category + b.cost ? -1 : 1))
    .map((line, index) => ({ ...line, index }));
  const of = (category: ProfileEntry["category"]): ReadonlyMap<string, ProfileLine> =>
    new Map(named.filter((line) => line.category === category).map((line) => [line.name, line]));
  return { lines: named, host: of("WASM_HOST_COST"), actions: of("ACTION_COST") };
})();

/** Line of a host cost. */
export function hostLine(cost: ExtCostName | LaterExtCostName): ProfileLine {
  return found(TABLE.host.get(cost));
}

/** Line of an action's cost. */
export function actionLine(cost: ActionLineName): ProfileLine {
  return found(TABLE.actions.get(cost));
}

/** Line of the contract's own instructions. */
export function instructionLine(): ProfileLine {
  return found(TABLE.host.get(INSTRUCTIONS));
}

/** A profile in which nothing is burnt: gas by the index of its line. */
export function emptyProfile(): Float64Array {
  return new Float64Array(TABLE.lines.length);
}

/** What an outcome shows of a profile. */
export function profileEntries(profile: Float64Array): ProfileEntry[] {
  const entries: ProfileEntry[] = [];
  for (const { index, category, cost } of TABLE.lines) {
    const gas = profile[index] ?? 0;
    if (gas !== 0) entries.push({ category, cost, gas: BigInt(gas) });
  }
  return entries;
}

/** Compute of a profile: nearcore derives it from the gas of each line, instructions and actions one to one. */
export function profileCompute(profile: Float64Array): bigint {
  let equal = 0;
  let more = 0n;
  for (const { index, gas, compute } of TABLE.lines) {
    const burnt = profile[index] ?? 0;
    if (burnt === 0) continue;
    if (gas === compute) equal += burnt;
    else more += (BigInt(burnt) * BigInt(compute)) / BigInt(gas);
  }
  return BigInt(equal) + more;
}

function found(line: ProfileLine | undefined): ProfileLine {
  if (line === undefined) throw new RangeError("expected the name of a cost");
  return line;
}

function upperSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
