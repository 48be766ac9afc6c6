/** @import { Material, Part, Task } from "./tasks.js" */
/** @import { Thread } from "./worker.js" */

import { startHere, startWorker } from "./worker.js";

/**
 * Work shared out to a few threads. Of the requests of one key the newest wins: while one is worked out, those that come
 * are held back, and only the last of them follows.
 */

/** The most workers that are started; more would only take memory. */
const MOST_WORKERS = 4;

/**
 * @typedef {object} Job
 * @property {string} key
 * @property {number} priority Jobs of a lower number go first.
 * @property {Task[]} tasks Those that have not been started.
 * @property {Part[]} parts In the order of the tasks.
 * @property {number} missing
 * @property {number} total
 * @property {number} runs In all tasks.
 * @property {number} done Runs that were worked out.
 * @property {(done: number, of: number) => void} [progress] Called with them.
 * @property {(parts: Part[] | null) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** A few threads, and the jobs that wait for them. */
export class Pool {
  /** @type {Thread[]} */
  #idle;
  /** @type {Job[]} */
  #jobs = [];
  /** @type {Map<string, {begin: () => void, giveUp: () => void}>} By key, what follows the job that is worked out. */
  #held = new Map();

  /** @param {Thread[]} threads */
  constructor(threads) {
    this.threads = threads;
    this.#idle = [...threads];
  }

  /**
   * Work out tasks.
   *
   * @param {string} key
   * @param {Task[]} tasks
   * @param {{priority?: number, urgent?: boolean, progress?: Job["progress"]}} [how] `urgent` drops what is worked out
   *   under the same key.
   * @returns {Promise<Part[] | null>} Null if a newer request of the same key took its place.
   */
  run(key, tasks, { priority = 0, urgent = false, progress } = {}) {
    if (urgent) this.drop(key);
    return new Promise((resolve, reject) => {
      const begin = () => {
        const runs = tasks.reduce((sum, { count }) => sum + count, 0);
        const job = { key, priority, tasks: [...tasks], parts: [], missing: tasks.length, total: tasks.length, runs, done: 0, progress, resolve, reject };
        this.#jobs.push(job);
        this.#jobs.sort((one, other) => one.priority - other.priority);
        this.#share();
      };
      this.#giveUpHeld(key);
      if (this.#jobs.some((each) => each.key === key)) this.#held.set(key, { begin, giveUp: () => resolve(null) });
      else begin();
    });
  }

  /**
   * Drop all that is wanted under a key.
   *
   * @param {string} key
   */
  drop(key) {
    const dropped = this.#jobs.filter((each) => each.key === key);
    this.#jobs = this.#jobs.filter((each) => each.key !== key);
    for (const each of dropped) each.resolve(null);
    this.#giveUpHeld(key);
  }

  /** End all threads. */
  end() {
    for (const { key } of [...this.#jobs]) this.drop(key);
    for (const each of this.threads) each.end();
  }

  /** @param {string} key */
  #giveUpHeld(key) {
    this.#held.get(key)?.giveUp();
    this.#held.delete(key);
  }

  /** Give each idle thread the next task. */
  #share() {
    while (this.#idle.length) {
      const job = this.#jobs.find((each) => each.tasks.length);
      const thread = job && this.#idle.pop();
      if (!job || !thread) return;
      const task = /** @type {Task} */ (job.tasks.shift());
      const index = job.total - job.tasks.length - 1;
      thread
        .run(task)
        .then((part) => this.#finish(job, index, part, task.count))
        .catch((error) => this.#fail(job, error))
        .finally(() => {
          this.#idle.push(thread);
          this.#share();
        });
    }
  }

  /**
   * @param {Job} job
   * @param {number} index
   * @param {Part} part
   * @param {number} count Of its runs.
   */
  #finish(job, index, part, count) {
    job.parts[index] = part;
    job.missing -= 1;
    job.done += count;
    job.progress?.(job.done, job.runs);
    if (job.missing === 0) {
      job.resolve(job.parts);
      this.#leave(job);
    }
  }

  /**
   * @param {Job} job
   * @param {unknown} error
   */
  #fail(job, error) {
    job.reject(error);
    this.#leave(job);
  }

  /** @param {Job} job */
  #leave(job) {
    if (!this.#jobs.includes(job)) return;
    this.#jobs = this.#jobs.filter((each) => each !== job);
    const next = this.#held.get(job.key);
    this.#held.delete(job.key);
    next?.begin();
  }
}

/**
 * Start workers, or where the browser allows none the page's own thread.
 *
 * @param {Material} material
 * @param {string} script The text of the page's script.
 * @returns {Promise<Pool>}
 */
export async function startPool(material, script) {
  const wanted = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
  try {
    return new Pool(await Promise.all(Array.from({ length: wanted }, () => startWorker(material, script))));
  } catch {
    return new Pool([await startHere(material)]);
  }
}
