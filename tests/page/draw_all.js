/** All pictures of one place in one call, for tests. */

import { standaloneSvg } from "../../simulation/page/script/drawing_standalone.js";
import { drawGains } from "../../simulation/page/script/picture_gains.js";
import { drawGap } from "../../simulation/page/script/picture_gap.js";
import { drawMoney } from "../../simulation/page/script/picture_money.js";
import { drawPlan } from "../../simulation/page/script/picture_plan.js";
import { drawQuestions } from "../../simulation/page/script/picture_questions.js";
import { drawTrust } from "../../simulation/page/script/picture_trust.js";

const PICTURES = [drawGap, drawQuestions, drawTrust, drawGains, drawPlan, drawMoney];

export function drawAll(results, baseline, place, options) {
  return PICTURES.map((draw) => {
    const { body, ...picture } = draw(results, baseline, place, options);
    return {
      ...picture,
      file: standaloneSvg({ ...picture, body }, place.colours, { source: `Source: ${place.title}` }),
    };
  });
}

/** The same of one sample at many widths and months, so that its numbers are read once. */
export function drawSample(sample, widths, more) {
  return widths.flatMap((width) => [
    ...drawAll(sample.results, sample.baseline, sample.place, { width, ...more }),
    ...drawAll(sample.results, null, sample.place, { width, month: 0 }),
  ]);
}
