/* SPDX-License-Identifier: Apache-2.0 */
/* Loading one member of a dump: its transactions. */
#include "ingest/load/load.h"

#include "casefile/sql.h"
#include "ingest/load/load_keep.h"
#include "ingest/load/load_rows.h"
#include "ingest/load/load_source.h"
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

static enum status open_forms(struct load *load)
{
	struct casefile *casefile = load->casefile;
	struct checkpoint *c = &load->checkpoint;
	enum status status = STATUS_OK;

	c->first_form = load->resumed ? c->first_form : FORM_FIRST;
	if (load->plan.kind != KIND_CALL)
		return STATUS_OK;
	status = forms_load(&load->forms, casefile);
	if (status == STATUS_OK && !load->resumed)
		c->first_form += (int64_t)load->forms.masks.count;
	else if (status == STATUS_OK &&
		 !forms_restore(&load->forms, buf_view(&c->forms)))
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "table checkpoint: its forms are not those of "
				   "a source");
	return status;
}

/* A new case is in a transaction already, which a failure must not end; so what
 * belongs to the member is inside a savepoint. */
static enum status begin(struct load *load)
{
	enum status status = casefile_begin(load->casefile);

	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "SAVEPOINT member");
	if (status == STATUS_OK && !load->resumed)
		status = source_next(load->casefile, &load->source);
	if (status == STATUS_OK)
		status = casefile_drop_layers(load->casefile);
	if (status == STATUS_OK)
		status = reject_writer_open(&load->rejects, load->casefile);
	if (status == STATUS_OK && load->plan.kind != KIND_CALL)
		status = row_writer_open(&load->rows, load->casefile,
					 load->plan.kind);
	if (status == STATUS_OK)
		status = open_forms(load);
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
	reject_writer_close(&load->rejects);
	forms_release(&load->forms);
}

/* Back to the last commit. */
static void undo(struct load *load)
{
	close_writers(load);
	(void)sqlite3_exec(load->casefile->db,
			   "ROLLBACK TO member; RELEASE member", NULL, NULL, NULL);
	casefile_rollback(load->casefile);
}

static enum status commit(struct load *load)
{
	struct table_digest *table_digest = load->rows.table_digest;
	enum status status = STATUS_OK;

	if (load->plan.kind == KIND_CALL)
		status = forms_store(&load->forms, load->casefile);
	if (status == STATUS_OK)
		status = load_source_store(load, true);
	if (status == STATUS_OK)
		status = checkpoint_remove(load->casefile);
	close_writers(load);
	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "RELEASE member");
	if (status == STATUS_OK)
		status = casefile_commit(load->casefile);
	if (status == STATUS_OK)
		table_digest_keep(table_digest);
	return status;
}

/* *known: the source that has the same content already; 0: none has. */
static enum status read_all(struct load *load, int64_t *known)
{
	enum status status = load_rows(load);

	if (status == STATUS_OK)
		status = dump_end(load->dump, &load->casefile->error);
	if (status == STATUS_OK)
		status = source_find(load->casefile,
				     dump_member_sha256(load->dump),
				     load->source.stream, load->source.kind, known);
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

static enum status tell_stored(struct load *load, struct ingest_counts *counts)
{
	add_counts(load, counts);
	if (load->options->stored)
		load->options->stored(load->options->stored_context,
				      &load->source);
	tell_counts(load);
	return load->source.accepted ? STATUS_OK
				     : tell_none(load, &load->casefile->error);
}

/* The source cannot be taken, so nothing of it is to be in the case; why is the
 * error, unless it cannot be taken out. */
static enum status drop(struct load *load, enum status status)
{
	struct error why = load->casefile->error;
	enum status dropped;

	undo(load);
	dropped = load->kept ? load_discard(load) : STATUS_OK;
	if (dropped != STATUS_OK)
		return load_tell_kept(load, dropped);
	load->casefile->error = why;
	return status;
}

/* An interrupt costs what is behind the last whole item, a failure of the case
 * what is not committed. */
static enum status stop(struct load *load, enum status status)
{
	if (status == STATUS_INTERRUPTED && load->whole) {
		enum status kept = load_keep(load);

		status = kept == STATUS_OK ? status : kept;
	}
	undo(load);
	return load_tell_kept(load, status);
}

/* Everything inside the transactions. */
static enum status transact(struct load *load, struct ingest_counts *counts)
{
	int64_t known = 0;
	enum status status = begin(load);

	if (status == STATUS_OK)
		status = read_all(load, &known);
	if (status == STATUS_OK && known != 0) {
		status = drop(load, status);
		return status == STATUS_OK ? leave_known(load, known, counts)
					   : status;
	}
	if (status == STATUS_OK)
		status = commit(load);
	if (status == STATUS_OK)
		return tell_stored(load, counts);
	return dump_failed(load->dump) ? drop(load, status) : stop(load, status);
}

/* Goes over what stands before the first row. */
static enum status start_rows(struct load *load)
{
	const struct plan *plan = &load->plan;

	load->source.read += plan->preamble_lines;
	load->source.skipped += plan->preamble_lines;
	load->header_due = plan->header != NULL;
	return reader_start(&load->reader, &plan->dialect, plan->preamble,
			    plan->preamble_lines);
}

/* What is in the case of the member: all, part, or nothing. */
static enum status look_up(struct load *load, int64_t *known)
{
	enum status status = load_find_kept(load);

	*known = 0;
	if (status != STATUS_OK || load->resumed)
		return status;
	status = load_known(load, known);
	if (status != STATUS_OK || *known != 0 || load->checkpoint.source == 0)
		return status;
	/* Another source is to be whole before a new one is taken. */
	status = load_known_content(load, known);
	if (status == STATUS_OK && *known == 0)
		return checkpoint_refuse(load->casefile, &load->checkpoint);
	return status;
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
		status = look_up(load, &known);
	if (status != STATUS_OK)
		return status;
	if (known)
		return leave_known(load, known, counts);
	tell_plan(load);
	load->source.kind = kind_info(load->plan.kind)->name;
	status = load->resumed ? load_go_on(load) : start_rows(load);
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
	checkpoint_release(&load.checkpoint);
	return status;
}
