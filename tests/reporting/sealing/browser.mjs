// What a browser would do with OpenPGP.js, for the tests:  node browser.mjs TASK < details.json > answer.json
import { readFileSync } from "node:fs";
import * as openpgp from "openpgp";
import { makePassphrase } from "../../../static/js/sealing/keys.mjs";

const YEAR = 365 * 24 * 60 * 60;

const variants = {
  plain: async (key) => key,
  // A self-signature without the Features subpacket, as RNP and Thunderbird make them.
  async withoutFeatures(key) {
    const { keyPacket, users } = key;
    const { userID, selfCertifications } = users[0];
    const kept = ["signatureType", "publicKeyAlgorithm", "hashAlgorithm", "keyFlags", "keyExpirationTime", "keyNeverExpires"];
    const bare = new openpgp.SignaturePacket();
    kept.forEach((field) => (bare[field] = selfCertifications[0][field]));
    await bare.sign(keyPacket, { userID, key: keyPacket }, selfCertifications[0].created, false, openpgp.config);
    users[0].selfCertifications = [bare];
    return key;
  },
  async withRevokedSubkey(key) {
    const reason = { flag: openpgp.enums.reasonForRevocation.keySuperseded, string: "" };
    key.subkeys[0] = await key.subkeys[0].revoke(key.keyPacket, { reasonForRevocation: reason });
    return key;
  },
};

const tasks = {
  async key({ variant, options: { date, ...options } }) {
    const { privateKey } = await openpgp.generateKey({
      type: "ecc",
      curve: "curve25519Legacy",
      userIDs: [{ name: "Test", email: "test@x.example" }],
      keyExpirationTime: 2 * YEAR,
      format: "object",
      ...(date ? { date: new Date(date) } : {}),
      ...options,
    });
    const key = await variants[variant](privateKey);
    return { publicKey: key.toPublic().armor(), privateKey: key.armor() };
  },

  async seal({ entities, keys, options: { form = "binary", ...options } }) {
    const encryptionKeys = await Promise.all(keys.map((armoredKey) => openpgp.readKey({ armoredKey })));
    const seal = async (entity) => {
      const content = Buffer.from(entity, "base64");
      const what = form === "text" ? { text: content.toString("utf8") } : { binary: new Uint8Array(content) };
      const message = await openpgp.createMessage({ ...what, date: new Date(0) });
      const sealed = await openpgp.encrypt({ message, encryptionKeys, format: "binary", ...options });
      return Buffer.from(sealed).toString("base64");
    };
    return Promise.all(entities.map(seal));
  },

  async open({ message, privateKey, passphrase }) {
    const locked = await openpgp.readPrivateKey({ armoredKey: privateKey });
    const decryptionKeys = await openpgp.decryptKey({ privateKey: locked, passphrase });
    const opened = await openpgp.decrypt({
      message: await openpgp.readMessage({ armoredMessage: message }),
      decryptionKeys,
      format: "binary",
    });
    return Buffer.from(opened.data).toString("base64");
  },

  async passphrases({ words, count }) {
    return Array.from({ length: count }, () => makePassphrase(words));
  },
};

const details = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await tasks[process.argv[2]](details)));
