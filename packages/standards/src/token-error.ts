/**
 * What keeps the functions of this package from going on.
 * @module
 */
import { NearError } from "@yoctonear/base";

/**
 * Why it does not go on; nothing was sent:
 * - `unexpected_answer`: the contract answered something else than its standard says
 * - `registration_too_expensive`: the contract asks more for a registration than the caller pays
 * - `decimals_differ`: the contract has other decimals than the caller counted on
 */
export type TokenErrorCode = "decimals_differ" | "registration_too_expensive" | "unexpected_answer";

/**
 * The contract of a token says what cannot be acted upon. Nothing was sent.
 * @example
 * ```ts
 * import type { Transport } from "@yoctonear/rpc";
 * import { ftBalance, TokenError } from "@yoctonear/standards";
 * // A node on which every contract answers -1
 * const result = [...new TextEncoder().encode('"-1"')];
 * const transport: Transport = async () => ({ result, logs: [], block_height: 1, block_hash: "1" });
 * const error = await ftBalance({ transport }, "usdt.near", "bob.near").catch((e) => e);
 * error instanceof TokenError && error.code; // "unexpected_answer"
 * ```
 */
export class TokenError extends NearError<TokenErrorCode> {
  override readonly name = "TokenError";
  /** Account of the contract. */
  readonly contractId: string;

  constructor(
    code: TokenErrorCode,
    contractId: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(code, `${contractId}: ${message}`, options);
    this.contractId = contractId;
  }
}
