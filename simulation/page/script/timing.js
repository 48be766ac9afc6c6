/**
 * How long people wait: from an input event to the painted frame, as measures that benchmarks read.
 */

/** @typedef {{start: number, name: string}} Move */

/** Measures that are kept, so that memory stays flat. */
const KEPT = 1000;

let count = 0;

/**
 * Begin to measure at the event that is handled now.
 *
 * @param {boolean} released False while a control is dragged.
 * @returns {Move}
 */
export function beginMove(released) {
  return { start: globalThis.event?.timeStamp ?? performance.now(), name: released ? "release" : "drag" };
}

/**
 * End to measure once the frame that is being drawn was painted; to be called within an animation frame.
 *
 * @param {Move} move
 */
export function endMove({ start, name }) {
  const { port1, port2 } = new MessageChannel();
  // A message that is sent in a frame arrives after it was painted.
  port1.onmessage = () => {
    count += 1;
    if (count % KEPT === 0) performance.clearMeasures();
    performance.measure(name, { start, end: performance.now() });
    port1.close();
  };
  port2.postMessage(null);
}
