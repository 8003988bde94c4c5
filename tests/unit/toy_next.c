/* SPDX-License-Identifier: Apache-2.0 */
/* A format that hands over row by row. */
#include <stdlib.h>
#include <string.h>

#include "toy.h"

#define MAGIC "TOYROWS\n"
#define LINE_MOST 1000

struct toy {
	struct layout layout;
	struct stream calls, accounts;
	char bytes[8192 + RECORD_READ];
	size_t from, to;
	bool ended;
	uint64_t offset, line;
	struct buf account;         /* of rows that name none */
	struct buf text;            /* of the line read last, with it */
	struct text fields[TOY_FIELDS];
};

static unsigned bid(const struct peek *peek)
{
	return peek->bytes.len >= 8 && !memcmp(peek->bytes.data, MAGIC, 8) ? 64 : 0;
}

static enum status announce(struct toy *toy, struct stream *stream, const char *name, const struct text *columns, size_t count,
			    struct error *error)
{
	buf_text(&stream->name, name);
	if (!stream_declare(stream, columns, count))
		return error_memory(error);
	return layout_announce(&toy->layout, stream, error);
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	const struct text calls[] = { text_of("account"), text_of("started"), text_of("presented"), text_of("dialled"), text_of("talk") };
	const struct text accounts[] = { text_of("account"), text_of("login"), text_of("email") };
	struct toy *toy = calloc(1, sizeof *toy);
	enum status status;

	*out = toy ? &toy->layout : NULL;
	if (!toy)
		return error_memory(error);
	toy->layout.format = &toy_next;
	toy->layout.input = input;
	status = announce(toy, &toy->calls, "calls", calls, 5, error);
	if (status == STATUS_OK)
		status = announce(toy, &toy->accounts, "accounts", accounts, 3, error);
	return status;
}

static void close_layout(struct layout *layout)
{
	struct toy *toy = (struct toy *)layout;

	if (!toy)
		return;
	stream_release(&toy->calls);
	stream_release(&toy->accounts);
	buf_release(&toy->account);
	buf_release(&toy->text);
	free(toy);
}

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	(void)layout;
	buf_format(out, "toy rows %s", buf_view(&stream->name).data);
}

/* The account of the rows that follow, a field of theirs: as much can be read behind it. */
static void keep_account(struct toy *toy, struct text account)
{
	buf_clear(&toy->account);
	buf_add(&toy->account, account.data, account.len);
	for (size_t i = 0; i < RECORD_READ; i++)
		buf_byte(&toy->account, '\0');
	toy->account.len = account.len;
}

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line, struct error *error)
{
	struct toy *toy = (struct toy *)layout;

	(void)error;
	keep_account(toy, state);
	toy->offset = offset;
	toy->line = line;
	return STATUS_OK;
}

/* The next line, without its end; STATUS_END: there is none. */
static enum status read_line(struct toy *toy, struct text *line, struct error *error)
{
	const char *end;
	enum status status = STATUS_OK;

	memmove(toy->bytes, toy->bytes + toy->from, toy->to - toy->from);
	toy->to -= toy->from;
	toy->from = 0;
	while (status == STATUS_OK && !toy->ended && toy->to < LINE_MOST) {
		size_t got;

		status = dump_read(toy->layout.input->dump, toy->bytes + toy->to, 8192 - toy->to, &got, error);
		toy->to += got;
		toy->ended = got == 0;
	}
	if (status != STATUS_OK)
		return status;
	if (toy->to == 0)
		return STATUS_END;
	end = memchr(toy->bytes, '\n', toy->to);
	line->data = toy->bytes;
	line->len = end ? (size_t)(end - toy->bytes) : toy->to;
	toy->from = line->len + (end != NULL);
	return STATUS_OK;
}

/* A row, whose fields are in the text that is kept of it. */
static void take(struct toy *toy, struct text line, struct record *record)
{
	const struct text account = buf_view(&toy->account);

	buf_clear(&toy->text);
	buf_add(&toy->text, line.data, line.len);
	for (size_t i = 0; i < RECORD_READ; i++)
		buf_byte(&toy->text, '\0');
	record->text = (struct text){ toy->text.data, line.len };
	record->count = toy_fields((struct text){ toy->text.data + 2, line.len - 2 }, toy->fields, &record->nulls);
	record->fields = toy->fields;
	if (toy->fields[0].len == 0 && account.len > 0)
		toy->fields[0] = account;
}

static enum status next(struct layout *layout, struct record *record, struct stream **stream, struct buf *state, struct error *error)
{
	struct toy *toy = (struct toy *)layout;
	struct text line;
	enum status status = STATUS_SKIP;

	while (status == STATUS_SKIP) {
		status = read_line(toy, &line, error);
		if (status != STATUS_OK)
			return status;
		record->offset = toy->offset;
		record->length = toy->from;
		record->line = toy->line + (toy->line == 0);
		record->lines = 1;
		toy->offset += record->length;
		toy->line = record->line + 1;
		status = STATUS_SKIP;
		if (line.len >= 2 && line.data[0] == '=') {
			keep_account(toy, (struct text){ line.data + 2, line.len - 2 });
		} else if (line.len >= 2 && (line.data[0] == 'c' || line.data[0] == 'a')) {
			status = STATUS_OK;
		}
	}
	take(toy, line, record);
	*stream = line.data[0] == 'c' ? &toy->calls : &toy->accounts;
	buf_add(state, toy->account.data, toy->account.len);
	return toy->text.failed ? error_memory(error) : STATUS_OK;
}

const struct format toy_next = {
	.name = "toy rows",
	.about = "calls and accounts mixed",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.restore = restore,
	.next = next,
};
