/** A stored set of texts that can be counted and paged. */
import { has, readInteger, readText, remove, writeInteger, writeText } from "./storage";

export class TextSet {
  constructor(private readonly prefix: string) {}

  get size(): i64 {
    return readInteger(this.prefix);
  }

  has(text: string): bool {
    return has(this.placeOf(text));
  }

  at(index: i64): string {
    return readText(this.rowOf(index))!;
  }

  add(text: string): void {
    const size = this.size;
    writeText(this.rowOf(size), text);
    writeInteger(this.placeOf(text), size);
    writeInteger(this.prefix, size + 1);
  }

  /** The last one takes the place of the one that goes. */
  remove(text: string): void {
    const last = this.size - 1;
    const index = readInteger(this.placeOf(text));
    const moved = this.at(last);
    writeText(this.rowOf(index), moved);
    writeInteger(this.placeOf(moved), index);
    remove(this.rowOf(last));
    remove(this.placeOf(text));
    writeInteger(this.prefix, last);
  }

  private rowOf(index: i64): string {
    return `${this.prefix}#${index}`;
  }

  private placeOf(text: string): string {
    return `${this.prefix}=${text}`;
  }
}
