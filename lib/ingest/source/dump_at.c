/* SPDX-License-Identifier: Apache-2.0 */
/* Members whose bytes are read here and there: read to their end first, and hashed from
 * the very bytes that are copied or, of a plain file, that stay where they are. A copy
 * has no name once it is made, so that nothing is left behind whatever happens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "ingest/source/dump_room.h"

void dump_unsettle(struct dump *dump)
{
	if (dump->copy >= 0)
		(void)close(dump->copy);
	for (size_t i = 0; i < BESIDE_COUNT; i++)
		beside_release(&dump->beside[i]);
	dump->copy = -1;
	dump->settled = false;
	dump->reached = 0;
}

static enum status no_copy(const struct dump *dump, const char *folder, int code,
			   struct error *error)
{
	char shown[300];
	enum status status = error_set(error, STATUS_FAILED, "%s: no private copy of it can be made in %s: %s",
				       dump->shown, text_escape(text_of(folder), shown, sizeof(shown)),
				       strerror(code));

	error->fault = true;
	return status;
}

/* Reads all that is left of the member, into the copy if there is one. */
static enum status read_through(struct dump *dump, const char *folder, struct error *error)
{
	char *block = memory_array(NULL, DUMP_AHEAD, 1);
	enum status status = block ? STATUS_OK : error_memory(error);
	size_t got = 1;

	while (status == STATUS_OK && got > 0) {
		status = dump_read(dump, block, DUMP_AHEAD, &got, error);
		if (status == STATUS_OK && dump->copy >= 0 && !beside_write(dump->copy, block, got))
			status = no_copy(dump, folder, errno, error);
	}
	free(block);
	return status;
}

static enum status copy_beside(struct dump *dump, const char *folder, struct error *error)
{
	enum status status = STATUS_OK;

	for (int i = 0; i < BESIDE_COUNT && status == STATUS_OK; i++)
		status = beside_copy(&dump->beside[i], dump->path, (enum beside_kind)i, folder,
				     dump->file.observer, error);
	return status;
}

/* Whether something of SQLite's stands beside a file that can have it. */
static bool has_beside(const struct dump *dump)
{
	uint64_t size;

	return dump->plain && dump->file.regular &&
	       (beside_there(dump->path, BESIDE_WAL, &size) ||
		beside_there(dump->path, BESIDE_JOURNAL, &size));
}

enum status dump_settle(struct dump *dump, const char *folder, bool beside,
			struct error *error)
{
	const bool plain = dump->plain && dump->file.regular;
	const bool with = beside && has_beside(dump);
	enum status status = STATUS_OK;

	if (dump->settled)
		return STATUS_OK;
	dump->file.stays = plain;
	if (!plain || with) {
		dump->copy = beside_make(folder);
		if (dump->copy < 0)
			return no_copy(dump, folder, errno, error);
	}
	status = read_through(dump, folder, error);
	if (status == STATUS_OK)
		status = dump_end(dump, error);
	if (status == STATUS_OK && with)
		status = copy_beside(dump, folder, error);
	dump->settled = status == STATUS_OK;
	return status;
}

enum status dump_still_settled(struct dump *dump, struct error *error)
{
	enum status status = seized_unchanged(&dump->file, error);

	for (size_t i = 0; i < BESIDE_COUNT && status == STATUS_OK; i++)
		status = beside_unchanged(&dump->beside[i], error);
	if (status == STATUS_FAILED)
		dump->file.failed = true;
	return status;
}

bool dump_read_at(struct dump *dump, void *data, size_t size, uint64_t at, size_t *got)
{
	const int file = dump->copy >= 0 ? dump->copy : dump->file.fd;
	char *to = data;

	*got = 0;
	while (*got < size) {
		const ssize_t count = pread(file, to + *got, size - *got, (off_t)(at + *got));

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return false;
		if (count == 0)
			break;
		*got += (size_t)count;
	}
	if (at + *got > dump->reached)
		dump->reached = at + *got;
	return true;
}

bool dump_settled(const struct dump *dump)
{
	return dump->settled;
}

enum status dump_peek_settled(struct dump *dump, struct peek *peek, struct error *error)
{
	size_t got;

	if (!dump_read_at(dump, dump->ahead, DUMP_PEEK, 0, &got))
		return seized_failed_with(&dump->file, errno, error);
	peek->bytes = (struct text){ dump->ahead, got };
	peek->whole = dump->member_size <= DUMP_PEEK;
	return STATUS_OK;
}

struct beside *dump_beside(struct dump *dump, enum beside_kind kind)
{
	struct beside *beside = &dump->beside[kind];

	return beside->path ? beside : NULL;
}

int dump_copy(const struct dump *dump)
{
	return dump->copy;
}

bool dump_interrupted(const struct dump *dump)
{
	return observer_interrupted(dump->file.observer);
}
