/**
 * The guestbook as its tests see it.
 * @module
 */
import type { Near } from "yoctonear";
import { type Contract, contract } from "yoctonear/contract";

export const ID = "guestbook.near";

interface Message {
  readonly premium: boolean;
  readonly sender: string;
  readonly text: string;
}

interface Guestbook {
  readonly view: {
    get_messages(args: {
      readonly from_index?: string | number;
      readonly limit?: number | null;
    }): readonly Message[];
    total_messages(): number;
  };
  readonly call: { add_message(args: { readonly text: string }): void };
}

export function guestbookOf(near: Near): Contract<Guestbook> {
  return contract<Guestbook>(near, ID);
}
