// What the browser builds, for the tests:  node entity_twin.mjs < cases.json > answers.json
import { readFileSync } from "node:fs";
import { TooLong, buildEntity } from "../../../static/js/sealing/entity.mjs";

// The entity in base64, or how it was refused.
function answer({ report, answers, headers }) {
  try {
    return { entity: Buffer.from(buildEntity(report, answers, headers)).toString("base64") };
  } catch (error) {
    return { refused: error instanceof TooLong ? "TooLong" : error.constructor.name, sentence: error.message };
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(answer)));
