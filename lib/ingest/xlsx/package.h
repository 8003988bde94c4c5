/* SPDX-License-Identifier: Apache-2.0 */
/* A workbook as a zip archive of parts (ECMA-376 part 2), of a member that is settled. */
#ifndef UNSPOOF_INGEST_XLSX_PACKAGE_H
#define UNSPOOF_INGEST_XLSX_PACKAGE_H

#include <archive.h>
#include <stdbool.h>

#include "base/status.h"
#include "ingest/source/dump.h"
#include "ingest/xlsx/part.h"

/* Parts that one may have. */
#define PACKAGE_PARTS 10000
#define PACKAGE_BLOCK (64 << 10)

struct package {
	struct dump *dump;
	const char *shown;
};

/* A part being read. Zeroed is closed. */
struct opened {
	struct package *package;
	struct archive *archive;
	struct part *part;
	uint64_t at;                /* libarchive's place in the member */
	const char *name;
	char block[PACKAGE_BLOCK];
};

/* Opens a part by its name for a handler; `opened` and all that is given outlive it. STATUS_END:
 * there is none. Close it also after a failure. */
enum status package_open(struct package *package, struct opened *opened, const char *name,
			 const struct part_handler *handler, void *context, struct error *error);
void package_close(struct opened *opened);
/* Has the handler told a further piece. STATUS_END: it has no more, or was stopped. STATUS_FAILED:
 * it is damaged, or unpacks to more than it may, so that nothing of the member is to be kept. */
enum status package_go_on(struct opened *opened, struct error *error);
/* All of one. STATUS_END: there is none. */
enum status package_read(struct package *package, const char *name, const struct part_handler *handler,
			 void *context, struct error *error);

#endif
