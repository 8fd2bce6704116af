/** An account without keys, for which a number of its members speak off the chain (NEP-641). */
import { pointerTo, utf8 } from "./near/bytes";
import { requirePrivate } from "./near/context";
import { fail, skipSpace } from "./near/json-scan";
import { JsonValue, readArguments } from "./near/json-reader";
import { JsonObject, quote, reply } from "./near/json-writer";
import { panic } from "./near/log";
import { has, readInteger, write, writeInteger } from "./near/storage";

const THRESHOLD = "threshold";

/** `{ members, threshold }`: whose approvals count, and how many are needed. */
function init(): void {
  requirePrivate("new");
  const args = readArguments();
  const members = args.field("members").items;
  for (let i = 0; i < members.length; i++) write(memberKey(members[i].text), new ArrayBuffer(0));
  writeInteger(THRESHOLD, args.field(THRESHOLD).integer);
}
export { init as new };

/**
 * `{ path, authorization }`: an authorization is `{ payload, approvals: [{ account_id, authorization }] }` as text. It holds when
 * each approval does, which is for whoever asks to find out.
 */
export function w_resolve_auth(): void {
  const args = readArguments();
  args.field("path").items;
  const given = parse(args.field("authorization").text);
  const payload = given.field("payload").text;
  const approvals = given.field("approvals").items;
  if (approvals.length < (readInteger(THRESHOLD) as i32)) panic("too few approvals");
  const seen = new Set<string>();
  let pending = "";
  for (let i = 0; i < approvals.length; i++) {
    const member = approvals[i].field("account_id").text;
    if (!has(memberKey(member))) panic(`${member} is no member`);
    if (seen.has(member)) panic(`${member} approves twice`);
    seen.add(member);
    const asked = new JsonObject()
      .text("account_id", member)
      .text("authorization", approvals[i].field("authorization").text)
      .text("expect", payload);
    pending += (i == 0 ? "" : ",") + asked.toString();
  }
  const answer = new JsonObject().raw("payload", quote(payload));
  if (approvals.length > 0) answer.raw("pending", `[${pending}]`);
  reply(answer.toString());
}

function parse(text: string): JsonValue {
  const bytes = utf8(text);
  const start = pointerTo(bytes) as usize;
  const limit = start + bytes.byteLength;
  const value = new JsonValue(skipSpace(start, limit), limit);
  if (skipSpace(value.end, limit) != limit) fail("trailing characters");
  return value;
}

function memberKey(accountId: string): string {
  return `member ${accountId}`;
}
