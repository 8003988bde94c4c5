/* SPDX-License-Identifier: Apache-2.0 */
/* Dumps as seized: opened, uncompressed through libarchive, member after member. */
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/source/dump_room.h"

static void show(struct dump *dump)
{
	size_t room = sizeof(dump->shown);
	size_t used;

	text_escape(text_of(dump->path), dump->shown,
		    dump->member ? room / 2 : room);
	if (!dump->member)
		return;
	used = strlen(dump->shown);
	dump->shown[used++] = ':';
	text_escape(text_of(dump->member), dump->shown + used, room - used);
}

/* libarchive's callback. */
static la_ssize_t pull(struct archive *archive, void *context, const void **data)
{
	struct dump *dump = context;
	ssize_t got = (ssize_t)dump->pending;

	if (got == 0)
		got = seized_next(&dump->file);
	dump->pending = 0;
	*data = dump->file.block;
	if (got < 0)
		archive_set_error(archive, errno, "%s", strerror(errno));
	return got;
}

/* libarchive's callback; it is set for regular files of some formats only. */
static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset,
		       int whence)
{
	struct dump *dump = context;
	int64_t base = 0;

	(void)archive;
	if (whence == SEEK_CUR)
		base = (int64_t)dump->file.at;
	else if (whence == SEEK_END)
		base = (int64_t)seized_total(&dump->file);
	if (offset < -base || offset > INT64_MAX - base)
		return ARCHIVE_FATAL;
	dump->file.at = (uint64_t)(base + offset);
	return (la_int64_t)dump->file.at;
}

/* Which formats libarchive may see. Those whose directory is at the end make it
 * seek in any file, so they are offered only to files that begin like one. False: it
 * had no memory for one, and would take its files for something else. */
static bool offer_formats(struct dump *dump)
{
	static int (*const offers[])(struct archive *archive) = {
		archive_read_support_filter_gzip,
		archive_read_support_filter_bzip2,
		archive_read_support_filter_xz,
		archive_read_support_filter_zstd,
		archive_read_support_format_empty,
		archive_read_support_format_raw,
	};
	const char *start = dump->file.block;
	bool zip = dump->pending >= 4 && (!memcmp(start, "PK\3\4", 4) ||
					  !memcmp(start, "PK\5\6", 4));
	bool seven = dump->pending >= 6 && !memcmp(start, "7z\xbc\xaf\x27\x1c", 6);
	bool good = true;

	/* One that needs a program of its own is a warning. */
	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++)
		good = good && offers[i](dump->archive) >= ARCHIVE_WARN;
	/* NUL bytes are how an archive of tar's ends: it has no entry before them. */
	if (dump->pending > 0 && *start != '\0')
		good = good && archive_read_support_format_tar(dump->archive) >=
				       ARCHIVE_WARN;
	if (zip)
		good = good && archive_read_support_format_zip(dump->archive) >=
				       ARCHIVE_WARN;
	if (seven)
		good = good && archive_read_support_format_7zip(dump->archive) >=
				       ARCHIVE_WARN;
	dump->seeks = zip || seven;
	return good;
}

/* False: no memory. */
static bool set_callbacks(struct dump *dump)
{
	struct archive *archive = dump->archive;

	return (!dump->seeks ||
		archive_read_set_seek_callback(archive, seek) == ARCHIVE_OK) &&
	       archive_read_set_read_callback(archive, pull) == ARCHIVE_OK &&
	       archive_read_set_callback_data(archive, dump) == ARCHIVE_OK;
}

static enum status refuse_pipe(const struct dump *dump, struct error *error)
{
	return error_set(error, STATUS_USAGE,
			 "%s: an archive that is not read from a file: save it "
			 "first, and give the file's name", dump->shown);
}

enum status dump_archive_failed(struct dump *dump, struct error *error)
{
	const char *said = archive_error_string(dump->archive);
	char shown[200], text[300];

	if (!dump->file.interrupted && archive_errno(dump->archive) == ENOMEM)
		return error_memory(error);
	text_escape(text_of(said ? said : "damaged"), shown, sizeof(shown));
	(void)snprintf(text, sizeof(text),
		       "cannot be read to its end, so nothing of it is kept: %s",
		       shown);
	return seized_failed(&dump->file, text, error);
}

/* The first block is read here, for its magic. */
static enum status start(struct dump *dump, struct error *error)
{
	ssize_t got = seized_next(&dump->file);

	if (got < 0)
		return seized_failed_with(&dump->file, errno, error);
	dump->pending = (size_t)got;
	if (!offer_formats(dump))
		return error_memory(error);
	if (dump->seeks && !dump->file.regular)
		return refuse_pipe(dump, error);
	if (dump->seeks)
		seized_stop_hashing(&dump->file);
	if (!set_callbacks(dump))
		return error_memory(error);
	if (archive_read_open1(dump->archive) != ARCHIVE_OK)
		return dump_archive_failed(dump, error);
	return STATUS_OK;
}

enum status dump_open(struct dump **out, const char *path, bool threaded,
		      const struct observer *observer, struct error *error)
{
	struct dump *dump = calloc(1, sizeof(*dump));
	enum status status;

	*out = dump;
	if (!dump)
		return error_memory(error);
	dump->copy = -1;
	for (size_t i = 0; i < BESIDE_COUNT; i++)
		beside_init(&dump->beside[i]);
	dump->path = memory_text(path, strlen(path));
	dump->archive = archive_read_new();
	dump->entry = archive_entry_new();
	dump->file = (struct seized){ .path = dump->path, .shown = dump->shown,
				      .observer = observer, .fd = -1 };
	if (!dump->path || !dump->archive || !dump->entry)
		return error_memory(error);
	show(dump);
	status = seized_open(&dump->file, threaded, error);
	return status == STATUS_OK ? start(dump, error) : status;
}

void dump_close(struct dump *dump)
{
	if (!dump)
		return;
	if (dump->archive)
		(void)archive_read_free(dump->archive);
	archive_entry_free(dump->entry);
	dump_unsettle(dump);
	seized_close(&dump->file);
	trail_free(dump->member_trail);
	free(dump->ahead);
	free(dump->member);
	free(dump->path);
	free(dump);
}

static void add_compression(struct dump *dump, const char *name)
{
	size_t used = strlen(dump->compression);

	(void)snprintf(dump->compression + used, sizeof(dump->compression) - used,
		       "%s%s", used ? "+" : "", name);
}

/* `none`, or the archive's format and then the filters, outermost last. */
static void name_compression(struct dump *dump)
{
	int format = archive_format(dump->archive) & ARCHIVE_FORMAT_BASE_MASK;

	dump->compression[0] = '\0';
	if (format == ARCHIVE_FORMAT_TAR)
		add_compression(dump, "tar");
	else if (format == ARCHIVE_FORMAT_ZIP)
		add_compression(dump, "zip");
	else if (format == ARCHIVE_FORMAT_7ZIP)
		add_compression(dump, "7zip");
	for (int i = 0; i < archive_filter_count(dump->archive); i++)
		if (archive_filter_code(dump->archive, i) != ARCHIVE_FILTER_NONE)
			add_compression(dump,
					archive_filter_name(dump->archive, i));
	dump->plain = dump->compression[0] == '\0';
	if (dump->plain)
		add_compression(dump, "none");
}

/* At the first member: what the dump is. The source row of a member names the
 * hash of the whole archive, so that is taken before. */
static enum status settle(struct dump *dump, struct error *error)
{
	enum status status = STATUS_OK;
	int format = archive_format(dump->archive) & ARCHIVE_FORMAT_BASE_MASK;

	name_compression(dump);
	dump->started = true;
	dump->archived = format != ARCHIVE_FORMAT_RAW;
	if (!dump->archived)
		return STATUS_OK;
	if (!dump->file.regular)
		return refuse_pipe(dump, error);
	seized_stop_hashing(&dump->file);
	(void)seized_hash(&dump->file, dump->sha256, &status, error);
	return status;
}

/* The C locale has no form for some names; then the member is numbered. */
static enum status take_name(struct dump *dump, struct archive_entry *entry,
			     struct error *error)
{
	const char *name = archive_entry_pathname(entry);
	char number[40];

	free(dump->member);
	dump->member = NULL;
	if (!dump->archived)
		return STATUS_OK;
	if (!name)
		name = archive_entry_pathname_utf8(entry);
	(void)snprintf(number, sizeof(number), "#%llu",
		       (unsigned long long)dump->entries);
	if (!name)
		name = number;
	dump->member = memory_text(name, strlen(name));
	if (!dump->member)
		return error_memory(error);
	show(dump);
	return STATUS_OK;
}

static enum status begin_member(struct dump *dump, struct archive_entry *entry,
				struct error *error)
{
	enum status status = dump->started ? STATUS_OK : settle(dump, error);

	if (status == STATUS_OK)
		status = take_name(dump, entry, error);
	if (status != STATUS_OK)
		return status;
	dump_unsettle(dump);
	trail_free(dump->member_trail);
	dump->member_trail = NULL;
	dump->member_size = 0;
	dump->behind = 0;
	dump->ahead_from = dump->ahead_to = 0;
	dump->ended = false;
	/* What is parsed of a plain file is the file: one hash is enough. */
	if (!dump->plain && !(dump->member_trail = trail_new()))
		return error_memory(error);
	return STATUS_OK;
}

/* What an archive is was hashed before its members were read. STATUS_END: it is the same. */
static enum status still_same(struct dump *dump, struct error *error)
{
	char hex[DIGEST_HEX], shown[DUMP_SHOWN];
	enum status status;

	if (!seized_hash(&dump->file, hex, &status, error))
		return status == STATUS_OK ? STATUS_END : status;
	if (!strcmp(hex, dump->sha256))
		return STATUS_END;
	dump->file.failed = true;
	return error_set(error, STATUS_INTEGRITY,
			 "%s: changed while it was read: its SHA-256 was %s, and is %s now; what the case has of it"
			 " is not to be relied on: take it out with `unspoof drop CASE`",
			 text_escape(text_of(dump->path), shown, sizeof(shown)), dump->sha256, hex);
}

void dump_hand_over(struct dump *dump)
{
	owner_hand_over(&dump->owner);
	hasher_hand_over(dump->file.hasher);
	if (dump->member_trail)
		trail_hand_over(dump->member_trail);
}

enum status dump_next(struct dump *dump, struct error *error)
{
	struct archive_entry *entry = dump->entry;

	owner_use(&dump->owner);
	for (;;) {
		int code = archive_read_next_header2(dump->archive, entry);

		if (code == ARCHIVE_EOF)
			return dump->archived ? still_same(dump, error) : STATUS_END;
		if (code == ARCHIVE_RETRY)
			continue;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return dump_archive_failed(dump, error);
		dump->entries++;
		if (archive_entry_filetype(entry) == AE_IFREG &&
		    !archive_entry_hardlink(entry))
			return begin_member(dump, entry, error);
		dump->left_out++;
	}
}
