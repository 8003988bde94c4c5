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

/* The first block is read here, for its magic. */
static enum status start(struct dump *dump, struct error *error)
{
	ssize_t got = seized_next(&dump->file);

	if (got < 0)
		return seized_failed_with(&dump->file, errno, error);
	dump->pending = (size_t)got;
	if (!packed_offer(dump->archive, (struct text){ dump->file.block, dump->pending },
			  dump->settings.password, &dump->seeks))
		return error_memory(error);
	if (dump->seeks && !dump->file.regular)
		return refuse_pipe(dump, error);
	if (dump->seeks)
		seized_stop_hashing(&dump->file);
	if (!set_callbacks(dump))
		return error_memory(error);
	if (archive_read_open1(dump->archive) != ARCHIVE_OK)
		return dump_archive_failed(dump, dump->archive, error);
	return STATUS_OK;
}

enum status dump_open(struct dump **out, const char *path, bool threaded,
		      const struct observer *observer, struct error *error)
{
	return dump_open_as(out, path, NULL, threaded, observer, error);
}

enum status dump_open_as(struct dump **out, const char *path, const struct dump_settings *settings,
			 bool threaded, const struct observer *observer, struct error *error)
{
	struct dump *dump = calloc(1, sizeof(*dump));
	enum status status;

	*out = dump;
	if (!dump)
		return error_memory(error);
	if (settings)
		dump->settings = *settings;
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
	nested_close(&dump->nested);
	if (dump->archive)
		(void)archive_read_free(dump->archive);
	archive_entry_free(dump->entry);
	dump_unsettle(dump);
	seized_close(&dump->file);
	trail_free(dump->member_trail);
	decoded_release(&dump->decoded);
	free(dump->ahead);
	free(dump->member);
	free(dump->path);
	free(dump);
}

/* `none`, or what the member is in, outermost last. */
static void name_compression(struct dump *dump)
{
	char inner[PACKED_NAME] = "";

	if (dump->nested.archive)
		packed_name(dump->nested.archive, inner);
	(void)snprintf(dump->compression, sizeof(dump->compression), "%s%s%s", inner,
		       *inner ? " in " : "", dump->plain ? "none" : dump->packed);
}

/* The source row of a member names the hash of the whole archive, so that is taken before its
 * members are read. */
static enum status hash_archive(struct dump *dump, struct error *error)
{
	enum status status = STATUS_OK;

	dump->archived = true;
	if (!dump->file.regular)
		return refuse_pipe(dump, error);
	seized_stop_hashing(&dump->file);
	(void)seized_hash(&dump->file, dump->sha256, &status, error);
	return status;
}

/* At the first member: what the dump is. */
static enum status settle(struct dump *dump, struct error *error)
{
	packed_name(dump->archive, dump->packed);
	dump->plain = dump->packed[0] == '\0';
	dump->started = true;
	return packed_archive(dump->archive) ? hash_archive(dump, error) : STATUS_OK;
}

/* The C locale has no form for some names; then the member is numbered. */
static void name_entry(struct archive_entry *entry, uint64_t number, struct buf *name)
{
	const char *text = archive_entry_pathname(entry);

	if (!text)
		text = archive_entry_pathname_utf8(entry);
	if (text)
		buf_text(name, text);
	else
		buf_format(name, "#%llu", (unsigned long long)number);
}

/* Of an archive in an archive both names; of one compressed file that of it. */
static enum status take_name(struct dump *dump, struct error *error)
{
	const struct nested *nested = &dump->nested;
	struct buf name = { 0 };

	free(dump->member);
	dump->member = NULL;
	if (!dump->archived)
		return STATUS_OK;
	if (nested->name)
		buf_text(&name, nested->name);
	else if (!nested->archive)
		name_entry(dump->entry, dump->entries, &name);
	if (nested->name && nested->archived)
		buf_byte(&name, ':');
	if (nested->archived)
		name_entry(nested->entry, nested->members, &name);
	if (name.failed)
		buf_release(&name);
	else
		dump->member = memory_text(buf_view(&name).data, name.len);
	buf_release(&name);
	if (!dump->member)
		return error_memory(error);
	show(dump);
	return STATUS_OK;
}

static bool is_locked(struct archive_entry *entry)
{
	return archive_entry_is_data_encrypted(entry) > 0 || archive_entry_is_metadata_encrypted(entry) > 0;
}

static enum status begin_member(struct dump *dump, struct error *error)
{
	const struct nested *nested = &dump->nested;
	enum status status = dump->started ? STATUS_OK : settle(dump, error);

	if (status == STATUS_OK && nested->archived && !dump->archived)
		status = hash_archive(dump, error);
	if (status == STATUS_OK)
		status = take_name(dump, error);
	if (status != STATUS_OK)
		return status;
	name_compression(dump);
	dump->locked = is_locked(nested->archive ? nested->entry : dump->entry);
	dump->held = STATUS_OK;
	dump_unsettle(dump);
	trail_free(dump->member_trail);
	dump->member_trail = NULL;
	dump->member_size = 0;
	dump->behind = 0;
	dump->ahead_from = dump->ahead_to = 0;
	dump->ended = false;
	decoded_clear(&dump->decoded);
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

/* What comes of looking at a member is said when it is read, as if it were read then. A fault or
 * an interrupt is said at once. */
static enum status hold(struct dump *dump, enum status status, const struct error *error)
{
	if (status != STATUS_FAILED && status != STATUS_SKIP)
		return status;
	if (error->fault)
		return status;
	dump->held = status;
	dump->held_error = *error;
	return STATUS_OK;
}

/* Goes into a member that is an archive or compressed. *inside: it did. */
static enum status enter(struct dump *dump, bool *inside, struct error *error)
{
	enum packed packed = PACKED_NOT;
	enum status status = dump->plain ? STATUS_OK : dump_fill_ahead(dump, error);

	*inside = false;
	if (status != STATUS_OK)
		return hold(dump, status, error);
	if (!dump->plain)
		packed = packed_begins((struct text){ dump->ahead + dump->ahead_from,
						      dump->ahead_to - dump->ahead_from });
	if (packed == PACKED_NOT)
		return STATUS_OK;
	status = nested_open(dump, packed, error);
	*inside = status == STATUS_OK;
	if (status != STATUS_OK) {
		nested_close(&dump->nested);
		status = hold(dump, status, error);
	}
	return status;
}

/* Stands at an archive inside another to say what is wrong with it. */
static enum status stand_at(struct dump *dump, enum status said, struct error *error)
{
	const struct error why = *error;
	enum status status;

	dump->nested.told = true;
	dump->nested.archived = false;
	status = begin_member(dump, error);
	return status == STATUS_OK ? hold(dump, said, &why) : status;
}

static enum status tell_empty(struct dump *dump, struct error *error)
{
	char name[DUMP_SHOWN];

	text_escape(text_of(dump->nested.name ? dump->nested.name : dump->path), name, sizeof(name));
	return error_set(error, STATUS_SKIP, "%s: holds no file", name);
}

/* STATUS_END: there is no other inside. */
static enum status next_inside(struct dump *dump, struct error *error)
{
	struct nested *nested = &dump->nested;
	enum status status = nested->told ? STATUS_END : nested_next(dump, error);

	if (status == STATUS_OK)
		return begin_member(dump, error);
	if (status == STATUS_END && nested->members == 0 && !nested->told)
		status = tell_empty(dump, error);
	if (status == STATUS_END || status == STATUS_INTERRUPTED || error->fault)
		return status;
	return dump_bounded(dump) ? status : stand_at(dump, status, error);
}

/* The next member of the file itself. */
static enum status next_outside(struct dump *dump, struct error *error)
{
	struct archive_entry *entry = dump->entry;

	if (!dump->seeks && dump->started && dump->archived)
		dump_drain(dump, dump->archive);
	for (;;) {
		int code = archive_read_next_header2(dump->archive, entry);

		if (code == ARCHIVE_EOF)
			return dump->archived ? still_same(dump, error) : STATUS_END;
		if (code == ARCHIVE_RETRY)
			continue;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return dump_archive_failed(dump, dump->archive, error);
		dump->entries++;
		if (archive_entry_filetype(entry) == AE_IFREG &&
		    !archive_entry_hardlink(entry))
			return begin_member(dump, error);
		dump->left_out++;
	}
}

enum status dump_next(struct dump *dump, struct error *error)
{
	bool inside = true;
	enum status status = STATUS_OK;

	owner_use(&dump->owner);
	while (status == STATUS_OK && inside) {
		if (dump_bounded(dump))
			return dump_archive_failed(dump, dump->archive, error);
		if (dump->nested.archive) {
			status = next_inside(dump, error);
			if (status != STATUS_END)
				return status;
			nested_close(&dump->nested);
		}
		status = next_outside(dump, error);
		if (status == STATUS_OK)
			status = enter(dump, &inside, error);
	}
	return status;
}
