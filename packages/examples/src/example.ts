/**
 * What every example is: a title, and a function that runs on any network.
 * @module
 */
import type { Near, SigningAccount } from "yoctonear";

/** Where an example runs. */
export interface ExampleContext {
  readonly near: Near;
  /** An account with some NEAR, which pays for everything. */
  readonly root: SigningAccount;
  /** Gives the id of a sub-account of the root that nobody has had. */
  freshId(name: string): string;
  /** Gives the id of an account directly under `near` or `testnet` that nobody has had. */
  freshNamedId(name: string): string;
}

/** One task of NEAR's API page. */
export interface Example {
  readonly title: string;
  /** Does it, cleans up after itself, and says what was seen. */
  run(context: ExampleContext): Promise<string>;
}
