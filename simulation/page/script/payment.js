/** @import { Payment, PlaceData, Rules } from "./types.js" */

/**
 * Each participant's share after payment, under the contracts in force in each month.
 *
 * It adds up in the order of `simulation/model/payments.py`, so the bits are the same; the rules are the model's own.
 */

/**
 * Return shares after payment, and the sums of those above and below 0.
 *
 * @param {PlaceData} place
 * @param {Float64Array} paymentReform `[t, k]`, strength of the lever on each contract, 0–1.
 * @param {Rules} rules Those of the model.
 * @returns {{share: Float64Array, gains: Float64Array, losses: Float64Array}} `[t, p]`, `[t, k]`, `[t, k]`.
 */
export function sharesByMonth(place, paymentReform, rules) {
  const width = place.opportunities.length;
  /** @type {Map<string, {share: number[], gains: number[], losses: number[]}>} */
  const known = new Map();
  const byMonth = place.months.map((_, month) => {
    const strength = [...paymentReform.subarray(month * width, (month + 1) * width)];
    const key = strength.join();
    const found = known.get(key) ?? sharesUnder(place, strength, rules);
    known.set(key, found);
    return found;
  });
  return {
    share: Float64Array.from(byMonth.flatMap((each) => each.share)),
    gains: Float64Array.from(byMonth.flatMap((each) => each.gains)),
    losses: Float64Array.from(byMonth.flatMap((each) => each.losses)),
  };
}

/**
 * Return the shares of all participants, and their sums by opportunity, under one month's contracts.
 *
 * @param {PlaceData} place
 * @param {readonly number[]} paymentReform `[k]`.
 * @param {Rules} rules
 */
function sharesUnder(place, paymentReform, rules) {
  const { payment, opportunities } = place;
  const risk = payment.risk.map((each, k) => (each === null ? 0 : rules.risk_after_reform(each, paymentReform[k])));
  const received = incomeReceived(payment, risk, rules);
  /** @type {number[]} */
  const share = [];
  const [gains, losses] = [new Array(opportunities.length).fill(0), new Array(opportunities.length).fill(0)];
  opportunities.forEach(({ participants }, k) => {
    for (const o of participants) {
      const p = share.length;
      const costShare = payment.cost_share[p];
      const kept =
        costShare === null
          ? payment.side[p] === "provider"
            ? risk[k]
            : rules.risk_of_the_other(risk[k])
          : rules.share_after_payment(costShare, received.get(`${k} ${o}`) ?? 0, Number(payment.paper_value[k]));
      share.push(kept);
      gains[k] += rules.gaining_part(kept);
      losses[k] += rules.losing_part(kept);
    }
  });
  return { share, gains, losses };
}

/**
 * Return what each participant of a programme receives less what it gives, £m a year, by programme and organisation.
 *
 * @param {Payment} payment
 * @param {readonly number[]} risk `[k]`, the provider's part of the risk in each contract.
 * @param {Rules} rules
 * @returns {Map<string, number>}
 */
function incomeReceived(payment, risk, rules) {
  const received = new Map();
  const add = (/** @type {string} */ key, /** @type {number} */ amount) => received.set(key, (received.get(key) ?? 0) + amount);
  for (const { programme, giver, receiver, income, part, contracts } of payment.transfers) {
    const together = contracts.reduce((sum, [k, weight]) => sum + weight * risk[k], 0);
    const amount = rules.income_moved(income, part, together);
    add(`${programme} ${giver}`, -amount);
    add(`${programme} ${receiver}`, amount);
  }
  return received;
}
