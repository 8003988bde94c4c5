/* SPDX-License-Identifier: Apache-2.0 */
/* What a case is to others: its reference, its digest, the ends of its chain of runs. */
#include "casefile/custody/custody.h"

#include <string.h>

#include "casefile/custody/case_digest.h"
#include "casefile/sql.h"

static enum status take_run(struct casefile *casefile, sqlite3_stmt *statement,
			    struct custody_run *run)
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

/* The first run that SQL gives, which has the name of the layer as its parameter. */
static enum status find_run(struct casefile *casefile, const char *sql, enum layer layer,
			    struct custody_run *run)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	memset(run, 0, sizeof(*run));
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, layer_name(layer));
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		status = take_run(casefile, statement, run);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status custody_maker(struct casefile *casefile, enum layer layer,
			  struct custody_run *run)
{
	return find_run(casefile, "SELECT id, hash FROM run WHERE seal LIKE ?1 || ' %' OR"
				  " seal LIKE '% ' || ?1 || ' %' ORDER BY id DESC LIMIT 1",
			layer, run);
}

enum status custody_read(struct casefile *casefile, struct custody *custody)
{
	enum status status;

	memset(custody, 0, sizeof(*custody));
	status = reference_read(casefile, custody->reference);
	if (status == STATUS_OK)
		status = case_digest_read(casefile, custody->digest);
	if (status == STATUS_OK)
		status = find_run(casefile, "SELECT id, hash FROM run WHERE ?1 <> ''"
					    " ORDER BY id LIMIT 1", LAYER_FOUND,
				  &custody->first);
	if (status == STATUS_OK)
		status = find_run(casefile, "SELECT id, hash FROM run WHERE ?1 <> ''"
					    " ORDER BY id DESC LIMIT 1", LAYER_FOUND,
				  &custody->head);
	return status;
}

void custody_text(const struct custody *custody, const char *between, struct buf *out)
{
	buf_text(out, custody->reference[0] ? "case " : "case without a reference");
	buf_escape(out, text_of(custody->reference), 0);
	buf_text(out, between);
	if (custody->digest[0])
		buf_format(out, "digest %s", custody->digest);
	else
		buf_text(out, "no digest yet: not all of it is in a run");
}
