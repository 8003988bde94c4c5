/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes XML of a database: a byte for the row behind which reading goes on anew, then the text. Rows are inside the text, in their
 * order, and have a field a column; what is read behind the row is what was read behind it the first time. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "casefile/form/form.h"
#include "fuzz/fuzz.h"
#include "ingest/format/format.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"
#include "ingest/source/dump.h"

/* One reading of the text. */
struct reading {
	struct dump *dump;
	struct layout *layout;
	struct buf out;
	size_t size;
	unsigned rows, stop;        /* read; behind which the place is kept */
	bool kept;
	struct buf state;
	uint64_t offset, line;
	size_t said;                /* bytes of out before it */
};

static struct plan plan;

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	(void)context;
	(void)error;
	FUZZ_MUST(stream->sample.row_count >= 1 && !stream->sample.failed);
	stream->plan = &plan;
	return STATUS_OK;
}

static void describe(struct reading *r, const struct record *record, const struct stream *stream)
{
	buf_format(&r->out, "%u %llu %llu %llu %llu %s\n", stream->number, (unsigned long long)record->line,
		   (unsigned long long)record->offset, (unsigned long long)record->length, (unsigned long long)record->lines,
		   record->reason ? record->reason : "");
	for (size_t i = 0; !record->reason && i < record->count; i++) {
		buf_format(&r->out, "%d%zu:", form_is_null(record->fields[i]), record->fields[i].len);
		buf_add(&r->out, record->fields[i].data, record->fields[i].len);
	}
}

static void keep_place(struct reading *r, const struct record *record, const struct buf *state)
{
	if (r->rows++ != r->stop)
		return;
	r->kept = true;
	r->offset = record->offset + record->length;
	r->line = record->line + record->lines;
	r->said = r->out.len;
	buf_add(&r->state, state->data, state->len);
}

static enum status read_rows(struct reading *r, struct error *error)
{
	struct buf state = { 0 };
	struct record record;
	struct stream *stream = NULL;
	enum status status;
	uint64_t next = 0;

	for (;;) {
		buf_clear(&state);
		memset(&record, 0, sizeof(record));
		status = format_xml_tables.next(r->layout, &record, &stream, &state, error);
		if (status != STATUS_OK)
			break;
		FUZZ_MUST(record.offset >= next && record.length > 0 && record.offset + record.length <= r->size && record.line > 0);
		FUZZ_MUST(record.reason || record.count == stream->sample.rows[0].count);
		next = record.offset + record.length;
		describe(r, &record, stream);
		keep_place(r, &record, &state);
	}
	buf_release(&state);
	return status;
}

/* From the beginning, or from where another reading kept its place. */
static void read_text(struct reading *r, const char *path, const struct reading *before)
{
	static const struct observer none;
	const struct ingest_options options = ingest_options_none();
	struct format_input input = { .shown = "text", .options = &options, .announce = announce };
	struct error error = { 0 };
	enum status status = dump_open(&r->dump, path, false, &none, &error);

	if (status == STATUS_OK)
		status = dump_next(r->dump, &error);
	input.dump = r->dump;
	/* What begins as an archive has been opened as one, or refused. */
	if (status == STATUS_OK)
		status = dump_peek(r->dump, &input.peek, &error);
	if (status == STATUS_OK && format_xml_tables.bid(&input.peek) == 0)
		status = STATUS_END;
	if (status == STATUS_OK)
		status = format_xml_tables.open(&r->layout, &input, &error);
	if (status == STATUS_OK && before)
		FUZZ_MUST(format_xml_tables.restore(r->layout, buf_view(&before->state), before->offset, before->line, &error) == STATUS_OK);
	if (status == STATUS_OK)
		status = read_rows(r, &error);
	FUZZ_MUST(status == STATUS_END || ((status == STATUS_SKIP || status == STATUS_FAILED) && error.text[0]));
	format_xml_tables.close(r->layout);
	dump_close(r->dump);
}

static void release(struct reading *r)
{
	buf_release(&r->out);
	buf_release(&r->state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/unspoof-fuzz.XXXXXX";
	struct reading whole = { .size = size - 1, .stop = size > 0 ? data[0] % 8 : 0 }, rest = { .size = size - 1, .stop = 1000000 };
	int file;

	if (size < 2)
		return 0;
	file = mkstemp(path);
	FUZZ_MUST(file >= 0 && write(file, data + 1, size - 1) == (ssize_t)size - 1 && close(file) == 0);
	read_text(&whole, path, NULL);
	if (whole.kept) {
		read_text(&rest, path, &whole);
		FUZZ_MUST(!whole.out.failed && !rest.out.failed && rest.out.len == whole.out.len - whole.said);
		FUZZ_MUST(rest.out.len == 0 || !memcmp(rest.out.data, whole.out.data + whole.said, rest.out.len));
	}
	FUZZ_MUST(unlink(path) == 0);
	release(&whole);
	release(&rest);
	return 0;
}
