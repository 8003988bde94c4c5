/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts in order, and persons as a union of them. */
#include "correlate/persons/persons.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/service_name.h"
#include "casefile/sql.h"

static enum status make_room(struct persons *persons, struct casefile *casefile)
{
	int64_t count = 0;
	int64_t largest = 0;
	int64_t several = 0;
	size_t room;
	enum status status = casefile_integer(
		casefile, "SELECT count(*) FROM account_key", 0, &count);

	if (status == STATUS_OK)
		status = casefile_integer(
			casefile, "SELECT max(id) FROM account_key", 0, &largest);
	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT " SERVICES_SEVERAL, 0,
					  &several);
	if (status != STATUS_OK)
		return status;
	if (count != largest || count >= UINT32_MAX)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	persons->accounts = (uint32_t)count;
	room = (size_t)count + 1;
	persons->slots = calloc(room, sizeof(*persons->slots));
	persons->keys = calloc(room, sizeof(*persons->keys));
	persons->persons_of = calloc(room, sizeof(*persons->persons_of));
	persons->ends = calloc(room, sizeof(*persons->ends));
	if (several)
		persons->prefixes = calloc(room, sizeof(*persons->prefixes));
	if ((several && !persons->prefixes) || !persons->slots || !persons->keys || !persons->persons_of ||
	    !persons->ends)
		return error_memory(&casefile->error);
	return STATUS_OK;
}

static enum status take(struct persons *persons, struct casefile *casefile,
			sqlite3_stmt *statement, uint32_t slot)
{
	int64_t key = sqlite3_column_int64(statement, 0);
	const struct text prefix = column_text(statement, 1);
	const struct text name = column_text(statement, 2);

	if (slot > persons->accounts || key < 1 || key > persons->accounts)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	persons->slots[key] = slot;
	persons->keys[slot] = (uint32_t)key;
	persons->persons_of[slot] = slot;
	if (persons->prefixes) {
		buf_add(&persons->names, prefix.data, prefix.len);
		persons->prefixes[slot] = (uint32_t)prefix.len;
	}
	buf_add(&persons->names, name.data, name.len);
	persons->ends[slot] = persons->names.len;
	return persons->names.failed ? error_memory(&casefile->error) : columns_read(casefile, statement);
}

enum status persons_load(struct persons *persons, struct casefile *casefile)
{
	sqlite3_stmt *statement;
	uint32_t slot = 0;
	enum status status;

	memset(persons, 0, sizeof(*persons));
	status = make_room(persons, casefile);
	if (status != STATUS_OK)
		return status;
	statement = casefile_prepare(casefile,
				     "SELECT k.id, " SERVICE_SHOWN("k") ", k.account"
				     " FROM account_key k ORDER BY k.service, k.account");
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(persons, casefile, statement, ++slot);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void persons_release(struct persons *persons)
{
	free(persons->slots);
	free(persons->keys);
	free(persons->persons_of);
	free(persons->ends);
	free(persons->members);
	free(persons->starts);
	free(persons->prefixes);
	buf_release(&persons->names);
	memset(persons, 0, sizeof(*persons));
}

bool persons_slot(const struct persons *persons, int64_t key, uint32_t *slot)
{
	if (key < 0 || key > persons->accounts)
		return false;
	*slot = persons->slots[key];
	return true;
}

struct text persons_name(const struct persons *persons, uint32_t slot)
{
	size_t start = slot > 1 ? persons->ends[slot - 1] : 0;
	struct text text = { "", 0 };

	if (persons->names.data)
		text.data = persons->names.data + start;
	text.len = persons->ends[slot] - start;
	return text;
}

struct text persons_service(const struct persons *persons, uint32_t slot)
{
	struct text text = persons_name(persons, slot);

	text.len = persons->prefixes ? persons->prefixes[slot] : 0;
	return text;
}

static uint32_t root(struct persons *persons, uint32_t slot)
{
	uint32_t *up = persons->persons_of;

	while (up[slot] != slot) {
		up[slot] = up[up[slot]];
		slot = up[slot];
	}
	return slot;
}

void persons_tie(struct persons *persons, uint32_t a, uint32_t b)
{
	a = root(persons, a);
	b = root(persons, b);
	/* The least account is the root: persons_number() relies on it. */
	if (a < b)
		persons->persons_of[b] = a;
	else
		persons->persons_of[a] = b;
}

void persons_number(struct persons *persons)
{
	for (uint32_t slot = 1; slot <= persons->accounts; slot++)
		persons->persons_of[slot] = root(persons, slot);
	for (uint32_t slot = 1; slot <= persons->accounts; slot++) {
		uint32_t least = persons->persons_of[slot];

		persons->persons_of[slot] = least == slot
						   ? ++persons->count
						   : persons->persons_of[least];
	}
}

bool persons_group(struct persons *persons)
{
	uint32_t *starts = calloc((size_t)persons->count + 2, sizeof(*starts));
	uint32_t *members = calloc((size_t)persons->accounts + 1, sizeof(*members));

	persons->starts = starts;
	persons->members = members;
	if (!starts || !members)
		return false;
	/* Counted where those of the next one begin, which putting them moves to their end. */
	for (uint32_t slot = 0; slot <= persons->accounts; slot++)
		starts[persons->persons_of[slot] + 1]++;
	for (uint32_t person = 1; person <= persons->count + 1; person++)
		starts[person] += starts[person - 1];
	for (uint32_t slot = 0; slot <= persons->accounts; slot++)
		members[starts[persons->persons_of[slot]]++] = slot;
	memmove(starts + 1, starts, (size_t)(persons->count + 1) * sizeof(*starts));
	starts[0] = 0;
	return true;
}
