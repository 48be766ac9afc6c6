/** @import { Results, Settings } from "./types.js" */
/** @import { App } from "./app.js" */
/** @import { Closed } from "./story_levers.js" */

import { NOTHING_SET } from "./settings.js";
import { closedBy, inFull, leversToAdd, partnership } from "./story_levers.js";

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
 * @property {(progress?: (share: number) => void) => Promise<Closed[]>} closed What each lever closes by itself, in the
 *   order of the place; `progress` is called with the share of the runs that are done, 0–1.
 * @property {() => Promise<Results>} together All levers that can be added but instruction.
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
  /** @type {Set<(share: number) => void>} */
  const listeners = new Set();
  const closed = once(async () => {
    const before = await alone();
    const levers = leversToAdd(place);
    let done = 0;
    const runs = levers.map(async (lever) => {
      const used = await run(inFull(place, [lever]));
      done += 1;
      for (const tell of listeners) tell(done / levers.length);
      return closedBy(lever, before, used);
    });
    return Promise.all(runs);
  });
  return {
    alone,
    closed: (progress = () => {}) => {
      listeners.add(progress);
      return closed().finally(() => listeners.delete(progress));
    },
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
