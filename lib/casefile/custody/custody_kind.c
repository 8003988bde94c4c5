/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of what is done to data, which a log must tell apart. */
#include "casefile/custody/custody_kind.h"

#include <string.h>

static const char *const names[CUSTODY_KINDS] = {
	"collection", "alteration", "consultation", "disclosure", "combination", "erasure",
};

const char *custody_kind_name(enum custody_kind kind)
{
	return names[kind];
}

bool custody_kind_find(struct text name, enum custody_kind *kind)
{
	for (int i = 0; i < CUSTODY_KINDS; i++) {
		if (!text_is(name, names[i]))
			continue;
		*kind = (enum custody_kind)i;
		return true;
	}
	return false;
}

/* Whether JSON that has no blanks, and no texts with quotes in them, has this. */
static bool has(struct text json, const char *part)
{
	const size_t len = strlen(part);

	for (size_t i = 0; json.data && i + len <= json.len; i++)
		if (!memcmp(json.data + i, part, len))
			return true;
	return false;
}

static enum custody_kind kind_of_ingest(struct text outputs)
{
	if (has(outputs, "\"dropped\":["))
		return CUSTODY_ALTERATION;
	if (has(outputs, "\"discarded\":1") && has(outputs, "{\"sources\":0,"))
		return CUSTODY_ERASURE;
	return CUSTODY_COLLECTION;
}

enum custody_kind custody_kind_of_run(struct text command, struct text outputs)
{
	if (text_is(command, "ingest"))
		return kind_of_ingest(outputs);
	if (text_is(command, "drop") || text_is(command, "compact"))
		return CUSTODY_ERASURE;
	return text_is(command, "correlate") ? CUSTODY_COMBINATION : CUSTODY_ALTERATION;
}
