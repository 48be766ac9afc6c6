/** @import { Picture } from "./drawing_types.js" */
/** @import { Subject } from "./story_reveal.js" */

import { amountsIn, votesIn } from "./guesses.js";
import { makeMeetingTable } from "./meeting_table.js";
import { drawGap } from "./picture_gap.js";
import { drawLevers } from "./picture_levers.js";
import { drawTrustMonths } from "./picture_trust_months.js";
import { gapAnswer, leverAnswer, meetingAnswer, togetherAnswer, trustAnswer } from "./story_answers.js";
import { differencesOf } from "./story_levers.js";
import { leverStep } from "./story_steps.js";

/**
 * What each step of the story shows after the guess.
 */

/** Height of the pictures of the gap and of trust, in units of their own. */
const HEIGHT = 320;

/**
 * @typedef {object} Shown
 * @property {string} words
 * @property {(width: number) => Picture} [draw]
 * @property {HTMLElement} [table]
 */

/**
 * Return what happens in a step.
 *
 * @param {number} number Of the step, from 0.
 * @param {Subject} subject
 * @param {(share: number) => void} progress Called with the share of the runs that are done, 0–1.
 * @returns {Promise<Shown>}
 */
export async function shownBy(number, { app: { place }, results, table, guesses }, progress) {
  const guess = guesses[number];
  const amounts = amountsIn(guess);
  if (number === 1 && table) return { words: meetingAnswer(table.meeting, guess), table: makeMeetingTable(table.meeting) };
  const alone = await results.alone();
  if (number === 0) return { words: gapAnswer(amounts, alone), draw: (width) => drawGap(alone, null, place, { width, height: HEIGHT, guesses: amounts, id: "story" }) };
  if (number === 2) return { words: trustAnswer(guess, alone), draw: (width) => drawTrustMonths(alone, place, { width, height: HEIGHT, id: "story" }) };
  const closed = await results.closed(progress);
  if (number === 3) {
    const votes = votesIn(guess, leverStep(place).answers);
    return { words: leverAnswer(place, guess, closed), draw: (width) => drawLevers(closed, votes, place, { width, id: "story" }) };
  }
  const together = await results.together();
  const names = { now: "the place with these levers", kept: "the place as it stands" };
  return {
    words: togetherAnswer(place, amounts, differencesOf(alone, together), closed),
    draw: (width) => drawGap(together, alone, place, { width, height: HEIGHT, names, id: "story" }),
  };
}
