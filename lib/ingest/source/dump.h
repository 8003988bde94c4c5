/* SPDX-License-Identifier: Apache-2.0 */
/* Dumps as seized: a file, a compressed file, an archive, standard input; read
 * once, and hashed from the very bytes that are read. */
#ifndef UNSPOOF_INGEST_SOURCE_DUMP_H
#define UNSPOOF_INGEST_SOURCE_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/digest/trail.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "ingest/format/record.h"
#include "ingest/source/dump_settings.h"
#include "ingest/source/beside.h"

#define DUMP_SHOWN 400      /* bytes that hold the name of a member as shown */
/* The first bytes by which a member is told apart, and the bytes that are read
 * ahead, at most. */
#define DUMP_PEEK 65536
#define DUMP_AHEAD (256 << 10)

/* The first bytes of a member. */
struct peek {
	struct text bytes;          /* at most DUMP_PEEK */
	bool whole;                 /* they are all there is */
};

struct dump;

/* Opens a path for reading, "-" being standard input; that it is read only,
 * and may be of any size, is all that is asked of it. threaded: it may be hashed
 * on a thread of its own. The observer, which must outlive it, is asked for an
 * interrupt at every block, also where there is nothing to read yet: then what
 * was called is STATUS_INTERRUPTED. Call dump_close also after a failure; errors
 * go to error. */
enum status dump_open(struct dump **dump, const char *path, bool threaded,
		      const struct observer *observer, struct error *error);
/* The same with what the user says of it, whose texts outlive it; NULL: nothing. */
enum status dump_open_as(struct dump **dump, const char *path, const struct dump_settings *settings,
			 bool threaded, const struct observer *observer, struct error *error);
void dump_close(struct dump *dump);

/* The thread that reads is done for now, and another may: see base/thread/owner.h. */
void dump_hand_over(struct dump *dump);

/* Goes to the next member that is a regular file; what is not one is left out
 * and counted. A file that is no archive has one member. STATUS_END: there is
 * none (an empty file has none). A member that is an archive or compressed itself is gone into,
 * once: its members are members of the dump. STATUS_FAILED: the archive is damaged, or unpacks to
 * more than it may. STATUS_INTEGRITY:
 * behind the last member it has not the hash that it had before the first.
 * STATUS_USAGE: an archive that is not a regular file, whose hash could not be
 * known before its first member is stored. */
enum status dump_next(struct dump *dump, struct error *error);

/* The first bytes of the member, of which none were read yet; they are read all the
 * same by what follows, and valid until then. Statuses of dump_read(). */
enum status dump_peek(struct dump *dump, struct peek *peek, struct error *error);
/* What the text of the member is written in, and is made UTF-8 of; NULL: it is read as it is. Known
 * once it was looked at or read. Of it offsets that a format tells are of the UTF-8: see
 * encoding/places.h; what skips and marks is of the bytes. */
const struct encoding *dump_encoding(const struct dump *dump);
/* What was no character in that, so far. */
uint64_t dump_odd(const struct dump *dump);
/* From here on, where the member stands at an offset, records whose places are told by its text get
 * those of its bytes from dump_place(), one after another. */
void dump_follow(struct dump *dump, uint64_t offset);
void dump_place(struct dump *dump, struct record *record);
/* Says what members are written in that do not say so; before one is looked at. */
void dump_encode(struct dump *dump, const struct encoding *encoding);

/* Whether the member was read to its end, or ahead to it; of one that is settled, whether
 * it is that small. */
bool dump_ended(const struct dump *dump);

/* Goes over the bytes up to a place, of which none were read yet. *same: the first
 * bytes of the member, at most DUMP_AHEAD further, are those of the prefix, which
 * reaches to the place or behind it. rows: what is told as progress. Statuses of
 * dump_read(). */
enum status dump_skip(struct dump *dump, uint64_t place, const struct prefix *prefix,
		      uint64_t rows, bool *same, struct error *error);

/* Reads up to size uncompressed bytes of the member; *got 0 is its end. What is
 * damaged, cut off, or encrypted and no password opens it, is STATUS_FAILED; an archive within
 * that cannot be gone into STATUS_SKIP. */
enum status dump_read(struct dump *dump, char *data, size_t size, size_t *got,
		      struct error *error);

/*
 * Reads the member to its end, with both hashes, so that its bytes can be read here and
 * there: those of a plain file from that file, all others from a private copy without a
 * name in a folder (dump_at.c). beside: with copies of what SQLite keeps beside a plain
 * file, which make one of that too. Statuses of dump_end(), and STATUS_FAILED where
 * there is no room for a copy.
 */
enum status dump_settle(struct dump *dump, const char *folder, bool beside,
			struct error *error);
bool dump_settled(const struct dump *dump);
/* A file that stands beside the member; NULL: there is none, or it was not asked for. */
struct beside *dump_beside(struct dump *dump, enum beside_kind kind);
/* Reads bytes of a member that is settled, fewer where it ends; on any thread. False: errno says why. */
bool dump_read_at(struct dump *dump, void *data, size_t size, uint64_t at, size_t *got);
/* The descriptor of a private copy that may be written to; -1: there is none. */
int dump_copy(const struct dump *dump);
/* Whether the user asked to stop. */
bool dump_interrupted(const struct dump *dump);

/* Ends the member, whose bytes must have been read to the end: reads what is
 * left of a file that is no archive, so that both hashes are complete, and
 * fails when the file changed while it was read. */
enum status dump_end(struct dump *dump, struct error *error);

/* What is known. path is as given, member empty when the dump is no archive, and `inner.zip:name`
 * in an archive inside it; compression is `none`, `gzip`, `tar+xz`, `zip`, `gzip in zip` and the
 * like. */
const char *dump_path(const struct dump *dump);
const char *dump_member(const struct dump *dump);
const char *dump_compression(const struct dump *dump);
/* The same of the file, whatever its members are in; empty: neither. */
const char *dump_packed(const struct dump *dump);
bool dump_archive(const struct dump *dump);
/* The name of the member, or of the file, without folders and endings: `cdr` of a/cdr.csv.gz. */
struct text dump_table_name(const struct dump *dump);
/* path or path:member, safe for a terminal. */
const char *dump_shown(const struct dump *dump);
/* What it is where dump_next() found no member at all, as in `FILE: is empty`. Static. */
const char *dump_nothing(const struct dump *dump);
/* Entries of the archive left out so far: folders, links, devices. */
uint64_t dump_left_out(const struct dump *dump);

/* Bytes of the file as seized: read so far, and all of them as the file system
 * says (0: not known). */
uint64_t dump_done(const struct dump *dump);
uint64_t dump_total(const struct dump *dump);

/* After dump_end(): size and SHA-256 of the file as seized and of the member,
 * and how many bytes stand behind the end of the compressed data. */
uint64_t dump_size(const struct dump *dump);
const char *dump_sha256(const struct dump *dump);
uint64_t dump_member_size(const struct dump *dump);
const char *dump_member_sha256(const struct dump *dump);
uint64_t dump_behind(const struct dump *dump);

/* The shortest known beginning of the member that has `least` bytes or more, of
 * which so many were read; on any thread. False: it is not known. */
bool dump_mark(struct dump *dump, uint64_t least, struct prefix *prefix);

/* Whether the dump itself could not be read, or changed meanwhile: what of it was
 * stored is not to be kept. */
bool dump_failed(const struct dump *dump);

/* Hashes a regular file in a pass of its own, without moving the place of
 * reading. False with *status STATUS_OK: it is no regular file. */
bool dump_hash(struct dump *dump, char hex[static DIGEST_HEX],
	       enum status *status, struct error *error);

#endif
