/**
 * A view call that failed: `query` answers it as a result, the typed method as an error.
 * @module
 */
import type { Json } from "../runtime/json.ts";

/** Thrown by a view call; it never leaves the package. */
export class ViewCallFailure extends Error {
  override readonly name = "ViewCallFailure";
  /** nearcore's `FunctionCallError` as JSON. */
  readonly vmError: Json;
  /** The same as Rust's debug text, as `query` puts it. */
  readonly text: string;
  /** The same as Rust's debug text, as the typed method puts it: account ids with their type. */
  readonly typedText: string;

  constructor(vmError: Json, text: string, typedText: string) {
    super(text);
    this.vmError = vmError;
    this.text = text;
    this.typedText = typedText;
  }
}
