/* SPDX-License-Identifier: Apache-2.0 */
/* Options that are kept in the case: files read, texts taken, put in, taken back. */
#include "cmd/common/kept.h"

#include <stdio.h>
#include <string.h>

#include "casefile/record/decision.h"
#include "casefile/record/decision_tell.h"
#include "cmd/common/text_file.h"

static const char **text_at(const struct kept_option *option, void *values)
{
	return (const char **)((char *)values + option->place);
}

void kept_release(struct kept_texts *texts)
{
	for (size_t i = 0; i < KEPT_MOST; i++)
		buf_release(&texts->texts[i]);
}

/* ---- files ---- */

/* A line feed in it would end the name. */
static void add_name(const char *path, struct buf *text)
{
	for (; *path; path++)
		buf_byte(text, *path == '\n' ? '?' : *path);
	buf_byte(text, '\n');
}

static enum status read_file(const struct invocation *inv, const struct kept_option *option, const char *path,
			     struct buf *text)
{
	char shown[300];
	size_t name;
	int error;

	text_escape(text_of(path), shown, sizeof(shown));
	add_name(path, text);
	name = text->len;
	error = text_file_read(path, option->most, text);
	if (error)
		return command_fail(inv, STATUS_FAILED, "%s: %s", shown, strerror(error));
	if (text->failed)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	if (text->len - name > option->most || memchr(text->data + name, '\0', text->len - name))
		return command_fail(inv, STATUS_FAILED, "%s: no file of %s: it has over %zu bytes, or a NUL", shown,
				    option->file, option->most);
	return STATUS_OK;
}

enum status kept_read(const struct invocation *inv, const struct kept_option *options, void *values,
		      struct kept_texts *texts)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; options[i].key && status == STATUS_OK; i++) {
		const char **text = text_at(&options[i], values);

		if (!options[i].file || !*text || !**text)
			continue;
		status = read_file(inv, &options[i], *text, &texts->texts[i]);
		*text = texts->texts[i].data;
	}
	return status;
}

const char *kept_file(const char *text, struct buf *name)
{
	const size_t len = strcspn(text, "\n");

	buf_add(name, text, len);
	return text + len + (text[len] == '\n');
}

/* ---- what is in force ---- */

/* Puts in what is decided, else the default. */
static enum status find(struct casefile *casefile, const struct kept_option *option, const struct decision *of,
			const char **text, struct buf *kept)
{
	int64_t run;
	const enum status status = decision_find(casefile, of, kept, &run);

	if (status == STATUS_END)
		*text = option->file ? NULL : option->unless_told;
	else if (status == STATUS_OK)
		*text = buf_view(kept).data;
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status settle(const struct invocation *inv, struct casefile *casefile, const struct kept_option *option,
			  const char **text, struct buf *kept)
{
	const struct decision decision = { inv->command->name, 0, option->key, NULL, *text, 0 };
	const bool none = *text && (!**text || !strcmp(*text, option->unless_told));
	enum status status = STATUS_OK;

	if (none)
		status = decision_undo(casefile, &decision);
	else if (*text)
		return decision_take(casefile, &decision);
	return status == STATUS_OK ? find(casefile, option, &decision, text, kept) : status;
}

static enum status tell(const struct invocation *inv, struct casefile *casefile, const struct kept_option *options)
{
	struct decision_default defaults[KEPT_MOST + 1] = { { NULL, NULL } };

	for (size_t i = 0; options[i].key && i < KEPT_MOST; i++)
		defaults[i] = (struct decision_default){ options[i].key, options[i].unless_told };
	return decision_tell(casefile, inv->command->name, defaults, &inv->observer);
}

enum status kept_settle(const struct invocation *inv, struct casefile *casefile, const struct kept_option *options,
			void *values, struct kept_texts *texts, bool forget)
{
	enum status status = decision_intact(casefile);

	if (status == STATUS_OK && forget)
		status = decision_undo_all(casefile, inv->command->name);
	for (size_t i = 0; options[i].key && status == STATUS_OK; i++)
		status = settle(inv, casefile, &options[i], text_at(&options[i], values), &texts->texts[i]);
	return status == STATUS_OK ? tell(inv, casefile, options) : status;
}
