/**
 * The context of nearcore's own tests of its VM.
 * @module
 */
import type { VmContext } from "@yoctonear/vm";

/** alice.near is called by carol.near, in a transaction of bob.near. */
export function testContext(changes: Partial<VmContext> = {}): VmContext {
  return {
    currentAccountId: "alice.near",
    signerAccountId: "bob.near",
    signerPublicKey: Uint8Array.of(0, ...new Uint8Array(32).fill(7)),
    predecessorAccountId: "carol.near",
    refundToAccountId: "david.near",
    chainId: "mocknet",
    input: new Uint8Array(),
    promiseResults: [],
    blockHeight: 10n,
    blockTimestamp: 42n,
    epochHeight: 1n,
    accountBalance: 2n,
    accountLockedBalance: 1n,
    storageUsage: 12n,
    contract: { type: "none" },
    attachedDeposit: 2n,
    prepaidGas: 100_000_000_000_000n,
    randomSeed: Uint8Array.of(0, 1, 2),
    isView: false,
    outputDataReceivers: [],
    ...changes,
  };
}
