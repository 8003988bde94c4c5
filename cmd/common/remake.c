/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of a case held against the same made anew. */
#include "cmd/common/remake.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "casefile/verify/deep.h"
#include "casefile/verify/verify_segments.h"
#include "cmd/common/anew.h"
#include "cmd/common/options.h"
#include "config.h"

#define SHOWN 200
/* Bytes of what a run says: before what differs, and in all. */
#define BEFORE 40
#define AROUND 100

/* A layer, and how it is made. */
struct made_by {
	enum layer layer;
	const char *command;
	enum status (*make)(struct invocation *inv, struct casefile *casefile, const char *temporary,
			    struct buf *settings, struct buf *outputs);
};

static const struct made_by layers[] = {
	{ LAYER_UNDERSTOOD, "normalise", normalise_anew },
	{ LAYER_CONCLUDED, "correlate", correlate_anew },
};

/* The check on its way. */
struct deep {
	struct invocation *inv;
	struct deep_pair pair;
	struct casefile anew;
	const char *temporary;
	struct deep_counts *counts;
};

/* ---- where ---- */

static const char *temporary_folder(const char *given)
{
	const char *told = getenv("TMPDIR");

	if (given)
		return given;
	if (told && *told)
		return told;
	return access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}

/* A case that SQLite removes as it makes it, so that no signal leaves it behind. */
static enum status open_anew(struct deep *deep)
{
	struct casefile *casefile = deep->pair.casefile, *anew = &deep->anew;
	char *path = memory_text(casefile->path, strlen(casefile->path));
	enum status status = STATUS_OK;

	memset(anew, 0, sizeof(*anew));
	if (!path || setenv("SQLITE_TMPDIR", deep->temporary, 1) != 0)
		status = error_memory(&anew->error);
	if (status == STATUS_OK)
		status = casefile_scratch(anew);
	if (status == STATUS_OK) {
		/* For what is said of it. */
		free(anew->path);
		anew->path = path;
		path = NULL;
		(void)casefile_watch(anew, &deep->inv->observer);
		status = casefile_begin(anew);
	}
	free(path);
	if (status != STATUS_OK)
		casefile->error = anew->error;
	return status;
}

/* ---- what runs say ---- */

static void fail(struct deep *deep, const char *what)
{
	verify_fail(deep->pair.observer, deep->pair.counts, text_of(what));
}

/* Adds some of a text, from a place shortly before that where it differs. */
static void add_from(struct buf *out, const struct buf *text, size_t differs)
{
	const size_t from = differs > BEFORE ? differs - BEFORE : 0;

	buf_text(out, from ? "..." : "");
	if (text->len > from)
		buf_add(out, text->data + from, text->len - from < AROUND ? text->len - from : AROUND);
	buf_text(out, text->len > from + AROUND ? "..." : "");
}

static void run_differs(struct deep *deep, const struct made_by *by, const struct deep_run *run, const char *what,
			const struct buf *was, const struct buf *is)
{
	struct buf text = { 0 };
	size_t differs = 0;

	while (differs < was->len && differs < is->len && was->data[differs] == is->data[differs])
		differs++;
	if (differs == was->len && differs == is->len)
		return;
	buf_format(&text, "run %lld, %s: it says of its %s ", (long long)run->id, by->command, what);
	add_from(&text, was, differs);
	buf_text(&text, ", and anew they are ");
	add_from(&text, is, differs);
	fail(deep, text.failed ? "a run says other than it did" : text.data);
	buf_release(&text);
}

/* Whether a layer is of this version of the program; if not it is said. */
static bool is_ours(struct deep *deep, const struct made_by *by, const struct deep_run *run)
{
	static const char ours[] = "unspoof " PACKAGE_VERSION;
	char shown[SHOWN];

	if (text_is(buf_view(&run->program), ours))
		return true;
	observer_notice(deep->pair.observer,
			"what is %s was made by %s, and this is %s, which may make it otherwise: not made anew; check it with"
			" that version, or make it with this one by unspoof redo",
			layer_name(by->layer), text_escape(buf_view(&run->program), shown, sizeof(shown)), ours);
	deep->counts->unchecked++;
	return false;
}

/* ---- a layer ---- */

/* Of what is damaged nothing was made. What this machine lacks, such as the file of a zone, may
 * have been there, so that nothing is known of the layer. STATUS_END: no other can be made. */
static enum status cannot_make(struct deep *deep, const struct made_by *by, enum status status)
{
	const struct error *error = &deep->anew.error;

	if (status == STATUS_INTERRUPTED || error->fault) {
		deep->pair.casefile->error = *error;
		return error->status;
	}
	observer_notice(deep->pair.observer, "what is %s could not be made anew, so that it is not compared: %s",
			layer_name(by->layer), error->text);
	if (status == STATUS_INTEGRITY)
		deep->pair.counts->failures++;
	else
		deep->counts->unchecked++;
	return STATUS_END;
}

static enum status compare(struct deep *deep, const struct made_by *by, const struct deep_run *run,
			   const struct buf *settings, const struct buf *outputs)
{
	enum status status;

	run_differs(deep, by, run, "settings", &run->settings, settings);
	run_differs(deep, by, run, "outputs", &run->outputs, outputs);
	deep->pair.layer = by->layer;
	status = deep_compare(&deep->pair);
	deep->counts->tables = deep->pair.tables;
	deep->counts->rows = deep->pair.rows;
	return status;
}

static const struct command *command_of(const char *name)
{
	const struct command *command = commands;

	while (strcmp(command->name, name))
		command++;
	return command;
}

/* STATUS_END: no later layer can be made. */
static enum status make_and_compare(struct deep *deep, const struct made_by *by, const struct deep_run *run)
{
	struct invocation own = { .command = command_of(by->command), .quiet = true, .threads = deep->inv->threads,
				  .observer = deep->inv->observer };
	struct buf settings = { 0 }, outputs = { 0 };
	enum status status;

	/* What is assumed and set aside was said when the layer was made. */
	own.observer.notice = NULL;
	status = by->make(&own, &deep->anew, deep->temporary, &settings, &outputs);
	status = status == STATUS_OK ? compare(deep, by, run, &settings, &outputs) : cannot_make(deep, by, status);
	buf_release(&settings);
	buf_release(&outputs);
	return status;
}

static enum status verify_layer(struct deep *deep, const struct made_by *by)
{
	struct deep_run run = { .id = 0 };
	bool there = false;
	enum status status = casefile_has_layer(deep->pair.casefile, by->layer, &there);

	if (status != STATUS_OK || !there)
		return status == STATUS_OK ? STATUS_END : status;
	status = deep_run_read(deep->pair.casefile, by->layer, &run);
	/* That no run left the layer was said with the seals. */
	if (status == STATUS_OK)
		status = is_ours(deep, by, &run) ? make_and_compare(deep, by, &run) : STATUS_END;
	deep_run_release(&run);
	return status;
}

static enum status compare_layers(struct deep *deep)
{
	enum status status = deep_copy(deep->pair.casefile, &deep->anew);

	if (status == STATUS_INTEGRITY) {
		fail(deep, deep->pair.casefile->error.text);
		return STATUS_OK;
	}
	for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]) && status == STATUS_OK; i++)
		status = verify_layer(deep, &layers[i]);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status deep_verify(struct invocation *inv, struct casefile *casefile, const char *temporary,
			const struct observer *observer, struct verify_counts *counts, struct deep_counts *deep)
{
	struct deep check = { .inv = inv, .pair = { .casefile = casefile, .anew = &check.anew, .observer = observer,
						    .counts = counts },
			      .temporary = temporary_folder(temporary), .counts = deep };
	enum status status = option_folder(inv, "temporary", check.temporary);

	if (status != STATUS_OK)
		return error_set(&casefile->error, STATUS_FAILED,
				 "the layers can be made anew nowhere: --temporary takes a folder that is there");
	status = open_anew(&check);
	if (status == STATUS_OK)
		status = compare_layers(&check);
	casefile_close(&check.anew);
	return status;
}
