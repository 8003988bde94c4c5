/* SPDX-License-Identifier: Apache-2.0 */
/* What was presented, in byte order of its text. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "correlate/calls.h"

struct ranking {
	struct calls *calls;
	sqlite3_stmt *shown;
	struct buf texts;
	size_t *ends;          /* of the text of a place */
};

struct ranked {
	struct text text;
	uint32_t place;
	bool number;
};

static enum status add_text(struct ranking *ranking, int64_t shown)
{
	struct casefile *casefile = ranking->calls->casefile;
	enum status status;

	bind_integer(ranking->shown, 1, shown);
	status = casefile_step(casefile, ranking->shown);
	if (status == STATUS_OK) {
		struct text text = column_text(ranking->shown, 0);

		buf_add(&ranking->texts, text.data, text.len);
	} else if (status == STATUS_END) {
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "the case has no shown text %" PRId64, shown);
	}
	sqlite3_reset(ranking->shown);
	return status;
}

static enum status collect(struct ranking *ranking)
{
	const struct calls *calls = ranking->calls;
	enum status status = STATUS_OK;

	ranking->ends[0] = 0;
	for (size_t i = 1; i < calls->presented_count && status == STATUS_OK;
	     i++) {
		const struct presented *presented = &calls->presented[i];

		if (presented->number)
			buf_format(&ranking->texts, "+%" PRIu64,
				   presented->number);
		else
			status = add_text(ranking, presented->shown);
		ranking->ends[i] = ranking->texts.len;
	}
	if (status == STATUS_OK && ranking->texts.failed)
		return error_memory(&calls->casefile->error);
	return status;
}

static int compare(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;
	int order = text_compare(x->text, y->text);

	return order ? order : y->number - x->number;
}

static enum status order(struct ranking *ranking)
{
	struct calls *calls = ranking->calls;
	size_t count = calls->presented_count;
	struct ranked *all = memory_array(NULL, count, sizeof(*all));

	if (!all)
		return error_memory(&calls->casefile->error);
	for (uint32_t i = 1; i < count; i++) {
		all[i - 1].text.data = ranking->texts.data + ranking->ends[i - 1];
		all[i - 1].text.len = ranking->ends[i] - ranking->ends[i - 1];
		all[i - 1].place = i;
		all[i - 1].number = calls->presented[i].number != 0;
	}
	qsort(all, count - 1, sizeof(*all), compare);
	for (uint32_t rank = 0; rank + 1 < count; rank++)
		calls->presented[all[rank].place].rank = rank;
	free(all);
	return STATUS_OK;
}

enum status presented_rank(struct calls *calls)
{
	struct ranking ranking = { .calls = calls };
	enum status status = STATUS_OK;

	ranking.ends = memory_array(NULL, calls->presented_count,
				    sizeof(*ranking.ends));
	ranking.shown = casefile_prepare(calls->casefile,
					 "SELECT text FROM shown WHERE id = ?");
	if (!ranking.shown)
		status = calls->casefile->error.status;
	else if (!ranking.ends)
		status = error_memory(&calls->casefile->error);
	if (status == STATUS_OK)
		status = collect(&ranking);
	if (status == STATUS_OK)
		status = order(&ranking);
	sqlite3_finalize(ranking.shown);
	free(ranking.ends);
	buf_release(&ranking.texts);
	return status;
}
