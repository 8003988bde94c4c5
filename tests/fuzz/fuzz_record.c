/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes free text by a pattern: a line that is the pattern, one that begins records (empty: each line is one), then the text. Records
 * tile the text, and groups are parts of theirs. */
#include <string.h>

#include "casefile/form/form.h"
#include "fuzz/fuzz.h"
#include "ingest/pattern/cutter.h"
#include "ingest/pattern/groups.h"

static void check_fields(struct groups *groups, struct text text)
{
	struct text fields[GROUPS_MOST];

	if (groups_match(groups, text, fields) != MATCH_YES)
		return;
	for (size_t i = 0; i < groups_count(groups); i++)
		FUZZ_MUST(form_is_null(fields[i]) ||
			  (fields[i].data >= text.data && fields[i].data + fields[i].len <= text.data + text.len));
}

static void cut_all(struct groups *groups, const struct pattern *begins, struct matcher *matcher, struct text text)
{
	struct cutter cutter = { .begins = begins, .matcher = matcher, .line = 1 };
	struct record record;
	struct error error;
	uint64_t next = 0;
	enum cut cut;
	enum status status;

	FUZZ_MUST(cutter_text(&cutter, text));
	while ((status = cutter_next(&cutter, &record, &cut, &error)) == STATUS_OK) {
		FUZZ_MUST(record.offset == next && record.length > 0 && record.text.len <= record.length);
		next = record.offset + record.length;
		check_fields(groups, record.text);
	}
	FUZZ_MUST(status == STATUS_END && next == text.len);
	cutter_release(&cutter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text text = { (const char *)data, size };
	const struct text record = text_take_line(&text), begin = text_take_line(&text);
	char why[200];
	struct groups *groups = size ? groups_new(record, why, sizeof(why)) : NULL;
	struct pattern *begins = groups && begin.len > 0 ? pattern_new(begin, why, sizeof(why)) : NULL;
	struct matcher *matcher = matcher_new();

	FUZZ_MUST(matcher);
	if (groups && (begins || begin.len == 0))
		cut_all(groups, begins, matcher, text);
	matcher_free(matcher);
	pattern_free(begins);
	groups_free(groups);
	return 0;
}
