import { loadContract } from "@yoctonear/contracts";
import { formatNear, functionCall } from "yoctonear";
import { ft } from "yoctonear/standards";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Send a fungible token: exact amounts, the receiver registered on the way";

export async function run(context: ExampleContext): Promise<string> {
  const { root } = context;
  const contract = await newAccount(context, "token", "2 NEAR");
  const receiver = await newAccount(context, "receiver");
  const metadata = { spec: "ft-1.0.0", name: "Example", symbol: "EXMPL", decimals: 6 };
  await contract.deploy(await loadContract("fungible-token"), {
    init: functionCall("new", {
      owner_id: root.accountId,
      total_supply: "1000000000",
      metadata,
    }),
  });

  const token = ft(root, contract.accountId);
  const { registration } = await token.transfer(
    receiver.accountId,
    { tokens: "1.50" },
    { memo: "for lunch" },
  );
  const tooFine = await token
    .transfer(receiver.accountId, { tokens: "0.0000001" })
    .then(({ hash }) => hash, String);

  const { symbol } = await token.metadata();
  const received = await token.format(await token.balance(receiver.accountId));
  const left = await token.format(await token.balance());
  await receiver.deleteAccount({ beneficiaryId: root.accountId });
  await contract.deleteAccount({ beneficiaryId: root.accountId });
  return `${receiver.accountId} received ${received} ${symbol}, ${left} are left; registered for ${formatNear(registration)}\n${tooFine}`;
}
