// Sealing in the reporter's browser, by OpenPGP.js, before anything leaves. The page hands the library in, because only
// the page knows under which address it lies.

// The binary message that exactly these two keys open: the inbox key and the recovery key, in the shape that
// reporting/sealing/packets.py names and in one of its four sizes. Throws an Error when it cannot be made so, as when a
// key has expired. `date` is the moment at which the keys must be alive: the server's, if the page knows it, because
// the clocks of old phones go wrong.
export async function sealEntity(openpgp, entity, armoredKeys, date = new Date()) {
  const encryptionKeys = await Promise.all(armoredKeys.map((armoredKey) => openpgp.readKey({ armoredKey })));
  if (encryptionKeys.length !== 2 || new Set(encryptionKeys.map((key) => key.getFingerprint())).size !== 2) {
    throw new Error("A concern is sealed to two different keys: the inbox key and the recovery key.");
  }
  // Binary, because gpg changes the line ends of a text; without a date, because the hour is all that may be known.
  const message = await openpgp.createMessage({ binary: entity, date: new Date(0) });
  // Refuses a key that is not alive at `date`, and one whose encryption subkey alone has expired.
  return openpgp.encrypt({
    message,
    encryptionKeys,
    date,
    format: "binary",
    // Said although they are the defaults: gpg and Thunderbird open no AEAD, and compression makes sizes talk.
    config: { aeadProtect: false, preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed },
  });
}
