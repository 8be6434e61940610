// The sealed form of a concern, built in the browser: octet for octet what reporting/sealing/entity.py and text.py
// build, so that nothing in it tells where it was made. Whoever changes one changes the other; a test compares them.

// Octets of the entity. Which of them a report fills is all that its size tells.
const BUCKETS = [2 * 1024, 8 * 1024, 32 * 1024, 128 * 1024];
const BOUNDARY = "=_sealed_concern";
const TEXT_HEADERS =
  `Content-Type: multipart/mixed; protected-headers="v1"; hp="cipher";\r\n boundary="${BOUNDARY}"\r\n\r\n` +
  `--${BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
const JSON_HEADERS =
  `--${BOUNDARY}\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n` +
  'Content-Disposition: attachment; filename="report.json"\r\n\r\n';
const END = `--${BOUNDARY}--\r\n`;
const JSON_TAIL = '"}';
const REST = "\r\n\r\n(The rest is in report.json.)\r\n";

// Everything at which Python's str.splitlines, or a reader, might break a line.
const LINE_BREAK = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;
const LINE_BREAK_OR_CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g;
const CONTROL_IN_TEXT = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;
// What Python's str.strip takes for a space; JavaScript counts U+FEFF among them, Python does not.
const SPACE = /[^\S\ufeff]/;

// Header values that Python's email package leaves as they are. It encodes, quotes or folds all others, which has no
// twin here; the addresses and the subject are the site's own, so a value outside this is a mistake in its settings.
const LONGEST_LINE = 78;
const PLAIN = /^(?!.*=\?)[ -~]+$/;
const ADDRESS = String.raw`[\w+-]+(?:\.[\w+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*`;
const PLAIN_ADDRESS = new RegExp(String.raw`^(?:${ADDRESS}|(?!\.)(?:[\w.&'+/-]+ )+<${ADDRESS}>)$`);

// The answers do not fit the largest size.
export class TooLong extends Error {}

// The entity (Uint8Array), of exactly one of the four sizes. `report` is what becomes report.json: strings, whole
// numbers, true, false, null, lists and plain objects. `answers` are [question, answer] pairs for the text part, which
// is shortened when both do not fit. Throws TooLong when the report alone is too much.
export function buildEntity(report, answers, { subject, sender, recipient }) {
  const head = outerHeaders(subject, sender, recipient) + TEXT_HEADERS;
  const frame = head.length + JSON_HEADERS.length + END.length;
  const data = utf8(json(report));
  let body = utf8(withCrlf(asText(answers)));
  const without = frame + base64Length(data.length);
  let bucket = BUCKETS.find((octets) => without + base64Length(body.length) <= octets);
  if (!bucket) {
    bucket = Math.max(...BUCKETS);
    body = shorten(body, capacity(bucket - without));
  }
  // Noughts in the JSON, then spaces for what base64 leaves over.
  const padded = new Uint8Array(capacity(bucket - frame - base64Length(body.length))).fill(0x30);
  padded.set(data.subarray(0, -JSON_TAIL.length));
  padded.set(utf8(JSON_TAIL), padded.length - JSON_TAIL.length);
  return utf8((head + base64(body) + JSON_HEADERS + base64(padded) + END).padEnd(bucket));
}

// The protected headers (RFC 9788 section 2), one line each.
function outerHeaders(subject, sender, recipient) {
  return (
    header("Subject", subject, PLAIN) +
    header("From", sender, PLAIN_ADDRESS) +
    header("To", recipient, PLAIN_ADDRESS) +
    "HP-Outer: Subject: ...\r\nMIME-Version: 1.0\r\n"
  );
}

function header(name, value, allowed) {
  const written = oneLine(value);
  if (name.length + 2 + written.length > LONGEST_LINE || !allowed.test(written)) {
    throw new Error(`The header ${name} of the sealed form cannot be written in the browser.`);
  }
  return `${name}: ${written}\r\n`;
}

// Questions as headings at the margin; every line of every answer indented, so that none passes for a heading.
function asText(answers) {
  const paragraphs = answers.map(([question, answer]) => [oneLine(question), ...linesOf(answer)].join("\n  "));
  return paragraphs.join("\n\n") + "\n";
}

function linesOf(answer) {
  const lines = answer.split(LINE_BREAK);
  return lines[lines.length - 1] === "" ? lines.slice(0, -1) : lines;
}

function oneLine(value) {
  const line = value.replace(LINE_BREAK_OR_CONTROL, " ");
  let start = 0;
  while (SPACE.test(line.charAt(start))) start += 1;
  return withoutSpacesBehind(line.slice(start));
}

// Not one pattern for the whole run: that takes long where spaces stand in the middle by the thousand.
function withoutSpacesBehind(text) {
  let end = text.length;
  while (SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

// The line ends of mail; anything else at which a reader may break a line becomes a space.
function withCrlf(text) {
  return text.replaceAll("\r\n", "\n").replace(CONTROL_IN_TEXT, " ").replaceAll("\n", "\r\n");
}

// The beginning of a text, cut between characters, with a sentence that says so.
function shorten(text, room) {
  let end = room - REST.length;
  if (end < 0) throw new TooLong("The answers do not fit the largest sealed size of 128 KiB.");
  while ((text[end] & 0xc0) === 0x80) end -= 1;
  // A mark at the very beginning belongs to the text.
  const kept = new TextDecoder("utf-8", { ignoreBOM: true }).decode(text.subarray(0, end));
  return utf8(withoutSpacesBehind(kept) + REST);
}

// The report with an empty pad at its end. JSON.stringify escapes half a surrogate pair, which is no character;
// it becomes U+FFFD as everywhere else. All escapes are walked over, for the one of a backslash hides what follows.
function json(report) {
  const { pad: _, ...own } = report;
  const compact = JSON.stringify({ ...own, pad: "" });
  return compact.replace(/\\(?:ud[89a-f]..|.)/g, (escape) => (escape.length > 2 ? "\ufffd" : escape));
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

// Lines of 76 characters with CRLF (RFC 2045 section 6.8): 57 octets each.
function base64(octets) {
  let lines = "";
  for (let start = 0; start < octets.length; start += 57) {
    lines += `${btoa(String.fromCharCode(...octets.subarray(start, start + 57)))}\r\n`;
  }
  return lines;
}

function base64Length(octets) {
  const rest = octets % 57;
  return 78 * Math.floor(octets / 57) + (rest && 4 * Math.ceil(rest / 3) + 2);
}

// How many octets still fit when base64 may take `room`.
function capacity(room) {
  const whole = Math.max(room, 0);
  return 57 * Math.floor(whole / 78) + 3 * Math.floor(Math.max((whole % 78) - 2, 0) / 4);
}
