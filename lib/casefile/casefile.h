/* SPDX-License-Identifier: Apache-2.0 */
/* The case file: one SQLite database, opened, checked, locked. What reads and
 * writes its tables includes sql.h as well. */
#ifndef UNSPOOF_CASEFILE_CASEFILE_H
#define UNSPOOF_CASEFILE_CASEFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest/digest.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "base/thread/owner.h"

enum casefile_mode {
	CASEFILE_READ,      /* changes nothing, but for undoing what a killed
			     * command left; works on a read-only file */
	CASEFILE_WRITE,     /* takes the lock; the file must be there */
	CASEFILE_CREATE     /* the same; made when it is absent, see new_case.h */
};

/* A layer depends on the one before it, but for what was decided. */
enum layer { LAYER_FOUND, LAYER_UNDERSTOOD, LAYER_CONCLUDED, LAYER_DECIDED, LAYERS };

/* "found", "understood", "concluded", "decided"; static. */
const char *layer_name(enum layer layer);

#define CASEFILE_DIGESTS 16

/* The digest of all rows of a table, see seal.h. */
struct kept_digest {
	const char *table;     /* lasts */
	char hex[DIGEST_HEX];
};

#define CASEFILE_STATEMENTS 4

/* A statement that is asked for again and again, see casefile_prepare_kept(). */
struct kept_statement {
	const char *sql;       /* lasts */
	struct sqlite3_stmt *statement;
};

struct sqlite3;
struct table_digest;
struct vfs_coalesce;

/* One thread at a time may use it, and what is prepared from it. */
struct casefile {
	struct sqlite3 *db;        /* see sql.h */
	struct owner owner;        /* of db */
	struct vfs_coalesce *coalesce;    /* how it is read and written */
	char *path;
	bool created;          /* by this handle, and nothing committed yet */
	bool made;             /* the same, whatever was committed */
	bool emptied;          /* what was committed was taken out again */
	const struct observer *observer;   /* of casefile_watch() */
	unsigned threads;      /* that may read calls for SQL; 0: one */
	uint64_t call_segments;    /* segments that SQL has read so */
	/* Of tables that were filled in this transaction. */
	struct kept_digest digests[CASEFILE_DIGESTS];
	unsigned digest_count;
	struct table_digest *table_digests; /* of tables that grew */
	struct kept_statement statements[CASEFILE_STATEMENTS];
	bool decided;          /* decisions were changed in this transaction */
	bool begun;            /* a transaction is to be there */
	struct error error;    /* of the last call that failed */
	struct error lost;     /* see casefile_lose() */
};

/* Opens a case. Fails with a text that says what the file is when it is no
 * case file, when it is of another format, and when another command writes
 * it. Call casefile_close also after a failure. */
enum status casefile_open(struct casefile *casefile, const char *path,
			  enum casefile_mode mode);
/* A case of no name, for what is to be found out only: it has nothing in it, is seen by
 * nobody else, and is gone once it is closed. */
enum status casefile_scratch(struct casefile *casefile);
/* Whether a file is there that begins as a case does. */
bool casefile_looks(const char *path);
/* Rolls back what is not committed; a file that this handle made and never
 * committed to, or has emptied, is removed. Closing twice is safe. */
void casefile_close(struct casefile *casefile);

/* From now on a statement that runs long ends with STATUS_INTERRUPTED when the
 * observer, which must outlive the watch, is asked to stop; a transaction is rolled
 * back then. NULL: no longer. Gives the one that watched before, or NULL. The
 * casefile must not move. */
const struct observer *casefile_watch(struct casefile *casefile,
				      const struct observer *observer);

/* A case that was made is in a transaction from casefile_open on, and again after a
 * rollback, so that casefile_begin finds it there. */
enum status casefile_begin(struct casefile *casefile);
bool casefile_begun(const struct casefile *casefile);   /* in a transaction */
enum status casefile_commit(struct casefile *casefile);
/* What failed just now is no answer, and its caller cannot say so: whatever is asked of the
 * case from here to a rollback fails as it did. */
void casefile_lose(struct casefile *casefile);
/* Back to the last commit, a case that is being created to its empty tables.
 * Without a transaction it does nothing. */
void casefile_rollback(struct casefile *casefile);

/* Drops the understood and concluded layers and makes the first anew, empty;
 * or the concluded layer alone. Inside a transaction. */
enum status casefile_reset_understood(struct casefile *casefile);
enum status casefile_reset_concluded(struct casefile *casefile);
/* Drops both (the found layer grew: what was understood is out of date). */
enum status casefile_drop_layers(struct casefile *casefile);
/* *there: whether a layer is there, which the found and the decided one always
 * are. After a failure
 * nothing is known of it. */
enum status casefile_has_layer(struct casefile *casefile, enum layer layer,
			       bool *there);

/* STATUS_FAILED, and the error says which command is to be run first, where a layer or
 * one that it is made of is not there. */
enum status casefile_needs(struct casefile *casefile, enum layer layer);

/* Keeps the digest of a table, which nobody writes from here to the end of the
 * transaction; and gives it, NULL: none was kept. table lasts. */
void casefile_keep_digest(struct casefile *casefile, const char *table,
			  const char hex[static DIGEST_HEX]);
/* Forgets one that was kept, for the table was changed. */
void casefile_forget_digest(struct casefile *casefile, const char *table);
const char *casefile_digest(const struct casefile *casefile, const char *table);

/* Once in a process, before a case is opened: SQLite no longer counts its memory,
 * which nobody asks for and which takes a lock at each allocation. */
void casefile_uncounted(void);
/* The version of SQLite; static. */
const char *casefile_sqlite(void);

#endif
