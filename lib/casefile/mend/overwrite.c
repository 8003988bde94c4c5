/* SPDX-License-Identifier: Apache-2.0 */
/* Overwriting what a case file no longer needs. */
#include "casefile/mend/overwrite.h"

#include "casefile/sql.h"

/* Pages that one row of zeros takes at most. */
#define PAGES_MOST 8192
/* Bytes of a file that is written anew by way of the memory. */
#define COPY_IN_MEMORY (INT64_C(64) << 20)

enum status overwrite_begin(struct casefile *casefile)
{
	return casefile_exec(casefile, "PRAGMA secure_delete = ON");
}

/* A row of zeros that takes so many whole pages behind its own, see "Cell Payload
 * Overflow Pages" in SQLite's file format. */
static enum status fill(struct casefile *casefile, sqlite3_stmt *insert, int64_t pages,
			int64_t page_size)
{
	const int64_t least = (page_size - 12) * 32 / 255 - 23;

	bind_integer(insert, 1, pages * (page_size - 4) + least + 100);
	return casefile_run(casefile, insert);
}

static enum status fill_all(struct casefile *casefile, int64_t page_size)
{
	sqlite3_stmt *insert = casefile_prepare(
		casefile, "INSERT INTO filler(data) VALUES(zeroblob(?))");
	int64_t left = 0;
	enum status status = insert ? STATUS_OK : casefile->error.status;

	do {
		if (status == STATUS_OK)
			status = casefile_integer(casefile, "PRAGMA freelist_count", 0,
						  &left);
		if (status == STATUS_OK && left > 0)
			status = fill(casefile, insert,
				      left < PAGES_MOST ? left : PAGES_MOST, page_size);
	} while (status == STATUS_OK && left > 0);
	sqlite3_finalize(insert);
	return status;
}

enum status overwrite_ask(struct casefile *casefile)
{
	return casefile_exec(casefile, "INSERT OR REPLACE INTO overwriting(run)"
				       " SELECT coalesce(max(id), 0) + 1 FROM run");
}

/* A table takes all of them, and gives them back. */
enum status overwrite_free(struct casefile *casefile)
{
	int64_t page_size = 0;
	enum status status = casefile_integer(casefile, "PRAGMA page_size", 0,
					      &page_size);

	if (status == STATUS_OK)
		status = casefile_exec(casefile, "CREATE TABLE filler(data BLOB)");
	if (status == STATUS_OK)
		status = fill_all(casefile, page_size);
	if (status == STATUS_OK)
		status = casefile_exec(casefile, "PRAGMA secure_delete = OFF;"
						 "DROP TABLE filler");
	return status == STATUS_OK ? overwrite_ask(casefile) : status;
}

enum status overwrite_due(struct casefile *casefile, bool *due)
{
	int64_t found = 0;
	const enum status status = casefile_integer(
		casefile, "SELECT count(*) FROM overwriting", 0, &found);

	*due = found > 0;
	return status;
}

/* The copy that SQLite makes for it, in memory while it is small. */
static enum status write_anew(struct casefile *casefile)
{
	int64_t pages = 0, page_size = 0;
	bool small;
	enum status status = casefile_integer(casefile, "PRAGMA page_count", 0, &pages);

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "PRAGMA page_size", 0, &page_size);
	small = pages < COPY_IN_MEMORY / (page_size + 1);
	if (status == STATUS_OK && !small)
		status = casefile_exec(casefile, "PRAGMA temp_store = FILE");
	if (status == STATUS_OK)
		status = casefile_exec(casefile, "VACUUM");
	return status == STATUS_OK && !small
		       ? casefile_exec(casefile, "PRAGMA temp_store = MEMORY")
		       : status;
}

enum status overwrite_finish(struct casefile *casefile)
{
	bool due = false;
	enum status status = overwrite_due(casefile, &due);

	if (status != STATUS_OK || !due)
		return status;
	status = write_anew(casefile);
	return status == STATUS_OK ? casefile_exec(casefile, "DELETE FROM overwriting")
				   : status;
}
