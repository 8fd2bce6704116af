/**
 * What is known of the function being walked through.
 * @module
 */
import type { ByteReader } from "./byte-reader.ts";
import { GasPoints } from "./gas-points.ts";
import { IndirectCalls } from "./indirect-calls.ts";
import { MAX_LOCALS_PER_FUNCTION } from "./limits.ts";
import type { FunctionType, ModuleInfo } from "./module-info.ts";
import { NanSites } from "./nan-sites.ts";
import { OperandSizes } from "./operand-sizes.ts";
import { invalid } from "./refuse.ts";
import { TypeStack } from "./type-stack.ts";
import { sizeOfType } from "./value-types.ts";

/** Bytes that nearcore counts for entering any function. */
const BARE_FRAME = 64;

/** The function at hand; the same object serves one function after another. */
export class FunctionState {
  readonly reader: ByteReader;
  readonly module: ModuleInfo;
  readonly nans: NanSites = new NanSites();
  readonly types: TypeStack = new TypeStack(this.nans);
  readonly sizes: OperandSizes = new OperandSizes();
  readonly points: GasPoints = new GasPoints();
  readonly indirectCalls: IndirectCalls = new IndirectCalls();

  /** Parameters and locals. */
  localCount = 0;
  readonly locals: Uint8Array = new Uint8Array(MAX_LOCALS_PER_FUNCTION);
  /** Bytes of the parameters and locals as nearcore counts them. */
  frameSize = 0;
  /** `block`, `loop` and `if` instructions. */
  blocks = 0;

  /** Whether a function is called that may look how much stack is left. */
  callsFunctions = false;
  /** Whether an instruction pays by its count. */
  hasAggregates = false;

  constructor(reader: ByteReader, module: ModuleInfo) {
    this.reader = reader;
    this.module = module;
  }

  /** Begins a function. */
  reset(type: FunctionType, bodySize: number): void {
    this.types.reset(bodySize, type.result);
    this.sizes.reset(bodySize);
    this.points.reset(bodySize);
    this.nans.reset(bodySize);
    this.indirectCalls.reset(bodySize);
    this.locals.set(type.params);
    this.localCount = type.params.length;
    this.frameSize = BARE_FRAME + type.paramsSize;
    this.blocks = 0;
    this.callsFunctions = false;
    this.hasAggregates = false;
  }

  /** Declares locals of one type. */
  addLocals(count: number, type: number): void {
    const first = this.localCount;
    this.localCount += count;
    if (this.localCount > MAX_LOCALS_PER_FUNCTION) {
      invalid(`expected at most ${MAX_LOCALS_PER_FUNCTION} locals, got ${this.localCount}`);
    }
    this.locals.fill(type, first, this.localCount);
    this.frameSize += count * sizeOfType(type);
  }

  /** The type of a local. */
  localAt(index: number): number {
    if (index >= this.localCount) {
      invalid(`expected a local below ${this.localCount}, got ${index}`);
    }
    return this.locals[index] ?? 0;
  }
}
