/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of evidence as rows of a table. */
#ifndef UNSPOOF_EXPORT_WHY_WHY_OUTPUT_H
#define UNSPOOF_EXPORT_WHY_WHY_OUTPUT_H

#include "base/status.h"
#include "casefile/sql.h"
#include "export/why/why_path.h"
#include "output/writer.h"

/* Zeroed is closed. */
struct why_output {
	struct casefile *casefile;
	struct writer *writer;
	const struct why_graph *graph;
	sqlite3_stmt *account;         /* its name and suspect */
	sqlite3_stmt *side[2];         /* of a link: the row that says so, a and b; its note */
};

/* What a row of the table is. */
struct why_line {
	const char *part;              /* "path" or "also" */
	uint64_t number;               /* of the step, from 1 */
	const struct why_step *step;
	const char *parts;             /* "yes" or "no": without it there is no way; NULL: not known */
};

/* Begins the table. Close also after a failure. */
enum status why_output_open(struct why_output *output, struct casefile *casefile, const struct why_graph *graph,
			    struct writer *writer);
enum status why_output_put(struct why_output *output, const struct why_line *line);
void why_output_close(struct why_output *output);

#endif
