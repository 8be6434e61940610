/* Fetches what sealing and opening need: public keys, OpenPGP.js, the list of code words. Nothing that a person wrote
   takes part in the fetching. */

import { buildEntity } from '../sealing/entity.mjs';
import { sealEntity } from '../sealing/seal.mjs';

export const CONTENT_TYPE = 'application/pgp-encrypted';

async function get(url, cache = 'default') {
  const answer = await fetch(url, { credentials: 'omit', cache });
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { answer });
  return answer;
}

export const fetchList = async (url) => (await (await get(url)).text()).trim().split('\n');

/* The keys to seal to, with a fresh signed id and the server's time. */
export async function fetchKeys(url) {
  const given = await (await get(url, 'no-store')).json();
  const at = performance.now();
  /* The server's time, carried on by a clock that nobody can set: a phone's own may be years off. */
  given.now = () => new Date(Date.parse(given.time) + performance.now() - at);
  return given;
}

/* A moment as it stands inside of the seal. */
export const minute = (moment) => `${moment.toISOString().slice(0, 16)}Z`;

export const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

export function toBase64(octets) {
  let text = '';
  for (let start = 0; start < octets.length; start += 4096) {
    text += String.fromCharCode(...octets.subarray(start, start + 4096));
  }
  return btoa(text);
}

/* What is posted: a letter (as data, and as pairs of question and answer) sealed to an inbox, and the headers beside it.
   It throws if nothing can be sealed to that inbox now: it never goes to another one unasked. */
export async function sealedPost(openpgp, given, { report, pairs, subject, now, inbox }, lookup) {
  const { keys, recipient } = given.inboxes[inbox];
  const entity = buildEntity(report, pairs, { sender: given.sender, recipient, subject });
  return {
    body: await sealEntity(openpgp, entity, keys, now),
    headers: { 'Content-Type': CONTENT_TYPE, 'Phoenix-Token': given.token, 'Phoenix-Lookup': lookup },
  };
}
