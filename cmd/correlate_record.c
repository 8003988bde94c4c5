/* SPDX-License-Identifier: Apache-2.0 */
/* What the run of a correlate says. */
#include "cmd/correlate_record.h"

#include <inttypes.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/json.h"
#include "base/money/currency.h"
#include "base/money/decimal.h"
#include "base/money/money.h"
#include "correlate/persons/email_identity.h"
#include "correlate/persons/weak.h"

/* The name of a file, and the SHA-256 of its text. */
static void add_file(const char *key, const char *name, const char *text, struct buf *out)
{
	char hex[DIGEST_HEX];

	buf_format(out, ",\"%s\":", key);
	json_string(out, text_of(name));
	if (digest_of(text, strlen(text), hex))
		buf_format(out, ",\"%s_sha256\":\"%s\"", key, hex);
	else
		out->failed = true;
}

void correlate_settings_json(const struct correlate_settings *settings, struct buf *out)
{
	const char *between = "";
	char threshold[DECIMAL_TEXT];

	(void)decimal_format(settings->threshold,
			     (unsigned)currency_exponent(settings->currency, strlen(settings->currency)), threshold,
			     sizeof(threshold));
	buf_format(out,
		   "{\"currency\":\"%s\",\"threshold\":\"%s\",\"long\":%" PRId64
		   ",\"hub\":%u,\"report_window\":%" PRId64 ",\"rate_gap\":%" PRId64 ",\"link\":\"",
		   settings->currency, threshold, settings->long_seconds,
		   settings->hub, settings->report_window, settings->rate_gap);
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		if (!(settings->links >> rule & 1))
			continue;
		buf_format(out, "%s%s", between, link_rule_name((enum link_rule)rule));
		between = ",";
	}
	buf_format(out, "\",\"duplicates\":\"%s\"", settings->keep_duplicates ? "keep" : "once");
	add_file("score", settings->score_name, settings->score, out);
	if (settings->never)
		add_file("never", settings->never_name, settings->never, out);
	buf_byte(out, '}');
}

void correlate_counts_json(const struct correlate_counts *counts, struct buf *out)
{
	buf_format(out,
		   "{\"calls\":%" PRIu64 ",\"accounts\":%" PRIu64
		   ",\"suspects\":%" PRIu64 ",\"payers\":%" PRIu64
		   ",\"presentations\":%" PRIu64 ",\"victims\":%" PRIu64
		   ",\"links\":%" PRIu64 ",\"reports\":%" PRIu64
		   ",\"reports_matched\":%" PRIu64
		   ",\"over_threshold\":%" PRIu64 ",\"duplicates\":%" PRIu64 "}",
		   counts->calls, counts->accounts, counts->suspects, counts->payers, counts->presentations, counts->victims,
		   counts->links, counts->reports, counts->matched, counts->over_threshold, counts->duplicates);
}

enum status correlate_record(struct invocation *inv, struct casefile *casefile,
			     const struct correlate_settings *settings,
			     const struct correlate_counts *counts)
{
	struct buf given = { 0 }, came = { 0 }, inputs = { 0 };
	/* The facts that identifiers are judged by; the score is a setting. */
	const struct taken_file files[] = {
		{ "providers.tsv", providers_builtin, NULL },
		{ "weak.tsv", weak_builtin, NULL },
		{ NULL, NULL, NULL },
	};
	enum status status;

	custody_files(files, &inputs);
	correlate_settings_json(settings, &given);
	correlate_counts_json(counts, &came);
	status = given.failed || came.failed || inputs.failed
			 ? command_fail(inv, STATUS_FAILED, "out of memory")
			 : command_record(inv, casefile, LAYER_CONCLUDED, given.data, inputs.data, came.data);
	buf_release(&inputs);
	buf_release(&given);
	buf_release(&came);
	return status;
}
