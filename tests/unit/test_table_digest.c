/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table as it grows, against that of its rows read again; and when there is none. */
#include "casefile/row_writer.h"
#include "casefile/seal.h"
#include "scratch.h"
#include "tap.h"

static bool add(struct row_writer *writer, const char *date, int64_t source)
{
	struct row_buffer rows = { 0 };
	bool good;

	for (int i = 0; i < ROW_FIRST_ROLE; i++)
		row_buffer_integer(&rows, i);
	row_buffer_text(&rows, text_of(date));
	row_buffer_text(&rows, text_of("GBP"));
	row_buffer_text(&rows, text_of(""));
	row_buffer_text(&rows, (struct text){ NULL, 0 });
	row_writer_number(writer, &rows, source);
	good = !rows.failed && row_writer_put(writer, &rows) == STATUS_OK;
	row_buffer_release(&rows);
	return good;
}

/* So many rows of rates, in a transaction of their own; kept: it is told so. */
static bool grow(struct casefile *casefile, int rows, bool kept)
{
	struct row_writer writer = { 0 };
	bool good = casefile_begin(casefile) == STATUS_OK && row_writer_open(&writer, casefile, KIND_RATE) == STATUS_OK;
	struct table_digest *table_digest = writer.table_digest;

	for (int i = 0; i < rows && good; i++)
		good = add(&writer, i % 2 ? "2022-03-27" : "a\xff", 1);
	row_writer_close(&writer);
	good = good && casefile_commit(casefile) == STATUS_OK;
	if (good && kept)
		table_digest_keep(table_digest);
	return good;
}

/* Whether the case has a digest of the rates, and its seal is the same as that of a case that has none. */
static bool has_digest(struct casefile *casefile, bool *same)
{
	struct seal with = { .layer = LAYER_FOUND, .sources = 1 }, without = with;
	const bool found = casefile_digest(casefile, "rate") != NULL;
	struct table_digest *table_digests = casefile->table_digests;

	*same = seal_digest(casefile, &with) == STATUS_OK;
	casefile->table_digests = NULL;
	*same = *same && seal_digest(casefile, &without) == STATUS_OK && tap_same(with.hex, without.hex);
	casefile->table_digests = table_digests;
	return found;
}

int main(void)
{
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];
	bool same;

	scratch_enter(folder);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK, "a case");
	OK(&tap, !has_digest(&casefile, &same) && same, "nothing was added");
	OK(&tap, grow(&casefile, 0, true) && has_digest(&casefile, &same) && same, "no rows");
	OK(&tap, grow(&casefile, 3, true) && has_digest(&casefile, &same) && same, "some rows");
	OK(&tap, grow(&casefile, 2000, true) && has_digest(&casefile, &same) && same, "and of another source");
	OK(&tap, grow(&casefile, 2, false) && !has_digest(&casefile, &same) && same, "not kept, no digest");
	OK(&tap, grow(&casefile, 2, true) && !has_digest(&casefile, &same) && same, "nor ever again");
	casefile_close(&casefile);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK && grow(&casefile, 2, true) &&
		!has_digest(&casefile, &same) && same, "none of a table that had rows");
	casefile_close(&casefile);
	scratch_leave(folder);
	return tap_done(&tap);
}
