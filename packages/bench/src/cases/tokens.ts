/**
 * Transfers of a fungible token through the whole client, each one a call of the contract.
 * @module
 */
import { loadContract } from "@yoctonear/contracts";
import { createLocalnet } from "@yoctonear/localnet";
import { connect, deployContract, functionCall, type SigningAccount } from "yoctonear";
import { webCryptoSigner } from "yoctonear/webcrypto";
import { median } from "../measure.ts";
import { accountName, accountsOf } from "./accounts.ts";
import type { Figure, Group } from "./figure.ts";

const ROUNDS = 5;
const COUNT = 1_000;
const TOKEN = accountName(0);
const METADATA = { spec: "ft-1.0.0", name: "Token", symbol: "TKN", decimals: 6 };

/** The figures. */
export const tokens: Group = {
  title: "tokens",
  measure: async () => [await throughput(50, 800), await throughput(1)],
};

async function throughput(senders: number, target?: number): Promise<Figure> {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const chain = await createLocalnet({ accounts: accountsOf(senders + 2) });
    const near = connect(chain);
    const signers = await Promise.all(
      Array.from({ length: senders + 2 }, async (_, index) => {
        const id = accountName(index);
        return near.account(id, await webCryptoSigner(chain.signer(id).revealSecretKey()));
      }),
    );
    const [owner, receiver, ...accounts] = signers;
    if (owner === undefined || receiver === undefined) throw new RangeError("expected accounts");
    await distribute(owner, [receiver, ...accounts]);
    const begin = performance.now();
    await Promise.all(
      accounts.map((account) => sendMany(account, receiver.accountId, COUNT / senders)),
    );
    const seconds = (performance.now() - begin) / 1e3;
    chain.stop();
    // The first round only warms up.
    if (round > 0) rates.push(COUNT / seconds);
  }
  const title =
    senders === 1
      ? "token transfers, one at a time"
      : `token transfers, ${senders} accounts at once`;
  return { title, value: median(rates), unit: "/s", ...(target !== undefined && { target }) };
}

/** Deploys the token, registers the accounts and gives each a share. */
async function distribute(
  owner: SigningAccount,
  accounts: readonly SigningAccount[],
): Promise<void> {
  const metadata = METADATA;
  await owner.send(TOKEN, [
    deployContract(await loadContract("fungible-token")),
    functionCall("new", { owner_id: TOKEN, total_supply: "1000000000", metadata }),
  ]);
  await Promise.all(
    accounts.map(async ({ accountId }) => {
      await owner.call(
        TOKEN,
        "storage_deposit",
        { account_id: accountId },
        { deposit: "0.1 NEAR" },
      );
      await owner.call(
        TOKEN,
        "ft_transfer",
        { receiver_id: accountId, amount: "10000" },
        { deposit: 1n },
      );
    }),
  );
}

async function sendMany(account: SigningAccount, receiverId: string, count: number): Promise<void> {
  const args = { receiver_id: receiverId, amount: "1" };
  for (let sent = 0; sent < count; sent++) {
    await account.call(TOKEN, "ft_transfer", args, { deposit: 1n, gas: "10 Tgas" });
  }
}
