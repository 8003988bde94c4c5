/* SPDX-License-Identifier: Apache-2.0 */
/* What calls cost, exactly. */
#include "normalise/cost/costs.h"

#include <stdlib.h>
#include <string.h>

#include "base/money/amount_text.h"
#include "base/scan.h"

/* A call that costs more major units than that is a mistake, which ingest refuses. */
#define WHOLE_MOST 1000000000

/* What the text of a currency means. */
struct sense {
	int64_t form, value;       /* of the text */
	uint32_t currency;         /* see call_cost.h */
	unsigned shift;            /* as in struct currency */
	bool known;
	bool assumed;              /* that of the source */
};

static struct text text_at(const struct costs_job *job, enum call_role role, uint32_t i, char *room)
{
	const struct text text = form_meanings_text(job->meanings, job->segment, role, i, room);

	return text.data ? text_trim(text) : text_of("");
}

static struct sense sense_of(const struct costs_job *job, uint32_t i)
{
	char room[FORM_LENGTH];
	struct text text = text_at(job, CALL_CURRENCY, i, room);
	struct currency currency;
	struct sense sense = {
		.form = segment_found(job->segment, FOUND_FORM(CALL_CURRENCY), i),
		.value = segment_found(job->segment, FOUND_VALUE(CALL_CURRENCY), i),
		.assumed = text.len == 0 && *job->source->currency,
	};

	if (text.len == 0)
		text = text_of(job->source->currency);
	sense.known = text.len == 0 || currency_find(text, &currency);
	if (sense.known && text.len) {
		sense.shift = currency.shift;
		text = text_of(currency.code);
	}
	sense.currency = cost_currency_of(text);
	return sense;
}

/* ---- texts that have to be read ---- */

static unsigned digits_of(u128 value)
{
	unsigned digits = 0;

	for (; value; value /= 10)
		digits++;
	return digits;
}

/* How many digits a text has from the first on that is not 0, and how many behind its last mark. */
static unsigned written_digits(struct text text, unsigned *behind)
{
	unsigned digits = 0;

	*behind = 0;
	for (size_t i = 0; i < text.len; i++) {
		const bool digit = scan_is_digit(text.data[i]);

		digits += digit && (digits || text.data[i] != '0');
		if (text.data[i] == '.' || text.data[i] == ',')
			*behind = 1;
		else
			*behind += digit && *behind;
	}
	*behind -= *behind > 0;
	return digits;
}

static bool has_exponent(struct text text)
{
	for (size_t i = 1; i < text.len; i++)
		if (scan_lower(text.data[i]) == 'e' && (scan_is_digit(text.data[i - 1]) || text.data[i - 1] == '.'))
			return true;
	return false;
}

/* The decimals as they are written: 2 of 0.50, whose value needs but one. */
static unsigned decimals_of(struct text text, const struct decimal *cost)
{
	unsigned behind, digits;

	if (has_exponent(text))
		return cost->scale;
	digits = written_digits(text, &behind);
	return cost->mantissa ? cost->scale + digits - digits_of(cost->mantissa) : behind;
}

/* Sets digits and unit of a cost with so many decimals. False: they do not fit. */
static bool fit(const struct decimal *cost, const struct sense *sense, unsigned decimals, int64_t *digits,
		int64_t *unit)
{
	u128 value;
	bool rounded;

	if (decimals < cost->scale || decimals + sense->shift > COST_DECIMALS_MOST ||
	    !decimal_shift(cost->mantissa, (int)(decimals - cost->scale), &value, &rounded) || value >= COST_LIMIT)
		return false;
	*digits = (int64_t)value;
	*unit = cost_unit(sense->currency, decimals + sense->shift, cost->negative);
	return true;
}

static bool is_sane(const struct decimal *cost)
{
	u128 whole;
	bool rounded;

	return decimal_shift(cost->mantissa, -(int)cost->scale, &whole, &rounded) && whole <= WHOLE_MOST;
}

static void count_row(const struct costs_job *job, struct cost_rows *rows, uint32_t i, struct text value)
{
	if (rows->count++ == 0) {
		rows->call = job->segment->id * SEGMENT_ROWS + i;
		(void)text_escape(value, rows->value, sizeof(rows->value));
	}
}

/* The currency that stands with the cost, which has to agree with that of its row. False: it does not. */
static bool take_unit(const struct costs_job *job, struct text unit, uint32_t i, struct sense *sense)
{
	char room[FORM_LENGTH];
	struct text named = text_at(job, CALL_CURRENCY, i, room);
	const bool row = named.len > 0;
	struct currency currency;

	if (unit.len == 0)
		return true;
	if (!row)
		named = text_of(job->source->currency);
	if (amount_unit_currency(unit, named, row, &currency))
		return false;
	sense->currency = cost_currency_of(text_of(currency.code));
	sense->shift = currency.shift;
	sense->known = true;
	sense->assumed = false;
	return true;
}

/* Gives what the cost is of: its own unit, if it has one. */
static struct sense read_text(const struct costs_job *job, const struct sense *of_row, uint32_t i)
{
	char room[FORM_LENGTH];
	const struct text text = text_at(job, CALL_COST, i, room);
	int64_t *digits = &job->digits[i], *unit = &job->units[i];
	struct sense sense = *of_row;
	struct amount_text cost;

	*digits = *unit = 0;
	if (text.len == 0)
		return sense;
	if (!amount_text_parse(text, job->source->mark, &cost) && is_sane(&cost.value) &&
	    take_unit(job, cost.unit, i, &sense) &&
	    (fit(&cost.value, &sense, decimals_of(text, &cost.value), digits, unit) ||
	     fit(&cost.value, &sense, cost.value.scale, digits, unit)))
		return sense;
	*unit = cost_unit(COST_BEYOND, 0, false);
	job->flags[i] |= CALL_FLAG_COST;
	count_row(job, &job->tally->beyond, i, text);
	/* Nothing is said of its currency. */
	sense.assumed = false;
	sense.known = true;
	return sense;
}

/* ---- rows ---- */

/* What the rows before told. */
struct memory {
	struct sense sense;
	bool any;
};

struct cost_form *cost_forms(const struct form_meanings *meanings)
{
	struct cost_form *forms = calloc(meanings->count + 1, sizeof(*forms));

	for (size_t i = 0; forms && i < meanings->count; i++) {
		const struct form_meaning *meaning = &meanings->items[i];

		if (!meaning->decimal)
			continue;
		forms[i] = (struct cost_form){ { (uint64_t)meaning->limit, (uint64_t)meaning->limit }, meaning->decimals };
		if (meaning->either)
			forms[i].limit[1] = (uint64_t)meaning->whole / 10;
	}
	return forms;
}

/* Whether digits alone tell the cost of a call in a currency. */
static inline bool is_plain(const struct costs_job *job, const struct cost_form *form, int64_t value, unsigned shift)
{
	return ((uint64_t)value < form->limit[job->source->mark != DECIMAL_MARK_POINT]) &
	       (form->decimals + shift <= COST_DECIMALS_MOST);
}

static inline const struct cost_form *form_of(const struct costs_job *job, uint32_t i)
{
	const uint64_t form = (uint64_t)job->segment->found[FOUND_FORM(CALL_COST)][i] - FORM_FIRST;

	return &job->forms[form < job->meanings->count ? form : job->meanings->count];
}

static inline void put_plain(const struct costs_job *job, const struct cost_form *form, const struct sense *sense,
			     uint32_t i)
{
	job->digits[i] = job->segment->found[FOUND_VALUE(CALL_COST)][i];
	job->units[i] = cost_unit(sense->currency, form->decimals + sense->shift, false);
}

/* The sense of the currency of a row. */
static void remember(const struct costs_job *job, struct memory *memory, uint32_t i)
{
	const int64_t form = job->segment->found[FOUND_FORM(CALL_CURRENCY)][i];

	if (!memory->any || form != memory->sense.form || form == FORM_HEAP ||
	    job->segment->found[FOUND_VALUE(CALL_CURRENCY)][i] != memory->sense.value)
		memory->sense = sense_of(job, i);
	memory->any = true;
}

static void read_row(const struct costs_job *job, struct memory *memory, uint32_t i)
{
	const struct cost_form *form = form_of(job, i);
	struct sense *sense = &memory->sense, own;
	char room[FORM_LENGTH];

	remember(job, memory, i);
	if (is_plain(job, form, job->segment->found[FOUND_VALUE(CALL_COST)][i], sense->shift)) {
		put_plain(job, form, sense, i);
	} else {
		own = read_text(job, sense, i);
		sense = &own;
	}
	if (job->units[i] == 0)
		return;
	job->tally->assumed += sense->assumed;
	if (!sense->known)
		count_row(job, &job->tally->unknown, i, text_at(job, CALL_CURRENCY, i, room));
}

/* Rows that are looked at together, each with a bit. */
#define TOGETHER 64

/* Whether some rows are of one currency that is known. */
static bool is_one_currency(const struct costs_job *job, struct memory *memory, uint32_t first, uint32_t count)
{
	const int64_t *forms = job->segment->found[FOUND_FORM(CALL_CURRENCY)] + first;
	const int64_t *values = job->segment->found[FOUND_VALUE(CALL_CURRENCY)] + first;
	int64_t other = 0;

	for (uint32_t i = 1; i < count; i++)
		other |= (forms[i] ^ forms[0]) | (values[i] ^ values[0]);
	if (other || forms[0] == FORM_HEAP)
		return false;
	remember(job, memory, first);
	return memory->sense.known;
}

/* Reads those of some rows of a currency whose digits tell, and returns the others. There is
 * no branch that goes by a row. */
static uint64_t read_plain(const struct costs_job *job, const struct sense *sense, uint32_t first, uint32_t count)
{
	uint64_t others = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct cost_form *form = form_of(job, first + i);
		const int64_t value = job->segment->found[FOUND_VALUE(CALL_COST)][first + i];

		put_plain(job, form, sense, first + i);
		others |= (uint64_t)!is_plain(job, form, value, sense->shift) << i;
	}
	if (sense->assumed)
		job->tally->assumed += count - (unsigned)__builtin_popcountll(others);
	return others;
}

void costs_read(const struct costs_job *job)
{
	const uint32_t rows = job->segment->rows;
	struct memory memory = { .any = false };

	memset(job->tally, 0, sizeof(*job->tally));
	if (!segment_has(job->segment, CALL_COST)) {
		memset(job->digits, 0, rows * sizeof(*job->digits));
		memset(job->units, 0, rows * sizeof(*job->units));
		return;
	}
	for (uint32_t first = 0; first < rows; first += TOGETHER) {
		const uint32_t count = rows - first < TOGETHER ? rows - first : TOGETHER;
		uint64_t others = UINT64_MAX >> (TOGETHER - count);

		if (is_one_currency(job, &memory, first, count))
			others = read_plain(job, &memory.sense, first, count);
		for (; others; others &= others - 1)
			read_row(job, &memory, first + (uint32_t)__builtin_ctzll(others));
	}
}
