// Signs that a demonstration's officers have compared their fingerprints, and that of the recovery key:
//   node reporting/inbox/demo_vouches.mjs DIR NAME=main,restricted NAME=main …
// DIR holds what demo_keys.mjs and demo_officer.mjs made; vouches.json is written there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { RECOVERY, fingerprintOf, sign } from "../../static/js/desk/vouching.mjs";
import { writeAll } from "./demo_files.mjs";

const [, , directory, ...people] = process.argv;
const read = (file) => readFileSync(join(directory, file), "utf8");

async function officer(argument) {
  const [name, inboxes] = argument.split("=");
  const key = await openpgp.decryptKey({
    privateKey: await openpgp.readPrivateKey({ armoredKey: read(`${name}-key.asc`) }),
    passphrase: read(`${name}-passphrase.txt`).trim(),
  });
  return { name, inboxes: inboxes.split(","), key };
}

const officers = await Promise.all(people.map(officer));
const recovery = fingerprintOf(await openpgp.readKey({ armoredKey: read("recovery-public.asc") }));
const vouches = [];

async function vouch(by, inbox, fingerprint) {
  vouches.push({ officer: by.name, inbox, fingerprint, signature: await sign(openpgp, by.key, inbox, fingerprint) });
}

for (const by of officers) {
  await vouch(by, RECOVERY, recovery);
  for (const one of officers.filter((other) => other !== by)) {
    for (const inbox of by.inboxes.filter((name) => one.inboxes.includes(name))) {
      await vouch(by, inbox, fingerprintOf(one.key));
    }
  }
}
writeAll(directory, [["vouches.json", JSON.stringify(vouches)]]);
