/* SPDX-License-Identifier: Apache-2.0 */
/* Dumps as seized: opened, uncompressed through libarchive, hashed as read. */
#include "ingest/source/dump.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest/hasher.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/thread/owner.h"

#define BLOCK HASHER_BLOCK
/* What was read is given back to the system in pieces of so many bytes. */
#define PIECE (UINT64_C(8) << 20)
/* An interrupt is looked for so often where there is nothing to read. */
#define WAIT_MS 200

struct dump {
	char *path;
	char *member;               /* NULL: no archive */
	char shown[DUMP_SHOWN];
	char compression[60];
	int fd;
	bool regular;
	bool archived;              /* holds members */
	bool plain;                 /* neither archive nor compressed */
	bool seeks;                 /* the format reads here and there */
	bool started;
	bool failed;                /* it cannot be read, or changed */
	bool interrupted;
	const struct observer *observer;
	struct stat info;           /* when it was opened */
	char *block;                /* the last that was read; the hasher's */
	size_t pending;             /* bytes of block read and not handed out */
	uint64_t at;                /* place of the next read */
	uint64_t let_go;            /* bytes given back to the system */
	uint64_t done;
	struct archive *archive;
	struct owner owner;         /* of the archive, and of the reading */
	struct archive_entry *entry; /* libarchive's own it may lack, unseen */
	struct hasher *hasher;      /* of all that is read, and owner of blocks */
	bool hashing;               /* it makes the hash of the file */
	struct trail *member_trail;
	uint64_t size;
	uint64_t member_size;
	uint64_t behind;
	uint64_t left_out;
	uint64_t entries;
	char sha256[DIGEST_HEX];
	char member_sha256[DIGEST_HEX];
};

static enum status stopped(const struct dump *dump, struct error *error)
{
	return error_set(error, STATUS_INTERRUPTED, "%s: interrupted",
			 dump->shown);
}

/* What reading failed with. */
static enum status fail(struct dump *dump, struct error *error, const char *text)
{
	if (dump->interrupted)
		return stopped(dump, error);
	dump->failed = true;
	return error_set(error, STATUS_FAILED, "%s: %s", dump->shown, text);
}

/* The same by an errno. What the machine lacks is not the dump's. */
static enum status fail_with(struct dump *dump, struct error *error, int code)
{
	enum status status;

	if (code == ENOMEM && !dump->interrupted)
		return error_memory(error);
	status = fail(dump, error, strerror(code));
	if (status == STATUS_FAILED && error_is_want(code)) {
		dump->failed = false;
		error->fault = true;
	}
	return status;
}

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

/* Waits until there is something to read; false: it was interrupted. */
static bool wait_readable(const struct dump *dump)
{
	struct pollfd wanted = { .fd = dump->fd, .events = POLLIN };

	while (!observer_interrupted(dump->observer)) {
		int ready = dump->regular ? 1 : poll(&wanted, 1, WAIT_MS);

		/* What cannot be waited for read() tells. */
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
	}
	return false;
}

/* Reads a block at the place of reading; -1: errno says why. */
static ssize_t read_block(struct dump *dump, char *block, uint64_t at)
{
	ssize_t got;

	dump->interrupted = !wait_readable(dump);
	if (dump->interrupted) {
		errno = EINTR;
		return -1;
	}
	do {
		got = dump->regular ? pread(dump->fd, block, BLOCK, (off_t)at)
				    : read(dump->fd, block, BLOCK);
	} while (got < 0 && errno == EINTR);
	return got;
}

/* A file that is read once need not stay in memory: the room is for the case,
 * which the next command reads. */
static void let_go(struct dump *dump)
{
	if (!dump->regular || !dump->hashing || dump->at < dump->let_go + PIECE)
		return;
	(void)posix_fadvise(dump->fd, (off_t)dump->let_go,
			    (off_t)(dump->at - dump->let_go), POSIX_FADV_DONTNEED);
	dump->let_go = dump->at;
}

/* The next block into dump->block, hashed when that is done as it is read. */
static ssize_t next_block(struct dump *dump)
{
	ssize_t got;

	dump->block = hasher_room(dump->hasher);
	got = read_block(dump, dump->block, dump->at);
	if (got <= 0)
		return got;
	dump->at += (uint64_t)got;
	if (dump->at > dump->done)
		dump->done = dump->at;
	let_go(dump);
	if (!hasher_add(dump->hasher, (size_t)got)) {
		errno = ENOMEM;
		return -1;
	}
	return got;
}

/* libarchive's callback. */
static la_ssize_t pull(struct archive *archive, void *context, const void **data)
{
	struct dump *dump = context;
	ssize_t got = (ssize_t)dump->pending;

	if (got == 0)
		got = next_block(dump);
	dump->pending = 0;
	*data = dump->block;
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
		base = (int64_t)dump->at;
	else if (whence == SEEK_END)
		base = (int64_t)dump->info.st_size;
	if (offset < -base || offset > INT64_MAX - base)
		return ARCHIVE_FATAL;
	dump->at = (uint64_t)(base + offset);
	return (la_int64_t)dump->at;
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
		archive_read_support_format_tar,
	};
	const char *start = dump->block;
	bool zip = dump->pending >= 4 && (!memcmp(start, "PK\3\4", 4) ||
					  !memcmp(start, "PK\5\6", 4));
	bool seven = dump->pending >= 6 && !memcmp(start, "7z\xbc\xaf\x27\x1c", 6);
	bool good = true;

	/* One that needs a program of its own is a warning. */
	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++)
		good = good && offers[i](dump->archive) >= ARCHIVE_WARN;
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

static enum status archive_failed(struct dump *dump, struct error *error)
{
	const char *said = archive_error_string(dump->archive);
	char shown[200];

	if (dump->interrupted)
		return stopped(dump, error);
	if (archive_errno(dump->archive) == ENOMEM)
		return error_memory(error);
	dump->failed = true;
	text_escape(text_of(said ? said : "damaged"), shown, sizeof(shown));
	return error_set(error, STATUS_FAILED,
			 "%s: cannot be read to its end, so nothing of it is kept: %s",
			 dump->shown, shown);
}

/* What is not read once from start to end is hashed in a pass of its own. */
static void stop_hashing(struct dump *dump)
{
	hasher_stop(dump->hasher);
	dump->hashing = false;
}

/* The first block is read here, for its magic. */
static enum status start(struct dump *dump, struct error *error)
{
	ssize_t got = next_block(dump);

	if (got < 0)
		return fail_with(dump, error, errno);
	dump->pending = (size_t)got;
	if (!offer_formats(dump))
		return error_memory(error);
	if (dump->seeks && !dump->regular)
		return refuse_pipe(dump, error);
	if (dump->seeks)
		stop_hashing(dump);
	if (!set_callbacks(dump))
		return error_memory(error);
	if (archive_read_open1(dump->archive) != ARCHIVE_OK)
		return archive_failed(dump, error);
	return STATUS_OK;
}

static enum status open_file(struct dump *dump, struct error *error)
{
	if (!strcmp(dump->path, "-"))
		dump->fd = STDIN_FILENO;
	else
		dump->fd = open(dump->path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (dump->fd < 0 || fstat(dump->fd, &dump->info) != 0)
		return fail_with(dump, error, errno);
	if (S_ISDIR(dump->info.st_mode))
		return fail(dump, error, "a directory");
	/* Standard input may stand anywhere in its file. */
	dump->regular = S_ISREG(dump->info.st_mode) && dump->fd != STDIN_FILENO;
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
	dump->fd = -1;
	dump->observer = observer;
	dump->path = memory_text(path, strlen(path));
	dump->archive = archive_read_new();
	dump->entry = archive_entry_new();
	dump->hasher = hasher_new(threaded);
	dump->hashing = true;
	if (!dump->path || !dump->archive || !dump->entry || !dump->hasher)
		return error_memory(error);
	show(dump);
	status = open_file(dump, error);
	return status == STATUS_OK ? start(dump, error) : status;
}

void dump_close(struct dump *dump)
{
	if (!dump)
		return;
	if (dump->archive)
		(void)archive_read_free(dump->archive);
	archive_entry_free(dump->entry);
	hasher_free(dump->hasher);
	trail_free(dump->member_trail);
	if (dump->fd > STDIN_FILENO)
		(void)close(dump->fd);
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

static void tell_hashed(const struct dump *dump, uint64_t done)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, done, dump_total(dump), 0, true };

	(void)snprintf(step, sizeof(step), "hash %s", dump->shown);
	observer_progress(dump->observer, &progress);
}

bool dump_hash(struct dump *dump, char hex[static DIGEST_HEX],
	       enum status *status, struct error *error)
{
	struct digest *digest = NULL;
	char *block = NULL;
	uint64_t at = 0;
	ssize_t got = 1;

	*status = STATUS_OK;
	if (!dump->regular)
		return false;
	digest = digest_new();
	block = memory_array(NULL, BLOCK, 1);
	if (!digest || !block)
		*status = error_memory(error);
	while (*status == STATUS_OK && got > 0) {
		got = read_block(dump, block, at);
		if (got < 0)
			*status = fail_with(dump, error, errno);
		else if (!digest_add(digest, block, (size_t)got))
			*status = error_memory(error);
		else
			at += (uint64_t)got;
		tell_hashed(dump, at);
	}
	if (*status == STATUS_OK && !digest_end(digest, hex))
		*status = error_memory(error);
	dump->size = at;
	digest_free(digest);
	free(block);
	return *status == STATUS_OK;
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
	if (!dump->regular)
		return refuse_pipe(dump, error);
	stop_hashing(dump);
	(void)dump_hash(dump, dump->sha256, &status, error);
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
	trail_free(dump->member_trail);
	dump->member_trail = NULL;
	dump->member_size = 0;
	dump->behind = 0;
	/* What is parsed of a plain file is the file: one hash is enough. */
	if (!dump->plain && !(dump->member_trail = trail_new()))
		return error_memory(error);
	return STATUS_OK;
}

void dump_hand_over(struct dump *dump)
{
	owner_hand_over(&dump->owner);
	hasher_hand_over(dump->hasher);
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
			return STATUS_END;
		if (code == ARCHIVE_RETRY)
			continue;
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return archive_failed(dump, error);
		dump->entries++;
		if (archive_entry_filetype(entry) == AE_IFREG &&
		    !archive_entry_hardlink(entry))
			return begin_member(dump, entry, error);
		dump->left_out++;
	}
}

enum status dump_read(struct dump *dump, char *data, size_t size, size_t *got,
		      struct error *error)
{
	la_ssize_t count;

	owner_use(&dump->owner);
	*got = 0;
	if (observer_interrupted(dump->observer))
		return stopped(dump, error);
	do {
		count = archive_read_data(dump->archive, data, size);
	} while (count == ARCHIVE_RETRY);
	if (count < 0)
		return archive_failed(dump, error);
	if (dump->member_trail &&
	    !trail_add(dump->member_trail, data, (size_t)count))
		return error_memory(error);
	dump->member_size += (uint64_t)count;
	*got = (size_t)count;
	return STATUS_OK;
}

/* Reads what follows the data, for the hash of the file. */
static enum status drain(struct dump *dump, struct error *error)
{
	uint64_t used = (uint64_t)archive_filter_bytes(dump->archive, -1);
	ssize_t got;

	do {
		got = next_block(dump);
	} while (got > 0);
	if (got < 0)
		return fail_with(dump, error, errno);
	dump->size = dump->done;
	if (!dump->plain && used < dump->size)
		dump->behind = dump->size - used;
	dump->hashing = false;
	return hasher_end(dump->hasher, dump->sha256) ? STATUS_OK
						      : error_memory(error);
}

/* A file that grows or is written while it is read has no hash to rely on. */
static enum status check_unchanged(struct dump *dump, struct error *error)
{
	struct stat now;

	if (!dump->regular)
		return STATUS_OK;
	if (fstat(dump->fd, &now) != 0)
		return fail_with(dump, error, errno);
	if (now.st_size != dump->info.st_size ||
	    now.st_mtim.tv_sec != dump->info.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != dump->info.st_mtim.tv_nsec)
		return fail(dump, error, "changed while it was read; nothing of it "
					 "is kept");
	return STATUS_OK;
}

enum status dump_end(struct dump *dump, struct error *error)
{
	enum status status = STATUS_OK;

	owner_use(&dump->owner);
	if (dump->hashing)
		status = drain(dump, error);
	if (status == STATUS_OK)
		status = check_unchanged(dump, error);
	if (status != STATUS_OK)
		return status;
	if (!dump->member_trail)
		memcpy(dump->member_sha256, dump->sha256, DIGEST_HEX);
	else if (!trail_end(dump->member_trail, dump->member_sha256))
		return error_memory(error);
	return STATUS_OK;
}

const char *dump_path(const struct dump *dump)
{
	return dump->path;
}

const char *dump_member(const struct dump *dump)
{
	return dump->member ? dump->member : "";
}

const char *dump_compression(const struct dump *dump)
{
	return dump->compression;
}

bool dump_archive(const struct dump *dump)
{
	return dump->archived;
}

const char *dump_shown(const struct dump *dump)
{
	return dump->shown;
}

uint64_t dump_left_out(const struct dump *dump)
{
	return dump->left_out;
}

uint64_t dump_done(const struct dump *dump)
{
	return dump->done;
}

uint64_t dump_total(const struct dump *dump)
{
	return dump->regular ? (uint64_t)dump->info.st_size : 0;
}

uint64_t dump_size(const struct dump *dump)
{
	return dump->size;
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
	if (dump->member_trail)
		return trail_mark(dump->member_trail, least, prefix);
	return hasher_mark(dump->hasher, least, prefix);
}

bool dump_failed(const struct dump *dump)
{
	return dump->failed;
}
