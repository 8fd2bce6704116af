/**
 * Runs contracts for calls and for views.
 * @module
 */
import { isNearError } from "@yoctonear/base";
import { type RunRequest, runContract, type VmOutcome } from "@yoctonear/vm";

/**
 * Runs a contract. Where this JavaScript runtime compiles none the call fails and says so: were it thrown,
 * the transaction would keep the chain from every further block.
 */
export function runContractHere(request: RunRequest): VmOutcome {
  try {
    return runContract(request);
  } catch (error) {
    if (!isNearError(error, "wasm_forbidden")) throw error;
    return { ...NOTHING, error: { type: "compileError", message: error.message } };
  }
}

const NOTHING: VmOutcome = {
  error: null,
  gasBurnt: 0n,
  gasUsed: 0n,
  compute: 0n,
  logs: [],
  profile: [],
  balance: 0n,
  storageUsage: 0n,
  subsidized: 0n,
  returned: { type: "none" },
  receipts: [],
  resumes: [],
};
