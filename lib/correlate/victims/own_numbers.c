/* SPDX-License-Identifier: Apache-2.0 */
/* Victims that are the telephone of an account or the number of an organisation. */
#include "correlate/victims/own_numbers.h"

#include <inttypes.h>

#include "casefile/sql.h"

static enum status say(uint64_t count, uint64_t victims, int64_t accounts, int64_t organisations,
		       struct remark_writer *remarks)
{
	const struct remark remark = {
		.topic = "own-number",
		.count = count,
		.remedy = "they are counted all the same: see column own of victims, and victims_own of summary",
	};

	return remark_writer_sayf(remarks, &remark,
				  "%" PRIu64 " of %" PRIu64 " victims may be none: %" PRId64
				  " telephones of accounts, %" PRId64 " numbers of organisations",
				  count, victims, accounts, organisations);
}

enum status own_numbers_say(struct casefile *casefile, uint64_t victims, struct remark_writer *remarks)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT count(*), coalesce(sum(account), 0), coalesce(sum(organisation), 0) FROM"
			  " (SELECT max(account) AS account, max(organisation) AS organisation FROM " OWN_NUMBERS
			  " GROUP BY number)");
	int64_t count = 0, accounts = 0, organisations = 0;
	enum status status;

	if (!statement)
		return casefile->error.status;
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		count = sqlite3_column_int64(statement, 0);
		accounts = sqlite3_column_int64(statement, 1);
		organisations = sqlite3_column_int64(statement, 2);
	}
	sqlite3_finalize(statement);
	if (status != STATUS_OK || count == 0)
		return status;
	return say((uint64_t)count, victims, accounts, organisations, remarks);
}
