/* SPDX-License-Identifier: Apache-2.0 */
/* Table victim, by number. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIMS_WRITE_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIMS_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/table/bulk_insert.h"
#include "correlate/interrupt.h"
#include "correlate/reports/reports.h"
#include "correlate/victims/victim_block.h"

struct victims_writer_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const struct reports *reports;     /* concluded */
	struct spill *spill;
	const struct sorter *victims;      /* all of them, of struct victim, in few
					    * runs */
	unsigned threads;
};

/* Zeroed is closed. */
struct victims_writer {
	struct victims_writer_given given;
	struct interrupt interrupt;
	struct map64 readings;         /* reading.id: number in countries */
	struct dictionary countries;
	struct harm *harms;            /* of matched reports, by number */
	size_t harm_count, harm_next;
	struct bulk_insert fill;
	struct bulk_inserting *filling;
	struct merge victims;
	const struct victim_block *block;  /* being written */
	uint32_t next;                 /* how many of its victims are written */
};

/* Call victims_writer_close() also after a failure. */
enum status victims_writer_open(struct victims_writer *writer,
				const struct victims_writer_given *given);
void victims_writer_close(struct victims_writer *writer);
/* Writes the victims of a block, which come after those before. */
enum status victims_writer_put(struct victims_writer *writer,
			       const struct victim_block *block);
/* After the last. */
enum status victims_writer_end(struct victims_writer *writer);

#endif
