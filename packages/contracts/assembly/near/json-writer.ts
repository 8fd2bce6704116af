/** Writes JSON. */
import { lengthOf, pointerTo, utf8 } from "./bytes";
import { value_return } from "./env";
import { JsonValue } from "./json-reader";
import { U128 } from "./u128";

/** Makes JSON the result of the call. */
export function reply(json: string): void {
  const bytes = utf8(json);
  value_return(lengthOf(bytes), pointerTo(bytes));
}

export function replyText(text: string): void {
  reply(quote(text));
}

export function replyAmount(amount: U128): void {
  reply(`"${amount.toString()}"`);
}

export function replyFlag(flag: bool): void {
  reply(flag ? "true" : "false");
}

/** An object, member by member. */
export class JsonObject {
  private members: string = "";

  text(name: string, value: string): JsonObject {
    return this.raw(name, quote(value));
  }

  amount(name: string, value: U128): JsonObject {
    return this.raw(name, `"${value.toString()}"`);
  }

  flag(name: string, value: bool): JsonObject {
    return this.raw(name, value ? "true" : "false");
  }

  /** The same members of another object, null where it has none. */
  copy(names: string[], from: JsonValue): JsonObject {
    for (let i = 0; i < names.length; i++) {
      const value = from.optional(names[i]);
      this.raw(names[i], value === null ? "null" : value.raw);
    }
    return this;
  }

  /** The value is JSON already. */
  raw(name: string, json: string): JsonObject {
    this.members += `${this.members.length == 0 ? "" : ","}"${name}":${json}`;
    return this;
  }

  toString(): string {
    return `{${this.members}}`;
  }
}

export function quote(text: string): string {
  let result = '"';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x20 && unit != 0x22 && unit != 0x5c) continue;
    result += text.substring(from, at) + escape(unit);
    from = at + 1;
  }
  return result + text.substring(from) + '"';
}

function escape(unit: i32): string {
  if (unit == 0x22) return '\\"';
  if (unit == 0x5c) return "\\\\";
  if (unit == 0x0a) return "\\n";
  if (unit == 0x0d) return "\\r";
  if (unit == 0x09) return "\\t";
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
