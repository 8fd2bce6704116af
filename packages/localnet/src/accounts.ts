/**
 * The accounts that a chain starts with.
 * @module
 */
import { assertAccountId, type NearInput, parseNear } from "@yoctonear/primitives";
import type { GenesisAccount } from "./chain/default-genesis.ts";
import { DEFAULT_KEYS, testPublicKey } from "./test-keys.ts";

/**
 * Reads the accounts that a chain is to start with.
 * @throws {ParseError} for an id or an amount that is none
 * @throws {RangeError} for an id that every chain has anyway
 */
export function readAccounts(
  accounts: Readonly<Record<string, NearInput>>,
): Promise<readonly GenesisAccount[]> {
  return Promise.all(
    Object.entries(accounts).map(async ([accountId, balance]) => {
      assertAccountId(accountId);
      if (Object.hasOwn(DEFAULT_KEYS, accountId) || accountId === "system") {
        throw new RangeError(
          `expected another account id than ${accountId}, which every chain has`,
        );
      }
      const amount = parseNear(balance);
      return { accountId, publicKey: await testPublicKey(accountId), balance: amount };
    }),
  );
}
