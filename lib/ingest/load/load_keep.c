/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping what is loaded so far, and going on with it. */
#include "ingest/load/load_keep.h"

#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"
#include "ingest/gather/gather.h"
#include "ingest/coverage/witness.h"
#include "ingest/load/load_late.h"
#include "ingest/load/load_source.h"
#include "ingest/load/load_streams.h"
#include "ingest/tell.h"

#define SETTING_SHOWN 120

/* ---- keeping ---- */

static void add_role_rejects(const struct load_stream *stream, struct buf *out)
{
	for (size_t i = 0; i <= ROLES_MOST; i++)
		buf_format(out, "%s%llu", i ? " " : "",
			   (unsigned long long)stream->role_rejects[i]);
	buf_format(out, " %llu %llu %llu", (unsigned long long)stream->feet,
		   (unsigned long long)stream->foot_member,
		   (unsigned long long)stream->foot_line);
	for (size_t i = 0; i < PROFILE_FILTERS; i++)
		buf_format(out, " %llu", (unsigned long long)stream->filtered[i]);
	load_write_late(stream, out);
}

/* Between two members nothing is before the place. */
static bool mark(const struct load *load, uint64_t offset, struct prefix *prefix)
{
	prefix->bytes = 0;
	if (load->gather && offset == 0)
		return digest_of("", 0, prefix->sha256);
	return dump_mark(load->dump, offset, prefix);
}

/* Whether offsets of rows are none in the bytes of the member, all of which were read before
 * the first row: then the place is behind all of them, and where it is among the rows stands
 * behind the state, and a blank. Between two members there is no state. */
static bool is_apart(const struct load *load, struct text state)
{
	return dump_settled(load->dump) && state.len > 0;
}

/* Takes such an offset off a state; false: there is none. */
static bool take_offset(struct text *state, uint64_t *offset)
{
	size_t len = state->len;
	struct text digits;

	while (len > 0 && state->data[len - 1] != ' ')
		len--;
	digits = (struct text){ state->data + len, state->len - len };
	state->len = len > 0 ? len - 1 : 0;
	return len > 0 && text_to_u64(digits, offset);
}

/* Brings the checkpoint to a place, which is that of all streams. */
static enum status fill_place(struct load *load, const struct load_place *place)
{
	struct checkpoint *c = &load->checkpoint;

	c->offset = place->offset;
	c->line = place->line;
	c->done = place->done;
	c->read = load_read(load);
	buf_clear(&c->forms);
	buf_clear(&c->state);
	if (load->calls_possible)
		forms_state(&load->forms, &c->forms);
	buf_add(&c->state, place->state.data, place->state.len);
	if (is_apart(load, place->state)) {
		buf_format(&c->state, " %llu", (unsigned long long)place->offset);
		c->offset = dump_member_size(load->dump);
	}
	if (c->forms.failed || c->state.failed)
		return error_memory(&load->casefile->error);
	if (!mark(load, c->offset, &c->prefix))
		return error_memory(&load->casefile->error);
	return STATUS_OK;
}

/* What the load depends on: the settings, and whether it is to take the place of others. */
static void add_settings(const struct load *load, const struct load_stream *stream,
			 struct buf *out)
{
	load_settings(load, stream, out);
	if (load->below > 0)
		buf_format(out, LOAD_REPLACE "=%lld\n", (long long)load->below);
}

/* What of it is a stream's own. */
static enum status fill_stream(struct load *load, const struct load_stream *stream)
{
	struct checkpoint *c = &load->checkpoint;

	c->source = stream->source.id;
	c->local_time = stream->local_time;
	c->legs = stream->legs;
	buf_clear(&c->role_rejects);
	buf_clear(&c->settings);
	buf_clear(&c->tally);
	add_role_rejects(stream, &c->role_rejects);
	add_settings(load, stream, &c->settings);
	if (stream->witness)
		witness_write(stream->witness, &c->tally);
	return c->role_rejects.failed || c->settings.failed || c->tally.failed
		       ? error_memory(&load->casefile->error)
		       : STATUS_OK;
}

static enum status store_stream(struct load *load, struct load_stream *stream)
{
	enum status status = fill_stream(load, stream);

	if (status == STATUS_OK)
		status = load_source_store(load, stream, false);
	return status == STATUS_OK
		       ? checkpoint_write(load->casefile, &load->checkpoint)
		       : status;
}

enum status load_store_place(struct load *load, const struct load_place *place)
{
	enum status status = fill_place(load, place);

	if (status == STATUS_OK && load->calls_possible)
		status = forms_store(&load->forms, load->casefile);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		status = store_stream(load, load->streams[i]);
	if (status == STATUS_OK && load->gather && place->offset > 0)
		status = gather_store_member(load->gather);
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

enum status load_commit(struct load *load)
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

	if (load->options->check)
		return STATUS_OK;
	if (load->whole)
		status = casefile_exec(casefile, "RELEASE whole");
	load->whole = false;
	if (status == STATUS_OK)
		status = load_store_place(load, place);
	if (status != STATUS_OK)
		return status;
	load->whole_read = load_read(load);
	if (is_due(++load->items))
		return load_commit(load);
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

static enum status compare_settings(struct load *load,
				    const struct load_stream *stream,
				    const struct checkpoint *checkpoint)
{
	struct buf settings = { 0 };
	struct text now, then = buf_view(&checkpoint->settings);
	struct text line = { "", 0 }, other = { "", 0 };
	char was[SETTING_SHOWN], is[SETTING_SHOWN];
	enum status status = STATUS_OK;

	add_settings(load, stream, &settings);
	now = buf_view(&settings);
	while (text_equal(line, other) && (now.len || then.len)) {
		line = text_take_line(&now);
		other = text_take_line(&then);
	}
	if (settings.failed)
		status = error_memory(&load->casefile->error);
	else if (!text_equal(line, other))
		status = error_set(&load->casefile->error, STATUS_FAILED,
				   "%s: its ingest was begun with '%s', and this is "
				   "'%s': give the same options, or start anew after "
				   "`unspoof ingest --discard-unfinished CASE`",
				   load_shown(load), text_escape(other, was, sizeof(was)),
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
	load->kept_done = c->done;
	load->first_id = c->source;
	status = checkpoint_rows(load->casefile, c->source, &load->kept_read);
	if (status == STATUS_OK && load->stream_count > 0)
		status = compare_settings(load, load->streams[0], c);
	if (status == STATUS_OK && c->size != dump_total(load->dump) &&
	    c->size != 0 && dump_total(load->dump) != 0)
		return changed(load);
	return status;
}

static bool take_count(struct text *rest, uint64_t *count)
{
	const char *blank = rest->len ? memchr(rest->data, ' ', rest->len) : NULL;
	struct text word = *rest;

	if (blank)
		word.len = (size_t)(blank - rest->data);
	rest->data += word.len + (blank != NULL);
	rest->len -= word.len + (blank != NULL);
	return text_to_u64(word, count);
}

static bool take_role_rejects(struct load_stream *stream, struct text rest)
{
	for (size_t i = 0; i <= ROLES_MOST; i++)
		if (!take_count(&rest, &stream->role_rejects[i]))
			return false;
	if (!take_count(&rest, &stream->feet) || !take_count(&rest, &stream->foot_member) ||
	    !take_count(&rest, &stream->foot_line))
		return false;
	for (size_t i = 0; i < PROFILE_FILTERS; i++)
		if (!take_count(&rest, &stream->filtered[i]))
			return false;
	return load_read_late(stream, rest);
}

/* The counts and flags of a stream as they were at the place. */
static enum status take_counts(struct load *load, struct load_stream *stream,
			       const struct checkpoint *c)
{
	bool memory;

	if (!take_role_rejects(stream, buf_view(&c->role_rejects)))
		return error_set(&load->casefile->error, STATUS_INTEGRITY,
				 "table checkpoint: its rejects are no counts");
	if (!load_stream_testify(stream, buf_view(&c->tally), &memory))
		return memory ? error_memory(&load->casefile->error)
			      : error_set(&load->casefile->error, STATUS_INTEGRITY,
					  "table checkpoint: its tally is none");
	stream->source.id = c->source;
	stream->source.read = c->read;
	stream->source.accepted = c->accepted;
	stream->source.rejected = c->rejected;
	stream->source.skipped = c->skipped;
	stream->local_time = c->local_time;
	stream->legs = c->legs;
	return STATUS_OK;
}

enum status load_take_stream(struct load *load, struct load_stream *stream)
{
	const int64_t id = load->first_id + (int64_t)stream->index;
	struct checkpoint c = { 0 };
	enum status status = checkpoint_seek(load->casefile, id, &c);

	if (status == STATUS_OK)
		status = compare_settings(load, stream, &c);
	if (status == STATUS_OK)
		status = take_counts(load, stream, &c);
	checkpoint_release(&c);
	/* Met, but as yet without rows. */
	if (status == STATUS_END && stream->index > 0)
		status = STATUS_OK;
	return status;
}

static enum status restore(struct load *load)
{
	struct error *error = &load->casefile->error;
	struct text state = buf_view(&load->checkpoint.state);
	enum status status = STATUS_OK;

	if (is_apart(load, state) && !take_offset(&state, &load->begin.offset))
		status = STATUS_INTEGRITY;
	if (status == STATUS_OK)
		status = load->layout->format->restore(load->layout, state, load->begin.offset,
						       load->begin.line, error);
	if (status == STATUS_INTEGRITY)
		return error_set(error, status,
				 "table checkpoint: its state is none of format %s",
				 load->layout->format->name);
	for (size_t i = 0; i < load->stream_count && status == STATUS_OK; i++)
		status = load_take_stream(load, load->streams[i]);
	load->begun = load->stream_count;
	load->whole_read = load_read(load);
	return status;
}

enum status load_go_on(struct load *load)
{
	const struct checkpoint *c = &load->checkpoint;
	bool same = false;
	enum status status = dump_skip(load->dump, c->offset, &c->prefix,
				       load->kept_read, &same,
				       &load->casefile->error);

	if (status == STATUS_OK && !same)
		status = changed(load);
	load->begin.offset = c->offset;
	load->begin.line = c->line;
	if (status == STATUS_OK)
		status = restore(load);
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
