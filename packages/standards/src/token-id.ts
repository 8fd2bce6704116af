/**
 * Ids of non-fungible tokens.
 * @module
 */
import { showValue } from "@yoctonear/base";

/** Refuses what is no text: the contract would not know the token by a number. */
export function assertTokenId(tokenId: unknown): asserts tokenId is string {
  if (typeof tokenId === "string" && tokenId !== "") return;
  throw new TypeError(`expected the id of a token as text, got ${showValue(tokenId)}`);
}
