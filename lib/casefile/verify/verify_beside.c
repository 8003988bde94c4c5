/* SPDX-License-Identifier: Apache-2.0 */
/* Checking what stood beside an SQLite database, and was read with it. */
#include <errno.h>
#include <string.h>

#include "base/digest/digest.h"
#include "casefile/sql.h"
#include "casefile/verify/verify.h"
#include "casefile/verify/verify_segments.h"

#define SHOWN 300
/* As the format says it in the dialect of a source. */
#define WITH "; with its "
#define HASH " bytes, SHA-256 "

static enum status tell(const char *path, const char *what, const struct observer *observer,
			uint64_t *count)
{
	char shown[SHOWN];

	(*count)++;
	observer_notice(observer, "%s: %s", text_escape(text_of(path), shown, sizeof(shown)), what);
	return STATUS_OK;
}

static enum status check(struct casefile *casefile, const char *path, struct text wanted,
			 const struct observer *observer, struct verify_counts *counts)
{
	char hex[DIGEST_HEX];
	bool opened;
	const int code = verify_hash_file(path, observer, hex, &opened);

	if (code == EINTR)
		return error_set(&casefile->error, STATUS_INTERRUPTED, "interrupted");
	if (code == ENOMEM)
		return error_memory(&casefile->error);
	if (code != 0)
		return tell(path, "was read with the database, and is not here any more, so that it is not checked",
			    observer, &counts->absent);
	if (!text_is(wanted, hex))
		return tell(path, "has changed since it was read with the database: its SHA-256 is another one",
			    observer, &counts->failures);
	counts->sources++;
	return STATUS_OK;
}

/* The next file that dialects name: its ending and its hash; false: there is no more. */
static bool take(const char **rest, struct text *ending, struct text *hash)
{
	const char *with = strstr(*rest, WITH);
	const char *end, *hex;

	if (!with)
		return false;
	with += strlen(WITH);
	end = strchr(with, ' ');
	hex = strstr(with, HASH);
	if (!end || !hex || strlen(hex) < strlen(HASH) + DIGEST_HEX - 1)
		return false;
	*ending = (struct text){ with, (size_t)(end - with) };
	*hash = (struct text){ hex + strlen(HASH), DIGEST_HEX - 1 };
	*rest = hash->data + hash->len;
	return true;
}

static enum status check_all(struct casefile *casefile, const char *at, const char *dialects,
			     const struct observer *observer, struct verify_counts *counts)
{
	struct text ending, hash;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && take(&dialects, &ending, &hash)) {
		struct buf path = { 0 };

		buf_text(&path, at);
		buf_add(&path, ending.data, ending.len);
		status = path.failed ? error_memory(&casefile->error)
				     : check(casefile, path.data, hash, observer, counts);
		buf_release(&path);
	}
	return status;
}

enum status verify_beside(struct casefile *casefile, const char *at, const char *hex,
			  const struct observer *observer, struct verify_counts *counts)
{
	/* Of all tables of a database it is the same. */
	sqlite3_stmt *rows = casefile_prepare(
		casefile, "SELECT min(dialect) FROM source WHERE sha256 = ? AND dropped_by IS NULL AND"
			  " instr(dialect, '" WITH "') > 0 GROUP BY substr(dialect, instr(dialect, '" WITH "'))");
	struct buf dialects = { 0 };
	enum status status = rows ? bind_sought(casefile, rows, 1, hex) : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, rows)) == STATUS_OK) {
		const struct text dialect = column_text(rows, 0);

		buf_add(&dialects, dialect.data ? dialect.data : "", dialect.len);
		buf_byte(&dialects, '\n');
	}
	sqlite3_finalize(rows);
	if (status == STATUS_END)
		status = dialects.failed ? error_memory(&casefile->error)
					 : check_all(casefile, at, buf_view(&dialects).data, observer, counts);
	buf_release(&dialects);
	return status;
}
