/* Number plates, phone numbers, user names and links in what people wrote, each in one form. */

const PLATE = /\b(?:[A-Z]{2}\s?\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])\b/gi;
const PHONE = /(?:\+44[\s().-]?|\b0)(?:\d[\s().-]{0,2}){8,9}\d\b/g;
const HANDLE = /(?<![\p{L}\p{N}.])@[\p{L}\p{N}_.-]{2,30}/gu;
const LINK = /(?:\bhttps?:\/\/|\bwww\.)\S+/gi;

const each = (text, pattern, form) => [...new Set([...text.matchAll(pattern)].map(([found]) => form(found)))];

export const plateOf = (found) => found.replace(/\s/g, '').toUpperCase();
export const phoneOf = (found) => found.replace(/^\+44/, '0').replace(/\D/g, '');
const handleOf = (found) => found.replace(/[.-]+$/, '').toLowerCase();

export function leadsIn(text) {
  return {
    plates: each(text, PLATE, plateOf),
    phones: each(text, PHONE, phoneOf),
    handles: each(text, HANDLE, handleOf),
    links: each(text, LINK, (link) => link),
  };
}
