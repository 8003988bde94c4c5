/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof compact: a case file without free pages, recorded. */
#include "casefile/mend/overwrite.h"
#include "casefile/sql.h"
#include "cmd/common/command.h"

#define SYNOPSIS "[OPTION]... CASE"

/* Of the file. */
struct extent {
	int64_t pages, free, page_size;
};

static enum status measure(struct casefile *casefile, struct extent *extent)
{
	enum status status = casefile_integer(casefile, "PRAGMA page_count", 0,
					      &extent->pages);

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "PRAGMA freelist_count", 0,
					  &extent->free);
	return status == STATUS_OK ? casefile_integer(casefile, "PRAGMA page_size", 0,
						      &extent->page_size)
				   : status;
}

/* No layer changes, so that none is sealed. */
static enum status record(struct invocation *inv, struct casefile *casefile,
			  const struct extent *extent)
{
	struct buf outputs = { 0 };
	enum status status;

	buf_format(&outputs, "{\"bytes\":%lld,\"free\":%lld}",
		   (long long)(extent->pages * extent->page_size),
		   (long long)(extent->free * extent->page_size));
	status = outputs.failed ? error_memory(&casefile->error)
				: command_record_quietly(inv, casefile, LAYERS, "{}",
							 "[]", outputs.data);
	buf_release(&outputs);
	return status;
}

/* The run is on record before anything is overwritten. */
static enum status begin(struct invocation *inv, struct casefile *casefile,
			 const struct extent *extent)
{
	enum status status = casefile_begin(casefile);

	if (status == STATUS_OK)
		status = overwrite_ask(casefile);
	return status == STATUS_OK ? record(inv, casefile, extent) : status;
}

static void tell(const struct invocation *inv, const struct extent *before,
		 const struct extent *after)
{
	observer_notice(&inv->observer,
			"%lld bytes, of which %lld were free, are now %lld",
			(long long)(before->pages * before->page_size),
			(long long)(before->free * before->page_size),
			(long long)(after->pages * after->page_size));
}

/* What a drop or a compact that was killed has left is ended without another run. */
static enum status compact(struct invocation *inv, struct casefile *casefile)
{
	struct extent before, after;
	bool due = false;
	enum status status = measure(casefile, &before);

	if (status == STATUS_OK)
		status = overwrite_due(casefile, &due);
	if (status == STATUS_OK && !due)
		status = begin(inv, casefile, &before);
	if (status == STATUS_OK)
		status = overwrite_finish(casefile);
	if (status == STATUS_OK)
		status = measure(casefile, &after);
	if (status == STATUS_OK)
		tell(inv, &before, &after);
	return status == STATUS_OK ? status : command_error(inv, &casefile->error);
}

enum status command_compact(struct invocation *inv)
{
	struct casefile casefile;
	const struct option_row rows[] = { { 0 } };
	enum status status;

	if (!command_options(inv, SYNOPSIS, rows, 1, 1, &status))
		return status;
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_WRITE);
	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	casefile_watch(&casefile, &inv->observer);
	status = compact(inv, &casefile);
	casefile_close(&casefile);
	return status;
}
