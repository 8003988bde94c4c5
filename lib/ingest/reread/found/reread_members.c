/* SPDX-License-Identifier: Apache-2.0 */
/* Reading members again that are one source, and whose rows a format finds. */
#include "ingest/reread/found/reread_members.h"

#include <string.h>

#include "ingest/reread/reread_member.h"

static struct error *error_of(const struct reread_members *members)
{
	return &members->reread->casefile->error;
}

void reread_members_open(struct reread_members *members, struct reread *reread,
			 const struct reread_source *source, struct comparison *comparison)
{
	memset(members, 0, sizeof(*members));
	members->reread = reread;
	members->table.source = source;
	members->table.comparison = comparison;
	members->tables[0] = &members->table;
}

void reread_members_close(struct reread_members *members)
{
	reread_layout_close(&members->layout);
}

/* Whether a member is written as the case says in words: one behind the first may be otherwise, and
 * be read by that all the same. */
static enum status is_written_so(const struct reread_members *members, bool *is)
{
	struct buf dialect = { 0 };
	enum status status;

	reread_layout_dialect(&members->layout, &members->table, &dialect);
	*is = text_equal(buf_view(&dialect), buf_view(&members->table.source->dialect));
	status = dialect.failed ? error_memory(error_of(members)) : STATUS_OK;
	buf_release(&dialect);
	return status;
}

/* *fits: the member tells how all are read. What is none of the format does not. */
static enum status open_by(struct reread_members *members, struct dump *dump, uint64_t number, bool *fits)
{
	const struct reread_table *table = &members->table;
	enum status status = reread_layout_open(&members->layout, members->reread, members->tables, 1, dump);

	*fits = status == STATUS_OK && table->stream && !table->misfits;
	if (*fits && number > 0)
		status = is_written_so(members, fits);
	if (!*fits)
		reread_layout_close(&members->layout);
	if (status == STATUS_INTERRUPTED || dump_failed(dump) || (status != STATUS_OK && error_of(members)->fault))
		return status;
	return STATUS_OK;
}

static enum status read_it(struct reread_members *members, struct dump *dump, uint64_t number,
			   const struct member_sums *sums)
{
	struct comparison *c = members->table.comparison;
	enum status status;

	comparison_begin(c, number, dump_shown(dump));
	status = reread_layout_rows(&members->layout, dump);
	if (status == STATUS_OK && !c->described)
		status = reread_layout_describe(&members->layout, &members->table);
	return status == STATUS_OK ? comparison_end_member(c, NULL, sums) : status;
}

enum status reread_members_read(struct reread_members *members, struct dump *dump, uint64_t number,
				const struct member_sums *sums, bool *read)
{
	enum status status = STATUS_OK;

	*read = true;
	if (!reread_layout_is_open(&members->layout))
		status = open_by(members, dump, number, read);
	if (status != STATUS_OK)
		return status;
	if (*read)
		return read_it(members, dump, number, sums);
	return dump_ended(dump) ? STATUS_OK : reread_through(dump, error_of(members));
}
