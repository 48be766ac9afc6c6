/* The month of docs/model.md in strict C: what a compiler makes of the same rules, draws and order of sums.
 *
 * Sixteen replicates lie side by side, innermost; one thread. Parameters hold for a whole run and are hoisted. Results
 * equal the compiled engine's to the bit, so nothing is fused or reassociated; what is skipped would add nothing.
 */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* strict_c.py defines the index of each column (SYSTEM_gap, AGREEMENTS_lead) and of each lever (LEVER_coaching), how
 * many there are (SYSTEM_COLUMNS, LEVERS), and the names of the parameters (PARAMETERS), from the tables of the package. */
enum { LANES = 16, LINE = 64 };
enum { LEADER_CHANGE, STANCE, INSTRUCTION, REALISATION, MILESTONE };

/* Replicates never touch one another. */
#define EACH_LANE _Pragma("GCC ivdep") _Pragma("GCC unroll 1") for (int lane = 0; lane < LANES; lane++)

typedef struct {
    _Alignas(LINE) double x[LANES];
} row;

/* The assumptions. */
typedef struct {
    double PARAMETERS;
} parameters;

/* The place, its calendar and its tables; the order of the fields is that of INPUTS in strict_c.py.
 * [o] organisation, [r] relationship, [k] opportunity, [p] membership, [t] month. */
typedef struct {
    int64_t months, organisations, relationships, opportunities, memberships, years;
    const parameters *assumed;
    const double *place_income; /* net, a single number */
    const double *income, *net_income, *income_share, *deficit_share, *efficiency_pool, *opening_orientation,
        *lead_capacity, *programmes; /* [o] */
    const uint64_t *organisation_subject;
    const int64_t *trusting, *trusted; /* [r] */
    const double *baseline;
    const int64_t *is_programme, *opens; /* [k] */
    const double *value, *amount, *benefit, *reach, *milestones, *instalment, *largest_net_income;
    const uint64_t *opportunity_subject;
    const int64_t *first_membership; /* [k + 1] */
    const int64_t *member;           /* [p] */
    const double *set_up_share, *skill;
    const uint64_t *stance_subject;
    const int64_t *first_pair;                /* [p + 1] */
    const int64_t *towards;                   /* [pair], the relationship to each other participant in id order */
    const int64_t *first_onlooker, *onlooker; /* [k + 1]; relationships of those outside to those inside */
    const double *share;                               /* [t, p], after payment */
    const double *gains, *losses;                      /* [t, k], sums of the shares above and below 0 */
    const double *do_nothing, *plan, *lever_cost;      /* [t] */
    const double *grip_shock;                          /* [t, o] */
    const int64_t *first_breach, *breach_organisation; /* [t + 1]; larger first */
    const double *breach_size;
    const int64_t *leader_leaves, *fixed_stance; /* [t, o] */
    const int64_t *year;          /* [t] */
    const double *levers[LEVERS]; /* [t, o] or [t, k] */
    double *system;               /* [replicate, t, column] */
    double *outturns;             /* [replicate, year, o] */
    double *agreements;           /* [replicate, k, column] */
    uint16_t *on_the_table;       /* [replicate, p, column] */
} place;

typedef struct {
    row orientation, pressure, order_on_table, order_in_delivery, seen, seen_population_first, efficiency, shortfall, worth, in_delivery, yielded, shifted,
        set_up, leader_changed, leading, attempts, outturn;
    bool ordered;
} organisation;

typedef struct {
    row trust, gain_left, loss_left;
} relationship;

typedef struct {
    row stance, share, exposure, months_institutional;
} membership;

typedef struct {
    row agreed, delivered, gain_share, population_first, co_ownership, months_instructed, by_order, outcome, lead,
        lead_membership, lead_skill, realised, co_ownership_at_agreement, would_meet, met_now, milestones_met, part_met,
        behind, worth;
    int64_t agreed_lanes, delivered_lanes, last_agreed;
    bool active, on_table, in_delivery, attempted, met, any_behind;
} opportunity;

typedef struct {
    row shortfall, gap, efficiency, worth, milestones_value, trust, stances, population_first, stances_in_contracts,
        population_first_in_contracts, orientation, pressure, co_ownership, agreed_value, people_reached, benefit,
        in_delivery, behind, position, cumulative_position, met_trust, least_trust;
    uint64_t seed, replicate[LANES], key_2[LANES];
    organisation *organisations;
    relationship *relationships;
    membership *memberships;
    opportunity *opportunities;
    int64_t *queue; /* [lane, k], what is agreed and not delivered, by agreement and then by id */
    int64_t queued[LANES];
    bool *leader_changed; /* [o], in any lane */
} state;

/* Draws: Threefry2x64-20, the first word. */

static inline uint64_t turn(uint64_t word, int bits) { return (word << bits) | (word >> (64 - bits)); }

#define ROUND(bits)           \
    x_0 += x_1;               \
    x_1 = turn(x_1, bits) ^ x_0;
#define ODD_ROUNDS ROUND(16) ROUND(42) ROUND(12) ROUND(31)
#define EVEN_ROUNDS ROUND(16) ROUND(32) ROUND(24) ROUND(21)
#define ADD_KEY(one, other, time) \
    x_0 += one;                   \
    x_1 += other + time;

static inline double uniform(uint64_t key_0, uint64_t key_1, uint64_t key_2, uint64_t subject, uint64_t question)
{
    uint64_t x_0 = subject + key_0, x_1 = question + key_1;
    ODD_ROUNDS ADD_KEY(key_1, key_2, 1)
    EVEN_ROUNDS ADD_KEY(key_2, key_0, 2)
    ODD_ROUNDS ADD_KEY(key_0, key_1, 3)
    EVEN_ROUNDS ADD_KEY(key_1, key_2, 4)
    ODD_ROUNDS ADD_KEY(key_2, key_0, 5)
    return (double)(int64_t)(x_0 >> 11) * (1.0 / 9007199254740992.0);
}

static inline uint64_t question(int64_t month, uint64_t purpose) { return (uint64_t)month * 65536u + purpose; }

static inline double draw_in_lane(const state *s, int lane, uint64_t subject, uint64_t asked)
{
    return uniform(s->seed, s->replicate[lane], s->key_2[lane], subject, asked);
}

/* Rules. */

static inline double logistic(double advantage)
{
    double x = -advantage;
    x = x < -43.0 ? -43.0 : x;
    x = x > 43.0 ? 43.0 : x;
    double shifted = x * 1.4426950408889634 + 6755399441055744.0;
    double k = shifted - 6755399441055744.0;
    double r = (x - k * 0.6931471803691238) - k * 1.9082149292705877e-10;
    double tail = 1.0 / 39916800.0 + r * (1.0 / 479001600.0 + r * (1.0 / 6227020800.0));
    tail = 1.0 / 40320.0 + r * (1.0 / 362880.0 + r * (1.0 / 3628800.0 + r * tail));
    tail = 1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0 + r * tail));
    tail = 0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * tail));
    uint64_t bits; /* k stands in the low bits of what was shifted: make it the exponent */
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023u) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return 1.0 / (1.0 + (1.0 + (r + r * r * tail)) * scale);
}

static inline double clip_to_unit(double x)
{
    x = x < 0.0 ? 0.0 : x;
    return x > 1.0 ? 1.0 : x;
}

static inline double mean(double total, double number) { return number > 0.0 ? total / number : (double)NAN; }

static inline double shortfall(double gap, double plan, double income)
{
    double behind = gap - plan;
    return behind > 0.0 ? behind / (0.1 * income) : 0.0;
}

static inline double milestone_weight(double per_participant, double neutral)
{
    double capped = per_participant < 1.0 ? per_participant : 1.0;
    double won = neutral + (1.0 - neutral) * capped;
    double lost = neutral + (1.0 + neutral) * per_participant;
    lost = lost > -1.0 ? lost : -1.0;
    return per_participant >= 0.0 ? won : lost;
}

static inline double what_is_left(double rate, double weight)
{
    double moved = rate * weight;
    return moved < 1.0 ? 1.0 - moved : 0.0;
}

static inline double linear(double trust, double gain, double loss)
{
    double risen = trust + gain * (1.0 - trust);
    return risen - loss * risen;
}

static inline double confirmatory(double trust, double gain, double loss)
{
    double risen = trust + 2.0 * gain * trust * (1.0 - trust);
    risen = risen < 1.0 ? risen : 1.0;
    double fallen = risen - 2.0 * loss * risen * (1.0 - risen);
    return fallen > 0.0 ? fallen : 0.0;
}

/* True if a claim (1 or 0) holds in any lane. */
static inline bool in_any(const row *restrict claim)
{
    uint64_t any = 0;
    EACH_LANE any |= claim->x[lane] > 0.5 ? 1u : 0u;
    return any != 0;
}

/* The membership of the other in a pair: an opportunity's members in order, without one's own. */
static inline int64_t other_in_pair(int64_t first, int64_t p, int64_t other)
{
    return first + other + (first + other >= p);
}

/* Phase 1: convene. */

static void apply_breaches(const place *g, state *s, int64_t month)
{
    for (int64_t b = g->first_breach[month]; b < g->first_breach[month + 1]; b++)
        for (int64_t r = 0; r < g->relationships; r++)
            if (g->trusted[r] == g->breach_organisation[b])
                EACH_LANE s->relationships[r].trust.x[lane] *= 1.0 - g->breach_size[b];
}

static bool change_leaders(const place *g, state *s, int64_t month)
{
    const parameters *a = g->assumed;
    bool any = false;
    for (int64_t o = 0; o < g->organisations; o++) {
        organisation *restrict each = &s->organisations[o];
        double stability = g->levers[LEVER_leadership_stability][month * g->organisations + o];
        double chance = a->turnover * (1.0 - a->stability_effect * stability);
        chance = g->leader_leaves[month * g->organisations + o] ? 2.0 : chance;
        uint64_t subject = g->organisation_subject[o], asked = question(month, LEADER_CHANGE);
        EACH_LANE each->leader_changed.x[lane] = draw_in_lane(s, lane, subject, asked) < chance ? 1.0 : 0.0;
        s->leader_changed[o] = in_any(&each->leader_changed);
        if (s->leader_changed[o]) {
            any = true;
            EACH_LANE each->orientation.x[lane] =
                each->leader_changed.x[lane] > 0.5 ? g->opening_orientation[o] : each->orientation.x[lane];
        }
    }
    return any;
}

static void meet_new_leaders(const place *g, state *s)
{
    double kept = 1.0 - g->assumed->turnover_loss, kept_of_both = kept * kept;
    for (int64_t r = 0; r < g->relationships; r++) {
        int64_t of = g->trusting[r], in = g->trusted[r];
        if (!s->leader_changed[of] && !s->leader_changed[in])
            continue;
        const row *restrict one = &s->organisations[of].leader_changed;
        const row *restrict other = &s->organisations[in].leader_changed;
        row *restrict trust = &s->relationships[r].trust;
        double baseline = g->baseline[r];
        EACH_LANE
        {
            double ends = one->x[lane] + other->x[lane], before = trust->x[lane];
            double after = baseline + (before - baseline) * (ends > 1.5 ? kept_of_both : kept);
            trust->x[lane] = ends > 0.5 ? after : before;
        }
    }
}

static void lose_leaders(const place *g, state *s, int64_t month)
{
    for (int64_t k = 0; k < g->opportunities; k++) {
        if (!g->is_programme[k] || g->opens[k] >= month) /* nothing is co-owned before the first meeting */
            continue;
        opportunity *restrict each = &s->opportunities[k];
        int64_t first = g->first_membership[k], until = g->first_membership[k + 1];
        double left = 1.0 - g->assumed->turnover_loss / (double)(until - first);
        for (int64_t p = first; p < until; p++) {
            if (!s->leader_changed[g->member[p]])
                continue;
            const row *restrict changed = &s->organisations[g->member[p]].leader_changed;
            EACH_LANE
            {
                bool lost = (changed->x[lane] > 0.5) & (each->delivered.x[lane] >= (double)month);
                each->co_ownership.x[lane] *= lost ? left : 1.0;
            }
        }
    }
}

static inline double larger(double one, double other) { return one > other ? one : other; }

/* The strongest order over each organisation's programmes on the table, and over those in delivery. */
static void hear_orders(const place *g, state *s, int64_t month)
{
    row zero = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++)
        s->organisations[o].ordered = false;
    for (int64_t k = 0; k < g->opportunities; k++) {
        const opportunity *restrict each = &s->opportunities[k];
        double order = g->levers[LEVER_top_down_instruction][month * g->opportunities + k];
        if (!(order > 0.0) || !(each->on_table || each->in_delivery))
            continue;
        row on_table, in_delivery;
        EACH_LANE
        {
            double agreed = each->agreed.x[lane], now = (double)month;
            on_table.x[lane] = now <= agreed ? order : 0.0;
            in_delivery.x[lane] = (agreed < now) & (now <= each->delivered.x[lane]) ? order : 0.0;
        }
        for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
            organisation *restrict who = &s->organisations[g->member[p]];
            if (!who->ordered)
                who->order_on_table = who->order_in_delivery = zero;
            who->ordered = true;
            EACH_LANE who->order_on_table.x[lane] = larger(on_table.x[lane], who->order_on_table.x[lane]);
            EACH_LANE who->order_in_delivery.x[lane] = larger(in_delivery.x[lane], who->order_in_delivery.x[lane]);
        }
    }
}

static void feel_pressure(const place *g, state *s, int64_t month)
{
    const parameters *a = g->assumed;
    row total = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++) {
        organisation *restrict each = &s->organisations[o];
        int64_t at = month * g->organisations + o;
        double shared = g->levers[LEVER_shared_accountability][at];
        double shock = g->grip_shock[at];
        double eased = 1.0 - a->acknowledgement_effect * g->levers[LEVER_regulator_acknowledgement][at];
        row felt = {{0.0}};
        if (each->ordered)
            EACH_LANE
            {
                double obeyed = a->instruction_persistence * each->order_in_delivery.x[lane];
                felt.x[lane] = a->instruction_effect * larger(each->order_on_table.x[lane], obeyed);
            }
        EACH_LANE
        {
            double behind = (1.0 - shared) * each->shortfall.x[lane] + shared * s->shortfall.x[lane];
            double grip = 1.0 + a->grip_response * behind + felt.x[lane] + shock;
            double pressed = a->accountability_pressure * grip * eased;
            each->pressure.x[lane] = pressed;
            total.x[lane] += pressed;
        }
    }
    s->pressure = total;
}

static void convene(const place *g, state *s, int64_t month)
{
    apply_breaches(g, s, month);
    if (change_leaders(g, s, month)) {
        meet_new_leaders(g, s);
        lose_leaders(g, s, month);
    }
    hear_orders(g, s, month);
    feel_pressure(g, s, month);
}

/* Phase 2: take a stance. */

static bool shares_differ(const place *g, int64_t month, int64_t k)
{
    const double *strength = g->levers[LEVER_gain_share] + month * g->opportunities + k;
    if (month == g->opens[k] || strength[0] != strength[-g->opportunities])
        return true;
    for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++)
        if (g->share[month * g->memberships + p] != g->share[(month - 1) * g->memberships + p])
            return true;
    return false;
}

/* This month's shares after payment and gain share; gain share is fixed once a programme is agreed. */
static void share_gains(const place *g, state *s, int64_t month, int64_t k)
{
    opportunity *restrict each = &s->opportunities[k];
    int64_t at = month * g->opportunities + k;
    double strength = g->levers[LEVER_gain_share][at], gains = g->gains[at], losses = g->losses[at];
    EACH_LANE each->gain_share.x[lane] =
        each->agreed.x[lane] >= (double)month ? strength : each->gain_share.x[lane];
    for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
        row *restrict share = &s->memberships[p].share;
        double given = g->share[month * g->memberships + p];
        EACH_LANE
        {
            double shared = each->gain_share.x[lane];
            share->x[lane] = given > 0.0 ? given * (1.0 - shared * losses / gains) : given * (1.0 - shared);
        }
    }
}

static inline double exposure_of(const place *g, int64_t month, int64_t k, int64_t p)
{
    const parameters *a = g->assumed;
    double menu = g->levers[LEVER_menu_framing][month * g->opportunities + k];
    double coaching = g->levers[LEVER_coaching][month * g->organisations + g->member[p]];
    return a->exposure * (1.0 - a->menu_effect * menu) * (1.0 - a->coaching_skill * coaching);
}

static void take_stance(const place *g, state *s, int64_t month, int64_t k, int64_t p)
{
    const parameters *a = g->assumed;
    membership *restrict mine = &s->memberships[p];
    const organisation *restrict who = &s->organisations[g->member[p]];
    const int64_t *towards = &g->towards[g->first_pair[p]];
    int64_t others = g->first_pair[p + 1] - g->first_pair[p];
    row *restrict trust = &s->met_trust, *restrict least = &s->least_trust;
    *trust = *least = s->relationships[towards[0]].trust;
    for (int64_t other = 1; other < others; other++) {
        const row *restrict more = &s->relationships[towards[other]].trust;
        EACH_LANE
        {
            double each = more->x[lane], before = least->x[lane];
            trust->x[lane] += each;
            least->x[lane] = each < before ? each : before;
        }
    }
    double shared = g->levers[LEVER_shared_accountability][month * g->organisations + g->member[p]];
    double link = a->weakest_link;
    double participants = (double)(others + 1), benefit = g->benefit[k], sharpness = a->decision_sharpness;
    double salience = 1.0 + a->goal_effect * g->levers[LEVER_superordinate_goal][month * g->opportunities + k];
    uint64_t subject = g->stance_subject[p], asked = question(month, STANCE);
    row draws;
    EACH_LANE draws.x[lane] = draw_in_lane(s, lane, subject, asked);
    EACH_LANE
    {
        double orientation = who->orientation.x[lane], mean_trust = trust->x[lane] / (double)others;
        double reciprocity = (1.0 - link) * mean_trust + link * least->x[lane];
        double counted = (1.0 - shared) * mine->share.x[lane] + shared / participants;
        double at_stake = (1.0 - orientation) * (participants * counted) + orientation * salience * benefit;
        double gain = reciprocity * at_stake - (1.0 - orientation) * mine->exposure.x[lane] - who->pressure.x[lane];
        mine->stance.x[lane] = draws.x[lane] < logistic(sharpness * gain) ? 1.0 : 0.0;
    }
}

static void take_stances(const place *g, state *s, int64_t month, int64_t k)
{
    opportunity *restrict each = &s->opportunities[k];
    row asked = {{0.0}};
    double participants = (double)(g->first_membership[k + 1] - g->first_membership[k]);
    for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
        row *restrict stance = &s->memberships[p].stance, *restrict exposed = &s->memberships[p].exposure;
        const row *restrict share = &s->memberships[p].share;
        double exposure = exposure_of(g, month, k, p);
        EACH_LANE
        {
            double stake = participants * share->x[lane], size = stake >= 0.0 ? stake : -stake;
            exposed->x[lane] = exposure * (size < 1.0 ? size : 1.0);
        }
        int64_t fixed = g->fixed_stance[month * g->organisations + g->member[p]];
        if (fixed >= 0)
            EACH_LANE stance->x[lane] = (double)fixed;
        else
            take_stance(g, s, month, k, p);
        EACH_LANE asked.x[lane] += stance->x[lane];
    }
    each->population_first = asked;
}

/* Phase 3: negotiate. */

static void manage_contract(const place *g, state *s, int64_t k)
{
    double value = g->assumed->contract_saving * g->amount[k];
    int64_t p = g->first_membership[k];
    const membership *restrict one = &s->memberships[p], *restrict other = &s->memberships[p + 1];
    organisation *restrict mine = &s->organisations[g->member[p]], *restrict theirs = &s->organisations[g->member[p + 1]];
    EACH_LANE
    {
        bool i_ask = one->stance.x[lane] > 0.5, they_ask = other->stance.x[lane] > 0.5;
        double yielded = i_ask & they_ask ? value / 12.0 : 0.0;
        double taken = they_ask & !i_ask ? other->exposure.x[lane] * value / 24.0 : 0.0;
        double lost = i_ask & !they_ask ? one->exposure.x[lane] * value / 24.0 : 0.0;
        double net = taken - lost;
        mine->yielded.x[lane] += one->share.x[lane] * yielded;
        mine->shifted.x[lane] += net;
        theirs->yielded.x[lane] += other->share.x[lane] * yielded;
        theirs->shifted.x[lane] -= net;
    }
}

static inline double trust_in(const place *g, const state *s, int64_t first, int64_t p, int lane)
{
    int64_t others = g->first_pair[p + 1] - g->first_pair[p];
    double total = 0.0;
    for (int64_t other = 0; other < others; other++) {
        int64_t theirs = other_in_pair(first, p, other);
        int64_t back = g->first_pair[theirs] + (p - first) - (theirs < p);
        total += s->relationships[g->towards[back]].trust.x[lane];
    }
    return total / (double)others;
}

static int64_t choose_lead(const place *g, const state *s, int64_t month, int64_t k, int lane)
{
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1], lead = -1;
    double by_skill = g->levers[LEVER_lead_by_skill][month * g->opportunities + k], best = 0.0;
    bool any_room = false;
    for (int64_t p = first; p < until; p++)
        any_room |= s->organisations[g->member[p]].leading.x[lane] < g->lead_capacity[g->member[p]];
    for (int64_t p = first; p < until; p++) {
        int64_t who = g->member[p];
        if (any_room && !(s->organisations[who].leading.x[lane] < g->lead_capacity[who]))
            continue;
        double size = g->net_income[who] / g->largest_net_income[k], trust = trust_in(g, s, first, p, lane);
        double score = (1.0 - by_skill) * size + by_skill * (g->skill[p] * trust);
        if (lead < 0 || score > best + 1e-12) {
            lead = p;
            best = score;
        }
    }
    return lead;
}

static double classify(const place *g, const state *s, int64_t k, int lane)
{
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1], winners = 0;
    double band = g->assumed->neutral_band;
    for (int64_t p = first; p < until; p++) {
        double per_participant = (double)(until - first) * s->memberships[p].share.x[lane];
        if (per_participant < -band)
            return 2.0;
        winners += per_participant > band;
    }
    return winners == until - first ? 0.0 : 1.0;
}

static void agree(const place *g, state *s, int64_t month, int64_t k, int lane)
{
    opportunity *each = &s->opportunities[k];
    int64_t lead = choose_lead(g, s, month, k, lane);
    double draw = draw_in_lane(s, lane, g->opportunity_subject[k], question(0, REALISATION));
    each->agreed.x[lane] = (double)month;
    each->outcome.x[lane] = classify(g, s, k, lane);
    each->lead.x[lane] = (double)g->member[lead];
    each->lead_membership.x[lane] = (double)lead;
    each->lead_skill.x[lane] = g->skill[lead];
    each->realised.x[lane] = 1.0 + g->assumed->realisation_spread * (2.0 * draw - 1.0);
    each->co_ownership_at_agreement.x[lane] = each->co_ownership.x[lane];
    each->agreed_lanes++;
    each->last_agreed = month;
    s->organisations[g->member[lead]].leading.x[lane] += 1.0;
    s->queue[lane * g->opportunities + s->queued[lane]++] = k;
}

static void agree_if_due(const place *g, state *s, int64_t month, int64_t k)
{
    const parameters *a = g->assumed;
    opportunity *restrict each = &s->opportunities[k];
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1];
    double participants = (double)(until - first);
    double instruction = g->levers[LEVER_top_down_instruction][month * g->opportunities + k];
    row consent, due;
    EACH_LANE consent.x[lane] = each->co_ownership.x[lane] >= a->quorum ? 1.0 : 0.0;
    for (int64_t p = first; p < until; p++) {
        const membership *restrict mine = &s->memberships[p];
        if (g->share[month * g->memberships + p] >= 0.0 && a->neutral_band >= 0.0)
            continue;
        EACH_LANE
        {
            bool loses = participants * mine->share.x[lane] < -a->neutral_band;
            consent.x[lane] = loses & (mine->stance.x[lane] < 0.5) ? 0.0 : consent.x[lane];
        }
    }
    EACH_LANE due.x[lane] = each->agreed.x[lane] >= (double)month ? consent.x[lane] : 0.0;
    if (instruction > 0.0) {
        uint64_t subject = g->opportunity_subject[k], asked = question(month, INSTRUCTION);
        EACH_LANE
        {
            double on_table = each->agreed.x[lane] >= (double)month ? 1.0 : 0.0;
            double months = each->months_instructed.x[lane] + on_table;
            double draw = draw_in_lane(s, lane, subject, asked);
            bool ordered = (consent.x[lane] < 0.5) & (months >= a->instruction_months) & (draw < instruction);
            each->months_instructed.x[lane] = months;
            double by_order = ordered ? on_table : 0.0;
            each->by_order.x[lane] = on_table > 0.5 ? by_order : each->by_order.x[lane];
            due.x[lane] += by_order;
        }
    }
    if (in_any(&due))
        EACH_LANE if (due.x[lane] > 0.5) agree(g, s, month, k, lane);
}

static void note_stances(const place *g, state *s, int64_t month, int64_t k)
{
    const opportunity *restrict each = &s->opportunities[k];
    row on_table;
    EACH_LANE on_table.x[lane] = each->agreed.x[lane] >= (double)month ? 1.0 : 0.0;
    for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
        membership *restrict mine = &s->memberships[p];
        EACH_LANE mine->months_institutional.x[lane] += on_table.x[lane] * (1.0 - mine->stance.x[lane]);
    }
}

static void count_stances(const place *g, state *s, int64_t month, int64_t k)
{
    const opportunity *restrict each = &s->opportunities[k];
    double participants = (double)(g->first_membership[k + 1] - g->first_membership[k]);
    EACH_LANE
    {
        bool active = each->delivered.x[lane] >= (double)month;
        s->stances.x[lane] += active ? participants : 0.0;
        s->population_first.x[lane] += active ? each->population_first.x[lane] : 0.0;
    }
    if (!g->is_programme[k])
        EACH_LANE
        {
            s->stances_in_contracts.x[lane] += participants;
            s->population_first_in_contracts.x[lane] += each->population_first.x[lane];
        }
}

/* Stances and what follows from them, opportunity by opportunity: none sees what another's meeting changed. */
static void meet(const place *g, state *s, int64_t month)
{
    for (int64_t k = 0; k < g->opportunities; k++) {
        opportunity *restrict each = &s->opportunities[k];
        if (g->opens[k] <= month && shares_differ(g, month, k)) /* what is delivered goes on being shared */
            share_gains(g, s, month, k);
        if (!each->active)
            continue;
        take_stances(g, s, month, k);
        count_stances(g, s, month, k);
        if (g->is_programme[k]) {
            double participants = (double)(g->first_membership[k + 1] - g->first_membership[k]);
            EACH_LANE
            {
                double before = each->co_ownership.x[lane], asked = each->population_first.x[lane] / participants;
                double after = before + g->assumed->co_ownership_memory * (asked - before);
                each->co_ownership.x[lane] = each->delivered.x[lane] >= (double)month ? after : before;
            }
        } else {
            manage_contract(g, s, k);
        }
        if (each->on_table) {
            note_stances(g, s, month, k);
            if (g->is_programme[k])
                agree_if_due(g, s, month, k);
        }
    }
}

/* Phase 4: deliver. */

static bool any_mobilised(const place *g, const state *s, int64_t month, int64_t k)
{
    const opportunity *restrict each = &s->opportunities[k];
    row mobilised;
    EACH_LANE mobilised.x[lane] =
        ((double)month > each->agreed.x[lane] + g->assumed->mobilisation) & ((double)month <= each->delivered.x[lane])
            ? 1.0 : 0.0;
    return in_any(&mobilised);
}

static void draw_milestone(const place *g, state *s, int64_t month, int64_t k)
{
    opportunity *restrict each = &s->opportunities[k];
    int64_t first = g->first_pair[g->first_membership[k]], until = g->first_pair[g->first_membership[k + 1]];
    double floor = g->assumed->delivery_floor, mobilisation = g->assumed->mobilisation;
    row trust = s->relationships[g->towards[first]].trust;
    for (int64_t q = first + 1; q < until; q++) {
        const row *restrict more = &s->relationships[g->towards[q]].trust;
        EACH_LANE trust.x[lane] += more->x[lane];
    }
    uint64_t subject = g->opportunity_subject[k], asked = question(month, MILESTONE);
    EACH_LANE
    {
        double mean_trust = trust.x[lane] / (double)(until - first);
        double chance = each->lead_skill.x[lane] * (floor + (1.0 - floor) * (mean_trust * each->co_ownership.x[lane]));
        bool mobilised = (double)month > each->agreed.x[lane] + mobilisation;
        bool met = mobilised & ((double)month <= each->delivered.x[lane]) & (draw_in_lane(s, lane, subject, asked) < chance);
        each->would_meet.x[lane] = met ? 1.0 : 0.0;
        each->met_now.x[lane] = 0.0;
    }
}

static void end_delivery(const place *g, state *s, int64_t month, int64_t k, int lane)
{
    opportunity *each = &s->opportunities[k];
    each->delivered.x[lane] = (double)month;
    each->delivered_lanes++;
    s->organisations[(int64_t)each->lead.x[lane]].leading.x[lane] -= 1.0;
    int64_t *queue = &s->queue[lane * g->opportunities], kept = 0;
    for (int64_t position = 0; position < s->queued[lane]; position++)
        if (queue[position] != k)
            queue[kept++] = queue[position];
    s->queued[lane] = kept;
}

static void meet_milestones(const place *g, state *s, int64_t month, int64_t k)
{
    opportunity *restrict each = &s->opportunities[k];
    double milestones = g->milestones[k];
    double unowned = g->assumed->unowned_realisation, owned = g->assumed->owned_realisation;
    each->met = in_any(&each->met_now);
    if (!each->met)
        return;
    EACH_LANE
    {
        each->milestones_met.x[lane] += each->met_now.x[lane];
        each->part_met.x[lane] = each->milestones_met.x[lane] / milestones;
        double paper = g->value[k] / milestones * each->realised.x[lane];
        double worth = paper * (unowned + (owned - unowned) * each->co_ownership.x[lane]);
        each->worth.x[lane] += each->met_now.x[lane] > 0.5 ? worth : 0.0;
    }
    EACH_LANE if (each->met_now.x[lane] > 0.5 && each->milestones_met.x[lane] >= milestones)
        end_delivery(g, s, month, k, lane);
}

/* True if in any lane an organisation leads more than it can: where no participant had room. */
static bool is_overfull(const place *g, const state *s)
{
    row over = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++)
        EACH_LANE over.x[lane] = s->organisations[o].leading.x[lane] > g->lead_capacity[o] ? 1.0 : over.x[lane];
    return in_any(&over);
}

static void attempt_in_turn(const place *g, state *s, int64_t month, int lane)
{
    for (int64_t o = 0; o < g->organisations; o++)
        s->organisations[o].attempts.x[lane] = 0.0;
    for (int64_t position = 0; position < s->queued[lane]; position++) {
        opportunity *each = &s->opportunities[s->queue[lane * g->opportunities + position]];
        if (!((double)month > each->agreed.x[lane] + g->assumed->mobilisation))
            continue;
        int64_t lead = (int64_t)each->lead.x[lane];
        double *attempts = &s->organisations[lead].attempts.x[lane];
        if (*attempts < g->lead_capacity[lead]) {
            *attempts += 1.0;
            each->met_now.x[lane] = each->would_meet.x[lane];
        }
    }
}

static void look_back(const place *g, state *s, int64_t month, int64_t k)
{
    opportunity *restrict each = &s->opportunities[k];
    double mobilisation = g->assumed->mobilisation, pace = g->assumed->pace, milestones = g->milestones[k];
    EACH_LANE
    {
        double agreed = each->agreed.x[lane], met = each->milestones_met.x[lane];
        bool in_delivery = (agreed < (double)month) & ((double)month <= each->delivered.x[lane]);
        bool late = (double)month - agreed - mobilisation >= (met + 1.0) * pace;
        each->behind.x[lane] = in_delivery & (met < milestones) & late ? 1.0 : 0.0;
    }
    each->any_behind = in_any(&each->behind);
}

static void deliver(const place *g, state *s, int64_t month)
{
    bool any = false;
    for (int64_t k = 0; k < g->opportunities; k++) {
        opportunity *restrict each = &s->opportunities[k];
        each->met = each->any_behind = each->attempted = false;
        if (each->in_delivery && any_mobilised(g, s, month, k)) {
            any = each->attempted = true;
            draw_milestone(g, s, month, k);
        }
    }
    if (!any)
        return;
    bool overfull = is_overfull(g, s);
    if (overfull)
        EACH_LANE attempt_in_turn(g, s, month, lane);
    for (int64_t k = 0; k < g->opportunities; k++) {
        opportunity *each = &s->opportunities[k];
        if (!each->attempted)
            continue;
        if (!overfull)
            each->met_now = each->would_meet;
        meet_milestones(g, s, month, k);
        look_back(g, s, month, k);
    }
}

/* Phase 5: reflect. */

static void learn_from_meetings(const place *g, state *s, int64_t month, int64_t k)
{
    const parameters *a = g->assumed;
    const opportunity *restrict each = &s->opportunities[k];
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1], others = until - first - 1;
    double loss_rate = a->trust_gain * a->loss_ratio, gained = what_is_left(a->trust_gain, a->meeting);
    double let_down = what_is_left(loss_rate, a->meeting), stalled = what_is_left(loss_rate, a->stalemate);
    row active;
    EACH_LANE active.x[lane] = each->delivered.x[lane] >= (double)month ? 1.0 : 0.0;
    for (int64_t p = first; p < until; p++) {
        organisation *restrict who = &s->organisations[g->member[p]];
        const row *restrict mine = &s->memberships[p].stance;
        const int64_t *towards = &g->towards[g->first_pair[p]];
        row seen = who->seen, seen_population_first = who->seen_population_first, if_answered, if_not;
        EACH_LANE
        {
            double open = mine->x[lane] > 0.5 ? gained : 1.0, closed = mine->x[lane] > 0.5 ? let_down : stalled;
            if_answered.x[lane] = active.x[lane] > 0.5 ? open : 1.0;
            if_not.x[lane] = active.x[lane] > 0.5 ? closed : 1.0;
        }
        for (int64_t other = 0; other < others; other++) {
            const row *restrict theirs = &s->memberships[other_in_pair(first, p, other)].stance;
            relationship *restrict to = &s->relationships[towards[other]];
            EACH_LANE
            {
                double weight = active.x[lane] * to->trust.x[lane];
                to->gain_left.x[lane] *= theirs->x[lane] > 0.5 ? if_answered.x[lane] : 1.0;
                to->loss_left.x[lane] *= theirs->x[lane] > 0.5 ? 1.0 : if_not.x[lane];
                seen.x[lane] += weight;
                seen_population_first.x[lane] += theirs->x[lane] * weight;
            }
        }
        who->seen = seen;
        who->seen_population_first = seen_population_first;
    }
}

static void learn_from_milestone(const place *g, state *s, int64_t k)
{
    const parameters *a = g->assumed;
    const row *restrict met = &s->opportunities[k].met_now;
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1], others = until - first - 1;
    double rate = a->trust_gain, loss_rate = a->trust_gain * a->loss_ratio, participants = (double)(until - first);
    for (int64_t p = first; p < until; p++) {
        const membership *restrict mine = &s->memberships[p];
        const int64_t *towards = &g->towards[g->first_pair[p]];
        row gain_left, if_they_gain, loses;
        EACH_LANE
        {
            double weight = milestone_weight(participants * mine->share.x[lane], a->neutral);
            double gained = what_is_left(rate, weight > 0.0 ? weight : 0.0);
            double let_down = what_is_left(loss_rate, weight < 0.0 ? -weight : 0.0);
            gain_left.x[lane] = met->x[lane] > 0.5 ? gained : 1.0;
            if_they_gain.x[lane] = met->x[lane] > 0.5 ? let_down : 1.0;
            loses.x[lane] = if_they_gain.x[lane] < 1.0 ? 1.0 : 0.0;
        }
        bool any_loses = in_any(&loses);
        for (int64_t other = 0; other < others; other++) {
            relationship *restrict to = &s->relationships[towards[other]];
            EACH_LANE to->gain_left.x[lane] *= gain_left.x[lane];
            if (any_loses) {
                const row *restrict theirs = &s->memberships[other_in_pair(first, p, other)].share;
                EACH_LANE to->loss_left.x[lane] *= theirs->x[lane] > 0.0 ? if_they_gain.x[lane] : 1.0;
            }
        }
    }
}

/* Programmes are behind in few replicates, so only those are visited. */
static void lose_trust_in_lead(const place *g, state *s, int64_t k)
{
    const parameters *a = g->assumed;
    const opportunity *restrict each = &s->opportunities[k];
    int64_t first = g->first_membership[k], until = g->first_membership[k + 1];
    double left = what_is_left(a->trust_gain * a->loss_ratio, a->behind);
    for (int lane = 0; lane < LANES; lane++) {
        if (each->behind.x[lane] < 0.5)
            continue;
        int64_t lead = (int64_t)each->lead_membership.x[lane];
        for (int64_t p = first; p < until; p++)
            if (p != lead) {
                int64_t towards = g->towards[g->first_pair[p] + (lead - first) - (p < lead)];
                s->relationships[towards].loss_left.x[lane] *= left;
            }
    }
}

static void celebrate(const place *g, state *s, int64_t k, double celebration)
{
    const row *restrict met = &s->opportunities[k].met_now;
    double gained = what_is_left(g->assumed->trust_gain, g->assumed->celebrated * celebration);
    for (int64_t position = g->first_onlooker[k]; position < g->first_onlooker[k + 1]; position++) {
        row *restrict gain_left = &s->relationships[g->onlooker[position]].gain_left;
        EACH_LANE gain_left->x[lane] *= met->x[lane] > 0.5 ? gained : 1.0;
    }
}

static void change_orientation(const place *g, state *s, int64_t month)
{
    const parameters *a = g->assumed;
    row total = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++) {
        organisation *restrict each = &s->organisations[o];
        double coached = a->coaching_effect * g->levers[LEVER_coaching][month * g->organisations + o];
        EACH_LANE
        {
            double before = each->orientation.x[lane], seen = each->seen.x[lane];
            double moved = before + coached * (1.0 - before);
            double followed = moved + a->role_modelling * (each->seen_population_first.x[lane] / seen - before);
            double after = clip_to_unit(seen > 0.0 ? followed : moved);
            each->orientation.x[lane] = after;
            total.x[lane] += after;
            each->seen.x[lane] = 0.0;
            each->seen_population_first.x[lane] = 0.0;
        }
    }
    s->orientation = total;
}

#define MOVE_TRUST(rule)                                                                                   \
    for (int64_t r = 0; r < g->relationships; r++) {                                                       \
        relationship *restrict each = &s->relationships[r];                                                \
        EACH_LANE                                                                                          \
        {                                                                                                  \
            double gain = 1.0 - each->gain_left.x[lane], loss = 1.0 - each->loss_left.x[lane];             \
            double after = rule(each->trust.x[lane], gain, loss);                                          \
            each->trust.x[lane] = after;                                                                   \
            total.x[lane] += after;                                                                        \
            each->gain_left.x[lane] = 1.0;                                                                 \
            each->loss_left.x[lane] = 1.0;                                                                 \
        }                                                                                                  \
    }

static void move_trust(const place *g, state *s)
{
    row total = {{0.0}};
    if (g->assumed->trust_rule >= 0.5) {
        MOVE_TRUST(confirmatory)
    } else {
        MOVE_TRUST(linear)
    }
    s->trust = total;
}

static void reflect(const place *g, state *s, int64_t month)
{
    for (int64_t k = 0; k < g->opportunities; k++) {
        if (s->opportunities[k].active)
            learn_from_meetings(g, s, month, k);
        if (s->opportunities[k].met) {
            learn_from_milestone(g, s, k);
            double celebration = g->levers[LEVER_celebration][month * g->opportunities + k];
            if (celebration > 0.0)
                celebrate(g, s, k, celebration);
        }
        if (s->opportunities[k].any_behind)
            lose_trust_in_lead(g, s, k);
    }
    change_orientation(g, s, month);
    move_trust(g, s);
}

/* Phase 6: account. */

static void share_programme(const place *g, state *s, int64_t month, int64_t k)
{
    const opportunity *restrict each = &s->opportunities[k];
    double milestones = g->milestones[k], instalment = g->instalment[k];
    bool paid_in_all = each->agreed_lanes == LANES && (double)(month - each->last_agreed) > milestones;
    bool is_paid = instalment != 0.0 && !paid_in_all;
    row due, busy;
    EACH_LANE
    {
        double months = (double)month - each->agreed.x[lane];
        due.x[lane] = (0.0 < months) & (months <= milestones) ? instalment : 0.0;
        busy.x[lane] = (0.0 < months) & ((double)month <= each->delivered.x[lane]) ? 1.0 : 0.0;
    }
    for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
        organisation *restrict who = &s->organisations[g->member[p]];
        const row *restrict share = &s->memberships[p].share;
        double paid = g->set_up_share[p];
        EACH_LANE who->worth.x[lane] += share->x[lane] * each->worth.x[lane];
        if (each->in_delivery)
            EACH_LANE who->in_delivery.x[lane] += busy.x[lane];
        if (is_paid)
            EACH_LANE who->set_up.x[lane] += due.x[lane] * paid;
    }
}

static void take_stock_of_programmes(const place *g, state *s, int64_t month)
{
    row zero = {{0.0}}, worth = zero, co_ownership = zero, agreed = zero, reached = zero, milestones = zero, all = zero;
    row in_delivery = zero, behind = zero;
    for (int64_t k = 0; k < g->opportunities; k++) {
        const opportunity *restrict each = &s->opportunities[k];
        if (!g->is_programme[k] || g->opens[k] > month)
            continue;
        EACH_LANE co_ownership.x[lane] += each->co_ownership.x[lane];
        if (each->agreed_lanes == 0)
            continue;
        if (each->in_delivery)
            EACH_LANE in_delivery.x[lane] +=
                (each->agreed.x[lane] < (double)month) & ((double)month <= each->delivered.x[lane]) ? 1.0 : 0.0;
        if (each->any_behind)
            EACH_LANE behind.x[lane] += each->behind.x[lane];
        share_programme(g, s, month, k);
        double value = g->value[k], reach = g->reach[k], benefit = g->benefit[k] * value;
        EACH_LANE
        {
            double part = each->part_met.x[lane];
            worth.x[lane] += each->worth.x[lane];
            agreed.x[lane] += each->agreed.x[lane] <= (double)month ? value : 0.0;
            milestones.x[lane] += value * part;
            reached.x[lane] += reach * part;
            all.x[lane] += benefit * part;
        }
    }
    s->worth = worth;
    s->co_ownership = co_ownership;
    s->agreed_value = agreed;
    s->milestones_value = milestones;
    s->people_reached = reached;
    s->benefit = all;
    s->in_delivery = in_delivery;
    s->behind = behind;
}

static void save(const place *g, state *s)
{
    const parameters *a = g->assumed;
    row total = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++) {
        organisation *restrict each = &s->organisations[o];
        double pool = g->efficiency_pool[o], programmes = g->programmes[o] > 0.0 ? g->programmes[o] : 1.0;
        EACH_LANE
        {
            double busy = each->in_delivery.x[lane] / programmes, before = each->efficiency.x[lane];
            double after = before + a->efficiency_rate * (pool - before) * (1.0 - a->attention_cost * busy);
            each->efficiency.x[lane] = after;
            total.x[lane] += after;
        }
    }
    s->efficiency = total;
}

static void close_books(const place *g, state *s, int64_t month)
{
    double do_nothing = g->do_nothing[month], plan = g->plan[month];
    row position = {{0.0}};
    for (int64_t o = 0; o < g->organisations; o++) {
        organisation *restrict each = &s->organisations[o];
        double levers = g->lever_cost[month] * g->income_share[o] / 12.0, share = g->deficit_share[o];
        EACH_LANE
        {
            double gap = share * do_nothing - each->efficiency.x[lane] - each->worth.x[lane];
            double books = -gap / 12.0 + each->yielded.x[lane] + each->shifted.x[lane] - each->set_up.x[lane];
            each->outturn.x[lane] += books - levers;
            position.x[lane] += books - levers;
            each->shortfall.x[lane] = shortfall(gap, share * plan, g->income[o]);
            each->worth.x[lane] = each->in_delivery.x[lane] = each->set_up.x[lane] = 0.0;
            each->yielded.x[lane] = each->shifted.x[lane] = 0.0;
        }
    }
    EACH_LANE
    {
        double gap = do_nothing - s->efficiency.x[lane] - s->worth.x[lane];
        s->gap.x[lane] = gap;
        s->shortfall.x[lane] = shortfall(gap, plan, *g->place_income);
        s->cumulative_position.x[lane] += position.x[lane];
    }
    s->position = position;
}

/* The record. */

static void record_month(const place *g, state *s, int64_t first, int64_t wanted, int64_t month)
{
    double opened = 0.0, opened_value = 0.0, benefit = 0.0;
    double organisations = (double)g->organisations, relationships = (double)g->relationships;
    for (int64_t k = 0; k < g->opportunities; k++) {
        if (!g->is_programme[k])
            continue;
        benefit += g->benefit[k] * g->value[k];
        opened += g->opens[k] <= month ? 1.0 : 0.0;
        opened_value += g->opens[k] <= month ? g->value[k] : 0.0;
    }
    for (int64_t lane = 0; lane < wanted; lane++) {
        double *restrict line = &g->system[((first + lane) * g->months + month) * SYSTEM_COLUMNS];
        line[SYSTEM_gap] = s->gap.x[lane];
        line[SYSTEM_do_nothing] = g->do_nothing[month];
        line[SYSTEM_efficiency] = s->efficiency.x[lane];
        line[SYSTEM_programmes] = s->worth.x[lane];
        line[SYSTEM_milestones_value] = s->milestones_value.x[lane];
        line[SYSTEM_position] = s->position.x[lane];
        line[SYSTEM_cumulative_position] = s->cumulative_position.x[lane];
        line[SYSTEM_realised] = mean(s->worth.x[lane], s->milestones_value.x[lane]);
        line[SYSTEM_behind] = mean(s->behind.x[lane], s->in_delivery.x[lane]);
        line[SYSTEM_trust] = mean(s->trust.x[lane], relationships);
        line[SYSTEM_population_first] = mean(s->population_first.x[lane], s->stances.x[lane]);
        line[SYSTEM_population_first_programmes] =
            mean(s->population_first.x[lane] - s->population_first_in_contracts.x[lane],
                 s->stances.x[lane] - s->stances_in_contracts.x[lane]);
        line[SYSTEM_population_first_contracts] =
            mean(s->population_first_in_contracts.x[lane], s->stances_in_contracts.x[lane]);
        line[SYSTEM_orientation] = mean(s->orientation.x[lane], organisations);
        line[SYSTEM_pressure] = mean(s->pressure.x[lane], organisations);
        line[SYSTEM_co_ownership] = mean(s->co_ownership.x[lane], opened);
        line[SYSTEM_plan_coverage] = opened_value > 0.0 ? s->agreed_value.x[lane] / opened_value : 0.0;
        line[SYSTEM_people_reached] = s->people_reached.x[lane];
        line[SYSTEM_benefit] = mean(s->benefit.x[lane], benefit);
    }
}

static void record_year(const place *g, state *s, int64_t first, int64_t wanted, int64_t month)
{
    if (month + 1 < g->months && g->year[month + 1] == g->year[month])
        return;
    for (int64_t o = 0; o < g->organisations; o++) {
        row *outturn = &s->organisations[o].outturn;
        for (int64_t lane = 0; lane < wanted; lane++)
            g->outturns[((first + lane) * g->years + g->year[month]) * g->organisations + o] = outturn->x[lane];
        EACH_LANE outturn->x[lane] = 0.0;
    }
}

static void record_end(const place *g, const state *s, int64_t first, int64_t wanted)
{
    for (int64_t lane = 0; lane < wanted; lane++) {
        for (int64_t k = 0; k < g->opportunities; k++) {
            const opportunity *each = &s->opportunities[k];
            double *line = &g->agreements[((first + lane) * g->opportunities + k) * AGREEMENTS_COLUMNS];
            bool is_agreed = each->agreed.x[lane] < (double)INFINITY;
            line[AGREEMENTS_agreed] = is_agreed ? each->agreed.x[lane] : (double)NAN;
            line[AGREEMENTS_by_order] = is_agreed ? each->by_order.x[lane] : (double)NAN;
            line[AGREEMENTS_outcome] = is_agreed ? each->outcome.x[lane] : (double)NAN;
            line[AGREEMENTS_lead] = is_agreed ? each->lead.x[lane] : (double)NAN;
            line[AGREEMENTS_realisation] = is_agreed ? each->realised.x[lane] : (double)NAN;
            line[AGREEMENTS_co_ownership] = is_agreed ? each->co_ownership_at_agreement.x[lane] : (double)NAN;
            line[AGREEMENTS_milestones_met] = g->is_programme[k] ? each->milestones_met.x[lane] : (double)NAN;
            line[AGREEMENTS_worth] = g->is_programme[k] ? each->worth.x[lane] : (double)NAN;
            double last = is_agreed ? each->agreed.x[lane] : (double)(g->months - 1);
            for (int64_t p = g->first_membership[k]; p < g->first_membership[k + 1]; p++) {
                uint16_t *told = &g->on_the_table[((first + lane) * g->memberships + p) * MEMBERSHIPS_COLUMNS];
                told[MEMBERSHIPS_months_on_table] = (uint16_t)(last - (double)g->opens[k] + 1.0);
                told[MEMBERSHIPS_months_institutional] = (uint16_t)s->memberships[p].months_institutional.x[lane];
            }
        }
    }
}

/* A block from its first month to its last. */

static void open_place(const place *g, state *s)
{
    memset(s->organisations, 0, (size_t)g->organisations * sizeof *s->organisations);
    memset(s->memberships, 0, (size_t)g->memberships * sizeof *s->memberships);
    memset(s->opportunities, 0, (size_t)g->opportunities * sizeof *s->opportunities);
    memset(s->queued, 0, sizeof s->queued);
    EACH_LANE s->shortfall.x[lane] = s->cumulative_position.x[lane] = 0.0;
    for (int64_t o = 0; o < g->organisations; o++)
        EACH_LANE s->organisations[o].orientation.x[lane] = g->opening_orientation[o];
    for (int64_t r = 0; r < g->relationships; r++) {
        EACH_LANE s->relationships[r].trust.x[lane] = g->baseline[r];
        EACH_LANE s->relationships[r].gain_left.x[lane] = s->relationships[r].loss_left.x[lane] = 1.0;
    }
    for (int64_t k = 0; k < g->opportunities; k++)
        EACH_LANE s->opportunities[k].agreed.x[lane] = s->opportunities[k].delivered.x[lane] = (double)INFINITY;
}

static void begin_month(const place *g, state *s, int64_t month)
{
    row zero = {{0.0}};
    for (int64_t k = 0; k < g->opportunities; k++) {
        opportunity *each = &s->opportunities[k];
        each->active = g->opens[k] <= month && each->delivered_lanes < LANES;
        each->on_table = g->opens[k] <= month && each->agreed_lanes < LANES;
        each->in_delivery = each->agreed_lanes > each->delivered_lanes;
    }
    s->stances = s->population_first = s->stances_in_contracts = s->population_first_in_contracts = zero;
}

static void *lines(int64_t number, size_t size)
{
    size_t whole = ((size_t)number * size + LINE - 1) / LINE * LINE;
    return aligned_alloc(LINE, whole ? whole : LINE);
}

/* Simulate replicates 0, 1, ... of a place into its tables; 0 if all went well, 1 if there was no memory. */
int simulate(const place *g, uint64_t seed, int64_t replicates)
{
    static state room;
    state *s = &room;
    s->seed = seed;
    s->organisations = lines(g->organisations, sizeof(organisation));
    s->relationships = lines(g->relationships, sizeof(relationship));
    s->memberships = lines(g->memberships, sizeof(membership));
    s->opportunities = lines(g->opportunities, sizeof(opportunity));
    s->queue = lines(g->opportunities * LANES, sizeof(int64_t));
    s->leader_changed = lines(g->organisations, sizeof(bool));
    bool all = s->organisations && s->relationships && s->memberships && s->opportunities && s->queue;
    for (int64_t first = 0; all && s->leader_changed && first < replicates; first += LANES) {
        int64_t wanted = replicates - first < LANES ? replicates - first : LANES;
        EACH_LANE s->replicate[lane] = (uint64_t)first + (uint64_t)lane;
        EACH_LANE s->key_2[lane] = UINT64_C(0x1BD11BDAA9FC1A22) ^ seed ^ s->replicate[lane];
        open_place(g, s);
        for (int64_t month = 0; month < g->months; month++) {
            begin_month(g, s, month);
            convene(g, s, month);
            meet(g, s, month);
            deliver(g, s, month);
            reflect(g, s, month);
            take_stock_of_programmes(g, s, month);
            save(g, s);
            close_books(g, s, month);
            record_month(g, s, first, wanted, month);
            record_year(g, s, first, wanted, month);
        }
        record_end(g, s, first, wanted);
    }
    all = all && s->leader_changed;
    free(s->organisations), free(s->relationships), free(s->memberships);
    free(s->opportunities), free(s->queue), free(s->leader_changed);
    return all ? 0 : 1;
}
