// Key pairs and passphrases, made where they are used: in an officer's browser, or under Node for the demonstration.
// OpenPGP.js is handed in, so that each place brings its own copy.

// Crockford's base32: no I, L, O or U, so nothing is misread or spells a word.
const CROCKFORD = [..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"];
const WORDS_IN_PASSPHRASE = 6;
const GROUPS_IN_PASSPHRASE = 5;
const CHARACTERS_IN_GROUP = 5;
const DAY_IN_SECONDS = 24 * 60 * 60;

// A key pair that expires, primary key and subkey alike, after `days`. The private half is not locked yet.
// Version 4, the older curve identifiers and no AEAD feature: the one profile that gpg, Thunderbird and our server open.
export async function makeKey(openpgp, { name, email, days }) {
  const { privateKey, publicKey } = await openpgp.generateKey({
    type: "ecc",
    curve: "curve25519Legacy",
    userIDs: [{ name, email }],
    keyExpirationTime: days * DAY_IN_SECONDS,
    format: "object",
    config: { aeadProtect: false, v6Keys: false },
  });
  return { publicKey: publicKey.armor(), privateKey, fingerprint: privateKey.getFingerprint().toUpperCase() };
}

// The private half locked with a passphrase, armored. Iterated and salted S2K at its highest count (RFC 9580
// section 3.7.1.3), not Argon2: that needs WebAssembly, which our pages forbid, and gpg and Thunderbird cannot open it.
export async function lock(openpgp, privateKey, passphrase) {
  const locked = await openpgp.encryptKey({
    privateKey,
    passphrase,
    config: { s2kType: openpgp.enums.s2k.iterated, s2kIterationCountByte: 255, aeadProtect: false },
  });
  return locked.armor();
}

// A slot: the private half of an inbox key, sealed to one officer, armored.
export async function makeSlot(openpgp, inboxKey, officerPublicKey) {
  return openpgp.encrypt({
    message: await openpgp.createMessage({ binary: inboxKey.write(), date: new Date(0) }),
    encryptionKeys: officerPublicKey,
    config: { aeadProtect: false, preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed },
  });
}

// The inbox key in a slot, ready to open reports. `officerKey` is the officer's unlocked private key.
export async function openSlot(openpgp, slot, officerKey) {
  const message = await openpgp.readMessage({ armoredMessage: slot });
  const { data } = await openpgp.decrypt({ message, decryptionKeys: officerKey, format: "binary" });
  return openpgp.readPrivateKey({ binaryKey: data });
}

// An officer's passphrase as it was made, from however they type it: case and separators do not matter.
export function normalisePassphrase(typed) {
  return typed.normalize("NFKC").toLowerCase().match(/[a-z]+/g)?.join("-") ?? "";
}

// Six words of the list (66 bits with 2,048 words); without a list, five groups of five characters (125 bits).
export function makePassphrase(wordsOrNull) {
  if (wordsOrNull) {
    return Array.from({ length: WORDS_IN_PASSPHRASE }, () => pick(wordsOrNull)).join("-");
  }
  const group = () => Array.from({ length: CHARACTERS_IN_GROUP }, () => pick(CROCKFORD)).join("");
  return Array.from({ length: GROUPS_IN_PASSPHRASE }, group).join("-");
}

// One entry, each equally likely. Numbers above the last full multiple of the length are thrown away: the remainder
// of a division would otherwise prefer the first entries.
function pick(entries) {
  const fair = 2 ** 32 - (2 ** 32 % entries.length);
  const number = new Uint32Array(1);
  do {
    crypto.getRandomValues(number);
  } while (number[0] >= fair);
  return entries[number[0] % entries.length];
}
