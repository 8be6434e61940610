// Makes key pairs of a demonstration:  node reporting/inbox/demo_keys.mjs OUT_DIR [restricted]
// Without a name: the two that every inbox needs, the inbox key and the recovery key.
// Their passphrases lie beside them, so they protect nothing; 'DEMO' in the user id makes production refuse them.

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { lock, makeKey, makePassphrase } from "../../static/js/sealing/keys.mjs";
import { writeAll } from "./demo_files.mjs";

const DAYS = 730;
const ALL_KEYS = [
  { file: "inbox", name: "DEMO MASH inbox", email: "mash@demo.example" },
  { file: "recovery", name: "DEMO recovery key", email: "recovery@demo.example" },
  { file: "restricted", name: "DEMO restricted inbox", email: "senior@demo.example" },
];
const ENDINGS = ["public.asc", "key.asc", "passphrase.txt"];

// The three files of one key pair, as [name, text].
async function filesOf({ file, name, email }) {
  const passphrase = makePassphrase(null);
  const key = await makeKey(openpgp, { name, email, days: DAYS });
  const locked = await lock(openpgp, key.privateKey, passphrase);
  const texts = [key.publicKey, locked, `${passphrase}\n`];
  return ENDINGS.map((ending, place) => [`${file}-${ending}`, texts[place]]);
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

const [, , directory, ...wanted] = process.argv;
const KEYS = ALL_KEYS.filter(({ file }) => (wanted.length ? wanted : ["inbox", "recovery"]).includes(file));
if (!directory || !statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
  refuse("Name a folder that exists: node reporting/inbox/demo_keys.mjs OUT_DIR");
}
const names = KEYS.flatMap(({ file }) => ENDINGS.map((ending) => `${file}-${ending}`));
const standing = names.filter((name) => existsSync(join(directory, name)));
if (standing.length > 0) {
  refuse(`Nothing was written: ${directory} already holds ${standing.join(", ")}. Remove them to make new demo keys.`);
}
writeAll(directory, (await Promise.all(KEYS.map(filesOf))).flat());
console.log(`Demo keys are in ${directory}.`);
