/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a file where they lie by what the case says. */
#include "ingest/reread/reread_laid.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ingest/reread/judge.h"
#include "ingest/reread/reread_ahead.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/reread_member.h"

#define BLOCK 65536
#define SHOWN 300

/* A source on its way. */
struct laid_check {
	struct reread *reread;
	const char *path;
	const struct hash_ahead_file *file;
	struct laid_source *laid;
	const struct reread_source *source;
	uint64_t key;
	int fd;
	uint64_t at;                 /* where the judge reads next */
	struct judge judge;
	struct comparison comparison;
	struct line_marks marks;     /* of all lines met */
};

static struct error *error_of(const struct laid_check *check)
{
	return &check->reread->casefile->error;
}

/* ---- the file ---- */

static enum status read_at(const struct laid_check *check, uint64_t at, char *data, size_t size,
			   size_t *got, struct error *error)
{
	ssize_t n;

	do
		n = pread(check->fd, data, size, (off_t)at);
	while (n < 0 && errno == EINTR);
	*got = n > 0 ? (size_t)n : 0;
	return n >= 0 ? STATUS_OK : error_set(error, STATUS_SKIP, "%s", strerror(errno));
}

static enum status read_on(void *context, char *data, size_t size, size_t *got,
			   struct error *error)
{
	struct laid_check *check = context;
	const enum status status = read_at(check, check->at, data, size, got, error);

	check->at += *got;
	return status;
}

static void go(struct laid_check *check, const struct laid_start *start)
{
	check->at = start->offset;
	judge_go(&check->judge, start->offset, start->line);
}

static bool is_unchanged(const struct laid_check *check)
{
	struct stat now;

	return fstat(check->fd, &now) == 0 && hash_ahead_unchanged(&check->file->state, &now);
}

/* ---- pieces ---- */

/* STATUS_SKIP: something does not hold. */
static enum status no(bool holds)
{
	return holds ? STATUS_OK : STATUS_SKIP;
}

/* Its lines, of which the first begins where the piece does; the first piece of a file has
 * what stands before its rows too. */
static enum status mark_lines(struct laid_check *check, const struct laid_piece *piece, bool first)
{
	const struct laid_start from = first ? (struct laid_start){ 1, 0 } : piece->from;
	char block[BLOCK];
	struct line_scan scan;
	enum status status = STATUS_OK;

	line_scan_open(&scan, check->key, from.line, from.offset);
	while (status == STATUS_OK && scan.offset < piece->to.offset) {
		const uint64_t left = piece->to.offset - scan.offset;
		size_t got = 0;

		status = read_at(check, scan.offset, block, left < BLOCK ? (size_t)left : BLOCK,
				 &got, error_of(check));
		if (status == STATUS_OK)
			status = no(got > 0);
		line_scan_add(&scan, block, got);
	}
	check->marks.lines += scan.marks.lines;
	check->marks.sum += scan.marks.sum;
	return status;
}

static bool is_row(const struct record *record, const struct laid_start *start, uint64_t length)
{
	return record->line == start->line && record->offset == start->offset &&
	       record->length == length;
}

/* Counts a record of a piece; *rows: accepted ones. */
static enum status count_record(struct laid_check *check, const struct laid_piece *piece,
				const struct judged *judged, unsigned *rows)
{
	switch (judged->fate) {
	case FATE_ACCEPTED:
		(*rows)++;
		return no(is_row(&judged->record, &piece->row, piece->length));
	case FATE_REJECTED:
		check->comparison.rejected++;
		break;
	case FATE_SKIPPED:
		check->comparison.skipped++;
		break;
	case FATE_HEADER:
		break;
	}
	return STATUS_OK;
}

static enum status check_piece(struct laid_check *check, const struct laid_piece *piece, bool first)
{
	struct laid_start at = piece->from;
	struct judged judged;
	unsigned rows = 0;
	enum status status = mark_lines(check, piece, first);

	if (status == STATUS_OK)
		go(check, &at);
	while (status == STATUS_OK && at.offset < piece->to.offset) {
		status = judge_next(&check->judge, &judged);
		if (status == STATUS_OK)
			status = count_record(check, piece, &judged, &rows);
		if (status == STATUS_OK)
			at = (struct laid_start){ at.line + judged.record.lines,
						  at.offset + judged.record.length };
	}
	if (status != STATUS_OK)
		return status == STATUS_END ? STATUS_SKIP : status;
	/* The last one ends where the file does, whatever line that is. */
	return no(rows == (piece->length > 0) && at.offset == piece->to.offset &&
		  (at.line == piece->to.line || piece->to.line == UINT64_MAX));
}

static enum status look_around(const struct laid_check *check)
{
	return observer_interrupted(check->reread->observer)
		       ? error_set(error_of(check), STATUS_INTERRUPTED, "interrupted")
		       : STATUS_OK;
}

static enum status check_pieces(struct laid_check *check)
{
	const struct laid_found *found = &check->laid->found;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < found->count && status == STATUS_OK; i++) {
		status = look_around(check);
		if (status == STATUS_OK)
			status = check_piece(check, &found->pieces[i], i == 0);
	}
	check->marks.lines += found->marks.lines;
	check->marks.sum += found->marks.sum;
	if (status == STATUS_OK)
		status = no(!check->file->lines.odd &&
			    check->marks.lines == check->file->lines.marks.lines &&
			    check->marks.sum == check->file->lines.marks.sum);
	return status;
}

/* ---- chosen rows ---- */

static bool same_text(struct text a, struct text b)
{
	return (a.data != NULL) == (b.data != NULL) && text_equal(a, b);
}

static enum status check_row(struct laid_check *check, const struct laid_row *row)
{
	struct judged judged;
	enum status status;
	bool same;

	go(check, &row->start);
	status = judge_next(&check->judge, &judged);
	if (status != STATUS_OK)
		return status == STATUS_END ? STATUS_SKIP : status;
	same = judged.fate == FATE_ACCEPTED && is_row(&judged.record, &row->start, row->length);
	for (size_t role = 0; role < CALL_ROLES && same; role++)
		same = same_text(row->texts[role], judged.values[role]);
	check->comparison.compared++;
	return no(same);
}

static enum status check_rows(struct laid_check *check)
{
	struct laid_row row;
	size_t at = 0;
	enum status status = no(check->laid->taken == check->laid->chosen_count);

	while (status == STATUS_OK && laid_source_next(check->laid, &at, &row)) {
		status = look_around(check);
		if (status == STATUS_OK)
			status = check_row(check, &row);
	}
	return status;
}

/* ---- a source ---- */

/* By what is compared behind the last row of one that is read from its beginning. */
static enum status check_sums(struct laid_check *check)
{
	struct comparison *c = &check->comparison;
	const uint64_t size = (uint64_t)check->file->state.st_size;
	enum status status;

	c->accepted = check->laid->rows;
	c->offset = size;
	status = comparison_end(c, &check->judge, size);
	return status == STATUS_OK ? no(c->findings.count == 0 && is_unchanged(check)) : status;
}

static enum status check_open(struct laid_check *check)
{
	struct reread *reread = check->reread;
	enum status status = comparison_open(&check->comparison, reread->casefile, check->source,
					     &reread->rows, reread->options, check->path);

	laid_source_end(check->laid, check->key, (uint64_t)check->file->state.st_size);
	if (status == STATUS_OK)
		status = no(!check->laid->found.broken);
	if (status == STATUS_OK)
		status = judge_open(&check->judge, &check->source->recipe,
				    (struct input){ read_on, check }, error_of(check));
	if (status == STATUS_OK)
		status = check_pieces(check);
	if (status == STATUS_OK)
		status = check_rows(check);
	return status == STATUS_OK ? check_sums(check) : status;
}

static void take(const struct laid_check *check, struct candidate *candidate,
		 char sha256[static DIGEST_HEX])
{
	struct reread *reread = check->reread;
	char shown[SHOWN];

	memcpy(sha256, check->file->sha256, DIGEST_HEX);
	candidate->done = true;
	reread->counts->sources++;
	reread->counts->laid++;
	reread->counts->rows += check->comparison.compared;
	text_escape(text_of(check->path), shown, sizeof(shown));
	reread_tell_asserted(reread, check->source, shown);
}

static enum status check_source(struct laid_check *check, struct candidate *candidate,
				char sha256[static DIGEST_HEX])
{
	enum status status;

	check->fd = open(check->path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (check->fd < 0)
		return STATUS_SKIP;
	status = is_unchanged(check) ? check_open(check) : STATUS_SKIP;
	if (status == STATUS_OK)
		take(check, candidate, sha256);
	judge_close(&check->judge);
	comparison_close(&check->comparison);
	(void)close(check->fd);
	return status;
}

/* What the case says in a way that cannot be read is told when all of it is. */
static enum status settle(enum status status, bool *holds)
{
	*holds = status == STATUS_OK;
	return status == STATUS_SKIP || status == STATUS_INTEGRITY ? STATUS_OK : status;
}

enum status reread_laid(struct reread *reread, const char *path,
			struct candidate *candidate, char sha256[static DIGEST_HEX], bool *holds)
{
	struct reread_ahead *ahead = reread->options->ahead;
	struct laid_check check = { .reread = reread, .path = path };
	struct reread_source source;
	enum status status;

	*holds = false;
	check.laid = ahead ? laid_rows_find(&ahead->laid, candidate->id) : NULL;
	check.file = check.laid ? hash_ahead_wait(ahead->hash, path) : NULL;
	if (!check.file || strcmp(check.file->sha256, candidate->sha256) != 0 ||
	    strcmp(check.file->sha256, candidate->member_sha256) != 0)
		return STATUS_OK;
	check.key = ahead->laid.key;
	check.source = &source;
	status = reread_source_load(&source, reread->casefile, candidate->id);
	if (status == STATUS_OK)
		status = check_source(&check, candidate, sha256);
	reread_source_release(&source);
	return settle(status, holds);
}
