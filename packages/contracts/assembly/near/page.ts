/** Pages of a list, as the standards ask for them: `{ from_index?, limit? }`. */
import { JsonValue } from "./json-reader";
import { panic } from "./log";

export class Page {
  readonly from: i64;
  /** The index after the last one. */
  readonly until: i64;

  constructor(args: JsonValue, total: i64) {
    const from = args.optional("from_index");
    const limit = args.optional("limit");
    this.from = from === null ? 0 : from.integer;
    const count = limit === null ? 50 : limit.integer;
    if (this.from < 0 || count <= 0) panic("expected from_index from 0 and limit from 1");
    this.until = this.from >= total ? this.from : this.from + min(count, total - this.from);
  }
}
