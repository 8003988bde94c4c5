/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: finding one by name, and letting it go. */
#include "ingest/plan/profile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void column_release(struct profile_column *column)
{
	free(column->name);
}

static void release_rows(struct profile *profile)
{
	for (size_t i = 0; i < profile->filter_count; i++) {
		column_release(&profile->filters[i].column);
		pattern_free(profile->filters[i].pattern);
	}
	for (size_t i = 0; i < profile->join_count; i++)
		free(profile->joins[i].table);
	for (size_t i = 0; i < ROLES_MOST; i++)
		free(profile->zones[i]);
	pattern_free(profile->record);
	pattern_free(profile->record_begin);
	column_release(&profile->epoch.column);
	column_release(&profile->sequence.column);
	pattern_free(profile->epoch.take);
}

static void release_texts(struct profile *profile)
{
	free(profile->name);
	free(profile->about);
	free(profile->confirmed_by);
	free(profile->unconfirmed);
	free(profile->zone);
	free(profile->date_order);
	free(profile->currency);
	free(profile->region);
	free(profile->bare);
	free(profile->decimal);
	buf_release(&profile->cannot_say);
	buf_release(&profile->section_tables);
	buf_release(&profile->words);
}

void profile_release(struct profile *profile)
{
	for (size_t i = 0; i < profile->role_count; i++) {
		column_release(&profile->roles[i].column);
		column_release(&profile->roles[i].when_column);
		pattern_free(profile->roles[i].when);
		free(profile->roles[i].second.name);
		free(profile->roles[i].constant);
	}
	for (size_t i = 0; i < profile->sniff_count; i++) {
		column_release(&profile->sniffs[i].column);
		pattern_free(profile->sniffs[i].pattern);
		free(profile->sniffs[i].expression);
		buf_release(&profile->sniffs[i].columns);
	}
	for (size_t i = 0; i < profile->fallback_count; i++) {
		column_release(&profile->fallbacks[i].column);
		pattern_free(profile->fallbacks[i].when);
		pattern_free(profile->fallbacks[i].take);
	}
	buf_release(&profile->names);
	free(profile->named);
	release_rows(profile);
	release_texts(profile);
	absents_release(&profile->absents);
	memset(profile, 0, sizeof(*profile));
}

static bool is_path(const char *name)
{
	size_t len = strlen(name);

	return strchr(name, '/') ||
	       (len > 8 && !strcmp(name + len - 8, ".profile"));
}

/* A name that leads to no file is a wrong request, all else a failure. */
static enum status cannot_open(const char *shown, int code, struct error *error)
{
	const bool usage = code == ENOENT || code == ENOTDIR || code == EACCES ||
			   code == ELOOP || code == ENAMETOOLONG;

	(void)error_set(error, usage ? STATUS_USAGE : STATUS_FAILED,
			"profile %s: %s", shown, strerror(code));
	error->fault = !usage;
	return error->status;
}

/* The whole file, up to the bound and a byte more, into out. */
static enum status read_file(const char *path, const char *shown, struct buf *out,
			     struct error *error)
{
	FILE *file = fopen(path, "rb");
	char block[4096];
	size_t got;
	bool failed;

	if (!file)
		return cannot_open(shown, errno, error);
	while (out->len <= PROFILE_FILE_MOST && !out->failed &&
	       (got = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(out, block, got);
	failed = ferror(file) != 0;
	(void)fclose(file);
	if (out->failed)
		return error_memory(error);
	if (failed) {
		(void)error_set(error, STATUS_FAILED, "profile %s: cannot be read",
				shown);
		error->fault = true;
		return STATUS_FAILED;
	}
	if (out->len > PROFILE_FILE_MOST)
		return error_set(error, STATUS_USAGE,
				 "profile %s: longer than %d bytes", shown,
				 PROFILE_FILE_MOST);
	return STATUS_OK;
}

/* What is done with the text of a profile. */
struct reading {
	struct profile *profile;    /* NULL: it is only checked */
	struct text table;
	unsigned behind;            /* the section; 0: before all */
	unsigned section;           /* that is wanted; 0: that of the table */
	unsigned *kinds;
	struct error *error;
};

static enum status read_text(const struct reading *reading, struct text text, const char *shown)
{
	if (reading->section)
		return profile_parse_section(reading->profile, text, reading->section, shown, reading->error);
	return reading->profile ? profile_parse_behind(reading->profile, text, reading->table, reading->behind,
						       shown, reading->error)
				: profile_check(text, shown, reading->kinds, reading->error);
}

static enum status load_file(const struct reading *reading, const char *path)
{
	struct buf text = { 0 };
	char shown[200];
	enum status status;

	text_escape(text_of(path), shown, sizeof(shown));
	status = read_file(path, shown, &text, reading->error);
	if (status == STATUS_OK)
		status = read_text(reading, buf_view(&text), shown);
	buf_release(&text);
	return status;
}

static enum status not_found(const char *name, struct error *error)
{
	struct buf known = { 0 };
	char shown[100];

	for (size_t i = 0; i < profiles_builtin_count; i++)
		buf_format(&known, "%s%s", i ? ", " : "", profiles_builtin[i].name);
	(void)error_set(error, STATUS_USAGE,
			"there is no profile '%s'; known are %s; a file is named "
			"with a / or ends in .profile",
			text_escape(text_of(name), shown, sizeof(shown)),
			known.data ? known.data : "none");
	buf_release(&known);
	return error->status;
}

static enum status load(const struct reading *reading, const char *name)
{
	if (is_path(name))
		return load_file(reading, name);
	for (size_t i = 0; i < profiles_builtin_count; i++) {
		struct text text = { profiles_builtin[i].text,
				     profiles_builtin[i].len };

		if (!strcmp(profiles_builtin[i].name, name))
			return read_text(reading, text, name);
	}
	return not_found(name, reading->error);
}

enum status profile_load_behind(struct profile *profile, const char *name, struct text table,
				unsigned section, struct error *error)
{
	const struct reading reading = { profile, table, section, 0, NULL, error };

	memset(profile, 0, sizeof(*profile));
	return load(&reading, name);
}

enum status profile_load_section(struct profile *profile, const char *name, unsigned section,
				 struct error *error)
{
	const struct reading reading = { profile, { NULL, 0 }, 0, section, NULL, error };

	memset(profile, 0, sizeof(*profile));
	return load(&reading, name);
}

enum status profile_load(struct profile *profile, const char *name, struct text table,
			 struct error *error)
{
	return profile_load_behind(profile, name, table, 0, error);
}

enum status profile_load_check(const char *name, unsigned *kinds, struct error *error)
{
	const struct text none = { NULL, 0 };
	const struct reading reading = { NULL, none, 0, 0, kinds, error };

	*kinds = 0;
	return load(&reading, name);
}

void widths_describe(const struct widths *widths, struct buf *out)
{
	if (widths->least == widths->most)
		buf_format(out, ", %zu column%s", widths->most, plural(widths->most));
	else
		buf_format(out, ", %zu to %zu columns", widths->least,
			   widths->most);
}
