import {
  type Codec,
  decode,
  encode,
  type Infer,
  map,
  option,
  set,
  string,
  struct,
  taggedEnum,
  u128,
  u64,
  u8,
  unitEnum,
  vec,
} from "@yoctonear/borsh";

/** `true` where each type takes the values of the other. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

const vote = struct({ proposal: u64, comment: option(string) });
const action = taggedEnum({ createAccount: [0, {}], transfer: [3, { deposit: u128 }] });
const mode = unitEnum({ monotonic: 0, strict: 1 });

type Vote = { readonly proposal: bigint; readonly comment: string | null };

export const proofs: readonly true[] = [
  true satisfies Same<Infer<typeof vote>, Vote>,
  true satisfies Same<Infer<typeof mode>, "monotonic" | "strict">,
  true satisfies Same<
    Infer<typeof action>,
    { readonly type: "createAccount" } | { readonly type: "transfer"; readonly deposit: bigint }
  >,
];

export const lists: Codec<readonly (readonly number[])[]> = vec(vec(u8));
export const keyed: Codec<ReadonlyMap<string, ReadonlySet<number>>> = map(string, set(u8));

export function depositOf(value: Infer<typeof action>): bigint {
  switch (value.type) {
    case "createAccount":
      return 0n;
    case "transfer":
      return value.deposit;
  }
}

export function refused(bytes: Uint8Array): void {
  // @ts-expect-error a field is missing
  encode(vote, { proposal: 1n });
  // @ts-expect-error a field is misspelt
  encode(vote, { proposal: 1n, coment: null });
  // @ts-expect-error u64 is a bigint
  encode(vote, { proposal: 1, comment: null });
  // @ts-expect-error none is null
  encode(vote, { proposal: 1n, comment: undefined });
  // @ts-expect-error no such variant
  encode(action, { type: "stake" });
  // @ts-expect-error a field of the variant is missing
  encode(action, { type: "transfer" });
  // @ts-expect-error no such name
  encode(mode, "loose");
  // @ts-expect-error what is read is readonly
  decode(vote, bytes).proposal = 2n;
}
