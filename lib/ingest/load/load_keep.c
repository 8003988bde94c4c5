/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping what is loaded so far, and going on with it. */
#include "ingest/load/load_keep.h"

#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"
#include "ingest/load/load_source.h"
#include "ingest/tell.h"

#define SETTING_SHOWN 120

/* ---- keeping ---- */

static void add_role_rejects(const struct load *load, struct buf *out)
{
	for (size_t i = 0; i <= ROLES_MOST; i++)
		buf_format(out, "%s%llu", i ? " " : "",
			   (unsigned long long)load->role_rejects[i]);
}

/* Brings the checkpoint to a place. */
static enum status fill_checkpoint(struct load *load,
				   const struct load_place *place)
{
	struct checkpoint *c = &load->checkpoint;

	c->source = load->source.id;
	c->offset = place->offset;
	c->line = place->line;
	c->done = place->done;
	c->header_due = place->header_due;
	c->local_time = load->local_time;
	c->legs = load->legs;
	c->read = load->source.read;
	buf_clear(&c->role_rejects);
	buf_clear(&c->forms);
	buf_clear(&c->settings);
	add_role_rejects(load, &c->role_rejects);
	if (load->plan.kind == KIND_CALL)
		forms_state(&load->forms, &c->forms);
	load_settings(load, &c->settings);
	if (c->role_rejects.failed || c->forms.failed || c->settings.failed)
		return error_memory(&load->casefile->error);
	if (!dump_mark(load->dump, c->offset, &c->prefix))
		return error_memory(&load->casefile->error);
	return STATUS_OK;
}

/* Writes what is needed to go on behind a place. */
static enum status store_place(struct load *load, const struct load_place *place)
{
	enum status status = fill_checkpoint(load, place);

	if (status == STATUS_OK && load->plan.kind == KIND_CALL)
		status = forms_store(&load->forms, load->casefile);
	if (status == STATUS_OK)
		status = load_source_store(load, false);
	if (status == STATUS_OK)
		status = checkpoint_write(load->casefile, &load->checkpoint);
	return status;
}

enum status load_keep(struct load *load)
{
	struct casefile *casefile = load->casefile;
	enum status status = STATUS_OK;

	if (load->whole)
		status = casefile_exec(casefile, "ROLLBACK TO whole");
	load->whole = false;
	if (status == STATUS_OK)
		status = casefile_exec(casefile, "RELEASE member");
	if (status == STATUS_OK)
		status = casefile_commit(casefile);
	if (status != STATUS_OK)
		return status;
	load->kept = true;
	load->kept_read = load->checkpoint.read;
	load->kept_done = load->checkpoint.done;
	return STATUS_OK;
}

static bool is_due(uint64_t items)
{
	return items < LOAD_KEEP_ITEMS ? (items & (items - 1)) == 0
				       : items % LOAD_KEEP_ITEMS == 0;
}

/* A commit, and the next transaction. */
static enum status commit(struct load *load)
{
	enum status status = load_keep(load);

	if (status == STATUS_OK)
		status = casefile_begin(load->casefile);
	if (status == STATUS_OK)
		status = casefile_exec(load->casefile, "SAVEPOINT member");
	return status;
}

enum status load_checkpoint(struct load *load, const struct load_place *place)
{
	struct casefile *casefile = load->casefile;
	enum status status = STATUS_OK;

	if (load->whole)
		status = casefile_exec(casefile, "RELEASE whole");
	load->whole = false;
	if (status == STATUS_OK)
		status = store_place(load, place);
	if (status != STATUS_OK)
		return status;
	load->whole_read = load->source.read;
	if (is_due(++load->items))
		return commit(load);
	status = casefile_exec(casefile, "SAVEPOINT whole");
	load->whole = status == STATUS_OK;
	return status;
}

enum status load_discard(struct load *load)
{
	struct casefile *casefile = load->casefile;
	int64_t sources = 0;
	bool found = false;
	enum status status = casefile_begin(casefile);

	if (status == STATUS_OK)
		status = checkpoint_discard(casefile, &found);
	if (status == STATUS_OK)
		status = casefile_commit(casefile);
	if (status != STATUS_OK) {
		casefile_rollback(casefile);
		return status;
	}
	load->kept = false;
	status = casefile_integer(casefile, "SELECT count(*) FROM source", 0,
				  &sources);
	casefile->emptied = status == STATUS_OK && sources == 0;
	return status;
}

/* ---- going on ---- */

/* The line that a text begins with, taken off it. */
static struct text take_line(struct text *rest)
{
	struct text line = *rest;
	const char *end = rest->len ? memchr(rest->data, '\n', rest->len) : NULL;

	line.len = end ? (size_t)(end - rest->data) : rest->len;
	rest->data += line.len + (end != NULL);
	rest->len -= line.len + (end != NULL);
	return line;
}

static enum status compare_settings(struct load *load)
{
	struct buf settings = { 0 };
	struct text now, then = buf_view(&load->checkpoint.settings);
	struct text line = { "", 0 }, other = { "", 0 };
	char was[SETTING_SHOWN], is[SETTING_SHOWN];
	enum status status = STATUS_OK;

	load_settings(load, &settings);
	now = buf_view(&settings);
	while (text_equal(line, other) && (now.len || then.len)) {
		line = take_line(&now);
		other = take_line(&then);
	}
	if (settings.failed)
		status = error_memory(&load->casefile->error);
	else if (!text_equal(line, other))
		status = error_set(&load->casefile->error, STATUS_FAILED,
				   "%s: its ingest was begun with '%s', and this is "
				   "'%s': give the same options, or start anew after "
				   "`unspoof ingest --discard-unfinished CASE`",
				   dump_shown(load->dump),
				   text_escape(other, was, sizeof(was)),
				   text_escape(line, is, sizeof(is)));
	buf_release(&settings);
	return status;
}

static enum status changed(struct load *load)
{
	return error_set(&load->casefile->error, STATUS_FAILED,
			 "%s: has changed since its ingest was begun: put back what "
			 "it was and run the same command again, or start anew after "
			 "`unspoof ingest --discard-unfinished CASE`",
			 dump_shown(load->dump));
}

enum status load_find_kept(struct load *load)
{
	struct checkpoint *c = &load->checkpoint;
	enum status status = checkpoint_read(load->casefile, c);

	if (status != STATUS_OK)
		return status == STATUS_END ? STATUS_OK : status;
	load->resumed = text_is(buf_view(&c->path), dump_path(load->dump)) &&
			text_is(buf_view(&c->member), dump_member(load->dump));
	if (!load->resumed)
		return STATUS_OK;
	load->kept = true;
	load->kept_read = c->read;
	load->kept_done = c->done;
	status = compare_settings(load);
	if (status == STATUS_OK && c->size != dump_total(load->dump) &&
	    c->size != 0 && dump_total(load->dump) != 0)
		return changed(load);
	return status;
}

static bool take_role_rejects(struct load *load)
{
	struct text rest = buf_view(&load->checkpoint.role_rejects);

	for (size_t i = 0; i <= ROLES_MOST; i++) {
		const char *blank = memchr(rest.data, ' ', rest.len);
		struct text word = rest;

		if (blank)
			word.len = (size_t)(blank - rest.data);
		if (!text_to_u64(word, &load->role_rejects[i]))
			return false;
		rest.data += word.len + (blank != NULL);
		rest.len -= word.len + (blank != NULL);
	}
	return rest.len == 0;
}

/* The counts and flags as they were at the place. */
static enum status take_counts(struct load *load)
{
	const struct checkpoint *c = &load->checkpoint;

	if (!take_role_rejects(load))
		return error_set(&load->casefile->error, STATUS_INTEGRITY,
				 "table checkpoint: its rejects are no counts");
	load->source.id = c->source;
	load->source.read = load->whole_read = c->read;
	load->source.accepted = c->accepted;
	load->source.rejected = c->rejected;
	load->source.skipped = c->skipped;
	load->local_time = c->local_time;
	load->legs = c->legs;
	load->header_due = c->header_due;
	load->reader.line = c->line;
	return STATUS_OK;
}

static enum status skip(struct load *load, struct digest *digest)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, 0, dump_total(load->dump),
				     load->checkpoint.read, true };
	enum status status = STATUS_OK;

	(void)snprintf(step, sizeof(step), "hash %s", dump_shown(load->dump));
	while (status == STATUS_OK) {
		status = reader_skip(&load->reader, load->checkpoint.offset,
				     digest);
		progress.done = dump_done(load->dump);
		observer_progress(load->observer, &progress);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

/* Whether the bytes up to the place, and those behind it that are part of the
 * prefix, are what they were. */
static bool same_prefix(const struct load *load, struct digest *digest)
{
	const struct checkpoint *c = &load->checkpoint;
	struct text ahead = reader_ahead(&load->reader);
	char hex[DIGEST_HEX];

	return load->reader.offset == c->offset &&
	       c->prefix.bytes - c->offset <= ahead.len &&
	       digest_add(digest, ahead.data,
			  (size_t)(c->prefix.bytes - c->offset)) &&
	       digest_end(digest, hex) && !strcmp(hex, c->prefix.sha256);
}

enum status load_go_on(struct load *load)
{
	struct digest *digest = digest_new();
	enum status status = digest ? STATUS_OK
				    : error_memory(&load->casefile->error);

	if (status == STATUS_OK)
		status = reader_start(&load->reader, &load->plan.dialect, 0, 0);
	if (status == STATUS_OK)
		status = skip(load, digest);
	if (status == STATUS_OK && !same_prefix(load, digest))
		status = changed(load);
	digest_free(digest);
	if (status == STATUS_OK)
		status = take_counts(load);
	if (status == STATUS_OK)
		tell_resumed(load);
	return status;
}

/* ---- what is said ---- */

/* How far the part that is kept goes. */
static void describe_kept(const struct load *load, char *out, size_t size)
{
	uint64_t total = dump_total(load->dump);
	int len = snprintf(out, size, "%llu rows (%llu",
			   (unsigned long long)load->kept_read,
			   (unsigned long long)load->kept_done);
	char *rest = out + len;
	size_t room = size - (size_t)len;

	if (total == 0)
		(void)snprintf(rest, room, " bytes)");
	else
		(void)snprintf(rest, room, " of %llu bytes, %.0f %%)",
			       (unsigned long long)total,
			       100.0 * (double)load->kept_done / (double)total);
}

enum status load_tell_kept(struct load *load, enum status status)
{
	struct error *error = &load->casefile->error;
	struct error before = *error;
	char kept[160];

	describe_kept(load, kept, sizeof(kept));
	if (status == STATUS_INTERRUPTED && !load->kept)
		return error_set(error, status,
				 "%s: interrupted; nothing of it is kept, and the "
				 "same command starts it again",
				 dump_shown(load->dump));
	if (status == STATUS_INTERRUPTED)
		return error_set(error, status,
				 "%s: interrupted; %s of it are kept, and the same "
				 "command goes on", dump_shown(load->dump), kept);
	if (load->kept && status == STATUS_FAILED)
		(void)error_set(error, status,
				"%s; %s of %s are kept, and the same command goes "
				"on", before.text, kept, dump_shown(load->dump));
	error->fault = before.fault;
	return status;
}
