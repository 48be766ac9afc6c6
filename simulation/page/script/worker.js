/** @import { Material, Part, Task } from "./tasks.js" */

import { TaskRunner, buffersOf } from "./tasks.js";

/**
 * A worker from both sides: what it does with a message, and the page's handle on it.
 *
 * It is the page's own script once more, from a blob: address: a page opened from a file may load nothing else.
 */

/** How long a worker may take to start, in milliseconds; the page then does the work itself. */
const PATIENCE = 10000;

/**
 * Where tasks are worked out.
 *
 * @typedef {object} Thread
 * @property {(task: Task) => Promise<Part>} run
 * @property {() => void} end
 */

/**
 * Do the work of a worker: the first message is the material, each other a task.
 *
 * @param {any} scope The worker's global scope.
 */
export function serveTasks(scope) {
  /** @type {TaskRunner | null} */
  let runner = null;
  scope.onmessage = async (/** @type {MessageEvent} */ { data }) => {
    try {
      if (data.material) {
        runner = await TaskRunner.start(data.material);
        scope.postMessage({ id: 0 });
      } else if (runner) {
        const part = runner.run(data.task);
        scope.postMessage({ id: data.id, part }, buffersOf(part));
      }
    } catch (error) {
      scope.postMessage({ id: data.id ?? 0, error: String(error) });
    }
  };
}

/**
 * Start a worker.
 *
 * @param {Material} material
 * @param {string} script The text of the page's script.
 * @returns {Promise<Thread>} It fails where the browser allows no worker.
 */
export async function startWorker(material, script) {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  /** @type {Map<number, {resolve: (part: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  let last = 0;
  /** @type {(id: number, message: object) => Promise<any>} */
  const ask = (id, message) =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...message });
    });
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.id) ?? {};
    waiting.delete(data.id);
    if (data.error) reject?.(new Error(data.error));
    else resolve?.(data.part);
  };
  const fail = () => {
    for (const { reject } of waiting.values()) reject(new Error("the worker stopped"));
    waiting.clear();
  };
  worker.onerror = fail;
  const late = setTimeout(fail, PATIENCE);
  try {
    await ask(0, { material });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    clearTimeout(late);
    URL.revokeObjectURL(address);
  }
  return { run: (task) => ask(++last, { task }), end: () => worker.terminate() };
}

/**
 * Do the work in the page's own thread, with a pause before each task for what people do meanwhile.
 *
 * @param {Material} material
 * @returns {Promise<Thread>}
 */
export async function startHere(material) {
  const runner = await TaskRunner.start(material);
  const run = async (/** @type {Task} */ task) => {
    await new Promise((resolve) => setTimeout(resolve));
    return runner.run(task);
  };
  return { run, end: () => {} };
}
