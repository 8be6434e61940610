// What the browser finds, for the tests:  node distress_twin.mjs < case.json > answers.json
import { readFileSync } from "node:fs";
import { foundIn, plain } from "../../../static/js/common/distress.mjs";

const { texts, lists } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => [plain(text), foundIn([text], lists).map(({ pattern }) => pattern)])));
