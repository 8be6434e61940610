/* Vouches: what officers signed about each other's keys, and whom this officer can believe because of them. The server
   keeps them and is not believed: everything is worked out from the key that the officer's own passphrase opened. */

export const MAIN = 'main';
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
    .map((vouch) => verified(library, vouch)));
  const ended = new Map(state.officers.filter(({ disabled }) => disabled).map((one) => [one.fingerprint, Date.parse(one.disabled)]));
  const good = vouches.filter((vouch) => vouch && !(vouch.at > ended.get(vouch.by)));
  const officers = reached(good, inbox, own);
  const team = reached(good, MAIN, own);
  const comparers = (by) => officers.has(by) || team.has(by);
  const compared = good.filter((vouch) => vouch.inbox === RECOVERY && comparers(vouch.by));
  return { officers, recovery: new Set(compared.map(({ fingerprint }) => fingerprint)) };
}

/* From one's own key along the vouches, as far as they lead. */
function reached(vouches, inbox, own) {
  const known = new Set([own]);
  const next = () => vouches.filter((vouch) => vouch.inbox === inbox && known.has(vouch.by) && !known.has(vouch.fingerprint));
  for (let found = next(); found.length; found = next()) found.forEach(({ fingerprint }) => known.add(fingerprint));
  return known;
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
