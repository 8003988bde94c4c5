/* SPDX-License-Identifier: Apache-2.0 */
/* Tables account_figure, suspect, evidence and score_band. */
#include "correlate/figures/suspects.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/table/amount.h"
#include "casefile/table/bulk_insert.h"
#include "correlate/interrupt.h"

/* A list of each account, or person, and where the writing of it is. */
struct listed {
	const struct text_lists *lists;
	size_t next;
};

/* What these tables take. */
struct writing {
	const struct suspects_given *given;
	struct interrupt interrupt;
	struct text_lists named_logins;     /* behind their services, by person, where
					     * there are several */
	struct text *names;            /* of the accounts of a person */
	size_t name_capacity;
	struct listed logins;
	struct listed emails;
	struct listed doubts;
	uint32_t *persons;             /* of keys */
	uint32_t next;                 /* key, person or line of a score */
	struct buf why;
};

static void writing_release(struct writing *w)
{
	text_lists_release(&w->named_logins);
	free(w->names);
	free(w->persons);
	buf_release(&w->why);
}

/* From its first list on. */
static void list(struct listed *listed, const struct text_lists *lists)
{
	*listed = (struct listed){ lists, 0 };
}

static void write_list(struct listed *listed, uint32_t owner,
		       struct row_buffer *rows)
{
	const size_t begin = row_buffer_begin(rows);

	text_lists_write(listed->lists, &listed->next, owner, &rows->texts);
	row_buffer_end(rows, begin);
}

static enum status more_accounts(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct person_figures *all = w->given->figures;
	const uint32_t key = w->next;
	const struct figures *figures;

	if (key > all->persons->accounts)
		return STATUS_END;
	w->next++;
	figures = &all->accounts[all->persons->slots[key]];
	row_buffer_integer(rows, key);
	row_buffer_integer(rows, w->persons[key]);
	write_list(&w->logins, key, rows);
	write_list(&w->emails, key, rows);
	figures_write(figures, rows);
	figures_write_gross(figures, rows);
	row_buffer_integer(rows, figures_days(figures));
	return interrupt_ask(&w->interrupt);
}

/* Whose accounts are. */
static enum status find_persons(struct writing *w)
{
	const struct persons *persons = w->given->figures->persons;

	w->persons = calloc((size_t)persons->accounts + 1, sizeof(*w->persons));
	if (!w->persons)
		return error_memory(&w->given->casefile->error);
	for (uint32_t slot = 1; slot <= persons->accounts; slot++)
		w->persons[persons->keys[slot]] = persons->persons_of[slot];
	return STATUS_OK;
}

static int compare_names(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* Accounts come in byte order, but for those behind different services. */
static bool write_names(struct writing *w, uint32_t person, struct row_buffer *rows)
{
	const struct persons *persons = w->given->figures->persons;
	const uint32_t *members = persons->members + persons->starts[person];
	const size_t count = persons->starts[person + 1] - persons->starts[person];
	const size_t begin = row_buffer_begin(rows);
	void *names = w->names;

	if (!memory_room(&names, &w->name_capacity, count, sizeof(*w->names)))
		return false;
	w->names = names;
	for (size_t i = 0; i < count; i++)
		w->names[i] = persons_name(persons, members[i]);
	if (persons->prefixes)
		qsort(w->names, count, sizeof(*w->names), compare_names);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !text_equal(w->names[i], w->names[i - 1]))
			text_list_add(&rows->texts, begin, w->names[i]);
	row_buffer_end(rows, begin);
	return true;
}

/* Logins of several services become lists of persons. */
static bool name_logins(struct writing *w)
{
	const struct persons *persons = w->given->figures->persons;
	struct buf name = { 0 };
	struct text login;
	size_t next = 0;
	uint32_t key;
	bool good = true;

	while (good && text_lists_next(w->given->logins, &next, &key, &login)) {
		const struct text service = persons_service(persons, persons->slots[key]);

		buf_clear(&name);
		buf_add(&name, service.data, service.len);
		buf_add(&name, login.data, login.len);
		good = !name.failed &&
		       text_lists_add(&w->named_logins, w->persons[key], buf_view(&name));
	}
	buf_release(&name);
	return good && text_lists_settle(&w->named_logins);
}

/* Lists of accounts become lists of persons. */
static enum status regroup(struct writing *w)
{
	const bool several = w->given->figures->persons->prefixes != NULL;

	if (several && !name_logins(w))
		return error_memory(&w->given->casefile->error);
	if (!several)
		text_lists_regroup(w->given->logins, w->persons);
	text_lists_regroup(w->given->emails, w->persons);
	text_lists_regroup(w->given->doubts, w->persons);
	list(&w->logins, several ? &w->named_logins : w->given->logins);
	list(&w->emails, w->given->emails);
	list(&w->doubts, w->given->doubts);
	return STATUS_OK;
}

/* What a person goes by. */
static void score_evidence(const struct writing *w, uint32_t person, i128 scored[static SCORE_FIGURES])
{
	uint32_t *const *counts = w->given->links->counts;
	const uint32_t *starts = w->given->figures->persons->starts;

	scored[SCORE_EMAILS] = counts[LINK_EMAIL][person];
	scored[SCORE_PHONES] = counts[LINK_PHONE][person];
	scored[SCORE_ADDRESSES] = counts[LINK_ADDRESS][person];
	scored[SCORE_IPS] = counts[LINK_IP][person];
	scored[SCORE_DEVICES] = counts[LINK_DEVICE][person];
	scored[SCORE_ACCOUNTS] = starts[person + 1] - starts[person];
}

static void score_figures(const struct figures *figures, i128 scored[static SCORE_FIGURES])
{
	scored[SCORE_SPEND] = figures_spend(figures);
	scored[SCORE_LOSS] = figures->loss;
	scored[SCORE_VICTIMS] = figures->victims;
	scored[SCORE_LONG_CALLS] = figures->long_calls;
	scored[SCORE_ORGANISATIONS] = figures->organisations;
	scored[SCORE_REPORTS] = figures->reports;
	scored[SCORE_PAYMENTS] = figures->payments;
}

static enum status more_suspects(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct suspects_given *given = w->given;
	const uint32_t person = w->next;
	i128 scored[SCORE_FIGURES];
	struct figures figures;
	enum status status;

	if (person > given->figures->persons->count)
		return STATUS_END;
	w->next++;
	status = person_figures_of(given->casefile, given->figures, person, &figures);
	if (status != STATUS_OK)
		return status;
	score_figures(&figures, scored);
	score_evidence(w, person, scored);
	row_buffer_integer(rows, person);
	if (!write_names(w, person, rows))
		return error_memory(&given->casefile->error);
	write_list(&w->logins, person, rows);
	write_list(&w->emails, person, rows);
	figures_write(&figures, rows);
	row_buffer_integer(rows, (int64_t)score_sum(given->score, scored, &w->why));
	if (w->why.failed)
		return error_memory(&given->casefile->error);
	row_buffer_text(rows, buf_view(&w->why));
	write_list(&w->doubts, person, rows);
	figures_write_gross(&figures, rows);
	row_buffer_integer(rows, figures_days(&figures));
	return interrupt_ask(&w->interrupt);
}

static enum status more_evidence(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const uint32_t person = w->next;
	i128 scored[SCORE_FIGURES];

	if (person > w->given->figures->persons->count)
		return STATUS_END;
	w->next++;
	score_evidence(w, person, scored);
	row_buffer_integer(rows, person);
	row_buffer_amount(rows, scored[SCORE_EMAILS]);
	row_buffer_amount(rows, scored[SCORE_PHONES]);
	row_buffer_amount(rows, scored[SCORE_ADDRESSES]);
	row_buffer_amount(rows, scored[SCORE_IPS]);
	row_buffer_amount(rows, scored[SCORE_DEVICES]);
	row_buffer_amount(rows, scored[SCORE_ACCOUNTS]);
	return interrupt_ask(&w->interrupt);
}

/* The bands of a figure. */
static enum status more_bands(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct score *score = w->given->score;
	const uint32_t line = w->next;
	struct score_name name;

	if (line > score->figure_count)
		return STATUS_END;
	w->next++;
	name = score_name(score->figures[line - 1]);
	for (size_t b = score->starts[line - 1]; b < score->starts[line]; b++) {
		row_buffer_integer(rows, (int64_t)b + 1);
		row_buffer_integer(rows, line);
		row_buffer_text(rows, text_of(name.axis));
		row_buffer_text(rows, text_of(name.word));
		row_buffer_text(rows, text_of(name.shown));
		row_buffer_amount(rows, score->bands[b].least);
		row_buffer_integer(rows, score->bands[b].points);
	}
	return STATUS_OK;
}

static const char *const account_columns[] = {
	"key", "suspect", "logins", "emails", FIGURES_COLUMNS, FIGURES_GROSS_COLUMNS, "days"
};
static const char *const suspect_columns[] = {
	"id", "accounts", "logins", "emails", FIGURES_COLUMNS, "score", "why", "doubts",
	FIGURES_GROSS_COLUMNS, "days"
};
static const char *const evidence_columns[] = {
	"suspect", "emails", "phones", "addresses", "ips", "devices", "accounts"
};
static const char *const band_columns[] = {
	"id", "line", "axis", "figure", "shown", "least", "points"
};

static const struct bulk_insert
	account_figure = { .table = BULK_TABLE("account_figure", account_columns),
			   .more = more_accounts },
	suspect = { .table = BULK_TABLE("suspect", suspect_columns),
		    .more = more_suspects },
	evidence = { .table = BULK_TABLE("evidence", evidence_columns),
		     .more = more_evidence },
	score_band = { .table = BULK_TABLE("score_band", band_columns),
		       .more = more_bands };

/* From the first key, person or line on. */
static enum status write_table(struct writing *w, const struct bulk_insert *table)
{
	struct bulk_insert fill = *table;

	fill.context = w;
	w->next = 1;
	return bulk_insert_run(w->given->casefile, &fill, w->given->threads);
}

enum status suspects_write(const struct suspects_given *given)
{
	struct writing w = {
		.given = given,
		.interrupt = { given->casefile, given->observer, 0 },
	};
	enum status status = find_persons(&w);

	list(&w.logins, given->logins);
	list(&w.emails, given->emails);
	if (status == STATUS_OK)
		status = write_table(&w, &account_figure);
	if (status == STATUS_OK)
		status = regroup(&w);
	if (status == STATUS_OK)
		status = write_table(&w, &suspect);
	if (status == STATUS_OK)
		status = write_table(&w, &evidence);
	if (status == STATUS_OK)
		status = write_table(&w, &score_band);
	writing_release(&w);
	return status;
}
