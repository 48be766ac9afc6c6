/** @import { Step } from "./story_steps.js" */

import { make, makeButton, setAttribute, setText } from "./dom.js";
import { amountsIn, amountsOf, guessWords, keptAmounts, keptVotes, votesIn, votesWords, withVote } from "./guesses.js";

/**
 * Where people guess: one person, or the facilitator for the whole room.
 */

/**
 * Return where the guesses of a step are made.
 *
 * @param {Step} step
 * @param {string | undefined} guess What was guessed so far, as it is kept.
 * @param {(guess: string) => void} keep
 * @returns {HTMLElement}
 */
export function makeGuessForm(step, guess, keep) {
  return step.answers.length ? makeVotes(step, guess, keep) : makeAmounts(step, guess, keep);
}

/**
 * @param {Step} step
 * @param {string | undefined} guess
 * @param {(guess: string) => void} keep
 * @returns {HTMLElement}
 */
function makeAmounts({ question }, guess, keep) {
  const sayAmounts = (/** @type {readonly number[]} */ amounts) => (amounts.length ? guessWords(amounts) : "");
  const said = make("p", { class: "said", "aria-live": "polite" }, [sayAmounts(amountsIn(guess))]);
  const problem = make("p", { id: "guess-problem", role: "alert", class: "problem" });
  const value = amountsIn(guess).join(" ");
  const input = make("input", { id: "guess", type: "text", autocomplete: "off", "aria-describedby": "guess-note guess-problem", value });
  const read = () => {
    const { amounts, problems } = amountsOf(input.value);
    setText(said, sayAmounts(amounts));
    keep(keptAmounts(amounts));
    return problems;
  };
  const complain = (/** @type {string[]} */ problems) => {
    setAttribute(input, "aria-invalid", problems.length ? "true" : null);
    setText(problem, problems.length ? `${problems.join(" ")} Write amounts in £m with spaces between them, such as 120 90.` : "");
  };
  // What is half typed is no mistake yet; a mistake that is put right is forgotten at once.
  input.addEventListener("input", () => {
    if (!read().length) complain([]);
  });
  input.addEventListener("change", () => complain(read()));
  return make("div", { class: "guess" }, [
    make("div", { class: "field" }, [make("label", { for: "guess" }, [question]), input]),
    make("p", { id: "guess-note", class: "note" }, ["One guess, or the whole room’s with spaces between them."]),
    problem,
    said,
  ]);
}

/**
 * @param {Step} step
 * @param {string | undefined} guess
 * @param {(guess: string) => void} keep
 * @returns {HTMLElement}
 */
function makeVotes({ question, answers }, guess, keep) {
  let votes = votesIn(guess, answers);
  const said = make("p", { class: "said", "aria-live": "polite" });
  const rows = answers.map(([value, words]) => {
    const change = (/** @type {1 | -1} */ by) => () => {
      votes = withVote(votes, value, by);
      keep(keptVotes(votes));
      show();
    };
    const count = make("span", { class: "count" });
    const remove = makeButton("−", change(-1), { class: "remove", "aria-label": `Take back a guess of “${words}”` });
    return { value, count, remove, element: make("li", {}, [makeButton(words, change(1), { class: "choice" }), count, remove]) };
  });
  const show = () => {
    setText(said, votesWords(votes, answers));
    for (const { value, count, remove } of rows) {
      setText(count, votes[value] ? String(votes[value]) : "");
      setAttribute(remove, "aria-disabled", votes[value] ? null : "true");
    }
  };
  show();
  return make("fieldset", { class: "guess" }, [
    make("legend", {}, [question]),
    make("ul", { class: "answers" }, rows.map(({ element }) => element)),
    make("p", { class: "note" }, ["Each press of an answer is one person’s guess."]),
    said,
  ]);
}
