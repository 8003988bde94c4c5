/* SPDX-License-Identifier: Apache-2.0 */
/* calls.csv: one row after another in nearly the order of time. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

enum { HOURS = 24, DAY_WEIGHT = 1000, BLANK_LINES = 7, NO_CHAIN = 0 };

/* A stretch of time with its number of good calls, laid out hour by hour. */
struct clock {
	uint32_t start, end;
	uint64_t calls, done;
	uint64_t hour, from, until; /* the current hour holds calls `from` to `until` - 1 */
};

/* What the window still needs, so that its figures come out exactly. */
struct need {
	uint64_t calls, uk, longs, fresh;
	uint32_t used;
};

struct maker {
	struct world *world;
	struct out out;
	struct rng rng;
	struct clock clock;
	struct need need;
	bool window;
	uint64_t rows_left, broken_left, rows_done;
	uint64_t faults;
	struct call chain; /* a call to be repeated soon; chain.at is NO_CHAIN when there is none */
	uint32_t day;      /* the day of day_text, plus one */
	char day_text[16];
};

/* Thousandths of a day's calls in each hour, in office hours mostly. */
static const uint16_t hour_weights[HOURS] = {
	5, 4, 3, 3, 3, 4, 8, 20, 45, 80, 95, 100, 85, 90, 100, 105, 90, 60, 40, 25, 15, 9, 6, 5,
};

static uint64_t calls_before(const struct clock *clock, uint64_t hour)
{
	uint64_t weight = hour / HOURS * DAY_WEIGHT, days = (clock->end - clock->start) / DAY;
	for (uint64_t h = 0; h < hour % HOURS; h++)
		weight += hour_weights[h];
	return weight * clock->calls / (days * DAY_WEIGHT);
}

static void clock_start(struct clock *clock, uint32_t start, uint32_t end, uint64_t calls)
{
	*clock = (struct clock){.start = start, .end = end, .calls = calls};
	clock->until = calls_before(clock, 1);
}

/* The time of the next call. The first and the last are on the very edges of the stretch. */
static uint32_t clock_next(struct clock *clock, struct rng *rng)
{
	uint64_t i = clock->done++;
	while (i >= clock->until) {
		clock->from = clock->until;
		clock->until = calls_before(clock, ++clock->hour + 1);
	}
	if (i == 0)
		return clock->start;
	if (i + 1 == clock->calls)
		return clock->end - 1;
	uint64_t second = ((i - clock->from) * 3600 + rng_below(rng, 3600)) / (clock->until - clock->from);
	uint32_t at = clock->start + (uint32_t)(clock->hour * 3600 + second);
	uint32_t late = rng_below(rng, 8) == 0 ? rng_below(rng, 90) : 0;
	return at - clock->start > late ? at - late : at;
}

struct number dialled_number(const struct world *world, uint32_t dialled)
{
	for (int c = 0;; c++) {
		const struct pool *pool = &world->pools[c];
		if (dialled < pool->base + pool->size)
			return number_make(pool->country, dialled - pool->base, world->key);
	}
}

/* Few callers make most of the calls; of a caller's presentations the first are the commonest. */
static void pick_caller(struct maker *m, struct call *call)
{
	struct world *world = m->world;
	uint64_t r = rng_next(&m->rng);
	uint64_t skewed = (r >> 32) * (r & UINT32_MAX) >> 32;
	call->account = world->callers[skewed * world->n_callers >> 32];
	const struct account *account = &world->accounts[call->account];
	call->slot = account->first_slot + rng_below(&m->rng, 1 + rng_below(&m->rng, account->slots));
}

/* Whom to call when nothing is prescribed. */
static void pick_dialled(struct maker *m, struct call *call, bool uk)
{
	enum country country = GB;
	if (!uk)
		country = rng_below(&m->rng, 65) < 40 ? US : (enum country)(CA + rng_below(&m->rng, COUNTRIES - CA));
	const struct pool *pool = &m->world->pools[country];
	call->country = country;
	call->dialled = pool->base + rng_below(&m->rng, pool->size);
}

static uint32_t pick_talk(struct rng *rng, bool lasting)
{
	if (!lasting) {
		uint32_t turn = rng_below(rng, 100);
		return turn < 55 ? 0 : turn == 55 ? LONG_SECONDS : 1 + rng_below(rng, LONG_SECONDS);
	}
	if (rng_below(rng, 40) == 0)
		return LONG_SECONDS + 1;
	return LONG_SECONDS + 1 + rng_below(rng, 1 + rng_below(rng, 2400));
}

/* A second call to the same number, some minutes later: it makes reports hard to place. */
static bool chain_fits(const struct maker *m)
{
	if (m->chain.at == NO_CHAIN || m->chain.at >= m->clock.end || m->chain.at < m->clock.start)
		return false;
	if (m->clock.done == 0 || m->clock.done + 1 >= m->clock.calls)
		return false;
	return !m->window || (m->need.uk > 0 && m->need.longs > m->need.fresh);
}

/* In the window: exactly so many to the United Kingdom, so many of these long, to so many numbers. */
static bool pick_in_window(struct maker *m, struct call *call, bool chained)
{
	struct need *need = &m->need;
	bool uk = chained || rng_take(&m->rng, need->calls, need->uk);
	need->calls--;
	if (!uk || !(chained || rng_take(&m->rng, need->uk, need->longs))) {
		need->uk -= uk;
		pick_dialled(m, call, uk);
		return !uk && rng_below(&m->rng, 10) == 0;
	}
	bool fresh = !chained && rng_take(&m->rng, need->longs, need->fresh);
	need->uk--;
	need->longs--;
	need->fresh -= fresh;
	call->country = GB;
	call->dialled = fresh ? need->used++ : rng_below(&m->rng, need->used);
	return true;
}

static void chain_next(struct maker *m, const struct call *call)
{
	m->chain.at = NO_CHAIN;
	if (call->country != GB || call->talk <= LONG_SECONDS || rng_below(&m->rng, 12) != 0)
		return;
	m->chain = *call;
	m->chain.at += rng_below(&m->rng, 16) == 0 ? 0 : 240 + rng_below(&m->rng, 1200);
}

static uint64_t call_cost(const struct world *world, const struct call *call)
{
	static const uint32_t a_minute[COUNTRIES] = {31200, 18500, 19000, 44100, 40250, 61000, 70001};
	return world->accounts[call->account].free ? 0 : (uint64_t)a_minute[call->country] * ((call->talk + 59) / 60);
}

/* The same caller and number again, half the time under another presentation. */
static void repeat_chain(struct maker *m, struct call *call)
{
	const struct account *account = &m->world->accounts[m->chain.account];
	call->at = m->chain.at;
	call->account = m->chain.account;
	call->dialled = m->chain.dialled;
	call->country = GB;
	call->slot = m->chain.slot;
	if (rng_below(&m->rng, 2) == 0)
		call->slot = account->first_slot + rng_below(&m->rng, account->slots);
}

static struct call make_call(struct maker *m)
{
	struct call call = {.window = m->window};
	bool chained = chain_fits(m), lasting;
	call.at = clock_next(&m->clock, &m->rng);
	pick_caller(m, &call);
	if (m->window) {
		lasting = pick_in_window(m, &call, chained);
	} else {
		pick_dialled(m, &call, rng_below(&m->rng, 100) < 35);
		lasting = rng_below(&m->rng, 10) == 0;
	}
	if (chained)
		repeat_chain(m, &call);
	call.talk = pick_talk(&m->rng, lasting || chained);
	call.ring = 1 + rng_below(&m->rng, 45);
	call.contradicts = rng_below(&m->rng, 512) == 0;
	call.cost = call_cost(m->world, &call);
	chain_next(m, &call);
	return call;
}

static char *put_started(struct maker *m, char *p, uint32_t at, enum fault fault)
{
	if (fault == FAULT_NO_TIME)
		return p;
	if (fault == FAULT_TIME)
		return put_word(p, "32/13/2022 25:61:00");
	if (m->day != at / DAY + 1) {
		m->day = at / DAY + 1;
		put_time(m->day_text, at / DAY * DAY, ' ');
	}
	uint32_t second = at % DAY;
	p = put_text(p, m->day_text, 11);
	p = put_digits(p, second / 3600, 2);
	*p++ = ':';
	p = put_digits(p, second / 60 % 60, 2);
	*p++ = ':';
	return put_digits(p, second % 60, 2);
}

/* A field that may need quotes, and at times has some without need. */
static char *put_field(const struct out *out, char *p, const char *text, size_t len, bool quote)
{
	return quote || must_quote(out, text, len) ? put_quoted(p, text, len) : put_text(p, text, len);
}

static char *put_name(char *p, const struct presented *shown, uint32_t turn)
{
	static const char *const names[] = {"Fraud Team", "Service, Cards", "Head Office", "Security"};
	const char *name = shown->organisation >= 0 ? organisation_name(shown->organisation) : names[turn % 4];
	bool marks = turn % 8 != 0 || strchr(name, ',') != NULL;
	if (strchr(name, '"') != NULL)
		name = "Penny";
	if (marks)
		*p++ = '"';
	p = put_word(p, name);
	return put_word(p, marks ? "\" <" : " <");
}

static char *put_presented(struct maker *m, char *p, const struct presented *shown, uint32_t bits)
{
	char text[2 * FORM_MAX], *t = text;
	bool named = shown->is_number && bits % 4 == 0;
	if (!shown->known)
		return p;
	if (!shown->is_number)
		return put_field(&m->out, p, shown->show, shown->show_len, bits % 64 == 0);
	if (named)
		t = put_name(t, shown, bits >> 8);
	t = put_form(t, &shown->number, pick_form(&m->rng));
	if (named)
		*t++ = '>';
	return put_field(&m->out, p, text, (size_t)(t - text), bits % 64 == 1);
}

static char *put_dialled(struct maker *m, char *p, const struct call *call)
{
	char text[FORM_MAX];
	const struct pool *pool = &m->world->pools[call->country];
	struct number number = number_make(call->country, call->dialled - pool->base, m->world->key);
	char *t = put_form(text, &number, pick_form(&m->rng));
	return put_field(&m->out, p, text, (size_t)(t - text), false);
}

static const char *status_of(const struct call *call, uint32_t bits)
{
	static const char *const not_answered[4] = {"NO ANSWER", "BUSY", "NO ANSWER", "FAILED"};
	if (call->contradicts)
		return call->talk > 0 ? "NO ANSWER" : "ANSWERED";
	return call->talk > 0 ? "ANSWERED" : not_answered[bits % 4];
}

/* duration, talk, status, cost. */
static char *put_tail(struct maker *m, char *p, const struct call *call, enum fault fault, uint32_t bits)
{
	const char separator = m->out.separator, *status = status_of(call, bits >> 4);
	*p++ = separator;
	p = put_uint(p, call->talk + call->ring);
	*p++ = separator;
	p = fault == FAULT_TALK ? put_word(p, "minus") : put_uint(p, call->talk);
	*p++ = separator;
	p = put_field(&m->out, p, status, strlen(status), bits % 64 == 2);
	*p++ = separator;
	if (fault == FAULT_COST)
		return put_word(p, "1.2.3");
	if (fault == FAULT_QUOTE_LAST)
		return put_word(p, "\"abc");
	return put_decimal(p, call->cost, 6, bits % 64 == 3 ? 6 : 0);
}

static void write_call(struct maker *m, const struct call *call, enum fault fault)
{
	const struct account *account = &m->world->accounts[call->account];
	const struct presented *shown = &m->world->presented[m->world->slots[call->slot].presented];
	const char separator = m->out.separator;
	uint32_t bits = (uint32_t)(rng_next(&m->rng) >> 32);
	char *from = out_room(&m->out);
	char *p = put_started(m, from, call->at, fault);
	*p++ = separator;
	p = put_field(&m->out, p, account->text, account->len, bits % 128 == 5);
	*p++ = separator;
	p = fault == FAULT_QUOTE_INSIDE ? put_word(p, "\"abc") : put_presented(m, p, shown, bits >> 7);
	*p++ = separator;
	p = put_dialled(m, p, call);
	if (fault != FAULT_FEW)
		p = put_tail(m, p, call, fault, bits >> 7);
	if (fault == FAULT_MANY) {
		*p++ = separator;
		p = put_word(p, "extra");
	}
	m->out.len += (size_t)(p - from);
	dump_row(m->world, &m->out, CALLS, fault);
}

/* Broken rows lie anywhere but at the end; they take no part in anything else. */
static void broken_call(struct maker *m)
{
	static const enum fault faults[] = {
		FAULT_FEW, FAULT_MANY, FAULT_TIME, FAULT_NO_TIME, FAULT_TALK, FAULT_COST, FAULT_QUOTE_LAST, FAULT_QUOTE_INSIDE,
	};
	struct call call = {.at = m->clock.start + (uint32_t)m->clock.hour * 3600 + rng_below(&m->rng, 3600)};
	pick_caller(m, &call);
	pick_dialled(m, &call, rng_below(&m->rng, 2) == 0);
	call.talk = rng_below(&m->rng, 200);
	call.ring = 5;
	write_call(m, &call, faults[m->faults++ % (sizeof faults / sizeof faults[0])]);
}

static void next_row(struct maker *m)
{
	uint64_t every = m->world->plan.rows / (BLANK_LINES + 1);
	if (every > 0 && m->rows_done > 0 && m->rows_done % every == 0 && m->rows_done / every <= BLANK_LINES)
		dump_blank(m->world, &m->out, CALLS);
	m->rows_done++;
	m->rows_left--;
	if (m->rows_left > 0 && rng_take(&m->rng, m->rows_left, m->broken_left)) {
		m->broken_left--;
		broken_call(m);
		return;
	}
	struct call call = make_call(m);
	write_call(m, &call, FAULT_NONE);
	call_count(m->world, &call);
}

static void make_stretch(struct maker *m, uint32_t start, uint32_t end, uint64_t calls)
{
	clock_start(&m->clock, start, end, calls);
	m->window = start == m->world->plan.since;
	m->chain.at = NO_CHAIN;
	while (m->clock.done < m->clock.calls)
		next_row(m);
}

static void make_pools(struct world *world)
{
	uint32_t base = 0;
	for (int c = 0; c < COUNTRIES; c++) {
		uint64_t size = c == GB ? world->plan.uk_pool : c == US ? world->plan.us_pool : 20 + world->plan.us_pool / 100;
		if (size > country_room((enum country)c))
			size = country_room((enum country)c);
		world->pools[c] = (struct pool){(enum country)c, base, (uint32_t)size};
		base += (uint32_t)size;
	}
	world->n_dialled = base;
	world->dialled = make(base, sizeof *world->dialled);
}

void calls_write(struct world *world)
{
	const struct plan *plan = &world->plan;
	struct maker *m = make(1, sizeof *m);
	uint64_t outside = plan->rows - plan->broken - plan->window;
	uint64_t before = plan->since - plan->start, after = plan->end - plan->until;
	make_pools(world);
	world->hours = make((plan->end - plan->start) / 3600, sizeof *world->hours);
	m->world = world;
	m->rng = rng_make(world->options.seed, 5);
	m->rows_left = plan->rows;
	m->broken_left = plan->broken;
	m->need = (struct need){plan->window, plan->uk, plan->uk_long, plan->uk_victims, 0};
	before = outside * before / (before + after);
	dump_open(world, &m->out, CALLS);
	make_stretch(m, plan->start, plan->since, before);
	make_stretch(m, plan->since, plan->until, plan->window);
	make_stretch(m, plan->until, plan->end, outside - before);
	out_close(&m->out);
	free(m);
}
