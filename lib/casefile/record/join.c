/* SPDX-License-Identifier: Apache-2.0 */
/* What is a key of another table: column joins of table source. */
#include "casefile/record/join.h"

#include <string.h>

#define TABLE "table "
#define JOIN "join "

void join_write_table(struct buf *out, struct text name)
{
	buf_text(out, TABLE);
	buf_escape(out, name, 0);
	buf_byte(out, '\n');
}

void join_write(struct buf *out, const char *role, const char *table)
{
	buf_format(out, JOIN "%s ", role);
	buf_escape(out, text_of(table), 0);
	buf_byte(out, '\n');
}

/* Takes a word and a blank that a text begins with off it. */
static bool take(struct text *text, const char *word)
{
	const size_t len = strlen(word);

	if (text->len < len || memcmp(text->data, word, len) != 0)
		return false;
	text->data += len;
	text->len -= len;
	return true;
}

static bool read_line(struct text text, struct join_line *line)
{
	const char *blank;

	line->role = (struct text){ NULL, 0 };
	if (!take(&text, JOIN)) {
		line->table = text;
		return take(&line->table, TABLE);
	}
	blank = text.len ? memchr(text.data, ' ', text.len) : NULL;
	if (!blank)
		return false;
	line->role = (struct text){ text.data, (size_t)(blank - text.data) };
	line->table = (struct text){ blank + 1, text.len - line->role.len - 1 };
	return true;
}

bool join_next(struct text *rest, struct join_line *line)
{
	while (rest->len > 0)
		if (read_line(text_take_line(rest), line))
			return true;
	return false;
}

bool join_can(enum kind kind, int role)
{
	static const struct {
		enum kind kind;
		const char *role;
	} understood[] = {
		{ KIND_CALL, "account" },      { KIND_CALL, "presented" },    { KIND_CALL, "presented_name" },
		{ KIND_CALL, "dialled" },      { KIND_CALL, "status" },       { KIND_CALL, "currency" },
		{ KIND_ACCOUNT, "account" },   { KIND_ACCOUNT, "email" },     { KIND_ACCOUNT, "phone" },
		{ KIND_ACCOUNT, "country" },   { KIND_PAYMENT, "account" },   { KIND_PAYMENT, "currency" },
		{ KIND_PAYMENT, "from_address" }, { KIND_PAYMENT, "to_address" }, { KIND_PAYMENT, "txid" },
		{ KIND_PAYMENT, "status" },    { KIND_LOGIN, "account" },     { KIND_REPORT, "victim" },
		{ KIND_REPORT, "presented" },  { KIND_REPORT, "currency" },   { KIND_RATE, "base" },
		{ KIND_RATE, "quote" },        { KIND_ORGANISATION, "number" },
	};
	const char *name = kind_info(kind)->roles[role].name;

	for (size_t i = 0; i < sizeof(understood) / sizeof(understood[0]); i++)
		if (understood[i].kind == kind && !strcmp(understood[i].role, name))
			return true;
	return false;
}
