/** @import { Results, Settings } from "./types.js" */
/** @import { App } from "./app.js" */
/** @import { Closed } from "./story_levers.js" */

import { NOTHING_SET } from "./settings.js";
import { closedBy } from "./story_levers.js";
import { inFull, partnership, usableLevers } from "./story_steps.js";

/**
 * The runs that the story shows; each is worked out once, when it is first needed.
 */

/** In places with more relationships than this, one run takes long, so the story runs few. */
const MANY_RELATIONSHIPS = 2000;

/** Replicates in such a place. */
const FEW = 32;

/**
 * @typedef {object} StoryResults
 * @property {() => Promise<Results>} alone The place as it stands.
 * @property {() => Promise<Closed[]>} closed What each lever closes by itself, in the order of the place.
 * @property {() => Promise<Results>} together All levers but instruction.
 */

/**
 * Return the runs of the story.
 *
 * @param {App} app
 * @returns {StoryResults}
 */
export function makeStoryResults(app) {
  const { place } = app;
  const isLarge = place.relationships.length > MANY_RELATIONSHIPS;
  const replicates = isLarge ? Math.min(FEW, place.replicates) : place.replicates;
  const run = async (/** @type {Settings} */ settings) => {
    const results = await app.simulate(settings, { key: `story ${JSON.stringify(settings.levers)}`, replicates });
    if (!results) throw new Error("the page has moved on to another place");
    return results;
  };
  const alone = once(() => run(NOTHING_SET));
  return {
    alone,
    closed: once(async () => {
      const before = await alone();
      const levers = usableLevers(place);
      const runs = await Promise.all(levers.map(({ name }) => run(inFull(place, [name]))));
      return levers.map((lever, index) => closedBy(lever, before, runs[index]));
    }),
    together: once(() => run(inFull(place, partnership(place)))),
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
