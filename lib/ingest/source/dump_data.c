/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes out of an archive, no more than what it may unpack to, and why there are none. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/source/dump_room.h"

/* ---- what a file may unpack to ---- */

static uint64_t most_bytes(const struct dump *dump)
{
	return dump->settings.expand_bytes ? dump->settings.expand_bytes : EXPAND_BYTES;
}

static uint64_t most_ratio(const struct dump *dump)
{
	return dump->settings.expand_ratio ? dump->settings.expand_ratio : EXPAND_RATIO;
}

/* Takes bytes that were unpacked; false: they are too many. */
static bool grow(struct dump *dump, uint64_t bytes)
{
	const uint64_t unpacked = dump->unpacked += bytes;
	const uint64_t ratio = most_ratio(dump);

	dump->too_large = unpacked > most_bytes(dump);
	dump->too_dense = unpacked > EXPAND_UNASKED && unpacked / ratio > dump->file.done;
	return !dump->too_large && !dump->too_dense;
}

la_ssize_t dump_data(struct dump *dump, struct archive *archive, char *data, size_t size)
{
	la_ssize_t count = ARCHIVE_FATAL;

	dump->file.interrupted = observer_interrupted(dump->file.observer);
	if (dump->file.interrupted || dump_bounded(dump))
		return ARCHIVE_FATAL;
	do {
		count = archive_read_data(archive, data, size);
	} while (count == ARCHIVE_RETRY);
	return count > 0 && !dump->plain && !grow(dump, (uint64_t)count) ? ARCHIVE_FATAL : count;
}

enum status dump_expand(struct dump *dump, uint64_t bytes, struct error *error)
{
	return grow(dump, bytes) ? STATUS_OK : dump_archive_failed(dump, dump->archive, error);
}

enum status dump_spoil(struct dump *dump, const char *text, struct error *error)
{
	return seized_failed(&dump->file, text, error);
}

bool dump_bounded(const struct dump *dump)
{
	return dump->too_large || dump->too_dense;
}

/* libarchive would go over it without counting. */
void dump_drain(struct dump *dump, struct archive *archive)
{
	if (!dump->ahead)
		dump->ahead = memory_array(NULL, DUMP_AHEAD, 1);
	dump->ahead_from = dump->ahead_to = 0;
	while (dump->ahead && dump_data(dump, archive, dump->ahead, DUMP_AHEAD) > 0)
		;
}

/* ---- why there are none ---- */

static enum status bounded(struct dump *dump, struct error *error)
{
	char text[300];

	if (dump->too_large)
		(void)snprintf(text, sizeof(text),
			       "unpacks to more than %llu bytes, so nothing of it is kept: if it is to be read all the "
			       "same, say so with --max-expand SIZE",
			       (unsigned long long)most_bytes(dump));
	else
		(void)snprintf(text, sizeof(text),
			       "unpacks to more than %llu times its bytes, as what is made to fill a disk does, so nothing "
			       "of it is kept: if it is to be read all the same, say so with --max-expand SIZE:RATIO",
			       (unsigned long long)most_ratio(dump));
	return seized_failed(&dump->file, text, error);
}

static bool is_seven(struct archive *archive)
{
	return (archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_7ZIP;
}

enum status dump_locked(struct dump *dump, struct archive *archive, struct error *error)
{
	if (is_seven(archive))
		return error_set(error, STATUS_FAILED,
				 "%s: is encrypted as 7-Zip does it, which is not read here: unpack it with its password "
				 "(7z x), and give what comes out", dump->shown);
	if (!dump->settings.password)
		return error_set(error, STATUS_FAILED,
				 "%s: is encrypted: give its password with --password-file FILE", dump->shown);
	return error_set(error, STATUS_FAILED,
			 "%s: the password of --password-file does not open it, or it is damaged", dump->shown);
}

static bool is_locked(const struct dump *dump, struct archive *archive)
{
	return dump->locked || (is_seven(archive) && archive_read_has_encrypted_entries(archive) > 0);
}

enum status dump_archive_failed(struct dump *dump, struct archive *archive, struct error *error)
{
	const char *said = archive_error_string(archive);
	char shown[200], text[400];

	if (dump_bounded(dump) && !dump->file.interrupted)
		return bounded(dump, error);
	if (!dump->file.interrupted && archive_errno(archive) == ENOMEM)
		return error_memory(error);
	/* Nothing came of it that could be in the case. */
	if (!dump->file.interrupted && dump->member_size == 0 && is_locked(dump, archive))
		return dump_locked(dump, archive, error);
	text_escape(text_of(said ? said : "damaged"), shown, sizeof(shown));
	(void)snprintf(text, sizeof(text), "cannot be read to its end, so nothing of it is kept: %s%s", shown,
		       is_seven(archive) ? " (7z t says whether it is whole; if so unpack it, 7z x, and give what comes out)"
					 : "");
	return seized_failed(&dump->file, text, error);
}
