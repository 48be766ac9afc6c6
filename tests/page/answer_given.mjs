// The page's headline and verdict on results.

import { answerOf } from "../../simulation/page/script/words.js";

export function given(results, baseline, against, place) {
  return answerOf(results, baseline, against, place);
}
