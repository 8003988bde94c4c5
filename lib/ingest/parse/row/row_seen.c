/* SPDX-License-Identifier: Apache-2.0 */
/* What a row shows beside its values. */
#include "ingest/parse/row/row_seen.h"

#include <string.h>

#include "base/time/calendar.h"
#include "base/time/duration.h"
#include "base/time/moment.h"
#include "base/scan.h"
#include "casefile/form/form.h"
#include "casefile/record/status_word.h"

/* The place of a role's value; -1: it has none. */
static int place_of(const struct plan *plan, const char *name)
{
	const int role = kind_role(plan->kind, text_of(name));

	for (size_t i = 0; i < plan->mapping.role_count; i++)
		if (plan->mapping.roles[i] == role)
			return (int)i;
	return -1;
}

/* The first role that is a time. */
static int find_time(const struct plan *plan)
{
	const struct kind_info *info = kind_info(plan->kind);

	for (size_t i = 0; i < plan->mapping.role_count; i++)
		if (info->roles[plan->mapping.roles[i]].type == ROLE_TIME)
			return (int)i;
	return -1;
}

/* Whether a role comes from the column with the epochs, which are no numbers of rows. */
static bool is_epoch(const struct plan *plan, int place)
{
	const int role = place < 0 ? 0 : plan->mapping.roles[place];

	for (size_t i = 0; place >= 0 && plan->clock.epoch.set && i < plan->mapping.pick_counts[role]; i++)
		if (!plan->mapping.picks[role][i].constant &&
		    plan->mapping.picks[role][i].column == plan->clock.epoch.column)
			return true;
	return false;
}

void row_seen_open(struct row_seen *eyes, const struct plan *plan)
{
	memset(eyes, 0, sizeof(*eyes));
	eyes->plan = plan;
	eyes->day = CLOCK_DAY;
	eyes->time = find_time(plan);
	eyes->id = place_of(plan, plan->kind == KIND_CALL ? "call_id" : "payment_id");
	if (is_epoch(plan, eyes->id))
		eyes->id = -1;
	eyes->ids = eyes->id >= 0 || plan->clock.sequence.set;
	eyes->talk = place_of(plan, "talk");
	eyes->billed = place_of(plan, "billed");
	eyes->status = plan->kind == KIND_CALL ? place_of(plan, "status") : -1;
	/* A start that is UTC by itself tells nothing of the clocks. */
	eyes->measures = plan->clock.epoch.set && place_of(plan, "started") >= 0 &&
			 !plan_clock_has_zone(&plan->clock, "started");
}

static struct text value_at(const struct record *record, const struct mapped *values, int place)
{
	const struct text none = { NULL, 0 };
	struct text value;

	if (place < 0)
		return none;
	value = mapped_value(values, (size_t)place);
	return record->nulls && form_is_null(value) ? none : value;
}

/* ---- times ---- */

/* A time of a row on its own clock. */
struct row_time {
	bool known, zoned;
	bool either;            /* day or month may be first, */
	bool open;              /* and nobody said which */
	int64_t ms;             /* by what was said, else day first */
	int64_t readings[2];    /* day first, month first */
};

/* A date that can be read both ways. */
static void read_both(const struct row_seen *eyes, struct text text, struct row_time *time)
{
	const char *said = eyes->plan->date_order;
	struct moment month;

	if (moment_parse(text.data, text.len, MOMENT_ORDER_MDY, &month))
		return;
	time->either = true;
	time->open = !said;
	time->readings[1] = month.ms;
	if (said && strcmp(said, "mdy") == 0)
		time->ms = month.ms;
}

static struct row_time parse_time(const struct row_seen *eyes, struct text text)
{
	struct row_time time = { .known = false };
	struct moment moment;

	if (!text.data || moment_parse(text.data, text.len, MOMENT_ORDER_UNKNOWN, &moment) || moment.null ||
	    moment.day_only)
		return time;
	time.known = true;
	time.zoned = moment.zoned || moment.word;
	time.ms = time.readings[0] = moment.ms;
	if (moment.orders == (MOMENT_READS_DMY | MOMENT_READS_MDY))
		read_both(eyes, text, &time);
	return time;
}

static struct row_time read_time(struct row_seen *eyes, struct text text, int64_t digits)
{
	struct row_time time = { .known = true };

	if ((digits >= 0 || (text.data && clock_digits(text.data, text.len, &digits))) &&
	    clock_read(&eyes->day, digits, &time.ms) && clock_is_sure(time.ms))
		return time;
	return parse_time(eyes, text);
}

/* ---- clocks ---- */

static bool read_epoch(const struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		       int64_t *epoch)
{
	const struct plan_clock *clock = &eyes->plan->clock;
	struct text text;

	if (clock->epoch.column >= record->count)
		return false;
	text = record->fields[clock->epoch.column];
	if (record->nulls && form_is_null(text))
		return false;
	if (clock->take && pattern_match(clock->take, matcher, text, &text) != MATCH_YES)
		return false;
	return epoch_read(text, clock->unit, epoch);
}

/* Of two readings of a date the one that the epoch proves. */
static void settle_order(const struct row_time *time, struct clock_sighting *sighting)
{
	const int64_t day = calendar_unit(time->readings[0], SECOND_MS);
	const int64_t month = calendar_unit(time->readings[1], SECOND_MS);
	int32_t offset;
	const bool dmy = clock_offset(day, sighting->epoch, &offset);
	const bool mdy = clock_offset(month, sighting->epoch, &offset);

	if (dmy == mdy)
		return;
	sighting->orders = dmy ? CLOCK_DMY : CLOCK_MDY;
	sighting->local = dmy ? day : month;
}

static void note_clock(const struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		       struct row_time *time, struct seen *seen)
{
	struct clock_sighting sighting = { .line = record->line, .sight = CLOCK_NOTHING };

	if (time->known && !time->zoned) {
		sighting.local = calendar_unit(time->ms, SECOND_MS);
		sighting.sight = read_epoch(eyes, matcher, record, &sighting.epoch) ? CLOCK_BOTH : CLOCK_BARE;
		if (time->either && sighting.sight == CLOCK_BOTH)
			settle_order(time, &sighting);
		if (sighting.orders) {
			time->ms = sighting.local * SECOND_MS;
			time->open = false;
		}
	}
	seen_clock(seen, &sighting);
}

/* ---- numbers of rows ---- */

static struct text id_of(const struct row_seen *eyes, const struct record *record, const struct mapped *values)
{
	const struct plan_column *sequence = &eyes->plan->clock.sequence;
	const struct text none = { NULL, 0 };

	if (!sequence->set)
		return value_at(record, values, eyes->id);
	return widths_have(&sequence->width, record->count) && sequence->column < record->count
		       ? record->fields[sequence->column]
		       : none;
}

void row_seen_id(const struct row_seen *eyes, const struct record *record, const struct mapped *values,
		 uint32_t row, struct seen *seen)
{
	const struct text text = id_of(eyes, record, values);
	uint64_t id;

	if (!text.data || text.len == 0 || (record->nulls && form_is_null(text)))
		return;
	seen_id(seen, row, text.len <= 18 && text_to_u64(text, &id) ? (int64_t)id : -1);
}

/* ---- statuses ---- */

/* What the words of a line `answered=WORD` say of a status. */
static int8_t look_up(const struct plan *plan, struct text status)
{
	struct text lines = buf_view(&plan->clock.words);

	while (lines.len > 0) {
		const struct text line = text_take_line(&lines);
		const char *sign = line.len ? memchr(line.data, '=', line.len) : NULL;
		const size_t len = sign ? (size_t)(sign - line.data) : 0;

		if (!sign || !text_equal_fold((struct text){ sign + 1, line.len - len - 1 }, text_trim(status)))
			continue;
		if (text_is((struct text){ line.data, len }, "answered"))
			return 1;
		if (text_is((struct text){ line.data, len }, "unanswered"))
			return -1;
	}
	return 0;
}

/* Beyond those that there is room for, the last is given up. */
static int8_t learn(struct row_seen *eyes, struct text status)
{
	const size_t at = eyes->word_count < ROW_SEEN_STATUSES ? eyes->word_count++ : ROW_SEEN_STATUSES - 1;
	struct seen_word *word = &eyes->words[at];

	memcpy(word->text, status.data, status.len);
	word->len = status.len;
	word->means = look_up(eyes->plan, status);
	return word->means;
}

/* Statuses are few. */
static int8_t means(struct row_seen *eyes, struct text status)
{
	if (status.len == 0 || status.len > ROW_SEEN_STATUS)
		return 0;
	for (size_t i = 0; i < eyes->word_count; i++)
		if (eyes->words[i].len == status.len && eyes->words[i].text[0] == status.data[0] &&
		    memcmp(eyes->words[i].text, status.data, status.len) == 0)
			return eyes->words[i].means;
	return learn(eyes, status);
}

/* The same of the value of a role, of which it is enough to know the code. */
static int8_t means_coded(struct row_seen *eyes, struct text status, const struct row_codes *codes)
{
	const int64_t form = codes->forms[eyes->status], number = codes->numbers[eyes->status];
	struct seen_code *code = &eyes->codes[row_seen_slot(form, number)];

	if (form < FORM_FIRST)
		return means(eyes, status);
	if (code->form != form || code->number != number)
		*code = (struct seen_code){ form, number, means(eyes, status) };
	return code->means;
}

/* 1: some seconds; 0: none; -1: it does not tell. */
static int has_talk(struct text text)
{
	bool some = false;
	int64_t ms;

	if (!text.data || text.len == 0)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		some = some || (text.data[i] >= '1' && text.data[i] <= '9');
		if (!scan_is_digit(text.data[i]) && text.data[i] != '.' && text.data[i] != ':')
			return seconds_parse(text.data, text.len, &ms) || ms < 0 ? -1 : ms > 0;
	}
	return some;
}

static int role_talks(const struct record *record, const struct mapped *values, const struct row_codes *codes,
		      int place)
{
	if (place >= 0 && codes->looks[codes->forms[place]] & CHECKER_LOOK_NUMBER)
		return codes->numbers[place] != 0;
	return has_talk(value_at(record, values, place));
}

void row_seen_status(struct row_seen *eyes, const struct record *record, const struct mapped *values,
		     const struct row_codes *codes, uint32_t row, struct seen *seen)
{
	const struct text status = value_at(record, values, eyes->status);
	int talk;
	int8_t word;

	if (!status.data || (word = means_coded(eyes, status, codes)) == 0)
		return;
	talk = role_talks(record, values, codes, eyes->talk);
	if (talk < 0)
		talk = role_talks(record, values, codes, eyes->billed);
	if (word > 0 && talk == 0)
		seen_status(seen, row, SEEN_ANSWERED_ZERO, record->line);
	if (word < 0 && talk > 0)
		seen_status(seen, row, SEEN_UNANSWERED_TALK, record->line);
}

static void note_time(struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		      const struct mapped *values, int64_t digits, struct seen *seen)
{
	struct row_time time = read_time(eyes, value_at(record, values, eyes->time), digits);

	if (eyes->measures)
		note_clock(eyes, matcher, record, &time, seen);
	if (time.known && !time.open)
		seen_time(seen, time.ms, time.zoned);
	seen->open = seen->open || time.open;
}

void row_seen_note(struct row_seen *eyes, struct matcher *matcher, const struct record *record,
		   const struct mapped *values, const struct row_codes *codes, uint32_t row, struct seen *seen)
{
	const int time = eyes->time;
	const bool clock = time >= 0 && codes->looks[codes->forms[time]] & CHECKER_LOOK_CLOCK;

	note_time(eyes, matcher, record, values, clock ? codes->numbers[time] : -1, seen);
	if (eyes->ids)
		row_seen_id(eyes, record, values, row, seen);
	if (eyes->status >= 0)
		row_seen_status(eyes, record, values, codes, row, seen);
}
