/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a member of a dump: looked at, gone over, read, hashed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/table_name.h"
#include "ingest/source/dump_room.h"

/* The archive that the member is in. */
static struct archive *innermost(const struct dump *dump)
{
	return dump->nested.archive ? dump->nested.archive : dump->archive;
}

/* An encrypted member that no password opens is not asked of the archive. */
static bool stays_locked(const struct dump *dump)
{
	const int format = archive_format(innermost(dump)) & ARCHIVE_FORMAT_BASE_MASK;

	return dump->locked && (!dump->settings.password || format == ARCHIVE_FORMAT_7ZIP);
}

/* Whether the next bytes of a plain file are read from it, for the archive has handed out
 * all that it took. */
static bool reads_straight(const struct dump *dump)
{
	return dump->plain && !dump->seeks && dump->file.regular && dump->file.hashing &&
	       dump->pending == 0 && dump->member_size == dump->file.at;
}

/* As dump_data(). */
static la_ssize_t read_straight(struct dump *dump, char *data, size_t size)
{
	/* No more than a trail may take at a time. */
	const ssize_t got = seized_read(&dump->file, data, size < TRAIL_STEP ? size : TRAIL_STEP);

	if (got < 0)
		archive_set_error(dump->archive, errno, "%s", strerror(errno));
	return got;
}

/* Some bytes of the member, as they come out of the archive; *got 0: its end. */
static enum status read_member(struct dump *dump, char *data, size_t size,
			       size_t *got, struct error *error)
{
	la_ssize_t count;

	owner_use(&dump->owner);
	*got = 0;
	if (observer_interrupted(dump->file.observer))
		return error_set(error, STATUS_INTERRUPTED, "%s: interrupted",
				 dump->shown);
	if (dump->held != STATUS_OK) {
		*error = dump->held_error;
		return dump->held;
	}
	if (stays_locked(dump))
		return dump_locked(dump, innermost(dump), error);
	count = reads_straight(dump) ? read_straight(dump, data, size)
				     : dump_data(dump, innermost(dump), data, size);
	if (count < 0) {
		dump->nested.told = true;
		return dump_archive_failed(dump, innermost(dump), error);
	}
	if (dump->member_trail &&
	    !trail_add(dump->member_trail, data, (size_t)count))
		return error_memory(error);
	dump->member_size += (uint64_t)count;
	dump->ended = count == 0;
	*got = (size_t)count;
	return STATUS_OK;
}

enum status dump_read(struct dump *dump, char *data, size_t size, size_t *got,
		      struct error *error)
{
	size_t ahead;
	enum status status = STATUS_OK;

	owner_use(&dump->owner);
	if (!dump->decoded.looked)
		status = decoded_look(dump, error);
	*got = 0;
	if (status != STATUS_OK || dump->decoded.encoding)
		return status == STATUS_OK ? decoded_read(dump, data, size, got, error) : status;
	ahead = dump->ahead_to - dump->ahead_from;
	*got = size < ahead ? size : ahead;
	if (*got == 0 && !dump->ended)
		return read_member(dump, data, size, got, error);
	if (*got)
		memcpy(data, dump->ahead + dump->ahead_from, *got);
	dump->ahead_from += *got;
	return STATUS_OK;
}

/* ---- reading ahead ---- */

enum status dump_fill_ahead(struct dump *dump, struct error *error)
{
	const size_t unread = dump->ahead_to - dump->ahead_from;
	enum status status = STATUS_OK;

	if (!dump->ahead)
		dump->ahead = memory_array(NULL, DUMP_AHEAD, 1);
	if (!dump->ahead)
		return error_memory(error);
	if (dump->ahead_from > 0)
		memmove(dump->ahead, dump->ahead + dump->ahead_from, unread);
	dump->ahead_from = 0;
	dump->ahead_to = unread;
	while (status == STATUS_OK && !dump->ended && dump->ahead_to < DUMP_AHEAD) {
		size_t got;

		status = read_member(dump, dump->ahead + dump->ahead_to,
				     DUMP_AHEAD - dump->ahead_to, &got, error);
		dump->ahead_to += got;
	}
	return status;
}

/* Of text in another encoding what is made of the bytes ahead. */
static enum status peek_decoded(struct dump *dump, struct peek *peek, struct error *error)
{
	const struct decoded *decoded = &dump->decoded;
	const enum status status = decoded_fill(dump, error);
	const size_t len = decoded->to - decoded->from;

	peek->bytes.data = decoded->bytes + decoded->from;
	peek->bytes.len = len < DUMP_PEEK ? len : DUMP_PEEK;
	peek->whole = dump->ended && len <= DUMP_PEEK &&
		      decoded->taken == dump->ahead_to - dump->ahead_from;
	return status;
}

enum status dump_peek(struct dump *dump, struct peek *peek, struct error *error)
{
	const enum status status = decoded_look(dump, error);
	const size_t len = dump->ahead_to - dump->ahead_from;

	if (dump->settled && status == STATUS_OK)
		return dump_peek_settled(dump, peek, error);
	if (status == STATUS_OK && dump->decoded.encoding)
		return peek_decoded(dump, peek, error);
	peek->bytes.data = dump->ahead ? dump->ahead + dump->ahead_from : "";
	peek->bytes.len = len < DUMP_PEEK ? len : DUMP_PEEK;
	peek->whole = dump->ended && len <= DUMP_PEEK;
	return status;
}

const struct encoding *dump_encoding(const struct dump *dump)
{
	return dump->decoded.encoding;
}

uint64_t dump_odd(const struct dump *dump)
{
	return dump->decoded.odd;
}

void dump_follow(struct dump *dump, uint64_t offset)
{
	dump->decoded.follows = true;
	dump->decoded.queue.offset = dump->decoded.queue.place = offset;
}

void dump_place(struct dump *dump, struct record *record)
{
	place_queue_record(&dump->decoded.queue, record);
}

void dump_encode(struct dump *dump, const struct encoding *encoding)
{
	dump->settings.encoding = encoding;
}

bool dump_ended(const struct dump *dump)
{
	return dump->ended && !(dump->settled && dump->member_size > DUMP_AHEAD);
}

static void tell_skipped(const struct dump *dump, uint64_t rows)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, dump_done(dump), dump_total(dump), rows,
				     true };

	(void)snprintf(step, sizeof(step), "hash %s", dump->shown);
	observer_progress(dump->file.observer, &progress);
}

/* Goes over bytes up to a place, or the end, which comes before it. */
static enum status skip_to(struct dump *dump, uint64_t place, uint64_t rows,
			   struct digest *digest, struct error *error)
{
	enum status status = decoded_look(dump, error);

	decoded_forget(&dump->decoded);
	while (status == STATUS_OK && place > 0 &&
	       dump->ahead_from < dump->ahead_to) {
		size_t len = dump->ahead_to - dump->ahead_from;

		if (len > place)
			len = (size_t)place;
		if (!digest_add(digest, dump->ahead + dump->ahead_from, len))
			return error_memory(error);
		dump->ahead_from += len;
		place -= len;
		status = dump_fill_ahead(dump, error);
		tell_skipped(dump, rows);
	}
	return status;
}

enum status dump_skip(struct dump *dump, uint64_t place, const struct prefix *prefix,
		      uint64_t rows, bool *same, struct error *error)
{
	struct digest *digest;
	const uint64_t rest = prefix->bytes - place;
	enum status status;
	char hex[DIGEST_HEX];

	if (dump->settled) {
		*same = prefix->bytes == dump->member_size &&
			!strcmp(prefix->sha256, dump->member_sha256);
		return STATUS_OK;
	}
	digest = digest_new();
	status = digest ? skip_to(dump, place, rows, digest, error)
			: error_memory(error);
	*same = status == STATUS_OK && rest <= dump->ahead_to - dump->ahead_from &&
		digest_add(digest, dump->ahead + dump->ahead_from, (size_t)rest) &&
		digest_end(digest, hex) && !strcmp(hex, prefix->sha256);
	digest_free(digest);
	return status;
}

/* ---- the end ---- */

/* Reads what follows the data, for the hash of the file. */
static enum status drain(struct dump *dump, struct error *error)
{
	uint64_t used = (uint64_t)archive_filter_bytes(dump->archive, -1);
	enum status status = seized_end(&dump->file, dump->sha256, error);

	if (status == STATUS_OK && !dump->plain && used < dump->file.size)
		dump->behind = dump->file.size - used;
	return status;
}

enum status dump_end(struct dump *dump, struct error *error)
{
	enum status status = STATUS_OK;

	owner_use(&dump->owner);
	if (dump->settled)
		return dump_still_settled(dump, error);
	if (dump->nested.archive && !dump->nested.archived)
		status = nested_end(dump, &dump->behind, error);
	if (status == STATUS_OK && dump->file.hashing)
		status = drain(dump, error);
	if (status == STATUS_OK)
		status = seized_unchanged(&dump->file, error);
	if (status != STATUS_OK)
		return status;
	if (!dump->member_trail)
		memcpy(dump->member_sha256, dump->sha256, DIGEST_HEX);
	else if (!trail_end(dump->member_trail, dump->member_sha256))
		return error_memory(error);
	return STATUS_OK;
}

bool dump_hash(struct dump *dump, char hex[static DIGEST_HEX],
	       enum status *status, struct error *error)
{
	return seized_hash(&dump->file, hex, status, error);
}

/* ---- what is known ---- */

const char *dump_path(const struct dump *dump)
{
	return dump->path;
}

const char *dump_member(const struct dump *dump)
{
	return dump->member ? dump->member : "";
}

struct text dump_table_name(const struct dump *dump)
{
	return table_name_of_path(dump->member ? dump->member : dump->path);
}

const char *dump_compression(const struct dump *dump)
{
	return dump->compression;
}

const char *dump_packed(const struct dump *dump)
{
	return dump->packed;
}

bool dump_archive(const struct dump *dump)
{
	return dump->archived;
}

const char *dump_shown(const struct dump *dump)
{
	return dump->shown;
}

const char *dump_nothing(const struct dump *dump)
{
	const int format = archive_format(dump->archive) & ARCHIVE_FORMAT_BASE_MASK;

	if (format == ARCHIVE_FORMAT_EMPTY || format == 0)
		return "is empty";
	if (dump->left_out > 0)
		return "is an archive of folders, links or devices alone, without a file";
	/* An archive of tar's without an entry has nothing else. */
	return format == ARCHIVE_FORMAT_TAR
		       ? "is an archive without a file, or begins with NUL bytes as such a one "
			 "does"
		       : "is an archive without a file";
}

uint64_t dump_left_out(const struct dump *dump)
{
	return dump->left_out;
}

uint64_t dump_done(const struct dump *dump)
{
	return dump->settled && dump->copy < 0 ? dump->reached : dump->file.done;
}

uint64_t dump_total(const struct dump *dump)
{
	return seized_total(&dump->file);
}

uint64_t dump_size(const struct dump *dump)
{
	return dump->file.size;
}

const char *dump_sha256(const struct dump *dump)
{
	return dump->sha256;
}

uint64_t dump_member_size(const struct dump *dump)
{
	return dump->member_size;
}

const char *dump_member_sha256(const struct dump *dump)
{
	return dump->member_sha256;
}

uint64_t dump_behind(const struct dump *dump)
{
	return dump->behind;
}

bool dump_mark(struct dump *dump, uint64_t least, struct prefix *prefix)
{
	if (dump->settled) {
		prefix->bytes = dump->member_size;
		memcpy(prefix->sha256, dump->member_sha256, DIGEST_HEX);
		return true;
	}
	if (dump->member_trail)
		return trail_mark(dump->member_trail, least, prefix);
	return hasher_mark(dump->file.hasher, least, prefix);
}

bool dump_failed(const struct dump *dump)
{
	return dump->file.failed;
}
