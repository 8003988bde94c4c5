/* SPDX-License-Identifier: Apache-2.0 */
/* Lines before a table that are no rows. */
#include "ingest/delimited/dialect_head.h"

#include "ingest/delimited/records.h"
#include "ingest/format/shape/heading.h"

enum status dialect_find_head(struct dialect *dialect, struct text body,
			      struct error *error)
{
	struct heading *heading = heading_new(false);
	struct heading_found found;
	enum status status;

	if (!heading)
		return error_memory(error);
	status = records_each(dialect, body, heading_take, heading, error);
	if (status == STATUS_OK) {
		found = heading_find(heading);
		dialect->head = found.first ? (long)found.first - 1 : 0;
		dialect->other = (long)found.other;
		/* Clients of databases draw tables with blanks around values. */
		if (heading_framed(heading) && dialect->separator == '|')
			dialect->trim = true;
	}
	heading_free(heading);
	return status;
}
