/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a profile: lines of a keyword and its arguments. */
#include <string.h>

#include "casefile/record/status_word.h"
#include "ingest/delimited/dialect.h"
#include "ingest/plan/lines/lines.h"
#include "ingest/plan/profile.h"

static const struct profile_keyword *find_keyword(struct text word)
{
	static const struct profile_keyword *const lists[] = { profile_name_lines, profile_dialect_lines,
							       profile_role_lines, profile_row_lines,
							       profile_value_lines };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (const struct profile_keyword *keyword = lists[i]; keyword->name; keyword++)
			if (word.len > 0 && word.data[0] == *keyword->name && text_is(word, keyword->name))
				return keyword;
	return NULL;
}

static enum status read_keyword(struct profile_line *line, struct text word)
{
	const struct profile_keyword *keyword = find_keyword(word);

	if (line->sniffs && !(keyword && keyword->sniffs))
		return STATUS_OK;
	if (keyword)
		return keyword->read(line);
	if (status_word_keyword(word))
		return profile_word_line(line, status_word_keyword(word));
	return profile_line_wrong_word(line, word, "no keyword of a profile");
}

static enum status read_line(struct profile_line *line)
{
	struct token token;
	enum status status;

	line->rest = text_trim(line->rest);
	if (line->rest.len == 0 || line->rest.data[0] == '#')
		return STATUS_OK;
	if ((status = profile_line_next(line, &token)) != STATUS_OK)
		return line->out ? STATUS_OK : status;
	line->rest = text_trim(line->rest);
	if (text_is(token.text, "table"))
		return profile_table_line(line);
	return line->out ? STATUS_OK : read_keyword(line, token.text);
}

static bool has_role(const struct profile *profile, size_t role)
{
	for (size_t i = 0; i < profile->role_count; i++)
		if (profile->roles[i].role == (int)role)
			return true;
	return false;
}

/* What only the whole text can tell. */
static enum status check(const struct profile_line *line)
{
	const struct profile *profile = line->profile;
	const struct kind_info *info;

	if (profile->record_begin && !profile->record)
		return profile_line_wrong(line, "`record-begin` needs a line `record`");
	if (profile->name && !profile_holds(profile))
		return STATUS_OK;
	if (!profile->name || !profile->has_kind)
		return profile_line_wrong(line, profile->section ? "a section needs a line `kind`, and a profile a line `name`"
								 : "a profile needs a line `name` and a line `kind`");
	if (profile->any_kind && !profile->by_header)
		return profile_line_wrong(line, "`kind any` needs `roles header`");
	if (profile->by_header || line->sniffs)
		return STATUS_OK;
	info = kind_info(profile->kind);
	for (size_t i = 0; i < info->role_count; i++)
		if (info->roles[i].needed && !has_role(profile, i) && !profile->without[i])
			return profile_line_wrong(line, "role %s is needed, and has no line", info->roles[i].name);
	return STATUS_OK;
}

static void begin(struct profile *profile)
{
	memset(profile, 0, sizeof(*profile));
	profile->header = profile->separator = profile->quote = DIALECT_UNKNOWN;
	profile->escape = profile->inner = profile->guard = DIALECT_UNKNOWN;
	profile->head = DIALECT_UNKNOWN;
	profile->legs = -1;
}

static enum status read_lines(struct profile_line *line, struct text text)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0) {
		line->rest = text_take_line(&text);
		line->number++;
		status = line->rest.len && memchr(line->rest.data, '\0', line->rest.len)
				 ? profile_line_wrong(line, "a NUL byte")
				 : read_line(line);
	}
	return status == STATUS_OK ? check(line) : status;
}

static enum status read_whole(struct profile_line *line, struct text text)
{
	struct profile *profile = line->profile;

	begin(profile);
	if (!digest_of(text.data, text.len, profile->sha256) ||
	    !absents_read(&profile->absents, text_of(absent_builtin)))
		return error_memory(line->error);
	return read_lines(line, text);
}

enum status profile_parse_behind(struct profile *profile, struct text text, struct text table,
				 unsigned section, const char *shown, struct error *error)
{
	struct profile_line line = { .profile = profile, .shown = shown, .error = error, .table = table,
				     .behind = section };

	return read_whole(&line, text);
}

enum status profile_parse_section(struct profile *profile, struct text text, unsigned section,
				  const char *shown, struct error *error)
{
	struct profile_line line = { .profile = profile, .shown = shown, .error = error, .wanted = section };

	return read_whole(&line, text);
}

enum status profile_parse(struct profile *profile, struct text text, struct text table,
			  const char *shown, struct error *error)
{
	return profile_parse_behind(profile, text, table, 0, shown, error);
}

enum status profile_sniffs(struct profile *profile, struct text text, struct text table,
			   const char *shown, struct error *error)
{
	struct profile_line line = { .profile = profile, .shown = shown, .error = error, .table = table,
				     .sniffs = true };

	begin(profile);
	return read_lines(&line, text);
}

static unsigned kinds_of(const struct profile *profile)
{
	if (!profile->has_kind)
		return 0;
	return profile->any_kind ? ~0u : 1u << profile->kind;
}

static bool has_keys(const struct profile *profile)
{
	if (!profile_holds(profile))
		return false;
	return profile->kind == KIND_LOOKUP ||
	       (profile->kind == KIND_ACCOUNT &&
		(profile->by_header || has_role(profile, (size_t)kind_role(KIND_ACCOUNT, text_of("key")))));
}

/* A table of keys has to be one of the profile too; what a pattern means shows in the dump. */
static enum status check_join(struct profile_line *line, const struct profile_join *join, struct text text)
{
	struct profile keys;
	char table[80];
	enum status status = profile_parse(&keys, text, text_of(join->table), line->shown, line->error);

	line->number = join->line;
	if (status == STATUS_OK && !has_keys(&keys) && !keys.table_patterns)
		status = profile_line_wrong(line, "'%s': no table of this profile is of kind account with a line `role key`, "
						  "or of kind lookup, and called so",
					    text_escape(text_of(join->table), table, sizeof(table)));
	profile_release(&keys);
	return status;
}

enum status profile_check(struct text text, const char *shown, unsigned *kinds, struct error *error)
{
	unsigned sections = 1;
	enum status status = STATUS_OK;

	*kinds = 0;
	for (unsigned section = 1; section <= sections && status == STATUS_OK; section++) {
		struct profile profile;
		struct profile_line line = { .profile = &profile, .shown = shown, .error = error, .wanted = section };

		status = read_whole(&line, text);
		for (size_t i = 0; i < profile.join_count && status == STATUS_OK; i++)
			status = check_join(&line, &profile.joins[i], text);
		*kinds |= kinds_of(&profile);
		sections = profile.sections;
		profile_release(&profile);
	}
	return status;
}
