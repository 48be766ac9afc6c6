// The verdict on two choices, and every text that the page writes about it.

import { countCases, gradeOf, judgePair, THRESHOLD } from "../../simulation/page/script/verdict.js";
import { median, sorted } from "../../simulation/page/script/statistics.js";
import {
  centralSentence,
  pairHeadline,
  pairSentence,
  standingHeadline,
  sureWords,
} from "../../simulation/page/script/verdict_words.js";

export function given(first, second, varied, central) {
  const pair = judgePair(first, second, varied, central);
  const medians = [median(sorted(central.first)), median(sorted(central.second))];
  return {
    pair,
    grade: gradeOf(pair),
    headline: pairHeadline(pair),
    sentence: pairSentence(pair),
    full: pairSentence(pair, medians),
    central: centralSentence(first, second, medians, countCases(central.first, central.second), THRESHOLD),
    sure: sureWords(pair),
    standing: standingHeadline(medians[0]),
  };
}
