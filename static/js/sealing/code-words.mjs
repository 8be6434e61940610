// Code words in the browser: made, read back and turned into the two values, all before anything is sent.
// The same as reporting/sealing/code_words.py, to the last bit; the tests hold both to each other.
// Uses only WebCrypto, which browsers give to pages on https and on localhost.

const WORDS_IN_LIST = 2048;
const WORDS_IN_SET = 6;
const ITERATIONS = 600_000;
const LONGEST_TYPED = 400;
// Marks without width, which copying and some keyboards leave inside a word.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
// Whatever is not a to z separates. The shortest words have three letters, so what is left of numbering ("1st", "b)")
// falls away too.
const WORD = /[a-z]{3,}/g;
const REFUSAL =
  "We could not match these words; please check that all six are there, spelled as you kept them, and try again.";

// What was typed is not six words of the list. The sentence is fit to show, and repeats nothing typed.
export class CodeWordsRefused extends Error {
  constructor() {
    super(REFUSAL);
    this.name = "CodeWordsRefused";
  }
}

// Six words with single spaces between them: 66 bits.
export function make(list) {
  // A list that arrived cut off would make words that are easy to guess, and nobody would notice.
  if (list.length !== WORDS_IN_LIST) throw new RangeError("The list of code words is not whole.");
  const draws = crypto.getRandomValues(new Uint32Array(WORDS_IN_SET));
  // 2,048 divides 2^32 evenly, so the remainder prefers no word.
  return Array.from(draws, (draw) => list[draw % WORDS_IN_LIST]).join(" ");
}

// The six words as `make` wrote them, from however a person typed them.
export function normalise(typed, list) {
  // Python counts code points, so a character outside the basic plane is one here too.
  if ([...typed].length > LONGEST_TYPED) throw new CodeWordsRefused();
  const plain = typed.normalize("NFKC").replace(INVISIBLE, "").toLowerCase();
  const found = plain.match(WORD) ?? [];
  const known = new Set(list);
  // Which word failed is not said: the page may be seen by someone who is trying words.
  if (found.length !== WORDS_IN_SET || !found.every((word) => known.has(word))) throw new CodeWordsRefused();
  return found.join(" ");
}

// {lookup, replyKey} of six words in the form `normalise` gives. The salt is public, a Uint8Array.
// PBKDF2 (RFC 8018 section 5.2) slows down guessing; HKDF (RFC 5869) makes two values that do not lead to each other.
export async function derive(words, salt) {
  const { subtle } = crypto;
  const given = await subtle.importKey("raw", octets(words), "PBKDF2", false, ["deriveBits"]);
  const slow = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
  const stretched = await subtle.deriveBits(slow, given, 256);
  const master = await subtle.importKey("raw", stretched, "HKDF", false, ["deriveBits"]);
  const value = async (use) => {
    const expand = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: octets(use) };
    return new Uint8Array(await subtle.deriveBits(expand, master, 256));
  };
  const hex = Array.from(await value("lookup"), (octet) => octet.toString(16).padStart(2, "0")).join("");
  return { lookup: hex, replyKey: btoa(String.fromCharCode(...(await value("reply")))) };
}

const octets = (text) => new TextEncoder().encode(text);
