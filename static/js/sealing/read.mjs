// Opening what was sealed, in an officer's browser, and reading the entity inside. What comes out was written by a
// stranger: it is data, never markup, and it may be anything at all.

// Octets that a sealed message may unpack to. Without a limit a message of 500 KB was seen to take more than 1 GiB.
export const LARGEST_OPENED = 1 << 20;
const BOUNDARY = '\r\n--=_sealed_concern';
const JSON_PART = 'filename="report.json"';
const TEXT_PART = '\r\nContent-Type: text/plain';

// The octets inside a sealed message (binary). Throws when the key does not open it, or it is damaged or blown up.
export async function openSealed(openpgp, sealed, privateKey) {
  const message = await openpgp.readMessage({ binaryMessage: sealed });
  const { data } = await openpgp.decrypt({
    message,
    decryptionKeys: privateKey,
    format: 'binary',
    config: { maxDecompressedMessageSize: LARGEST_OPENED },
  });
  return data;
}

// What report.json in an entity says, or null if these octets are no entity of ours. Never throws.
export function readEntity(octets) {
  try {
    const value = JSON.parse(part(octets, JSON_PART));
    const { pad: _, ...report } = value;
    return Array.isArray(value) ? null : report;
  } catch {
    return null;
  }
}

// The text for people in an entity, as a mail program shows it; of octets that are no entity all of them. Never throws.
export function readText(octets) {
  try {
    return part(octets, TEXT_PART);
  } catch {
    return new TextDecoder().decode(octets);
  }
}

// The part of an entity with this sign in its head, as text. Throws if there is none, or it is not in our form.
function part(octets, sign) {
  const text = new TextDecoder('latin1').decode(octets);
  const found = text.split(BOUNDARY).find((piece) => piece.includes(sign));
  const coded = found.slice(found.indexOf('\r\n\r\n')).replace(/\s/g, '');
  return new TextDecoder().decode(Uint8Array.from(atob(coded), (c) => c.charCodeAt(0)));
}
