/** @import { Results, Settings } from "./types.js" */
/** @import { App } from "./app.js" */
/** @import { Closed } from "./story_steps.js" */

import { closedBy, inFull, partnership, usableLevers } from "./story_steps.js";
import { NOTHING_SET } from "./settings.js";

/**
 * The runs that the story shows; each is worked out once, when it is first needed.
 */

/**
 * @typedef {object} StoryResults
 * @property {() => Promise<Results>} alone The place as it stands.
 * @property {() => Promise<Closed>} closed What each lever closes by itself.
 * @property {() => Promise<Results>} together All levers but instruction.
 */

/**
 * Return the runs of the story.
 *
 * @param {App} app
 * @returns {StoryResults}
 */
export function makeStoryResults(app) {
  const run = async (/** @type {Settings} */ settings, trust = false) => {
    const results = await app.simulate(settings, { key: `story ${JSON.stringify(settings.levers)} ${trust}`, trust });
    if (!results) throw new Error("the page has moved on to another place");
    return results;
  };
  const alone = once(() => run(NOTHING_SET, true));
  return {
    alone,
    closed: once(async () => {
      const before = await alone();
      const names = usableLevers(app.place).map(({ name }) => name);
      const runs = await Promise.all(names.map((name) => run(inFull([name]))));
      return Object.fromEntries(names.map((name, index) => [name, closedBy(runs[index], before)]));
    }),
    together: once(() => run(inFull(partnership(app.place)))),
  };
}

/**
 * Return a function that works something out when it is first called, and again only if that failed.
 *
 * @template Found
 * @param {() => Promise<Found>} work
 * @returns {() => Promise<Found>}
 */
function once(work) {
  /** @type {Promise<Found> | null} */
  let found = null;
  return () => {
    found ??= work().catch((error) => {
      found = null;
      throw error;
    });
    return found;
  };
}
