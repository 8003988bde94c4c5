/* SPDX-License-Identifier: Apache-2.0 */
/* Tables account_figure, suspect, evidence and score_band. */
#include "correlate/figures/suspects.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/table/amount.h"
#include "casefile/table/bulk_insert.h"
#include "correlate/interrupt.h"

/* A list of each account, or person, and where the writing of it is. */
struct listed {
	struct text_lists *lists;
	struct pair_set_cursor at;
};

/* What these tables take. */
struct writing {
	const struct suspects_given *given;
	struct interrupt interrupt;
	struct text_lists names;            /* of accounts, by person */
	struct text_lists named_logins;     /* behind their services, by person, where
					     * there are several */
	struct listed accounts;        /* the same */
	struct listed logins;
	struct listed emails;
	struct listed doubts;
	uint32_t *persons;             /* of keys */
	uint32_t *account_counts;      /* of persons */
	uint32_t next;                 /* key, person or line of a score */
	struct buf why;
};

static void writing_release(struct writing *w)
{
	text_lists_release(&w->names);
	text_lists_release(&w->named_logins);
	free(w->persons);
	free(w->account_counts);
	buf_release(&w->why);
}

/* From its first list on. */
static void list(struct listed *listed, struct text_lists *lists)
{
	listed->lists = lists;
	listed->at = (struct pair_set_cursor){ &lists->pairs, 0 };
}

static void write_list(struct listed *listed, uint32_t owner,
		       struct row_buffer *rows)
{
	const size_t begin = row_buffer_begin(rows);

	text_lists_write(listed->lists, &listed->at, owner, &rows->texts);
	row_buffer_end(rows, begin);
}

static enum status more_accounts(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct suspects_given *given = w->given;
	const uint32_t key = w->next;

	if (key > given->persons->accounts)
		return STATUS_END;
	w->next++;
	row_buffer_integer(rows, key);
	row_buffer_integer(rows, w->persons[key]);
	write_list(&w->logins, key, rows);
	write_list(&w->emails, key, rows);
	figures_write(&given->account_figures[given->persons->slots[key]], rows);
	figures_write_gross(&given->account_figures[given->persons->slots[key]], rows);
	row_buffer_integer(rows, figures_days(&given->account_figures[given->persons->slots[key]]));
	return interrupt_ask(&w->interrupt);
}

/* Whose accounts are, and how many each person has. */
static enum status count_accounts(struct writing *w)
{
	const struct persons *persons = w->given->persons;

	w->persons = calloc((size_t)persons->accounts + 1, sizeof(*w->persons));
	w->account_counts = calloc((size_t)persons->count + 1,
				   sizeof(*w->account_counts));
	if (!w->persons || !w->account_counts)
		return error_memory(&w->given->casefile->error);
	for (uint32_t slot = 1; slot <= persons->accounts; slot++) {
		w->persons[persons->keys[slot]] = persons->persons_of[slot];
		w->account_counts[persons->persons_of[slot]]++;
	}
	return STATUS_OK;
}

/* Logins of several services become lists of persons. */
static bool name_logins(struct writing *w)
{
	const struct persons *persons = w->given->persons;
	const struct text_lists *logins = w->given->logins;
	struct pair_set_cursor cursor = { &logins->pairs, 0 };
	struct buf name = { 0 };
	uint32_t key, rank;
	bool good = true;

	while (good && pair_set_next(&cursor, &key, &rank)) {
		const struct text service = persons_service(persons, persons->slots[key]);
		const struct text login = dictionary_text(&logins->texts, logins->order[rank]);

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
	const struct persons *persons = w->given->persons;
	bool good = true;

	for (uint32_t slot = 1; good && slot <= persons->accounts; slot++)
		good = text_lists_add(&w->names, persons->persons_of[slot],
				      persons_name(persons, slot));
	good = good && text_lists_settle(&w->names) &&
	       (persons->prefixes ? name_logins(w)
				  : text_lists_regroup(w->given->logins, w->persons)) &&
	       text_lists_regroup(w->given->emails, w->persons) &&
	       text_lists_regroup(w->given->doubts, w->persons);
	list(&w->accounts, &w->names);
	list(&w->logins, persons->prefixes ? &w->named_logins : w->given->logins);
	list(&w->emails, w->given->emails);
	list(&w->doubts, w->given->doubts);
	return good ? STATUS_OK : error_memory(&w->given->casefile->error);
}

static void figures_of(const struct writing *w, uint32_t person,
		       i128 scored[SCORE_FIGURES])
{
	const struct figures *figures = &w->given->person_figures[person];

	scored[SCORE_SPEND] = figures->spend;
	scored[SCORE_LOSS] = figures->loss;
	scored[SCORE_VICTIMS] = (int64_t)figures->victims;
	scored[SCORE_LONG_CALLS] = (int64_t)figures->long_calls;
	scored[SCORE_ORGANISATIONS] = (int64_t)figures->organisations;
	scored[SCORE_REPORTS] = (int64_t)figures->reports;
	scored[SCORE_PAYMENTS] = (int64_t)figures->payments;
	scored[SCORE_EMAILS] = w->given->links->counts[LINK_EMAIL][person];
	scored[SCORE_PHONES] = w->given->links->counts[LINK_PHONE][person];
	scored[SCORE_ADDRESSES] = w->given->links->counts[LINK_ADDRESS][person];
	scored[SCORE_IPS] = w->given->links->counts[LINK_IP][person];
	scored[SCORE_DEVICES] = w->given->links->counts[LINK_DEVICE][person];
	scored[SCORE_ACCOUNTS] = w->account_counts[person];
}

static enum status more_suspects(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct suspects_given *given = w->given;
	const uint32_t person = w->next;
	i128 scored[SCORE_FIGURES];

	if (person > given->persons->count)
		return STATUS_END;
	w->next++;
	figures_of(w, person, scored);
	row_buffer_integer(rows, person);
	write_list(&w->accounts, person, rows);
	write_list(&w->logins, person, rows);
	write_list(&w->emails, person, rows);
	figures_write(&given->person_figures[person], rows);
	row_buffer_integer(rows, (int64_t)score_sum(given->score, scored, &w->why));
	if (w->why.failed)
		return error_memory(&given->casefile->error);
	row_buffer_text(rows, buf_view(&w->why));
	write_list(&w->doubts, person, rows);
	figures_write_gross(&given->person_figures[person], rows);
	row_buffer_integer(rows, figures_days(&given->person_figures[person]));
	return interrupt_ask(&w->interrupt);
}

static enum status more_evidence(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const uint32_t person = w->next;
	i128 scored[SCORE_FIGURES];

	if (person > w->given->persons->count)
		return STATUS_END;
	w->next++;
	figures_of(w, person, scored);
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
	enum status status = count_accounts(&w);

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
