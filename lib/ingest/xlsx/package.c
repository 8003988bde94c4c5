/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as a zip archive of parts (ECMA-376 part 2), of a member that is settled. */
#include "ingest/xlsx/package.h"

#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* libarchive's callback. */
static la_ssize_t pull(struct archive *archive, void *context, const void **data)
{
	struct opened *opened = context;
	size_t got;

	*data = opened->block;
	if (!dump_read_at(opened->package->dump, opened->block, PACKAGE_BLOCK, opened->at, &got)) {
		archive_set_error(archive, errno, "%s", strerror(errno));
		return ARCHIVE_FATAL;
	}
	opened->at += got;
	return (la_ssize_t)got;
}

/* libarchive's callback. */
static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct opened *opened = context;
	int64_t base = 0;

	(void)archive;
	if (whence == SEEK_CUR)
		base = (int64_t)opened->at;
	else if (whence == SEEK_END)
		base = (int64_t)dump_member_size(opened->package->dump);
	if (offset < -base || offset > INT64_MAX - base)
		return ARCHIVE_FATAL;
	opened->at = (uint64_t)(base + offset);
	return (la_int64_t)opened->at;
}

static enum status damaged(struct opened *opened, const char *why, struct error *error)
{
	char name[120], said[200], text[400];

	text_escape(text_of(opened->name), name, sizeof(name));
	text_escape(text_of(why), said, sizeof(said));
	(void)snprintf(text, sizeof(text), "its part %s %s, so nothing of it is kept", name, said);
	return dump_spoil(opened->package->dump, text, error);
}

static enum status archive_failed(struct opened *opened, struct error *error)
{
	const char *said = archive_error_string(opened->archive);
	char why[160];

	if (archive_errno(opened->archive) == ENOMEM)
		return error_memory(error);
	(void)snprintf(why, sizeof(why), "cannot be read: %s", said ? said : "it is damaged");
	return damaged(opened, why, error);
}

/* Names are told apart without their case (part 2, 6.2.2.3). */
static enum status find(struct opened *opened, struct error *error)
{
	struct archive_entry *entry;

	for (unsigned n = 0; n < PACKAGE_PARTS; n++) {
		const int code = archive_read_next_header(opened->archive, &entry);
		const char *name;

		if (code == ARCHIVE_EOF)
			return STATUS_END;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return archive_failed(opened, error);
		name = archive_entry_pathname(entry);
		if (name && text_is_fold(text_of(name), opened->name))
			return STATUS_OK;
	}
	return damaged(opened, "stands behind 10000 others or is not there", error);
}

static bool open_archive(struct opened *opened)
{
	struct archive *archive = opened->archive = archive_read_new();

	return archive && archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK &&
	       archive_read_set_read_callback(archive, pull) == ARCHIVE_OK &&
	       archive_read_set_seek_callback(archive, seek) == ARCHIVE_OK &&
	       archive_read_set_callback_data(archive, opened) == ARCHIVE_OK;
}

enum status package_open(struct package *package, struct opened *opened, const char *name,
			 const struct part_handler *handler, void *context, struct error *error)
{
	memset(opened, 0, offsetof(struct opened, block));
	opened->package = package;
	opened->name = name;
	opened->part = part_new(handler, context);
	if (!opened->part || !open_archive(opened))
		return error_memory(error);
	if (archive_read_open1(opened->archive) != ARCHIVE_OK)
		return archive_failed(opened, error);
	return find(opened, error);
}

void package_close(struct opened *opened)
{
	if (opened->archive)
		(void)archive_read_free(opened->archive);
	part_free(opened->part);
	opened->archive = NULL;
	opened->part = NULL;
}

static enum status interrupted(const struct opened *opened, struct error *error)
{
	return error_set(error, STATUS_INTERRUPTED, "%s: interrupted", opened->package->shown);
}

static enum status give(struct opened *opened, const char *data, size_t len, struct error *error)
{
	if (part_give(opened->part, data, len, len == 0))
		return len == 0 ? STATUS_END : STATUS_OK;
	if (part_stopped(opened->part))
		return STATUS_END;
	if (!part_failed(opened->part))
		return error_memory(error);
	return damaged(opened, part_failed(opened->part), error);
}

enum status package_go_on(struct opened *opened, struct error *error)
{
	char piece[16384];
	la_ssize_t got;
	enum status status;

	if (dump_interrupted(opened->package->dump))
		return interrupted(opened, error);
	do {
		got = archive_read_data(opened->archive, piece, sizeof(piece));
	} while (got == ARCHIVE_RETRY);
	if (got < 0)
		return archive_failed(opened, error);
	status = dump_expand(opened->package->dump, (uint64_t)got, error);
	return status == STATUS_OK ? give(opened, piece, (size_t)got, error) : status;
}

enum status package_read(struct package *package, const char *name, const struct part_handler *handler,
			 void *context, struct error *error)
{
	struct opened *opened = malloc(sizeof(*opened));
	enum status status;

	if (!opened)
		return error_memory(error);
	status = package_open(package, opened, name, handler, context, error);
	if (status == STATUS_OK) {
		while ((status = package_go_on(opened, error)) == STATUS_OK)
			;
		status = status == STATUS_END ? STATUS_OK : status;
	}
	package_close(opened);
	free(opened);
	return status;
}
