/* SPDX-License-Identifier: Apache-2.0 */
/* An archive, or compressed data, that is a member itself, and is gone into once. */
#include "ingest/source/nested.h"

#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/source/dump_room.h"

#define BLOCK (64 << 10)

/* Bytes of the member around it; those that were looked at come first. */
static la_ssize_t feed(struct dump *dump, char *data, size_t size)
{
	struct nested *nested = &dump->nested;
	la_ssize_t got = (la_ssize_t)nested->head_len;

	if (got > 0)
		memcpy(data, nested->head, nested->head_len);
	else
		got = dump_data(dump, dump->archive, data, size);
	nested->head_len = 0;
	if (got > 0)
		nested->fed += (uint64_t)got;
	return got;
}

/* libarchive's callback. */
static la_ssize_t pull(struct archive *archive, void *context, const void **data)
{
	struct dump *dump = context;
	const la_ssize_t got = feed(dump, dump->nested.bytes, DUMP_AHEAD);
	const char *said = archive_error_string(dump->archive);

	*data = dump->nested.bytes;
	if (got < 0)
		archive_set_error(archive, archive_errno(dump->archive), "%s", said ? said : "damaged");
	return got < 0 ? ARCHIVE_FATAL : got;
}

static enum status too_large(struct dump *dump, struct error *error)
{
	return error_set(error, STATUS_SKIP,
			 "%s: an archive inside an archive that has more than 1 GiB: unpack it, and give what comes out",
			 dump->shown);
}

/* All of it, with its size in fed. */
static enum status take_all(struct dump *dump, struct error *error)
{
	struct nested *nested = &dump->nested;
	size_t room = 0;
	la_ssize_t got = 1;

	while (got > 0) {
		void *bytes = nested->bytes;

		if (nested->fed > NESTED_MOST)
			return too_large(dump, error);
		if (!memory_room(&bytes, &room, (size_t)nested->fed + DUMP_AHEAD, 1))
			return error_memory(error);
		nested->bytes = bytes;
		got = feed(dump, nested->bytes + nested->fed, DUMP_AHEAD);
	}
	return got < 0 ? dump_archive_failed(dump, dump->archive, error) : STATUS_OK;
}

static enum status open_archive(struct dump *dump, struct error *error)
{
	struct nested *nested = &dump->nested;
	int code;

	if (nested->seeks)
		code = archive_read_open_memory(nested->archive, nested->bytes, (size_t)nested->fed);
	else
		code = archive_read_open(nested->archive, dump, NULL, pull, NULL);
	return code == ARCHIVE_OK ? STATUS_OK : dump_archive_failed(dump, nested->archive, error);
}

static enum status prepare(struct dump *dump, struct error *error)
{
	struct nested *nested = &dump->nested;
	const size_t len = dump->ahead_to - dump->ahead_from;

	nested->archive = archive_read_new();
	nested->entry = archive_entry_new();
	nested->head = memory_text(dump->ahead + dump->ahead_from, len);
	if (dump->member)
		nested->name = memory_text(dump->member, strlen(dump->member));
	nested->head_len = len;
	dump->member_size = 0;
	dump->ahead_from = dump->ahead_to = 0;
	if (!nested->archive || !nested->entry || !nested->head || (dump->member && !nested->name))
		return error_memory(error);
	return packed_offer(nested->archive, (struct text){ nested->head, len }, dump->settings.password,
			    &nested->seeks)
		       ? STATUS_OK
		       : error_memory(error);
}

enum status nested_open(struct dump *dump, enum packed packed, struct error *error)
{
	struct nested *nested = &dump->nested;
	enum status status = prepare(dump, error);

	nested->seeks = packed == PACKED_SEEKS;
	if (status == STATUS_OK && nested->seeks)
		status = take_all(dump, error);
	else if (status == STATUS_OK && !(nested->bytes = memory_array(NULL, DUMP_AHEAD, 1)))
		status = error_memory(error);
	return status == STATUS_OK ? open_archive(dump, error) : status;
}

void nested_close(struct nested *nested)
{
	if (nested->archive)
		(void)archive_read_free(nested->archive);
	archive_entry_free(nested->entry);
	free(nested->name);
	free(nested->bytes);
	free(nested->head);
	memset(nested, 0, sizeof(*nested));
}

enum status nested_next(struct dump *dump, struct error *error)
{
	struct nested *nested = &dump->nested;

	if (!nested->seeks && nested->members > 0)
		dump_drain(dump, nested->archive);
	for (;;) {
		const int code = archive_read_next_header2(nested->archive, nested->entry);

		if (code == ARCHIVE_EOF)
			return STATUS_END;
		if (code == ARCHIVE_RETRY)
			continue;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return dump_archive_failed(dump, nested->archive, error);
		nested->archived = packed_archive(nested->archive);
		if (archive_entry_filetype(nested->entry) == AE_IFREG && !archive_entry_hardlink(nested->entry))
			break;
		dump->left_out++;
	}
	nested->members++;
	return STATUS_OK;
}

enum status nested_end(struct dump *dump, uint64_t *behind, struct error *error)
{
	struct nested *nested = &dump->nested;
	const uint64_t used = (uint64_t)archive_filter_bytes(nested->archive, -1);
	char *block = memory_array(NULL, BLOCK, 1);
	la_ssize_t got = block ? 1 : 0;

	if (!block)
		return error_memory(error);
	/* What was looked at is longer than a block, and was handed out. */
	while (got > 0 && nested->head_len == 0)
		got = feed(dump, block, BLOCK);
	free(block);
	*behind = used < nested->fed ? nested->fed - used : 0;
	return got < 0 ? dump_archive_failed(dump, dump->archive, error) : STATUS_OK;
}
