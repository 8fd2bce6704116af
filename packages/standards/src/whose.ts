/**
 * Of which account something is asked.
 * @module
 */
import { assertAccountId } from "@yoctonear/primitives";

/**
 * The first argument, or one's own id where there are no arguments: counted, not compared, since an undefined id is a mistake
 * and not a wish for one's own.
 */
export function whose(args: readonly unknown[], own: string | undefined): string {
  const accountId = args.length === 0 ? own : args[0];
  assertAccountId(accountId);
  return accountId;
}
