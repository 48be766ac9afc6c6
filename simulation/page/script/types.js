/**
 * The shapes of what the page reads, sets and shows; types only.
 *
 * Months are counted from 0. Organisations `o`, relationships `r`, opportunities `k` and memberships `p` are indices in
 * the order of the model: a membership is one participant of one opportunity, by opportunity and then by organisation.
 */

/**
 * One use of a lever in the file.
 *
 * @typedef {object} LeverUse
 * @property {number} strength 0–1.
 * @property {number | null} from First month; null for the start.
 * @property {number | null} until The month in which it no longer acts; null for never.
 * @property {number} ramp Months to full strength, 1 or more.
 * @property {number} cost £m a year at full strength.
 * @property {string[] | null} only Ids that it acts on; null for all.
 * @property {Record<string, unknown>} written The use as a scenario file has it, sources included.
 */

/**
 * A lever: a choice that a board has.
 *
 * @typedef {object} Lever
 * @property {string} name
 * @property {string} label In a board's words.
 * @property {string} scope organisation, programme, contract or opportunity.
 * @property {string} does Its effect in a sentence.
 * @property {string} pulled_by The people who can decide to use it.
 * @property {string} typical_cost
 * @property {string} evidence
 * @property {string} status evidence or assumed.
 * @property {"organisations" | "opportunities"} axis
 * @property {number[]} acts_on Indices on the axis that it can act on.
 * @property {string[]} ids Their ids.
 * @property {LeverUse[]} uses
 * @property {{ramp: number, cost: number}} typical Where the file does not use it.
 */

/**
 * A parameter: an assumption.
 *
 * @typedef {object} Parameter
 * @property {string} name
 * @property {string} label In a board's words.
 * @property {string} unit
 * @property {number} value As the scenario has it.
 * @property {number} default
 * @property {number} low Low end of its range.
 * @property {number} high High end of its range.
 * @property {number} least Lowest value that can be set.
 * @property {number} most Highest value that can be set.
 * @property {string} meaning
 * @property {string} source
 * @property {string} status evidence, assumed or structural.
 * @property {boolean} whole True if it counts something.
 * @property {string[] | null} choices The words for 0, 1 and so on; null for a number.
 * @property {boolean} held True if the file sets it: it is held there where assumptions are drawn.
 */

/**
 * An event. Which of the optional fields it has depends on its kind.
 *
 * @typedef {object} PlaceEvent
 * @property {"breach" | "leader_change" | "cost_shock" | "grip_shock" | "fixed_stance"} event
 * @property {number} [month] In which it happens (breach, leader change, cost shock).
 * @property {string} [organisation] Id (breach, leader change, fixed stance).
 * @property {number} [size] Part of trust, £m a year, or everyday pressures.
 * @property {"institutional" | "population_first"} [stance]
 * @property {number | null} [from] First month; null for the start (grip shock, fixed stance).
 * @property {number | null} [until] The month in which it no longer acts; null for never.
 * @property {string[] | null} [only] Ids; null for all (grip shock).
 * @property {Record<string, unknown>} [written] As a scenario file has it, sources included.
 */

/**
 * Income that a programme moves between a commissioner and a provider.
 *
 * @typedef {object} Transfer
 * @property {number} programme Index `k`.
 * @property {number} giver Index `o`.
 * @property {number} receiver Index `o`.
 * @property {number} income £m a year.
 * @property {number} part The commissioner's part of the move, 0–1.
 * @property {[number, number][]} contracts Index `k` and weight of each contract that decides who carries the risk.
 */

/**
 * @typedef {object} Payment
 * @property {(number | null)[]} risk `[k]`, the provider's part of the risk before reform; null for a programme.
 * @property {Transfer[]} transfers
 * @property {(number | null)[]} cost_share `[p]`; null in contracts.
 * @property {("provider" | "commissioner" | null)[]} side `[p]`; null in programmes.
 * @property {(number | null)[]} paper_value `[k]`, £m a year; null for a contract.
 */

/**
 * @typedef {object} Overrides
 * @property {(number | null)[]} trust `[r]`.
 * @property {boolean[]} same_sector `[r]`.
 * @property {(number | null)[]} orientation `[o]`.
 * @property {(number | null)[]} lead_capacity `[o]`.
 */

/**
 * @typedef {object} Year
 * @property {string} label Such as 2015/16 (part).
 * @property {number} first First month.
 * @property {number} until The month after its last.
 */

/**
 * @typedef {object} Organisation
 * @property {string} id
 * @property {string} name
 * @property {string} short A few letters.
 * @property {string} role commissioner or provider.
 * @property {string} sector
 */

/**
 * @typedef {object} Opportunity
 * @property {string} id
 * @property {string} title
 * @property {"programme" | "contract"} kind
 * @property {number} value £m a year: value on paper of a programme, amount of a contract.
 * @property {number[]} participants Indices `o`.
 * @property {number} opens First month on the table.
 * @property {number} benefit To the population; 1 is typical.
 * @property {number} milestones 1 or more.
 * @property {number} set_up_cost £m in all; 0 for a contract.
 */

/**
 * A place as Python writes it into the page; `--data` writes the same.
 *
 * @typedef {object} PlaceData
 * @property {1} format
 * @property {string} version Of the software.
 * @property {string} model Version of the model.
 * @property {string} date YYYY-MM-DD.
 * @property {string} seed Random seed in decimal: it may exceed what a number of JavaScript can hold.
 * @property {number} replicates
 * @property {string} title
 * @property {string} name Stem of the file's name.
 * @property {string} file Name of the file; empty for a place without one, from Python or standard input.
 * @property {string[]} months YYYY-MM.
 * @property {Year[]} years
 * @property {Organisation[]} organisations
 * @property {[number, number][]} relationships Trusting and trusted organisation.
 * @property {Opportunity[]} opportunities
 * @property {Record<"system" | "organisations" | "agreements" | "opportunities" | "memberships", string[]>} columns
 * @property {Lever[]} levers
 * @property {Parameter[]} parameters In the order of the model.
 * @property {Overrides} overrides
 * @property {PlaceEvent[]} events
 * @property {{do_nothing: number[], plan: number[], target: number}} paths `[month]`, £m a year.
 * @property {Payment} payment
 * @property {{number: number, state: string, increment: string, stride: number}} points How many, the state
 *   of PCG64 in decimal, and how many replicate numbers each point has to itself: the first is used.
 * @property {{categorical: string[], ink: string, quiet: string, grid: string, ground: string}} colours #RRGGBB.
 * @property {{must_not: string[], sources: [string, string, string, string][], sourced: string}} notes
 * @property {{description: object, block: string}} packed The place as the kernel takes it; the block in gzip and base64.
 * @property {string} digest SHA-256 of the baseline's tables, one after the other as bytes, in hexadecimal digits.
 * @property {string[]} digest_of Their names, in order.
 */

/**
 * How people use a lever; what is left out is as in the file's strongest use of it.
 *
 * @typedef {object} LeverSetting
 * @property {number} strength 0–1.
 * @property {number | null} from First month; null for the start.
 * @property {number | null} [until] The month in which it no longer acts; null for never.
 * @property {number} [ramp] Months to full strength, 1 or more.
 * @property {number} [cost] At full strength, £m a year.
 * @property {string[] | null} [only] Ids that it acts on; null for all.
 */

/**
 * All that people have set; plain and never changed in place.
 *
 * @typedef {object} Settings
 * @property {Readonly<Record<string, LeverSetting>>} levers Those that were moved: a moved lever replaces all its uses.
 * @property {Readonly<Record<string, number>>} parameters Those that were moved.
 * @property {readonly string[]} never_moves Ids of organisations that always ask the institutional question.
 * @property {readonly PlaceEvent[]} events Those that were added.
 * @property {readonly number[]} removed_events Indices of the file's events.
 */

/**
 * The rules of the model that the page needs for its calendar, as the compiled module exports them.
 *
 * @typedef {object} Rules
 * @property {(strength: number, months_since: number, ramp: number) => number} ramped_strength
 * @property {(risk: number, payment_reform: number) => number} risk_after_reform
 * @property {(risk: number) => number} risk_of_the_other
 * @property {(income: number, part: number, risk: number) => number} income_moved
 * @property {(cost_share: number, received: number, value: number) => number} share_after_payment
 * @property {(share: number) => number} gaining_part
 * @property {(share: number) => number} losing_part
 */

/**
 * The values that settings give for each month, field by field as the kernel reads them.
 *
 * @typedef {object} Calendar
 * @property {Record<string, Float64Array>} months `[t]`.
 * @property {Record<string, Float64Array>} organisations `[t, o]`.
 * @property {Record<string, Float64Array>} opportunities `[t, k]`.
 * @property {Float64Array} shares `[t, p]`, after payment.
 * @property {Record<string, Float64Array>} breaches By month, larger first.
 */

/**
 * The assumptions, a row for each set of parameters.
 *
 * @typedef {object} Assumptions
 * @property {Float64Array} parameters `[row, parameter]`.
 * @property {Float64Array} trust `[row, r]`, at the opening.
 * @property {Float64Array} orientation `[row, o]`, at the opening.
 * @property {Float64Array} lead_capacity `[row, o]`.
 */

/**
 * Median and bands of a series over simulated runs; NaN where no run has such a number.
 *
 * @typedef {object} Bands
 * @property {number[]} median
 * @property {number[]} low50 A quarter of the runs lie below.
 * @property {number[]} high50 A quarter of the runs lie above.
 * @property {number[]} low90 One run in twenty lies below.
 * @property {number[]} high90 One run in twenty lies above.
 */

/**
 * What became of one programme by the last month.
 *
 * @typedef {object} Delivery
 * @property {number} opportunity Index `k`.
 * @property {number} value On paper, £m a year.
 * @property {number} agreed Share of the runs that have agreed it, 0–1.
 * @property {number | null} month By which half of all runs have agreed it; null if half never do.
 * @property {number} delivered Mean value on paper of the milestones that were met, £m a year.
 * @property {number} realised Mean of what these save, £m a year.
 */

/**
 * The money of one financial year: medians over runs.
 *
 * @typedef {object} YearOfMoney
 * @property {number} gap At the end of the year, £m a year.
 * @property {number} position In the year, £m.
 * @property {number} lever_costs £m, 0 or more.
 * @property {number} set_up £m, 0 or more.
 */

/**
 * What settings come to: the one structure that pictures draw and words read.
 *
 * `chance` is by chance alone at the settings' own assumptions; `varied` allows for uncertain assumptions, one run at
 * each point, and is null where that was not run.
 *
 * @typedef {object} Results
 * @property {Settings} settings
 * @property {number} replicates Runs by chance.
 * @property {number} cases Points of uncertain assumptions; 0 if they were not varied.
 * @property {boolean} isCertain True if all assumptions are held: `varied` is then of more runs by chance.
 * @property {{chance: Bands, varied: Bands | null, do_nothing: number[]}} gap By month, £m a year; `do_nothing` is the
 *   median before any savings, cost shocks included.
 * @property {{chance: Float64Array, varied: Float64Array | null, position: {chance: Float64Array, varied: Float64Array |
 *   null}, delivered: Float64Array}} last Gap in the last month of each run, £m a year, the position over the run, £m,
 *   and the value of all programmes delivered, £m a year; this by chance alone.
 * @property {{population_first: Bands, varied: Bands | null, runs: Float64Array[]}} questions Shares of all stances by
 *   month, 0–1; `runs[run][month]`.
 * @property {{months: readonly number[], opening: Float64Array, mean: readonly Float64Array[], overall: Bands, runs:
 *   Float64Array[]}} trust `opening[r]` before the first month; `mean[index][r]` over runs at the end of some months;
 *   `overall` by month over all relationships, and so `runs[run][month]`.
 * @property {{outturns: Float64Array[][]}} organisations `[run][year][o]`, £m.
 * @property {Delivery[]} plan Programmes, in the order of opportunities.
 * @property {{years: YearOfMoney[], position: Float64Array[]}} money `position[run][month]` is the position so far, £m.
 */

/**
 * A share of all cases with its 95% interval.
 *
 * @typedef {object} Share
 * @property {number} share 0–1.
 * @property {number} low
 * @property {number} high
 */

/**
 * The verdict on two choices over all cases, by the gap in the last month.
 *
 * @typedef {object} PairVerdict
 * @property {string} first Label of the one that is judged.
 * @property {string} second Label of the one that it is compared with.
 * @property {{better: Share, same: Share, worse: Share}} shares
 * @property {number} median Of the first's gap less the second's, £m a year.
 * @property {number} low One case in twenty lies below.
 * @property {number} high One case in twenty lies above.
 * @property {number} central Median of the same difference at the central assumptions; NaN if it is not known.
 * @property {number} centralSide Its sign, 0 if chance may explain it or the medians are in another order.
 * @property {number} cases
 * @property {number} threshold Differences of up to this count as none, £m a year.
 */

export {};
