/**
 * Errors of host functions (nearcore `HostError`, runtime/near-vm-runner/src/logic/errors.rs): thrown inside a
 * call, never beyond it.
 * @module
 */

/** A field of a host error. */
export type HostErrorField = string | bigint;

/** A host error as data: nearcore's name, and its fields under nearcore's names, in nearcore's order. */
export interface HostError {
  readonly name: string;
  readonly fields: { readonly [name: string]: HostErrorField };
}

/** Ends a call: it passes through the contract's frames, which cannot catch it. */
export class HostFailure extends Error {
  readonly error: HostError;

  constructor(name: string, fields: { readonly [name: string]: HostErrorField } = {}) {
    super(name);
    this.error = { name, fields };
  }
}
