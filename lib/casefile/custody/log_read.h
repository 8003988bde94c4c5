/* SPDX-License-Identifier: Apache-2.0 */
/* CASE.log read line by line, and its chain checked. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_LOG_READ_H
#define UNSPOOF_CASEFILE_CUSTODY_LOG_READ_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/custody/log_line.h"

/* A log that is read; its memory is that of a line. */
struct log_reader {
	FILE *file;
	const char *path;      /* borrowed */
	uint64_t number;       /* of the line, from 1 */
	struct log_line line;  /* until the next one; all empty where it is cut */
	bool cut;              /* it is no line: a command was killed as it wrote it */
	const char *broken;    /* why the chain does not hold at this line; NULL: it does. Static */
	char previous[DIGEST_HEX];      /* what the next line must name */
	struct buf text, room;
	bool at_end;
	struct error error;    /* of the call that failed */
};

/* STATUS_END: there is none. STATUS_FAILED: see log_file_open(). Call log_reader_close() after that whatever happens. */
enum status log_reader_open(struct log_reader *reader, const char *path);
/* The next line, whether it holds or not; STATUS_END: no more. STATUS_FAILED: it cannot be read. */
enum status log_reader_next(struct log_reader *reader);
/* Closing twice is safe. */
void log_reader_close(struct log_reader *reader);

#endif
