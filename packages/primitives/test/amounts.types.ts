import { type GasInput, type NearInput, parseGas, parseNear } from "@yoctonear/primitives";

export const amounts: readonly NearInput[] = ["1.5 NEAR", "1 yoctoNEAR", 1n];
export const gas: readonly GasInput[] = ["30 Tgas", "1 Ggas", "5 gas", 1n];

export function refused(text: string): void {
  // @ts-expect-error P15: a bare number
  parseNear(1);
  // @ts-expect-error P15: bare text
  parseNear("1");
  // @ts-expect-error P15: text of which nothing is known
  parseNear(text);
  // @ts-expect-error another unit
  parseNear("1 Tgas");
  // @ts-expect-error a bare number
  parseGas(30);
  // @ts-expect-error another unit
  parseGas("30 NEAR");
}
