/* The case bundle: one text file with everything of a report, as people read it and as data, and a digest below it.
   The reply key is no part of it: whoever has it could open what the team writes to the sender. */

import { conversation, decisions, notes, when } from './sheet.mjs';
import { inert } from './written.mjs';

const LINE = '-'.repeat(60);
export const LAST = 'SHA-256 of everything above this line: ';

/* A letter as data: its answers word for word, with their keys and questions. */
function asData({ report, raw, trouble }) {
  if (!report) return trouble ? { trouble } : { raw };
  const { reply_key: _, ...rest } = report;
  return rest;
}

function dataOf({ envelope, told, additions, replies, notes: noted, decisions: decided }, lines) {
  const parts = (list) => list.map(({ inside, sealed: _s, locked: _l, ...part }) => ({ ...part, inside: asData(inside) }));
  return {
    report: envelope,
    concern: asData(told),
    additions: parts(additions),
    replies: replies.map(({ inside, locked: _, ...part }) => ({ ...part, inside })),
    notes: parts(noted),
    decisions: parts(decided),
    audit: lines,
  };
}

function readable(opened, words, lines) {
  const { envelope, told } = opened;
  const answers = told.report
    ? told.report.answers.map(({ question, words: answer, isAsked }) =>
      `${question}:\n${answer || (isAsked ? 'Not given' : 'Not asked')}\n`)
    : [told.raw ?? `This part cannot be opened. ${told.trouble}`];
  const audit = lines.map(({ number, at, action, officer, details }) =>
    `${number}  ${at}  ${action}  ${officer}  ${JSON.stringify(details)}`);
  return [
    `CASE BUNDLE OF REPORT ${envelope.reference}`,
    `Sent or received: ${when({ sent: told.report?.sent, hour: envelope.hour })}`,
    `State: ${words.codes(envelope)}`,
    '', 'WHAT THEY TOLD US, WORD FOR WORD', ...answers,
    '', 'CONVERSATION', ...conversation(opened),
    '', 'NOTES OF THE TEAM', ...notes(opened),
    '', 'DECISIONS AND REASONS', ...decisions(opened, words),
    '', 'WHAT OFFICERS DID', ...audit,
  ].join('\n');
}

/* One report for a file of several, and for its own. */
export const record = (opened, words, lines) =>
  [inert(readable(opened, words, lines)), '', LINE, 'THE SAME AS DATA (JSON)', JSON.stringify(dataOf(opened, lines), null, 1), LINE].join('\n');

/* The file and its digest, which covers all but the last line:  head -n -1 FILE | sha256sum  */
export async function digested(text) {
  const body = `${text.trimEnd()}\n`;
  const octets = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  const digest = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return { file: `${body}${LAST}${digest}\n`, digest };
}

/* Hand a file to the officer. */
export function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
