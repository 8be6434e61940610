// Sealing a message's session key to other recipients, in an officer's browser. Its body is not touched, and not needed.

// `half` is what stands before the body: the session key, sealed to each recipient of now. Returns the same for two other
// keys. Throws an Error when none of the private keys opens it.
export async function rewrap(openpgp, half, privateKeys, armoredKeys, date) {
  const encryptionKeys = await Promise.all(armoredKeys.map((armoredKey) => openpgp.readKey({ armoredKey })));
  const message = await openpgp.readMessage({ binaryMessage: half });
  const [{ data, algorithm }] = await openpgp.decryptSessionKeys({ message, decryptionKeys: privateKeys });
  return openpgp.encryptSessionKey({ data, algorithm, encryptionKeys, date, format: "binary" });
}
