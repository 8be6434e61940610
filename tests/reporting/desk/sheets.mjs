// What is copied out of the desk, for the tests:  node sheets.mjs < report.json > sheets.json
import { readFileSync } from "node:fs";
import { digested, record } from "../../../static/js/desk/bundle.mjs";
import { contactSheet, intelligenceSheet } from "../../../static/js/desk/sheet.mjs";

const { opened, lines } = JSON.parse(readFileSync(0, "utf8"), (key, value) => (key === "sent" && value ? new Date(value) : value));
const words = {
  urgency: (code) => `urgency ${code}`,
  codes: ({ state, outcome }) => `${state} ${outcome}`,
  details: ({ case_number: number }) => (number ? [["Case number", number]] : []),
};
console.log(JSON.stringify({
  contact: contactSheet(opened, words, false),
  reachable: contactSheet(opened, words, true),
  intelligence: intelligenceSheet(opened, words),
  bundle: await digested(record(opened, words, lines)),
}));
