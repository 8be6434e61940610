/* Vouches: what officers signed about each other's keys, and whom this officer can believe because of them. The server
   keeps them and is not believed: everything is worked out from the key that the officer's own passphrase opened. */

export const RECOVERY = 'recovery';

/* What is signed. Whose key it is (and the recovery key, which opens everything) is compared by voice or on paper. */
const statement = (inbox, fingerprint) => `phoenix vouch 1\ninbox: ${inbox}\nkey: ${fingerprint}\n`;

export const fingerprintOf = (key) => key.getFingerprint().toUpperCase();

export async function sign(library, officerKey, inbox, fingerprint) {
  const message = await library.createMessage({ text: statement(inbox, fingerprint) });
  return library.sign({ message, signingKeys: officerKey, detached: true });
}

/* The fingerprints that are vouched for, for an inbox, by the officer or by somebody who is vouched for in turn. What a
   disabled officer signed counts if they signed it before: the team outlives whoever let everybody in. */
export async function believed(library, state, inbox, own) {
  const vouches = await Promise.all(state.vouches
    .filter((vouch) => vouch.inbox === inbox || vouch.inbox === RECOVERY)
    .map((vouch) => verified(library, vouch)));
  const ended = new Map(state.officers.filter(({ disabled }) => disabled).map((one) => [one.fingerprint, Date.parse(one.disabled)]));
  const good = vouches.filter((vouch) => vouch && !(vouch.at > ended.get(vouch.by)));
  const known = new Set([own]);
  for (let size = 0; size !== known.size;) {
    size = known.size;
    good.filter(({ by, inbox: of }) => of === inbox && known.has(by)).forEach(({ fingerprint }) => known.add(fingerprint));
  }
  const recovery = new Set(good.filter(({ by, inbox: of }) => of === RECOVERY && known.has(by)).map((vouch) => vouch.fingerprint));
  return { officers: known, recovery };
}

/* A vouch with who signed it and when; null if the signature is not good. */
async function verified(library, { inbox, fingerprint, by_key: armoredKey, signature }) {
  try {
    const verificationKeys = await library.readKey({ armoredKey });
    const { signatures } = await library.verify({
      message: await library.createMessage({ text: statement(inbox, fingerprint) }),
      signature: await library.readSignature({ armoredSignature: signature }),
      verificationKeys,
      /* An officer's key may have ended since; it was good when they signed. */
      date: null,
      expectSigned: true,
    });
    const { packets } = await signatures[0].signature;
    return { inbox, fingerprint, by: fingerprintOf(verificationKeys), at: packets[0].created.getTime() };
  } catch {
    return null;
  }
}
