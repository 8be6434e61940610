// Makes the key pair of a demonstration's officer and their slots for the keys of its inboxes:
//   node reporting/inbox/demo_officer.mjs DIR NAME inbox [restricted]
// DIR holds what demo_keys.mjs made. The passphrase lies beside the key, so it protects nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { lock, makeKey, makePassphrase, makeSlot } from "../../static/js/sealing/keys.mjs";
import { writeAll } from "./demo_files.mjs";

const DAYS = 730;
const WORDS = new URL("../sealing/words/code-words.txt", import.meta.url);

const [, , directory, name, ...inboxes] = process.argv;
const read = (file) => readFileSync(join(directory, file), "utf8");
const passphrase = makePassphrase(readFileSync(WORDS, "utf8").trim().split("\n"));
const key = await makeKey(openpgp, { name: `DEMO ${name}`, email: `${name}@demo.example`, days: DAYS });
const officerKey = await openpgp.readKey({ armoredKey: key.publicKey });

async function slotFor(inbox) {
  const inboxKey = await openpgp.decryptKey({
    privateKey: await openpgp.readPrivateKey({ armoredKey: read(`${inbox}-key.asc`) }),
    passphrase: read(`${inbox}-passphrase.txt`).trim(),
  });
  return [`${name}-slot-${inbox}.asc`, await makeSlot(openpgp, inboxKey, officerKey)];
}

writeAll(directory, [
  [`${name}-public.asc`, key.publicKey],
  [`${name}-key.asc`, await lock(openpgp, key.privateKey, passphrase)],
  [`${name}-passphrase.txt`, `${passphrase}\n`],
  ...(await Promise.all(inboxes.map(slotFor))),
]);
