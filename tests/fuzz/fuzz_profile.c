/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes profiles: any text is one, or is refused with its line; one that is taken makes a mapping, or says why not. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/profile.h"

#define FIELDS 12

/* A message is one line that begins with the file, and with a line of it that there may be. */
static void check_refusal(const struct error *error, size_t size)
{
	const char *at = error->text + 5;
	unsigned long line = 0;

	FUZZ_MUST(!strncmp(error->text, "fuzz:", 5) && *at >= '1' && *at <= '9');
	for (; *at >= '0' && *at <= '9'; at++)
		line = line * 10 + (unsigned)(*at - '0');
	FUZZ_MUST(*at == ':' && at[1] == ' ' && at[2] != '\0' && line <= size + 1);
	for (; *at; at++)
		FUZZ_MUST((unsigned char)*at >= ' ' && *at != 127);
}

static void check_widths(const struct widths *widths)
{
	FUZZ_MUST(widths->least <= widths->most && widths->most <= PROFILE_WIDTH_MOST);
}

static void check_taken(const struct profile *profile)
{
	FUZZ_MUST(profile->name && profile->name[0] && (profile->has_kind || profile->any_kind));
	FUZZ_MUST(profile->role_count <= PROFILE_ROLES && profile->sniff_count <= PROFILE_SNIFFS);
	FUZZ_MUST(profile->fallback_count <= PROFILE_FALLBACKS && profile->legs < ROLES_MOST);
	check_widths(&profile->width);
	check_widths(&profile->legs_width);
	for (size_t i = 0; i < profile->role_count; i++) {
		FUZZ_MUST(profile->roles[i].role >= 0 && profile->roles[i].role < ROLES_MOST);
		FUZZ_MUST(profile->roles[i].column.name || profile->roles[i].column.position >= 1);
		check_widths(&profile->roles[i].width);
	}
	for (size_t i = 0; i < profile->fallback_count; i++)
		FUZZ_MUST(profile->fallbacks[i].when && profile->fallbacks[i].take);
}

/* A mapping by position and by a header, and its description. */
static void check_mapping(const struct profile *profile, bool header)
{
	static const struct text names[FIELDS] = { { "started", 7 }, { "account", 7 }, { "presented", 9 }, { "dialled", 7 }, { "talk", 4 },
						   { "status", 6 }, { "amount", 6 }, { "paid", 4 }, { "at", 2 }, { "a", 1 }, { "", 0 },
						   { "A", 1 } };
	const struct sample_row row = { names, FIELDS };
	const struct mapping_request request = { .shown = "dump", .profile = profile, .kind = profile->kind,
						 .header = header ? &row : NULL, .width = FIELDS };
	struct mapping mapping;
	struct error error;
	struct buf said = { 0 };
	const enum status status = mapping_resolve(&mapping, &request, &error);

	FUZZ_MUST(status == STATUS_OK || (status == STATUS_USAGE && error.text[0]));
	if (status != STATUS_OK)
		return;
	mapping_describe(&mapping, request.header, &said);
	FUZZ_MUST(!said.failed && mapping.role_count <= ROLES_MOST);
	for (size_t i = 0; i < mapping.role_count; i++)
		FUZZ_MUST(mapping.pick_counts[mapping.roles[i]] >= 1 && mapping.pick_counts[mapping.roles[i]] <= MAPPING_PICKS);
	buf_release(&said);
}

/* What a profile is known by is the same, read by itself. */
static void check_sniffs(struct text text, const struct profile *whole)
{
	struct error error = { .status = STATUS_OK };
	struct profile profile;
	const enum status status = profile_sniffs(&profile, text, text_of("cdr"), "fuzz", &error);

	FUZZ_MUST(status == STATUS_OK && profile.section == whole->section && profile.sections == whole->sections);
	FUZZ_MUST(profile.sniff_count == whole->sniff_count && profile.has_kind == whole->has_kind && profile.kind == whole->kind);
	profile_release(&profile);
}

static void check_sections(struct text text, size_t size)
{
	struct error error = { .status = STATUS_OK };
	unsigned kinds;
	const enum status status = size < 2000 ? profile_check(text, "fuzz", &kinds, &error) : STATUS_OK;

	FUZZ_MUST(status == STATUS_OK || status == STATUS_USAGE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text text = { (const char *)data, size };
	struct error error = { .status = STATUS_OK };
	struct profile profile;
	const enum status status = profile_parse(&profile, text, text_of("cdr"), "fuzz", &error);

	FUZZ_MUST(status == STATUS_OK || status == STATUS_USAGE);
	if (status == STATUS_USAGE) {
		check_refusal(&error, size);
	} else if (profile_holds(&profile)) {
		check_taken(&profile);
		check_mapping(&profile, false);
		check_mapping(&profile, true);
	}
	if (status == STATUS_OK)
		check_sniffs(text, &profile);
	profile_release(&profile);
	check_sections(text, size);
	return 0;
}
