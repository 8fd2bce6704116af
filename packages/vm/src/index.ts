/**
 * The contract VM of NEAR: runs the code of a contract and tells what came of it, gas for gas.
 * @module
 */
export type { VmContext } from "./context.ts";
