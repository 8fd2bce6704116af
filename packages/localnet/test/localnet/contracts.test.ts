// Compiles WebAssembly at run time, which workerd forbids.
import { connect, type SigningAccount } from "@yoctonear/account";
import { loadContract } from "@yoctonear/contracts";
import { createLocalnet, type Localnet } from "@yoctonear/localnet";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite("createLocalnet: contracts");

const TOKEN = "ft.near";
const ACCOUNTS = { [TOKEN]: "100 NEAR", "alice.near": "100 NEAR", "bob.near": "10 NEAR" } as const;
const METADATA = { spec: "ft-1.0.0", name: "Token", symbol: "TKN", decimals: 6 };

const code = await loadContract("fungible-token");

function accountOf(chain: Localnet, accountId: string): SigningAccount {
  return connect(chain).account(accountId, chain.signer(accountId));
}

/** A chain with a token, of which alice.near has all. */
async function chainWithToken(): Promise<Localnet> {
  const chain = await createLocalnet({ accounts: ACCOUNTS });
  const token = accountOf(chain, TOKEN);
  await token.deploy(code);
  await token.call(TOKEN, "new", { owner_id: TOKEN, total_supply: "1000", metadata: METADATA });
  for (const accountId of ["alice.near", "bob.near"]) {
    await token.call(TOKEN, "storage_deposit", { account_id: accountId }, { deposit: "1 NEAR" });
  }
  await send(token, "alice.near", "1000");
  return chain;
}

function send(account: SigningAccount, receiverId: string, amount: string): Promise<unknown> {
  const args = { receiver_id: receiverId, amount };
  return account.call(TOKEN, "ft_transfer", args, { deposit: 1n });
}

function balance(chain: Localnet, accountId: string): Promise<unknown> {
  return connect(chain).view(TOKEN, "ft_balance_of", { account_id: accountId });
}

test("the same calls give the same block, to the byte", async () => {
  const [one, other] = await Promise.all([chainWithToken(), chainWithToken()]);
  assert.ok(one !== undefined && other !== undefined);
  assert.equal(one.snapshot(), other.snapshot());
  await send(accountOf(one, "alice.near"), "bob.near", "10");
  assert.not.equal(one.snapshot().hash, other.snapshot().hash);
  await send(accountOf(other, "alice.near"), "bob.near", "10");
  assert.equal(one.snapshot(), other.snapshot());
});

test("a snapshot holds what contracts have stored", async () => {
  const chain = await chainWithToken();
  const before = chain.snapshot();
  await send(accountOf(chain, "alice.near"), "bob.near", "10");
  assert.is(await balance(chain, "bob.near"), "10");
  await chain.restore(before);
  assert.is(await balance(chain, "bob.near"), "0");
});

test.run();
