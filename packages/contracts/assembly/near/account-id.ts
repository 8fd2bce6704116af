/** Account ids: 2 to 64 characters, parts of `a` to `z` and digits, separated one by one by `.`, `-` or `_`. */
export function isAccountId(text: string): bool {
  if (text.length < 2 || text.length > 64) return false;
  let wasSeparator = true;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const isSeparator = unit == 0x2d || unit == 0x2e || unit == 0x5f;
    const isPlain = (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a);
    if (isSeparator ? wasSeparator : !isPlain) return false;
    wasSeparator = isSeparator;
  }
  return !wasSeparator;
}
