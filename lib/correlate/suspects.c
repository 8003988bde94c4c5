/* SPDX-License-Identifier: Apache-2.0 */
/* Tables account_figure, suspect and score_line. */
#include <stdlib.h>
#include <string.h>

#include "correlate/correlation.h"
#include "correlate/lists.h"

/* The lists of accounts, or of persons, and where the writing of each is. */
struct texts {
	struct lists accounts;         /* of persons only */
	struct lists logins;
	struct lists emails;
	struct pairs_cursor at_account;
	struct pairs_cursor at_login;
	struct pairs_cursor at_email;
};

/* What one table takes. */
struct writing {
	struct correlation *c;
	struct texts texts;
	uint32_t *accounts;                  /* how many, of persons */
	sqlite3_stmt *insert;
	sqlite3_stmt *insert_line;
	struct buf list[3];
	struct buf lines[SCORE_FIGURES];
	struct buf text;
};

static void writing_release(struct writing *w)
{
	lists_release(&w->texts.accounts);
	lists_release(&w->texts.logins);
	lists_release(&w->texts.emails);
	free(w->accounts);
	sqlite3_finalize(w->insert);
	sqlite3_finalize(w->insert_line);
	for (unsigned i = 0; i < 3; i++)
		buf_release(&w->list[i]);
	for (unsigned i = 0; i < SCORE_FIGURES; i++)
		buf_release(&w->lines[i]);
	buf_release(&w->text);
}

static enum status take(struct writing *w, sqlite3_stmt *select, bool persons)
{
	const struct people *people = &w->c->people;
	uint32_t slot;
	uint32_t owner;

	if (!people_slot(people, sqlite3_column_int64(select, 0), &slot))
		return error_set(&w->c->casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	owner = persons ? people->persons_of[slot] : slot;
	if (!lists_add(&w->texts.logins, owner,
		       text_trim(column_text(select, 1))) ||
	    !lists_add(&w->texts.emails, owner, column_text(select, 2)))
		return error_memory(&w->c->casefile->error);
	return STATUS_OK;
}

static enum status take_all(struct writing *w, bool persons)
{
	struct casefile *casefile = w->c->casefile;
	sqlite3_stmt *select = casefile_prepare(
		casefile, "SELECT r.key, f.login, r.email FROM account_read r"
			  " JOIN account f ON f.id = r.account");
	enum status status;

	if (!select)
		return casefile->error.status;
	while ((status = casefile_step(casefile, select)) == STATUS_OK) {
		status = take(w, select, persons);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(select);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status collect(struct writing *w, bool persons)
{
	const struct people *people = &w->c->people;
	struct texts *texts = &w->texts;
	enum status status = take_all(w, persons);
	bool taken = true;

	if (status != STATUS_OK)
		return status;
	for (uint32_t slot = 1; persons && taken && slot <= people->accounts;
	     slot++)
		taken = lists_add(&texts->accounts, people->persons_of[slot],
				  people_name(people, slot));
	if (!taken || !lists_settle(&texts->accounts) ||
	    !lists_settle(&texts->logins) || !lists_settle(&texts->emails))
		return error_memory(&w->c->casefile->error);
	texts->at_account.pairs = &texts->accounts.pairs;
	texts->at_login.pairs = &texts->logins.pairs;
	texts->at_email.pairs = &texts->emails.pairs;
	return STATUS_OK;
}

static enum status bind_list(struct writing *w, unsigned i, int place,
			     const struct lists *lists,
			     struct pairs_cursor *cursor, uint32_t owner)
{
	buf_clear(&w->list[i]);
	lists_write(lists, cursor, owner, &w->list[i]);
	bind_text(w->insert, place, buf_view(&w->list[i]));
	return w->list[i].failed ? error_memory(&w->c->casefile->error)
				 : STATUS_OK;
}

static enum status bind_logins(struct writing *w, int place, uint32_t owner)
{
	struct texts *texts = &w->texts;
	enum status status = bind_list(w, 0, place, &texts->logins,
				       &texts->at_login, owner);

	if (status == STATUS_OK)
		status = bind_list(w, 1, place + 1, &texts->emails,
				   &texts->at_email, owner);
	return status;
}

static enum status write_account(struct writing *w, uint32_t slot)
{
	enum status status = bind_logins(w, 3, slot);

	if (status != STATUS_OK)
		return status;
	bind_integer(w->insert, 1, w->c->people.keys[slot]);
	bind_integer(w->insert, 2, w->c->people.persons_of[slot]);
	bind_party(w->insert, 5, &w->c->accounts[slot]);
	status = casefile_run(w->c->casefile, w->insert);
	return status == STATUS_OK ? correlation_pause(w->c) : status;
}

static enum status write_accounts(struct correlation *c)
{
	struct writing w = { .c = c };
	enum status status = collect(&w, false);

	if (status == STATUS_OK) {
		w.insert = casefile_prepare(
			c->casefile,
			"INSERT INTO account_figure(key, suspect, logins, emails,"
			" spend, payments, first_payment, last_payment, calls,"
			" answered, long_calls, victims, presentations,"
			" organisations, reports, loss, first_call, last_call)"
			" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			" ?)");
		if (!w.insert)
			status = c->casefile->error.status;
	}
	for (uint32_t slot = 1; slot <= c->people.accounts && status == STATUS_OK;
	     slot++)
		status = write_account(&w, slot);
	writing_release(&w);
	return status;
}

static enum status count_evidence(struct writing *w)
{
	const struct correlation *c = w->c;

	w->accounts = calloc((size_t)c->people.persons + 1,
			     sizeof(*w->accounts));
	if (!w->accounts)
		return error_memory(&c->casefile->error);
	for (uint32_t slot = 1; slot <= c->people.accounts; slot++)
		w->accounts[c->people.persons_of[slot]]++;
	return STATUS_OK;
}

static void figures_of(const struct writing *w, uint32_t person,
		       int64_t figures[SCORE_FIGURES])
{
	const struct party *party = &w->c->persons[person];

	figures[SCORE_SPEND] = party->spend;
	figures[SCORE_LOSS] = party->loss;
	figures[SCORE_VICTIMS] = (int64_t)party->victims;
	figures[SCORE_LONG_CALLS] = (int64_t)party->long_calls;
	figures[SCORE_ORGANISATIONS] = (int64_t)party->organisations;
	figures[SCORE_REPORTS] = (int64_t)party->reports;
	figures[SCORE_PAYMENTS] = (int64_t)party->payments;
	figures[SCORE_EMAILS] = w->c->links.counts[LINK_EMAIL][person];
	figures[SCORE_PHONES] = w->c->links.counts[LINK_PHONE][person];
	figures[SCORE_ADDRESSES] = w->c->links.counts[LINK_ADDRESS][person];
	figures[SCORE_IPS] = w->c->links.counts[LINK_IP][person];
	figures[SCORE_DEVICES] = w->c->links.counts[LINK_DEVICE][person];
	figures[SCORE_ACCOUNTS] = w->accounts[person];
}

/* All lines of a person by one statement. */
static enum status write_lines(struct writing *w, uint32_t person,
			       const int64_t *figures)
{
	const struct score *score = &w->c->score;
	int place = 0;

	for (size_t i = 0; i < score->figure_count; i++) {
		const struct score_line line =
			score_line(score, i, figures, &w->lines[i]);

		if (w->lines[i].failed)
			return error_memory(&w->c->casefile->error);
		bind_integer(w->insert_line, ++place, person);
		bind_integer(w->insert_line, ++place, (int64_t)i + 1);
		bind_integer(w->insert_line, ++place, line.points);
		bind_lasting(w->insert_line, ++place, line.text);
	}
	return casefile_run(w->c->casefile, w->insert_line);
}

static enum status write_suspect(struct writing *w, uint32_t person)
{
	int64_t figures[SCORE_FIGURES];
	uint64_t points;
	enum status status = bind_list(w, 2, 2, &w->texts.accounts,
				       &w->texts.at_account, person);

	if (status == STATUS_OK)
		status = bind_logins(w, 3, person);
	if (status != STATUS_OK)
		return status;
	figures_of(w, person, figures);
	bind_integer(w->insert, 1, person);
	bind_party(w->insert, 5, &w->c->persons[person]);
	points = score_sum(&w->c->score, figures, &w->text);
	if (w->text.failed)
		return error_memory(&w->c->casefile->error);
	bind_integer(w->insert, 19, (int64_t)points);
	bind_text(w->insert, 20, buf_view(&w->text));
	status = casefile_run(w->c->casefile, w->insert);
	if (status == STATUS_OK)
		status = write_lines(w, person, figures);
	return status == STATUS_OK ? correlation_pause(w->c) : status;
}

static sqlite3_stmt *prepare_lines(struct casefile *casefile, size_t count)
{
	return casefile_prepare_rows(
		casefile,
		"INSERT INTO score_line(suspect, line, points, text) VALUES",
		"(?, ?, ?, ?)", count);
}

static enum status open_suspects(struct writing *w)
{
	struct casefile *casefile = w->c->casefile;

	w->insert = casefile_prepare(
		casefile,
		"INSERT INTO suspect(id, accounts, logins, emails, spend,"
		" payments, first_payment, last_payment, calls, answered,"
		" long_calls, victims, presentations, organisations, reports,"
		" loss, first_call, last_call, score, why)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
		" ?14, ?15, ?16, ?17, ?18, ?19, ?20)");
	if (w->insert)
		w->insert_line =
			prepare_lines(casefile, w->c->score.figure_count);
	return w->insert_line ? STATUS_OK : casefile->error.status;
}

enum status suspects_write(struct correlation *c)
{
	struct writing w = { .c = c };
	enum status status = write_accounts(c);

	if (status == STATUS_OK)
		status = collect(&w, true);
	if (status == STATUS_OK)
		status = count_evidence(&w);
	if (status == STATUS_OK)
		status = open_suspects(&w);
	for (uint32_t person = 1;
	     person <= c->people.persons && status == STATUS_OK; person++)
		status = write_suspect(&w, person);
	writing_release(&w);
	return status;
}
