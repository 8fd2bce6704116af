/**
 * A fresh chain behind `node:http` on the loopback interface, for clients that know only a URL.
 * @module
 */
import { serve } from "@yoctonear/examples";
import { createLocalnet, type Localnet, type LocalnetOptions } from "@yoctonear/localnet";

export { failure } from "./failure.ts";
export {
  ACTION_KINDS,
  createTable,
  executed,
  type Feature,
  type FeatureTable,
  kindsIn,
  reached,
} from "./feature-table.ts";
export { sandboxCommand, type SandboxProcess, startSandboxProcess } from "./sandbox-command.ts";

/** A secret key as the clients' types want it. */
export type Secret = `ed25519:${string}`;

/** A chain that is served. */
export interface Node {
  readonly chain: Localnet;
  readonly url: string;
  /** Makes an account of this id with 10 NEAR, and gives its secret key. */
  account(accountId: string): Promise<Secret>;
  close(): Promise<void>;
}

/** Serves a fresh chain on a free port. */
export async function openNode(options: LocalnetOptions = {}): Promise<Node> {
  const chain = await createLocalnet(options);
  const { url, close } = await serve(chain.fetch);
  return {
    chain,
    url,
    account: async (accountId) => {
      await chain.createAccount(accountId, { balance: "10 NEAR" });
      return `ed25519:${chain.signer(accountId).revealSecretKey().slice("ed25519:".length)}`;
    },
    close,
  };
}
