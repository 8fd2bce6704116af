/** The smallest of contracts. */
import { reply } from "./near/json-writer";

export function hello(): void {
  reply('"Hello"');
}
