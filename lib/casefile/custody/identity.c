/* SPDX-License-Identifier: Apache-2.0 */
/* What a case is to others: its reference, its digest, the ends of its chain of runs. */
#include "casefile/custody/identity.h"

#include <string.h>

#include "casefile/custody/case_digest.h"
#include "casefile/runs.h"
#include "casefile/sql.h"

static enum status take_run(struct casefile *casefile, sqlite3_stmt *statement,
			    struct identity_run *run)
{
	const struct text hash = column_text(statement, 1);

	run->id = sqlite3_column_int64(statement, 0);
	if (columns_read(casefile, statement) != STATUS_OK)
		return casefile->error.status;
	if (hash.len != DIGEST_HEX - 1 ||
	    strspn(hash.data, "0123456789abcdef") != DIGEST_HEX - 1)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "run %lld has no hash; `unspoof verify` says more",
				 (long long)run->id);
	memcpy(run->hash, hash.data, hash.len);
	run->hash[hash.len] = '\0';
	return STATUS_OK;
}

/* Takes it and ends the statement; status is what the step to it came to. */
static enum status take_stepped(struct casefile *casefile, sqlite3_stmt *statement, enum status status,
				struct identity_run *run)
{
	memset(run, 0, sizeof(*run));
	if (status == STATUS_OK)
		status = take_run(casefile, statement, run);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status find_run(struct casefile *casefile, const char *sql, struct identity_run *run)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);

	return take_stepped(casefile, statement,
			    statement ? casefile_step(casefile, statement) : casefile->error.status, run);
}

enum status identity_maker(struct casefile *casefile, enum layer layer,
			  struct identity_run *run)
{
	sqlite3_stmt *statement;
	const enum status status = run_of_layer(casefile, "id, hash", layer, &statement);

	return take_stepped(casefile, statement, status, run);
}

enum status identity_read(struct casefile *casefile, struct identity *identity)
{
	enum status status;

	memset(identity, 0, sizeof(*identity));
	status = reference_read(casefile, identity->reference);
	if (status == STATUS_OK)
		status = case_digest_read(casefile, identity->digest);
	if (status == STATUS_OK)
		status = find_run(casefile, "SELECT id, hash FROM run ORDER BY id LIMIT 1", &identity->first);
	if (status == STATUS_OK)
		status = find_run(casefile, "SELECT id, hash FROM run ORDER BY id DESC LIMIT 1", &identity->head);
	return status;
}

void identity_text(const struct identity *identity, const char *between, struct buf *out)
{
	buf_text(out, identity->reference[0] ? "case " : "case without a reference");
	buf_escape(out, text_of(identity->reference), 0);
	buf_text(out, between);
	if (identity->digest[0])
		buf_format(out, "digest %s", identity->digest);
	else
		buf_text(out, "no digest yet: not all of it is in a run");
}
