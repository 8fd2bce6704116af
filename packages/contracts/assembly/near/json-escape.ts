/** The text of a JSON string. */
import { fail } from "./json-scan";

const BACKSLASH: u8 = 0x5c;
const LETTER_U: u8 = 0x75;

/** Reads what stands between the quotes of a string. */
export function unescape(start: usize, end: usize): string {
  let text = "";
  let from = start;
  for (let at = start; at < end; at++) {
    if (load<u8>(at) != BACKSLASH) continue;
    text += decodeText(from, at);
    at++;
    if (load<u8>(at) == LETTER_U) {
      text += String.fromCharCode(readUnit(at + 1, end));
      at += 4;
    } else {
      text += String.fromCharCode(plainOf(load<u8>(at)));
    }
    from = at + 1;
  }
  return text + decodeText(from, end);
}

/** The four hexadecimal digits of `\u0041`. */
function readUnit(start: usize, end: usize): i32 {
  if (end - start < 4) fail("invalid escape");
  let unit = 0;
  for (let at = start; at < start + 4; at++) {
    const byte = (load<u8>(at) | 0x20) as i32; // digits have this bit, letters become small
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && (byte < 0x61 || byte > 0x66)) fail("invalid escape");
    unit = unit * 16 + (isDigit ? byte - 0x30 : byte - 0x57);
  }
  return unit;
}

function plainOf(letter: u8): i32 {
  switch (letter) {
    case 0x22: // "
    case 0x2f: // /
    case 0x5c: // \
      return letter;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    case 0x6e: // n
      return 0x0a;
    case 0x72: // r
      return 0x0d;
    case 0x74: // t
      return 0x09;
    default:
      fail("invalid escape");
      return 0;
  }
}

export function decodeText(start: usize, end: usize): string {
  return String.UTF8.decodeUnsafe(start, end - start);
}
