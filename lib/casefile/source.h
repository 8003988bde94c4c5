/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, and the members that share one. */
#ifndef UNSPOOF_CASEFILE_SOURCE_H
#define UNSPOOF_CASEFILE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

struct sqlite3_stmt;

/* A row of table source. Strings are borrowed; NULL counts as empty. */
struct source_row {
	int64_t id;
	const char *path, *member;
	uint64_t stream;           /* which table of the member, from 1; 0: it has one */
	const char *stream_name;
	const char *exhibit;       /* the reference it was seized under */
	const char *compression;
	uint64_t size;
	char sha256[DIGEST_HEX];
	uint64_t member_size;
	char member_sha256[DIGEST_HEX];
	const char *encoding;      /* of its texts; empty: bytes as they are */
	const char *kind, *service, *profile, *region, *zone, *currency;
	const char *decimal;       /* the mark of its amounts: comma, point, or NULL */
	const char *date_order, *legs, *dialect, *mapping, *words;
	const char *absent;        /* words that are no value: base/absent.h */
	const char *tech_prefixes, *bare, *recipe;
	const char *format;        /* that it is written in, as struct format has it */
	const char *joins;         /* see record/join.h */
	const char *settings;      /* what its rows depend on besides their bytes */
	const char *measured;      /* `FROM TO OFFSET ROWS`, one a line: clocks as measured */
	const char *doubled;       /* of hours that there are twice: unspoof-case(5) */
	const char *zones;         /* `ROLE=ZONE`, one a line, where it is not that of the source */
	uint64_t read, accepted, rejected, skipped;
};

/* Sets row->id to the next free id; the row itself is written by source_insert,
 * again and again as long as the source is not whole. */
enum status source_next(struct casefile *casefile, struct source_row *row);
/* Writes the row, in place of the one of that id. read = accepted + rejected +
 * skipped must hold, else STATUS_INTEGRITY. */
enum status source_insert(struct casefile *casefile,
			  const struct source_row *row);
/* Gives id, path, member, stream_name and hash of each whole source behind one, in
 * order of their ids; the texts are valid during the call. */
enum status source_each(struct casefile *casefile, int64_t behind,
			void (*take)(void *context, const struct source_row *row),
			void *context);
/* A row of table member: a file of a folder or a member of an archive whose rows
 * are in a source with those of others. Strings are borrowed. */
struct member_row {
	int64_t source;
	uint64_t number;           /* from 0, as column member of its rows says */
	const char *path;          /* below that of the source */
	const char *compression;   /* NULL: none */
	uint64_t size;             /* bytes: in an archive unpacked, else as seized */
	char sha256[DIGEST_HEX];   /* of those; empty: it is not wholly read yet */
	char content[DIGEST_HEX];  /* SHA-256 of what was parsed */
	uint64_t read, accepted, rejected, skipped;
};

/* Writes members. Zeroed is closed. */
struct member_writer {
	struct casefile *casefile;
	struct sqlite3_stmt *insert;
};

enum status member_writer_open(struct member_writer *writer, struct casefile *casefile);
/* Writes the row, in place of the one of that number. STATUS_INTEGRITY: its counts
 * do not add up. */
enum status member_writer_put(struct member_writer *writer,
			      const struct member_row *row);
void member_writer_close(struct member_writer *writer);
/* Adds where a row of a source stands, escaped, of each path so many bytes: the path of
 * the source with that of the member, `dumps/1.csv`, `dumps.tar:1.csv`, or alone.
 * False: there is no such source, or this cannot be known, see casefile_lose(). */
bool source_place(struct casefile *casefile, int64_t source, int64_t member, size_t most,
		  struct buf *out);
/* Gives each member of a source in order of number; the texts are valid during the
 * call. */
enum status member_each(struct casefile *casefile, int64_t source,
			void (*take)(void *context, const struct member_row *row),
			void *context);

#endif
