// Makes the key pair of a demonstration's officer and their slot for its inbox key:
//   node reporting/inbox/demo_officer.mjs DIR
// DIR holds what demo_keys.mjs made. The passphrase lies beside the key, so it protects nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { lock, makeKey, makePassphrase, makeSlot } from "../../static/js/sealing/keys.mjs";
import { writeAll } from "./demo_files.mjs";

const DAYS = 730;
const WORDS = new URL("../sealing/words/code-words.txt", import.meta.url);

const directory = process.argv[2];
const read = (name) => readFileSync(join(directory, name), "utf8");
const inboxKey = await openpgp.decryptKey({
  privateKey: await openpgp.readPrivateKey({ armoredKey: read("inbox-key.asc") }),
  passphrase: read("inbox-passphrase.txt").trim(),
});
const passphrase = makePassphrase(readFileSync(WORDS, "utf8").trim().split("\n"));
const key = await makeKey(openpgp, { name: "DEMO officer", email: "officer@demo.example", days: DAYS });
writeAll(directory, [
  ["officer-public.asc", key.publicKey],
  ["officer-key.asc", await lock(openpgp, key.privateKey, passphrase)],
  ["officer-passphrase.txt", `${passphrase}\n`],
  ["officer-slot.asc", await makeSlot(openpgp, inboxKey, await openpgp.readKey({ armoredKey: key.publicKey }))],
]);
