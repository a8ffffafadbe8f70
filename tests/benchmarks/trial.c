/* The trial as a plain loop in C: what the engines are measured against.
 *
 * The rules are those of trial/trial.toml and trial/by-rating.toml and no others: true grades move, serious concerns
 * bring inspections, ratings set how long the next inspection may wait, and inspectors are finitely many. Draws are
 * addressed as in simulator/world/streams.py, so that the loop leaves the same trace as the engines do, row for row
 * (test_trial.py). Time is whole ticks of one minute. Whoever calls it hands over what the rules say in numbers, and
 * tables with room for the rows; the tick NEVER, which no run reaches, is given when it is compiled.
 */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define PI 3.141592653589793
#define DEADLINES ((INT64_C(1) << 35) - 1)
#define LONG_PAST (INT64_C(1) << 34) /* ticks before the first at which a deadline may lie */
#define TICKS_PER_INSPECTOR_DAY (1440.0 * (7.0 / 5.0))
#define PORTION 12 /* entries of the backlog that one event looks at: those that follow have an event of their own */
#define AT_ONCE 8  /* inspections that one event lets lapse */

enum { POOR = 1, ADEQUATE, GOOD, EXCELLENT, GRADES };
enum { RAISED = 1, MISJUDGED }; /* why the step to excellent is damped */
enum { DECLINING, IMPROVING, FALLING, MOVES };
enum { KEY, RESPONSIVE, KINDS };
enum { PLANNED = 0, CONCERN = 2 };
enum { NOTHING, WAITING, RUNNING, DONE, LAPSED };

/* Events, in the order in which those of one tick happen. */
enum { MONTH, LAPSE, END, GRADE_CHANGE, SERIOUS_CONCERN, EFFECT_END, LOOK, DUE, START, EVENTS };

/* Purposes of random numbers. */
enum {
    OF_MOVES = 1, OF_CONCERNS = 6, OF_START_GRADE = 8, OF_START_INSPECTION = 9, OF_START_JUDGEMENT = 10,
    OF_JUDGEMENT = 20, OF_EFFORT = 21, OF_AVAILABILITY = 24, OF_RESPONSE = 29, OF_OWN_RISE = 71,
};
#define FIRST_RULE 3 /* number under which the first draws of a rule are addressed */
#define CYCLES 8     /* numbers set aside for each moment at which a cycle may begin */

struct rules {
    uint64_t run; /* root of all random addresses */
    int64_t providers, begins, horizon;
    double start_share[GRADES];
    double rate[MOVES][GRADES]; /* per tick */
    double found_out[GRADES];   /* by judgement: multiplies the hazard of improving up to good */
    int64_t found_out_ticks[GRADES]; /* for how long */
    double damping;             /* the same from good to excellent, after a rise to good by that alone */
    double concern[GRADES];
    double probability; /* that a concern brings an inspection */
    int64_t delay, within;
    int64_t interval[GRADES]; /* by rating */
    double available_share;
    int64_t days_free, catch_up; /* ticks kept free before a date; ticks to come into line when a rule is new */
    int64_t lapse;               /* ticks after it was wanted at which an inspection for a concern lapses */
    double effort[KINDS], spread[KINDS], sigma[KINDS];
    int64_t priority[KINDS];
    int64_t looks;
    const int64_t *month_starts;  /* from the one that follows the beginning on */
    const double *capacity;       /* inspectors in the field in the month of the beginning and those after it */
    const int64_t *look_at;       /* ticks at which every provider's plans are looked at, the first the beginning */
};

struct inspection {
    int64_t provider, kind, reason, status, raised, deadline, started, ended;
    double inspector_days;
    int64_t true_grade, judged, rating_before, since_last_visit;
};

struct episode { int64_t provider, began, detected, ended; };
struct month { int64_t ended, waiting, overdue, running; double worked; };

struct tables {
    struct inspection *inspections;
    struct episode *episodes;
    struct month *backlog;
    int64_t room, inspections_used, episodes_used, months_used; /* room: rows of the first two */
    int64_t events[EVENTS];
};

struct clock { double left, rate; int64_t since, draws; };
struct visit { int64_t status, number, raised, statutory, deadline, lapses, order, started; double inspector_days; };

struct provider {
    uint64_t identity;
    struct clock moves[MOVES], concerns;
    int64_t grade, rating, next_change, next_concern;
    int64_t last_visit, numbered, looks;
    int64_t date;               /* by which the next inspection must have ended */
    int64_t number[KINDS];      /* of the next inspection among all of the provider, -1 if it has none yet */
    int64_t poor_since, detected;
    int64_t found, damped;      /* the judgement that acts on it while it is below good; why not soon excellent */
    int64_t found_until[GRADES]; /* by judgement */
    int64_t due[KINDS], deadline[KINDS], wanted_by[KINDS]; /* what is planned */
    struct visit visits[KINDS];                            /* what waits or runs */
};

struct heap { int64_t *keys, size, room; };

struct world {
    const struct rules *rules;
    struct tables *out;
    struct provider *providers;
    struct heap agenda, backlog;
    int64_t month, capacity, busy, waiting, running, start_asked;
    int64_t worked, busy_since;
    double carry;
    double log_mean[KINDS], log_deviation[KINDS]; /* of the factor by which the effort varies, whose mean is 1 */
};

/* --- random numbers */

static inline uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline uint64_t output(uint64_t sequence, uint64_t n)
{
    return mix(sequence + (n + 1) * UINT64_C(0x9E3779B97F4A7C15));
}

/* The uniform in [0, 1) at an address. */
static inline double uniform(uint64_t run, int purpose, uint64_t entity, int64_t n)
{
    return (double)(output(output(run, purpose) ^ mix(entity), n) >> 11) * 0x1p-53;
}

static inline double exponential(uint64_t run, int purpose, uint64_t entity, int64_t n)
{
    return -log(1.0 - uniform(run, purpose, entity, n));
}

static inline double normal(uint64_t run, int purpose, uint64_t entity, int64_t n)
{
    double radius = sqrt(-2.0 * log(1.0 - uniform(run, purpose, entity, 2 * n)));
    return radius * cos(2.0 * PI * uniform(run, purpose, entity, 2 * n + 1));
}

/* --- binary heaps of whole numbers, the smallest first */

static void push(struct heap *heap, int64_t key)
{
    if (heap->size == heap->room) {
        heap->room = 2 * heap->room + 1024;
        heap->keys = realloc(heap->keys, heap->room * sizeof *heap->keys);
        if (heap->keys == NULL)
            abort();
    }
    int64_t at = heap->size++;
    while (at > 0 && heap->keys[(at - 1) / 2] > key) {
        heap->keys[at] = heap->keys[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->keys[at] = key;
}

static int64_t pop(struct heap *heap)
{
    int64_t first = heap->keys[0], last = heap->keys[--heap->size], at = 0, child;
    while ((child = 2 * at + 1) < heap->size) {
        if (child + 1 < heap->size && heap->keys[child + 1] < heap->keys[child])
            child++;
        if (heap->keys[child] >= last)
            break;
        heap->keys[at] = heap->keys[child];
        at = child;
    }
    heap->keys[at] = last;
    return first;
}

/* An entry of the agenda is time, kind and subject in one number; what would come at the horizon is dropped. */
static void send(struct world *world, int64_t time, int kind, int64_t subject)
{
    if (time < world->rules->horizon)
        push(&world->agenda, time << 30 | (int64_t)kind << 26 | subject);
}

/* An entry of the backlog is priority, deadline and provider; a provider has one inspection of each kind at most. One
 * that has gone up in the backlog has left an entry behind that is out of date. */
static int64_t order_of(int64_t priority, int64_t wanted_by, int64_t provider)
{
    int64_t deadline = wanted_by + LONG_PAST;
    return priority << 59 | (deadline < DEADLINES ? deadline : DEADLINES) << 24 | provider;
}

/* --- clocks: something happens when its integrated hazard reaches the next unit exponential */

static void wind(struct clock *clock, uint64_t run, int purpose, uint64_t entity, int64_t time)
{
    clock->left = exponential(run, purpose, entity, clock->draws++);
    clock->since = time;
}

static inline void set_rate(struct clock *clock, double rate, int64_t time)
{
    if (clock->rate == rate)
        return;
    clock->left -= clock->rate * (double)(time - clock->since);
    clock->since = time;
    clock->rate = rate;
}

static inline int64_t alarm_of(const struct clock *clock)
{
    double ticks;
    if (clock->rate <= 0.0 || (ticks = clock->left / clock->rate) >= NEVER)
        return NEVER;
    return clock->since + (ticks > 1.0 ? (int64_t)ceil(ticks) : 1);
}

/* --- what is true of a provider */

static int64_t effect_of(const struct provider *p, int64_t time)
{
    int64_t found = p->found;
    if (found == POOR && time >= p->found_until[POOR])
        found = ADEQUATE;
    return found > 0 && time >= p->found_until[ADEQUATE] ? 0 : found;
}

static double own_improvement(const struct rules *rules, const struct provider *p, int64_t time)
{
    if (p->grade == GOOD && p->damped == MISJUDGED && time < p->found_until[ADEQUATE])
        return rules->damping * rules->rate[IMPROVING][GOOD];
    return rules->rate[IMPROVING][p->grade == GOOD && p->damped == RAISED ? ADEQUATE : p->grade];
}

static double improvement(const struct rules *rules, const struct provider *p, int64_t time)
{
    double own = own_improvement(rules, p, time);
    if (p->grade == GOOD && p->damped == RAISED)
        return own + rules->damping * rules->rate[IMPROVING][GOOD];
    return p->grade < GOOD ? own * rules->found_out[effect_of(p, time)] : own;
}

/* A judgement made at `when` acts on improvement for a time, or ends damping. */
static void find_out(struct world *world, int64_t row, int64_t judged, int64_t when, int64_t time)
{
    struct provider *p = &world->providers[row];
    for (int worst = judged; worst <= ADEQUATE; worst++) {
        p->found_until[worst] = when + world->rules->found_out_ticks[worst];
        if (p->found_until[worst] > time)
            send(world, p->found_until[worst], EFFECT_END, row);
    }
    if (judged >= GOOD)
        p->damped = 0;
    else if (p->grade < GOOD && p->found != POOR)
        p->found = judged;
    else if (p->grade == GOOD && p->damped == 0)
        p->damped = MISJUDGED;
}

static void review_hazards(struct world *world, int64_t row, int64_t time)
{
    const struct rules *rules = world->rules;
    struct provider *p = &world->providers[row];
    int64_t change = NEVER;
    for (int move = 0; move < MOVES; move++) {
        set_rate(&p->moves[move], move == IMPROVING ? improvement(rules, p, time) : rules->rate[move][p->grade], time);
        int64_t alarm = alarm_of(&p->moves[move]);
        change = alarm < change ? alarm : change;
    }
    change = change > time ? change : time + 1;
    if (change != p->next_change)
        send(world, p->next_change = change, GRADE_CHANGE, row);
    set_rate(&p->concerns, rules->concern[p->grade], time);
    int64_t alarm = alarm_of(&p->concerns), concern = alarm > time ? alarm : time + 1;
    if (concern != p->next_concern)
        send(world, p->next_concern = concern, SERIOUS_CONCERN, row);
}

static void record_episode(struct world *world, int64_t row, int64_t ended)
{
    struct provider *p = &world->providers[row];
    if (world->out->episodes_used == world->out->room)
        abort();
    world->out->episodes[world->out->episodes_used++] = (struct episode){row, p->poor_since, p->detected, ended};
}

static void on_grade_change(struct world *world, int64_t row, int64_t time)
{
    struct provider *p = &world->providers[row];
    int64_t before = p->grade;
    int move = 0;
    if (p->next_change != time)
        return; /* the hazards have changed since this was sent */
    while (alarm_of(&p->moves[move]) > time)
        move++;
    int64_t number = p->moves[move].draws;
    wind(&p->moves[move], world->rules->run, OF_MOVES + move, p->identity, time);
    if (move == IMPROVING) {
        double part = uniform(world->rules->run, OF_OWN_RISE, p->identity, number);
        int by_itself = part * improvement(world->rules, p, time) < own_improvement(world->rules, p, time);
        p->grade += !(p->grade == GOOD && p->damped == RAISED && by_itself);
        p->damped = before == ADEQUATE && !by_itself ? RAISED : 0;
    } else {
        p->grade = move == FALLING ? POOR : before - 1;
        p->damped = 0;
    }
    if (p->grade >= GOOD)
        p->found = 0;
    if (before == POOR) {
        record_episode(world, row, time);
        p->poor_since = NEVER;
    }
    if (p->grade == POOR) {
        p->poor_since = time;
        p->detected = NEVER;
    }
    review_hazards(world, row, time);
}

/* --- what is planned */

static void ask(struct world *world, int64_t row, int kind, int64_t due)
{
    world->providers[row].due[kind] = due;
    send(world, due, DUE, row * KINDS + kind);
}

static double effort_of(const struct world *world, const struct provider *p, int kind, int64_t number)
{
    double noise = normal(world->rules->run, OF_EFFORT, p->identity, number);
    return world->rules->effort[kind] * exp(world->log_deviation[kind] * noise + world->log_mean[kind]);
}

static int64_t ticks_taken(double inspector_days)
{
    int64_t ticks = llrint(inspector_days * TICKS_PER_INSPECTOR_DAY);
    return ticks > 1 ? ticks : 1;
}

static inline int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* How long the inspection that the rule asks for next will take; its number is kept for it from now on. */
static int64_t ticks_needed(const struct world *world, struct provider *p)
{
    if (p->number[KEY] < 0)
        p->number[KEY] = p->numbered++;
    return ticks_taken(effort_of(world, p, KEY, p->number[KEY]));
}

/* Whether an inspection runs, or waits and cannot lapse: either kind satisfies the rule. One made for a concern that runs
 * beyond the date will not do if one begun now ended sooner. */
static int is_in_hand(const struct world *world, struct provider *p, int64_t time)
{
    for (int kind = 0; kind < KINDS; kind++) {
        const struct visit *visit = &p->visits[kind];
        if (visit->status == WAITING && visit->statutory)
            return 1;
        if (visit->status != RUNNING)
            continue;
        int64_t ends = visit->started + ticks_taken(visit->inspector_days);
        if (visit->statutory || ends <= p->date || ends <= time + ticks_needed(world, p))
            return 1;
    }
    return 0;
}

/* Ask for the inspection that the rule wants next, unless one is in hand: such that it ends a random time before its
 * date. */
static void plan(struct world *world, int64_t row, int64_t time)
{
    const struct rules *rules = world->rules;
    struct provider *p = &world->providers[row];
    int64_t interval = rules->interval[p->rating];
    if (p->due[KEY] < NEVER || is_in_hand(world, p, time))
        return;
    p->deadline[KEY] = p->wanted_by[KEY] = p->date;
    int64_t due = p->date - ticks_needed(world, p) - least(rules->days_free, interval / 4) -
                  (int64_t)(rules->available_share * (double)interval *
                            uniform(rules->run, OF_AVAILABILITY, p->identity, (p->last_visit + NEVER) * CYCLES));
    ask(world, row, KEY, due > time ? due : time);
}

static void on_look(struct world *world, int64_t row, int64_t time)
{
    struct provider *p = &world->providers[row];
    plan(world, row, time);
    if (++p->looks < world->rules->looks)
        send(world, world->rules->look_at[p->looks], LOOK, row);
}

static void on_serious_concern(struct world *world, int64_t row, int64_t time)
{
    const struct rules *rules = world->rules;
    struct provider *p = &world->providers[row];
    int64_t number = p->concerns.draws;
    if (p->next_concern != time)
        return;
    wind(&p->concerns, rules->run, OF_CONCERNS, p->identity, time);
    review_hazards(world, row, time);
    if (uniform(rules->run, OF_RESPONSE, p->identity, number) >= rules->probability)
        return;
    if (p->due[RESPONSIVE] < NEVER || p->visits[RESPONSIVE].status != NOTHING)
        return;
    p->number[RESPONSIVE] = p->numbered++;
    p->deadline[RESPONSIVE] = NEVER;
    p->wanted_by[RESPONSIVE] = time + rules->within;
    ask(world, row, RESPONSIVE, time + rules->delay);
}

/* --- inspections */

static void ask_start(struct world *world, int64_t time)
{
    if (world->backlog.size > 0 && world->start_asked != time)
        send(world, world->start_asked = time, START, 0);
}

static void enqueue(struct world *world, int64_t row, int kind, int64_t priority, int64_t wanted_by, int64_t time)
{
    struct visit *visit = &world->providers[row].visits[kind];
    visit->order = order_of(priority, wanted_by, row);
    push(&world->backlog, visit->order);
    ask_start(world, time);
}

/* Whether what the rule has planned for now is in hand; what waits for a concern becomes statutory for it. */
static int is_made_otherwise(struct world *world, int64_t row, int64_t time)
{
    const int64_t *priority = world->rules->priority;
    struct provider *p = &world->providers[row];
    struct visit *visit = &p->visits[RESPONSIVE];
    if (is_in_hand(world, p, time))
        return 1;
    if (visit->status != WAITING)
        return 0;
    visit->statutory = 1;
    visit->deadline = p->deadline[KEY];
    visit->lapses = NEVER;
    int64_t higher = least(priority[KEY], priority[RESPONSIVE]);
    if (order_of(higher, visit->deadline, row) < visit->order)
        enqueue(world, row, RESPONSIVE, higher, visit->deadline, time);
    return 1;
}

static void on_due(struct world *world, int64_t row, int kind, int64_t time)
{
    struct provider *p = &world->providers[row];
    if (p->due[kind] != time)
        return;
    p->due[kind] = NEVER;
    if (kind == KEY && is_made_otherwise(world, row, time))
        return;
    p->visits[kind] = (struct visit){
        .status = WAITING, .number = p->number[kind], .raised = time, .statutory = kind == KEY,
        .deadline = p->deadline[kind], .started = NEVER,
        .lapses = kind == KEY ? NEVER : p->wanted_by[kind] + world->rules->lapse,
    };
    p->number[kind] = -1;
    world->waiting++;
    enqueue(world, row, kind, world->rules->priority[kind], p->wanted_by[kind], time);
}

static void count_busy(struct world *world, int change, int64_t time)
{
    world->worked += world->busy * (time - world->busy_since);
    world->busy_since = time;
    world->busy += change;
    world->running += change;
}

static void begin(struct world *world, int64_t row, int kind, int64_t time)
{
    struct provider *p = &world->providers[row];
    struct visit *visit = &p->visits[kind];
    visit->status = RUNNING;
    visit->started = time;
    visit->inspector_days = effort_of(world, p, kind, visit->number);
    world->waiting--;
    count_busy(world, 1, time);
    send(world, time + ticks_taken(visit->inspector_days), END, row * KINDS + kind);
}

/* The kind of the inspection that waits at a place in the backlog, KINDS if the entry is out of date. */
static int kind_at(const struct world *world, int64_t order)
{
    const struct visit *visits = world->providers[order & 0xFFFFFF].visits;
    int kind = 0;
    while (kind < KINDS && (visits[kind].status != WAITING || visits[kind].order != order))
        kind++;
    return kind;
}

static void on_start(struct world *world, int64_t time)
{
    world->start_asked = -NEVER;
    for (int entry = 0; entry < PORTION; entry++) {
        if (world->backlog.size == 0)
            return;
        int64_t order = world->backlog.keys[0], row = order & 0xFFFFFF;
        int kind = kind_at(world, order);
        if (kind < KINDS && world->providers[row].visits[kind].lapses > time) {
            if (world->capacity - world->busy < 1)
                return;
            begin(world, row, kind, time);
        }
        pop(&world->backlog);
    }
    ask_start(world, time);
}

static int64_t judged_grade(int64_t grade, double sigma, double noise)
{
    int64_t seen = (int64_t)floor((double)grade + sigma * noise + 0.5);
    return seen < POOR ? POOR : seen > EXCELLENT ? EXCELLENT : seen;
}

static void record_inspection(struct world *world, int64_t row, int kind, int status, int64_t judged, int64_t ended)
{
    struct provider *p = &world->providers[row];
    struct visit *visit = &p->visits[kind];
    if (world->out->inspections_used == world->out->room)
        abort();
    world->out->inspections[world->out->inspections_used++] = (struct inspection){
        row, kind, kind == KEY ? PLANNED : CONCERN, status,
        visit->raised, visit->deadline, visit->started, ended, visit->inspector_days,
        p->grade, judged, p->rating, ended < NEVER ? ended - p->last_visit : NEVER,
    };
}

/* Let inspections for concerns lapse that were not begun in their time, from a provider on: some in each event. */
static void on_lapse(struct world *world, int64_t first, int64_t time)
{
    int lapsed = 0;
    for (int64_t row = first; row < world->rules->providers; row++) {
        struct visit *visit = &world->providers[row].visits[RESPONSIVE];
        if (visit->status != WAITING || visit->lapses > time)
            continue;
        world->waiting--;
        record_inspection(world, row, RESPONSIVE, LAPSED, 0, time);
        visit->status = NOTHING;
        if (++lapsed == AT_ONCE) {
            send(world, time, LAPSE, row + 1);
            return;
        }
    }
}

static void on_end(struct world *world, int64_t row, int kind, int64_t time)
{
    struct provider *p = &world->providers[row];
    struct visit *visit = &p->visits[kind];
    double noise = normal(world->rules->run, OF_JUDGEMENT, p->identity, visit->number);
    int64_t judged = judged_grade(p->grade, world->rules->sigma[kind], noise);
    count_busy(world, -1, time);
    record_inspection(world, row, kind, DONE, judged, time);
    visit->status = NOTHING;
    ask_start(world, time);
    p->last_visit = time;
    p->rating = judged;
    p->date = time + world->rules->interval[judged];
    find_out(world, row, judged, time, time);
    if (judged == POOR && p->poor_since < NEVER && p->detected == NEVER)
        p->detected = time;
    p->due[KEY] = NEVER;
    plan(world, row, time);
    review_hazards(world, row, time);
}

/* --- months */

static void close_month(struct world *world, int64_t time)
{
    int64_t overdue = 0;
    for (int64_t i = 0; i < world->backlog.size; i++) {
        int64_t order = world->backlog.keys[i];
        int kind = kind_at(world, order);
        const struct visit *visit = &world->providers[order & 0xFFFFFF].visits[kind];
        overdue += kind < KINDS && visit->statutory && visit->deadline < time;
    }
    count_busy(world, 0, time);
    world->out->backlog[world->out->months_used++] = (struct month){
        time, world->waiting, overdue, world->running, (double)world->worked / TICKS_PER_INSPECTOR_DAY,
    };
    world->worked = 0;
}

/* Whole inspectors, the parts being carried over to the next month. */
static void set_capacity(struct world *world, int64_t time)
{
    double inspectors = world->rules->capacity[world->month];
    world->capacity = (int64_t)floor(inspectors + world->carry);
    world->carry += inspectors - (double)world->capacity;
    ask_start(world, time);
}

static void on_month(struct world *world, int64_t time)
{
    close_month(world, time);
    send(world, time, LAPSE, 0);
    world->month++;
    set_capacity(world, time);
    send(world, world->rules->month_starts[world->month], MONTH, 0);
}

/* --- the run */

static void begin_provider(struct world *world, int64_t row, uint64_t identity)
{
    const struct rules *rules = world->rules;
    struct provider *p = &world->providers[row];
    double draw = uniform(rules->run, OF_START_GRADE, identity, 0), cumulated = 0.0;
    *p = (struct provider){
        .identity = identity, .next_change = NEVER, .next_concern = NEVER,
        .poor_since = NEVER, .detected = NEVER, .due = {NEVER, NEVER}, .number = {-1, -1}, .found_until = {0, -NEVER, -NEVER},
    };
    for (p->grade = POOR; p->grade < EXCELLENT; p->grade++)
        if (draw < (cumulated += rules->start_share[p->grade]))
            break;
    for (int move = 0; move < MOVES; move++)
        wind(&p->moves[move], rules->run, OF_MOVES + move, identity, rules->begins);
    wind(&p->concerns, rules->run, OF_CONCERNS, identity, rules->begins);
    if (p->grade == POOR)
        p->poor_since = rules->begins;
    p->rating = judged_grade(p->grade, rules->sigma[KEY], normal(rules->run, OF_START_JUDGEMENT, identity, FIRST_RULE));
    p->last_visit = rules->begins - (int64_t)((double)rules->interval[p->rating] *
                                              uniform(rules->run, OF_START_INSPECTION, identity, FIRST_RULE));
    int64_t interval = rules->interval[p->rating], soonest = rules->begins + ticks_needed(world, p);
    p->date = p->last_visit + interval > soonest ? p->last_visit + interval : soonest;
    find_out(world, row, p->rating, p->last_visit, rules->begins);
    review_hazards(world, row, rules->begins);
}

static void happen(struct world *world, int64_t time, int kind, int64_t subject)
{
    switch (kind) {
    case MONTH: on_month(world, time); break;
    case LAPSE: on_lapse(world, subject, time); break;
    case END: on_end(world, subject / KINDS, subject % KINDS, time); break;
    case GRADE_CHANGE: on_grade_change(world, subject, time); break;
    case EFFECT_END: review_hazards(world, subject, time); break;
    case SERIOUS_CONCERN: on_serious_concern(world, subject, time); break;
    case LOOK: on_look(world, subject, time); break;
    case DUE: on_due(world, subject / KINDS, subject % KINDS, time); break;
    case START: on_start(world, time); break;
    }
}

/* Run one replication into the tables. */
void simulate(const struct rules *rules, const uint64_t *identities, struct tables *out)
{
    struct world world = {.rules = rules, .out = out, .start_asked = -NEVER, .busy_since = rules->begins};
    world.providers = malloc(rules->providers * sizeof *world.providers);
    if (world.providers == NULL)
        abort();
    for (int kind = 0; kind < KINDS; kind++) {
        double log_variance = log(1.0 + rules->spread[kind] * rules->spread[kind]);
        world.log_mean[kind] = -log_variance / 2.0;
        world.log_deviation[kind] = sqrt(log_variance);
    }
    set_capacity(&world, rules->begins);
    for (int64_t row = 0; row < rules->providers; row++) {
        begin_provider(&world, row, identities[row]);
        send(&world, rules->look_at[0], LOOK, row);
    }
    send(&world, rules->month_starts[0], MONTH, 0);
    while (world.agenda.size > 0) {
        int64_t entry = pop(&world.agenda);
        int kind = entry >> 26 & 15;
        out->events[kind]++;
        happen(&world, entry >> 30, kind, entry & ((1 << 26) - 1));
    }
    close_month(&world, rules->horizon);
    for (int64_t row = 0; row < rules->providers; row++) {
        for (int kind = 0; kind < KINDS; kind++)
            if (world.providers[row].visits[kind].status != NOTHING)
                record_inspection(&world, row, kind, world.providers[row].visits[kind].status, 0, NEVER);
        if (world.providers[row].poor_since < NEVER)
            record_episode(&world, row, NEVER);
    }
    free(world.providers);
    free(world.agenda.keys);
    free(world.backlog.keys);
}
