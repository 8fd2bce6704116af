import { loadContract } from "@yoctonear/contracts";
import { functionCall } from "yoctonear";
import { nft } from "yoctonear/standards";
import type { ExampleContext } from "./example.ts";
import { newAccount } from "./new-account.ts";

export const title = "Send a non-fungible token";

export async function run(context: ExampleContext): Promise<string> {
  const { root } = context;
  const contract = await newAccount(context, "art", "2 NEAR");
  const receiver = await newAccount(context, "receiver");
  const metadata = { spec: "nft-1.0.0", name: "Example art", symbol: "ART" };
  await contract.deploy(await loadContract("non-fungible-token"), {
    init: functionCall("new", { owner_id: root.accountId, metadata }),
  });
  await root.call(
    contract.accountId,
    "nft_mint",
    { token_id: "dawn", token_owner_id: root.accountId, token_metadata: { title: "Dawn" } },
    { deposit: "0.01 NEAR" },
  );

  const art = nft(root, contract.accountId);
  await art.transfer(receiver.accountId, "dawn", { memo: "for you" });

  const token = await art.token("dawn");
  const count = await art.supplyForOwner(receiver.accountId);
  await receiver.deleteAccount({ beneficiaryId: root.accountId });
  await contract.deleteAccount({ beneficiaryId: root.accountId });
  return `${token?.token_id} is owned by ${token?.owner_id}, which has ${count} token`;
}
