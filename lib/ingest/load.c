/* SPDX-License-Identifier: Apache-2.0 */
/* Loading one member of a dump, in a transaction of its own. */
#include "ingest/load.h"

#include <string.h>

#include "ingest/load_rows.h"
#include "ingest/tell.h"

static enum status read_dump(void *context, char *data, size_t size, size_t *got,
			     struct error *error)
{
	return dump_read(context, data, size, got, error);
}

struct input load_input(struct dump *dump)
{
	struct input input = { read_dump, dump };

	return input;
}

/* ---- the source row ---- */

/* The status words that mean something for the kind. */
static void select_words(const struct plan *plan, struct buf *out)
{
	struct text words = buf_view(&plan->profile.words);
	bool confirms = plan->kind == KIND_PAYMENT;

	while (words.len > 0 && (confirms || plan->kind == KIND_CALL)) {
		const char *end = memchr(words.data, '\n', words.len);
		size_t len = end ? (size_t)(end - words.data) + 1 : words.len;
		struct text line = { words.data, len };
		struct text start = { words.data, len < 9 ? len : 9 };

		if ((text_is(start, "confirmed") ||
		     text_is(start, "unconfirm")) == confirms)
			buf_add(out, line.data, line.len);
		words.data += len;
		words.len -= len;
	}
}

static void describe_width(const struct plan *plan, struct buf *out)
{
	dialect_describe(&plan->dialect, out);
	if (plan->width.least == plan->width.most)
		buf_format(out, ", %zu columns", plan->width.most);
	else
		buf_format(out, ", %zu to %zu columns", plan->width.least,
			   plan->width.most);
}

/* Writes the source row, now that everything in it is known. */
static enum status store_source(struct load *load)
{
	const struct plan *plan = &load->plan;
	struct source_row *row = &load->source;
	struct buf dialect = { 0 };
	struct buf mapping = { 0 };
	struct buf words = { 0 };
	enum status status;

	describe_width(plan, &dialect);
	mapping_describe(&plan->mapping, plan->header, &mapping);
	select_words(plan, &words);
	row->service = load->options->service;
	row->tech_prefixes = load->options->tech_prefixes;
	row->profile = plan->profile.name;
	row->region = plan->region;
	row->zone = plan->zone ? plan->zone : "UTC";
	row->currency = plan->currency;
	row->date_order = plan->date_order;
	row->legs = load->legs ? kind_info(plan->kind)
					 ->roles[plan->profile.legs].name
			       : NULL;
	row->dialect = dialect.data;
	row->mapping = mapping.data;
	row->words = words.data;
	status = dialect.failed || mapping.failed || words.failed
			 ? error_memory(&load->casefile->error)
			 : source_insert(load->casefile, row);
	row->dialect = row->mapping = row->words = NULL;
	buf_release(&dialect);
	buf_release(&mapping);
	buf_release(&words);
	return status;
}

static void set_hashes(struct load *load)
{
	struct source_row *row = &load->source;

	row->path = dump_path(load->dump);
	row->member = dump_member(load->dump);
	row->compression = dump_compression(load->dump);
	row->size = dump_size(load->dump);
	row->member_size = dump_member_size(load->dump);
	memcpy(row->sha256, dump_sha256(load->dump), DIGEST_HEX);
	memcpy(row->member_sha256, dump_member_sha256(load->dump), DIGEST_HEX);
}

/* ---- what the case has already ---- */

static enum status ask(struct load *load, const char *sql, int64_t size,
		       const char *sha256, int64_t *id)
{
	sqlite3_stmt *statement = casefile_prepare(load->casefile, sql);
	enum status status;

	*id = 0;
	if (!statement)
		return load->casefile->error.status;
	bind_cstring(statement, 1, kind_info(load->plan.kind)->name);
	bind_cstring(statement, 2, dump_member(load->dump));
	if (sha256)
		bind_cstring(statement, 3, sha256);
	else
		bind_integer(statement, 3, size);
	status = casefile_step(load->casefile, statement);
	if (status == STATUS_OK)
		*id = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

#define KNOWN_SQL "SELECT id FROM source WHERE kind = ? AND member = ?" \
		  " AND accepted > 0 AND "

/* The source of the same file, before its rows are read. A file is hashed for
 * that only when one of its size is known; the hash of an archive is there. */
static enum status known_file(struct load *load, int64_t *id)
{
	struct error *error = &load->casefile->error;
	char hex[DIGEST_HEX];
	enum status status;

	if (dump_archive(load->dump))
		return ask(load, KNOWN_SQL "sha256 = ?", 0,
			   dump_sha256(load->dump), id);
	status = ask(load, KNOWN_SQL "size = ?", (int64_t)dump_total(load->dump),
		     NULL, id);
	if (status != STATUS_OK || *id == 0)
		return status;
	*id = 0;
	if (!dump_hash(load->dump, hex, &status, error))
		return status;
	return ask(load, KNOWN_SQL "sha256 = ?", 0, hex, id);
}

/* ---- one member ---- */

/* A new case is in a transaction already, which a failure must not end; so what
 * belongs to the member is inside a savepoint. */
static enum status begin(struct load *load)
{
	enum status status = casefile_begin(load->casefile);

	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "SAVEPOINT member");
	if (status == STATUS_OK)
		status = source_next(load->casefile, &load->source);
	if (status == STATUS_OK)
		status = casefile_drop_layers(load->casefile);
	if (status == STATUS_OK)
		status = row_writer_open(&load->rows, load->casefile,
					 load->plan.kind);
	if (status == STATUS_OK && load->plan.kind == KIND_CALL)
		status = forms_load(&load->forms, load->casefile);
	if (status == STATUS_OK && load->plan.kind == KIND_CALL)
		status = segment_writer_open(&load->calls, load->casefile,
					     &load->forms, load->source.id);
	return status;
}

/* Closing the statements comes first: none may run when a transaction ends. */
static void close_writers(struct load *load)
{
	segment_writer_close(&load->calls);
	row_writer_close(&load->rows);
	forms_release(&load->forms);
}

static void undo(struct load *load)
{
	close_writers(load);
	(void)sqlite3_exec(load->casefile->db,
			   "ROLLBACK TO member; RELEASE member", NULL, NULL, NULL);
	casefile_rollback(load->casefile);
}

static enum status commit(struct load *load)
{
	enum status status = STATUS_OK;

	if (load->plan.kind == KIND_CALL)
		status = forms_store(&load->forms, load->casefile);
	if (status == STATUS_OK)
		status = store_source(load);
	close_writers(load);
	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "RELEASE member");
	if (status == STATUS_OK)
		status = casefile_commit(load->casefile);
	return status;
}

static enum status read_all(struct load *load)
{
	enum status status = load_rows(load);

	if (status == STATUS_OK)
		status = dump_end(load->dump, &load->casefile->error);
	return status;
}

static enum status leave_known(const struct load *load, int64_t id,
			       struct ingest_counts *counts)
{
	counts->known++;
	observer_notice(load->observer,
			"%s: already in the case as source %lld; nothing added",
			dump_shown(load->dump), (long long)id);
	return STATUS_OK;
}

static void add_counts(const struct load *load, struct ingest_counts *counts)
{
	counts->sources++;
	counts->read += load->source.read;
	counts->accepted += load->source.accepted;
	counts->rejected += load->source.rejected;
	counts->skipped += load->source.skipped;
}

/* Everything inside the transaction. */
static enum status transact(struct load *load, struct ingest_counts *counts)
{
	int64_t known = 0;
	enum status status = begin(load);

	if (status == STATUS_OK)
		status = read_all(load);
	if (status == STATUS_OK) {
		set_hashes(load);
		status = source_find(load->casefile, load->source.member_sha256,
				     load->source.kind, &known);
	}
	if (status == STATUS_OK && known == 0)
		status = commit(load);
	if (status != STATUS_OK || known != 0) {
		undo(load);
		return status == STATUS_OK ? leave_known(load, known, counts)
					   : status;
	}
	add_counts(load, counts);
	if (load->options->stored)
		load->options->stored(load->options->stored_context,
				      &load->source);
	tell_counts(load);
	return load->source.accepted ? STATUS_OK
				     : tell_none(load, &load->casefile->error);
}

/* Goes over what stands before the first row. */
static enum status start_rows(struct load *load, struct text sample)
{
	const struct plan *plan = &load->plan;
	unsigned lines;
	size_t preamble = dialect_preamble(&plan->dialect, sample, &lines);

	load->source.read += lines;
	load->source.skipped += lines;
	load->source.kind = kind_info(plan->kind)->name;
	return reader_start(&load->reader, &plan->dialect, preamble, lines);
}

static enum status load_all(struct load *load, struct ingest_counts *counts)
{
	struct error *error = &load->casefile->error;
	struct text sample;
	bool whole;
	int64_t known = 0;
	enum status status = reader_open(&load->reader, load_input(load->dump),
					 error);

	if (status == STATUS_OK)
		status = reader_sample(&load->reader, &sample, &whole);
	if (status == STATUS_OK)
		status = plan_make(&load->plan, load->options,
				   dump_shown(load->dump), sample, whole, error);
	if (status == STATUS_OK)
		status = known_file(load, &known);
	if (status != STATUS_OK)
		return status;
	if (known)
		return leave_known(load, known, counts);
	tell_plan(load);
	status = start_rows(load, sample);
	return status == STATUS_OK ? transact(load, counts) : status;
}

enum status load_member(struct casefile *casefile,
			const struct ingest_options *options, struct dump *dump,
			const struct observer *observer,
			struct ingest_counts *counts)
{
	struct load load = {
		.casefile = casefile,
		.options = options,
		.observer = observer,
		.dump = dump,
	};
	enum status status = load_all(&load, counts);

	reader_close(&load.reader);
	plan_release(&load.plan);
	return status;
}
