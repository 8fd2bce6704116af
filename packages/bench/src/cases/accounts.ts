/**
 * Accounts to start a chain with.
 * @module
 */

/** Gives so many accounts with balances that outlast any run. */
export function accountsOf(count: number): Record<string, "1000000 NEAR"> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [accountName(index), "1000000 NEAR"]),
  );
}

/** Name of one of them. */
export function accountName(index: number): string {
  return `account-${index}.near`;
}
