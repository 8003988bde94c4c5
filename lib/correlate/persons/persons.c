/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts in order, and persons as a union of them. */
#include "correlate/persons/persons.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

static enum status make_room(struct people *people, struct casefile *casefile)
{
	int64_t count = 0;
	int64_t largest = 0;
	size_t room;
	enum status status = casefile_integer(
		casefile, "SELECT count(*) FROM account_key", 0, &count);

	if (status == STATUS_OK)
		status = casefile_integer(
			casefile, "SELECT max(id) FROM account_key", 0, &largest);
	if (status != STATUS_OK)
		return status;
	if (count != largest || count >= UINT32_MAX)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	people->accounts = (uint32_t)count;
	room = (size_t)count + 1;
	people->slots = calloc(room, sizeof(*people->slots));
	people->keys = calloc(room, sizeof(*people->keys));
	people->persons_of = calloc(room, sizeof(*people->persons_of));
	people->ends = calloc(room, sizeof(*people->ends));
	if (!people->slots || !people->keys || !people->persons_of ||
	    !people->ends)
		return error_memory(&casefile->error);
	return STATUS_OK;
}

static enum status take(struct people *people, struct casefile *casefile,
			sqlite3_stmt *statement, uint32_t slot)
{
	int64_t key = sqlite3_column_int64(statement, 0);
	struct text name = column_text(statement, 1);

	if (slot > people->accounts || key < 1 || key > people->accounts)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	people->slots[key] = slot;
	people->keys[slot] = (uint32_t)key;
	people->persons_of[slot] = slot;
	buf_add(&people->names, name.data, name.len);
	people->ends[slot] = people->names.len;
	return people->names.failed ? error_memory(&casefile->error) : STATUS_OK;
}

enum status people_load(struct people *people, struct casefile *casefile)
{
	sqlite3_stmt *statement;
	uint32_t slot = 0;
	enum status status;

	memset(people, 0, sizeof(*people));
	status = make_room(people, casefile);
	if (status != STATUS_OK)
		return status;
	statement = casefile_prepare(casefile,
				     "SELECT id, account FROM account_key"
				     " ORDER BY service, account");
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(people, casefile, statement, ++slot);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void people_release(struct people *people)
{
	free(people->slots);
	free(people->keys);
	free(people->persons_of);
	free(people->ends);
	buf_release(&people->names);
	memset(people, 0, sizeof(*people));
}

bool people_slot(const struct people *people, int64_t key, uint32_t *slot)
{
	if (key < 0 || key > people->accounts)
		return false;
	*slot = people->slots[key];
	return true;
}

struct text people_name(const struct people *people, uint32_t slot)
{
	size_t start = slot > 1 ? people->ends[slot - 1] : 0;
	struct text text = { "", 0 };

	if (people->names.data)
		text.data = people->names.data + start;
	text.len = people->ends[slot] - start;
	return text;
}

static uint32_t root(struct people *people, uint32_t slot)
{
	uint32_t *up = people->persons_of;

	while (up[slot] != slot) {
		up[slot] = up[up[slot]];
		slot = up[slot];
	}
	return slot;
}

void people_tie(struct people *people, uint32_t a, uint32_t b)
{
	a = root(people, a);
	b = root(people, b);
	/* The least account is the root: people_number() relies on it. */
	if (a < b)
		people->persons_of[b] = a;
	else
		people->persons_of[a] = b;
}

void people_number(struct people *people)
{
	for (uint32_t slot = 1; slot <= people->accounts; slot++)
		people->persons_of[slot] = root(people, slot);
	for (uint32_t slot = 1; slot <= people->accounts; slot++) {
		uint32_t least = people->persons_of[slot];

		people->persons_of[slot] = least == slot
						   ? ++people->persons
						   : people->persons_of[least];
	}
}
