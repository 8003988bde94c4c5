/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: the layers that are there against the runs that made them. */
#include <string.h>

#include "casefile/schema.h"
#include "casefile/seal.h"
#include "casefile/sql.h"
#include "casefile/verify/verify_segments.h"

#define SAYS 200

/* What the runs say of a layer. */
struct made {
	int64_t run;                   /* the last that made it; 0: none did */
	int64_t sources;               /* up to which it made it */
	char hex[DIGEST_HEX];          /* as it left it */
	int64_t of_run;                /* that had last made the layer before, */
	char of_hex[DIGEST_HEX];       /* and as what */
};

struct layers_check {
	const struct observer *observer;
	struct verify_counts *counts;
	struct made made[LAYERS];
	bool there[LAYERS], told[LAYERS];      /* told: that it is not as it should be */
};

/* A run that made a layer. */
static void take_seal(struct layers_check *check, int64_t run, struct text text,
		      enum layer layer)
{
	struct seal seal = { .layer = layer };
	struct made *made = &check->made[layer];

	if (!seal_parse(text, &seal))
		return;
	made->run = run;
	made->sources = seal.sources;
	memcpy(made->hex, seal.hex, DIGEST_HEX);
	if (layer != LAYER_FOUND) {
		const struct made *before = &check->made[layer - 1];

		made->of_run = before->run;
		memcpy(made->of_hex, before->hex, DIGEST_HEX);
	}
}

static enum status read_runs(struct casefile *casefile, struct layers_check *check)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT id, seal FROM run ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text text = column_text(statement, 1);

		for (int layer = 0; layer < LAYERS; layer++)
			take_seal(check, sqlite3_column_int64(statement, 0), text, (enum layer)layer);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static void fail(struct layers_check *check, const char *format, const char *name,
		 int64_t run, int64_t later)
{
	char says[SAYS];

	(void)sqlite3_snprintf(sizeof(says), says, format, name, run, later);
	verify_fail(check->observer, check->counts, text_of(says));
}

/* Whether the layer before is still as it was when this one was made of it. What is found
 * may be the same after a run, which may have taken out what a part of a source was; what is understood is made anew by each. */
static bool still_of(const struct made *made, const struct made *before, enum layer layer)
{
	return layer == LAYER_UNDERSTOOD ? !strcmp(made->of_hex, before->hex)
					 : made->of_run == before->run;
}

/* due: the layer before is there as the runs left it. Gives whether this one should be. */
static bool check_layer(struct layers_check *check, enum layer layer, bool due, bool there)
{
	const struct made *made = &check->made[layer];
	const struct made *before = &check->made[layer - 1];
	const char *name = layer_name(layer);
	const bool taken = made->of_run != before->run;

	due = due && made->run && still_of(made, before, layer) && (there || !taken);
	if (there && !made->run)
		fail(check, "the layer as %s is there, but no run made it", name, 0, 0);
	else if (there && !still_of(made, before, layer))
		fail(check, "the layer as %s, of run %lld, is older than run %lld, which made anew what it is "
			    "made of", name, made->run, before->run);
	else if (there && !due)
		fail(check, "the layer as %s, of run %lld, is there without what it is made of", name,
		     made->run, 0);
	else if (!there && due)
		fail(check, "the layer as %s is missing: run %lld made it, and no later run took it away", name,
		     made->run, 0);
	return due;
}

/* Whether a layer that is there, or what was decided, has a sealed table of a name; of a
 * layer that was told of already nothing more is. */
static bool has_digest(const struct layers_check *check, struct text layer, struct text name)
{
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (text_is(name, table->name) && text_is(layer, layer_name(table->layer)))
			return table->sealed != SEALED_NOT &&
			       (check->told[table->layer] ||
				(check->there[table->layer] && check->made[table->layer].run != 0));
	return false;
}

/* Digests that no seal is made of. */
static enum status check_digests(struct casefile *casefile, struct layers_check *check)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT layer, name FROM table_digest");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text layer = column_text(statement, 0), name = column_text(statement, 1);
		char says[SAYS];

		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
		if (has_digest(check, layer, name))
			continue;
		(void)sqlite3_snprintf(sizeof(says), says, "table table_digest: no seal is made of its row '%.*s', '%.*s'",
				       (int)layer.len, layer.data, (int)name.len, name.data);
		verify_fail(check->observer, check->counts, text_of(says));
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Whether sources came behind the last run that found some: an ingest that was cut short
 * took the layers away first. */
static enum status find_unsealed(struct casefile *casefile, int64_t sealed, bool *unsealed)
{
	struct seal now = { .layer = LAYER_FOUND };
	int64_t unfinished = 0;
	enum status status = seal_bounds(casefile, &now);

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT count(*) FROM checkpoint", 0, &unfinished);
	*unsealed = now.sources > sealed || unfinished > 0;
	return status;
}

enum status verify_layers(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts)
{
	struct layers_check check = { .observer = observer, .counts = counts };
	bool unsealed = false, due;
	enum status status = read_runs(casefile, &check);

	if (status == STATUS_OK)
		status = find_unsealed(casefile, check.made[LAYER_FOUND].sources, &unsealed);
	due = !unsealed;
	check.there[LAYER_FOUND] = check.there[LAYER_DECIDED] = true;
	for (int i = LAYER_UNDERSTOOD; i <= LAYER_CONCLUDED && status == STATUS_OK; i++) {
		const uint64_t failures = counts->failures;

		status = casefile_has_layer(casefile, (enum layer)i, &check.there[i]);
		if (status == STATUS_OK)
			due = check_layer(&check, (enum layer)i, due, check.there[i]);
		check.told[i] = counts->failures > failures;
	}
	return status == STATUS_OK ? check_digests(casefile, &check) : status;
}
