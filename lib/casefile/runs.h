/* SPDX-License-Identifier: Apache-2.0 */
/* The runs of a case: each names the hash of the one before. */
#ifndef UNSPOOF_CASEFILE_RUNS_H
#define UNSPOOF_CASEFILE_RUNS_H

#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

struct sqlite3_stmt;

/* What a command did. All are texts; arguments and inputs are JSON arrays,
 * settings and outputs JSON objects, times `2022-03-27T00:59:58Z`. */
struct run_row {
	const char *command;
	const char *arguments;
	const char *version;
	const char *settings;
	const char *inputs;
	const char *outputs;
	const char *started;
	const char *ended;
	const char *seal;      /* of the layer it made, see seal_text(); NULL: it made none */
	const char *tables;    /* a JSON object, see seal_keep() */
	/* Who ran it, why, and whom what came of it is for; NULL: not told. */
	const char *operator;
	const char *purpose;
	const char *recipient;
};

/* Adds a run after the last one. Inside a transaction. */
enum status run_add(struct casefile *casefile, const struct run_row *row);
/* The hashes of the first run and of the newest one, by which a case and its state are known
 * to others; empty where there is no run. */
enum status run_ends(struct casefile *casefile, char first[static DIGEST_HEX], char newest[static DIGEST_HEX]);
/* Columns, as SQL, of the last run that sealed a layer: *statement stands on it, and is to
 * be finalized whatever comes of it. STATUS_END: no run did. */
enum status run_of_layer(struct casefile *casefile, const char *columns, enum layer layer,
			 struct sqlite3_stmt **statement);
/* Checks the chain: STATUS_INTEGRITY names the first run that does not fit. */
enum status run_check(struct casefile *casefile, int64_t *runs);

#endif
