/**
 * The accounts that a chain starts with: their ids, balances, and keys that follow from the ids.
 * @module
 */
import { type KeyPair } from "@yoctonear/keys";
import { ed25519KeyPairFromSeed } from "@yoctonear/keys/ed25519";
import { assertAccountId, type NearInput, parseNear } from "@yoctonear/primitives";
import { type GenesisAccount, testKeySeed } from "./chain/default-genesis.ts";

/**
 * Makes the key pair of an account: always the same for the same id, so that every chain and every
 * test has it. Its secret is known to all: it is for tests only.
 * @param accountId - the account
 */
export function testKeyPair(accountId: string): KeyPair {
  return ed25519KeyPairFromSeed(testKeySeed(accountId));
}

/** Ids that every chain has, and that cannot be asked for again. */
const TAKEN: readonly string[] = ["test.near", "near", "system"];

/**
 * Reads the accounts that a chain is to start with.
 * @throws {ParseError} for an id or an amount that is none
 * @throws {RangeError} for an id that every chain has anyway
 */
export function readAccounts(
  accounts: Readonly<Record<string, NearInput>>,
): readonly GenesisAccount[] {
  return Object.entries(accounts).map(([accountId, balance]) => {
    assertAccountId(accountId);
    if (TAKEN.includes(accountId)) {
      throw new RangeError(`expected another account id than ${accountId}, which every chain has`);
    }
    const { publicKey } = testKeyPair(accountId);
    return { accountId, publicKey, balance: parseNear(balance) };
  });
}
