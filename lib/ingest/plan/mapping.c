/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns of a dump play which roles. */
#include "ingest/plan/mapping.h"

#include <string.h>

#include "ingest/plan/given_names.h"
#include "ingest/plan/said/constant.h"
#include "ingest/plan/values/filter.h"

#define LIST_MOST 600       /* bytes of a list in a message */
#define NAME_SHOWN 80

/* What became of the search for a column. */
enum found { FOUND, FOUND_NONE, FOUND_TWICE };

/* ROLE=COLUMN taken apart. */
struct assignment {
	struct text role, column;
};

static struct assignment split(const char *mapping)
{
	const char *mark = strchr(mapping, '=');
	struct assignment assignment = { text_of(mapping), { NULL, 0 } };

	if (!mark)
		return assignment;
	assignment.role.len = (size_t)(mark - mapping);
	assignment.column = text_of(mark + 1);
	return assignment;
}

/* Looks a name up among header names, without the blanks around those. */
static enum found find_name(const struct sample_row *header, struct text name,
			    bool fold, size_t *column)
{
	enum found found = FOUND_NONE;

	for (size_t i = 0; i < header->count; i++) {
		struct text field = text_trim(header->fields[i]);
		bool same = text_equal(field, name);

		if (!same && fold && field.len == name.len) {
			same = true;
			for (size_t k = 0; k < name.len && same; k++) {
				struct text a = { field.data + k, 1 };
				char b[2] = { name.data[k], '\0' };

				same = text_is_fold(a, b);
			}
		}
		if (!same)
			continue;
		if (found == FOUND)
			return FOUND_TWICE;
		found = FOUND;
		*column = i;
	}
	return found;
}

/* As it is written first, else with ASCII case folded. */
static enum found find_column(const struct sample_row *header, struct text name,
			      size_t *column)
{
	enum found found;

	if (!header || name.len == 0)
		return FOUND_NONE;
	found = find_name(header, name, false, column);
	return found == FOUND_NONE ? find_name(header, name, true, column) : found;
}

/* Up to the next plus sign, which is taken as well. */
static struct text take_part(struct text *rest)
{
	struct text part = *rest;
	const char *plus = rest->len ? memchr(rest->data, '+', rest->len) : NULL;

	if (plus)
		part.len = (size_t)(plus - rest->data);
	rest->data += part.len + (plus != NULL);
	rest->len -= part.len + (plus != NULL);
	return part;
}

bool mapping_by_position(const char *mapping)
{
	struct text column = split(mapping).column;
	bool numbers = column.data != NULL;
	uint64_t number;

	if (column.len > 0 && column.data[0] == '=')
		return true;
	while (numbers && column.len > 0)
		numbers = text_to_u64(take_part(&column), &number);
	return numbers;
}

void mapping_header(const struct sample_row *header, struct buf *out)
{
	for (size_t i = 0; i < header->count; i++) {
		if (out->len > LIST_MOST) {
			buf_format(out, ", and %zu more", header->count - i);
			return;
		}
		buf_text(out, i ? ", " : "");
		buf_escape(out, text_trim(header->fields[i]), NAME_SHOWN);
	}
}

/* "the header has: a, b" or "the rows have 8 columns and no header". */
static void say_columns(const struct mapping_request *request, struct buf *out)
{
	if (!request->header) {
		buf_format(out, "the rows have %zu column%s, and no header",
			   request->width, plural(request->width));
		return;
	}
	buf_text(out, "the header has: ");
	mapping_header(request->header, out);
}

static enum status no_column(const struct mapping_request *request,
			     struct text column, enum found found,
			     struct error *error)
{
	struct buf columns = { 0 };
	char shown[NAME_SHOWN];

	text_escape(column, shown, sizeof(shown));
	if (found == FOUND_TWICE)
		return error_set(error, STATUS_USAGE,
				 "%s: the header has column '%s' twice: give its "
				 "position, -m ROLE=NUMBER", request->shown, shown);
	say_columns(request, &columns);
	(void)error_set(error, STATUS_USAGE, "%s: there is no column '%s'; %s",
			request->shown, shown, buf_view(&columns).data);
	buf_release(&columns);
	return error->status;
}

/* The column of a name or position. */
static enum status locate(const struct mapping_request *request,
			  struct text name, size_t *column, struct error *error)
{
	uint64_t number;
	enum found found = find_column(request->header, name, column);

	if (found == FOUND)
		return STATUS_OK;
	if (found == FOUND_NONE && text_to_u64(name, &number) && number >= 1 &&
	    number <= request->width) {
		*column = (size_t)number - 1;
		return STATUS_OK;
	}
	return no_column(request, name, found, error);
}

static bool is_column(const struct mapping_request *request, struct text name, size_t *column)
{
	uint64_t number;
	enum found found = find_column(request->header, name, column);

	if (found != FOUND_NONE)
		return found == FOUND;
	if (!text_to_u64(name, &number) || number < 1 || number > request->width)
		return false;
	*column = (size_t)number - 1;
	return true;
}

/* A text with a plus sign: wherever it can be parted into two columns. */
static enum status locate_two(const struct mapping_request *request, int role, struct text name,
			      struct pick *pick, struct error *error)
{
	const struct role *info = &kind_info(request->kind)->roles[role];
	struct text rest = name;
	size_t first, second, ways = 0;
	char shown[NAME_SHOWN];

	while (rest.len > 0) {
		struct text before = name;

		(void)take_part(&rest);
		before.len = rest.len > 0 ? (size_t)(rest.data - name.data) - 1 : 0;
		if (!is_column(request, text_trim(before), &first) ||
		    !is_column(request, text_trim(rest), &second))
			continue;
		ways++;
		*pick = (struct pick){ .column = first, .joined = true, .second = second,
				       .width = pick->width, .when_column = pick->when_column,
				       .when = pick->when };
	}
	if (ways == 0)
		return no_column(request, name, FOUND_NONE, error);
	text_escape(name, shown, sizeof(shown));
	if (ways > 1)
		return error_set(error, STATUS_USAGE,
				 "%s: '%s' can be parted into two columns in %zu ways: give "
				 "their positions, -m %s=NUMBER+NUMBER", request->shown, shown, ways,
				 info->name);
	return info->type == ROLE_TIME
		       ? STATUS_OK
		       : error_set(error, STATUS_USAGE,
				   "%s: there is no column '%s', and role %s is no time, which alone "
				   "is made of two columns", request->shown, shown, info->name);
}

/* What a column is said to be: a header of that exact name first, else =VALUE, a position,
 * or two columns. */
static enum status locate_said(struct mapping *mapping, const struct mapping_request *request,
			       int role, struct text name, struct pick *pick, struct error *error)
{
	const enum found found = find_column(request->header, name, &pick->column);
	const char plus = '+';

	if (found == FOUND_NONE && name.len > 0 && name.data[0] == '=') {
		pick->constant = true;
		return constant_take(mapping, &request->profile->absents, role, (struct text){ name.data + 1, name.len - 1 }, error);
	}
	if (found == FOUND_NONE && name.len > 0 && memchr(name.data, plus, name.len))
		return locate_two(request, role, name, pick, error);
	return locate(request, name, &pick->column, error);
}

enum status mapping_locate(const struct mapping_request *request,
			   const struct profile_column *name, size_t *column, struct error *error)
{
	if (name->name)
		return locate(request, text_of(name->name), column, error);
	*column = name->position ? name->position - 1 : 0;
	return STATUS_OK;
}

static enum status unknown_role(const struct mapping_request *request,
				struct text role, struct error *error)
{
	const struct kind_info *info = kind_info(request->kind);
	struct buf roles = { 0 }, kinds = { 0 };
	const bool other = given_role_kinds(role, &kinds);
	char shown[NAME_SHOWN];

	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&roles, "%s%s", i ? ", " : "", info->roles[i].name);
	(void)error_set(error, STATUS_USAGE,
			"kind %s has no role '%s'%s%s; its roles are %s", info->name,
			text_escape(role, shown, sizeof(shown)),
			other ? ", which is one of " : "", buf_view(&kinds).data,
			buf_view(&roles).data);
	buf_release(&kinds);
	buf_release(&roles);
	return error->status;
}

static void add_pick(struct mapping *mapping, int role, const struct pick *pick)
{
	size_t *count = &mapping->pick_counts[role];

	if (*count < MAPPING_PICKS)
		mapping->picks[role][(*count)++] = *pick;
}

/* Whether a role was mapped, or said to be in no column. */
static bool is_settled(const struct mapping *mapping, size_t role)
{
	return mapping->pick_counts[role] > 0 || mapping->without[role];
}

/* -m ROLE=: systems that set the shown number after they write the row leave
 * no column for it. */
static enum status go_without(struct mapping *mapping,
			      const struct mapping_request *request, int role,
			      struct error *error)
{
	const struct role *info = &kind_info(request->kind)->roles[role];

	if (info->filled)
		return error_set(error, STATUS_USAGE,
				 "role %s cannot be left out: no row of kind %s can "
				 "be taken without it", info->name,
				 kind_info(request->kind)->name);
	mapping->without[role] = true;
	return STATUS_OK;
}

static enum status take_mapping(struct mapping *mapping,
				const struct mapping_request *request,
				const char *text, struct error *error)
{
	struct assignment assignment = split(text);
	struct pick pick = { 0 };
	char shown[NAME_SHOWN];
	enum status status;
	int role;

	if (!assignment.column.data)
		return error_set(error, STATUS_USAGE,
				 "-m takes ROLE=COLUMN, not '%s'",
				 text_escape(text_of(text), shown, sizeof(shown)));
	role = kind_role(request->kind, assignment.role);
	if (role < 0)
		return unknown_role(request, assignment.role, error);
	if (is_settled(mapping, (size_t)role))
		return error_set(error, STATUS_USAGE, "role %s is mapped twice",
				 kind_info(request->kind)->roles[role].name);
	if (assignment.column.len == 0)
		return go_without(mapping, request, role, error);
	status = locate_said(mapping, request, role, assignment.column, &pick, error);
	if (status == STATUS_OK)
		add_pick(mapping, role, &pick);
	return status;
}

/* A name in quotes is a column's, and nothing else. */
static enum status locate_role(struct mapping *mapping, const struct mapping_request *request,
			       const struct profile_role *role, struct pick *pick,
			       struct error *error)
{
	const struct profile_column *column = &role->column;
	enum status status;

	if (column->name && !column->quoted)
		return locate_said(mapping, request, role->role, text_of(column->name), pick, error);
	if (role->constant) {
		pick->constant = true;
		return constant_take(mapping, &request->profile->absents, role->role, text_of(role->constant), error);
	}
	status = mapping_locate(request, column, &pick->column, error);
	pick->joined = role->second.name || role->second.position;
	if (status == STATUS_OK && pick->joined)
		status = mapping_locate(request, &role->second, &pick->second, error);
	return status;
}

static enum status take_profile_role(struct mapping *mapping,
				     const struct mapping_request *request,
				     const struct profile_role *role,
				     struct error *error)
{
	struct pick pick = { .width = role->width, .when = role->when };
	enum status status = locate_role(mapping, request, role, &pick, error);

	if (status == STATUS_OK && role->when)
		status = mapping_locate(request, &role->when_column,
					&pick.when_column, error);
	if (status == STATUS_OK && mapping->pick_counts[role->role] == MAPPING_PICKS)
		return error_set(error, STATUS_USAGE,
				 "profile %s: role %s has more than %d columns",
				 request->profile->name,
				 kind_info(request->kind)->roles[role->role].name,
				 MAPPING_PICKS);
	if (status == STATUS_OK)
		add_pick(mapping, role->role, &pick);
	return status;
}

/* The roles a profile maps, but for those that were mapped already. */
static enum status take_profile(struct mapping *mapping,
				const struct mapping_request *request,
				struct error *error)
{
	const struct profile *profile = request->profile;
	enum status status = STATUS_OK;
	bool mapped[ROLES_MOST];

	for (size_t i = 0; i < ROLES_MOST; i++)
		mapped[i] = is_settled(mapping, i);
	for (size_t i = 0; i < profile->role_count && status == STATUS_OK; i++)
		if (!mapped[profile->roles[i].role])
			status = take_profile_role(mapping, request,
						   &profile->roles[i], error);
	for (size_t i = 0; i < profile->fallback_count && status == STATUS_OK;
	     i++) {
		const struct profile_fallback *from = &profile->fallbacks[i];
		struct fallback *to = &mapping->fallbacks[mapping->fallback_count];

		if (mapped[from->role])
			continue;
		mapping->fallback_count++;
		to->role = from->role;
		to->when = from->when;
		to->take = from->take;
		status = mapping_locate(request, &from->column, &to->column, error);
	}
	memcpy(mapping->url, profile->url, sizeof(mapping->url));
	memcpy(mapping->units, profile->units, sizeof(mapping->units));
	return status == STATUS_OK ? filter_resolve(mapping, request, error) : status;
}

/* Roles without a column yet take the header's column of their name. */
static enum status take_header(struct mapping *mapping,
			       const struct mapping_request *request,
			       struct error *error)
{
	const struct kind_info *info = kind_info(request->kind);

	if (!request->profile->by_header)
		return STATUS_OK;
	for (size_t i = 0; i < info->role_count; i++) {
		struct text name = text_of(info->roles[i].name);
		struct pick pick = { 0 };
		enum found found;

		if (is_settled(mapping, i))
			continue;
		found = find_column(request->header, name, &pick.column);
		if (found == FOUND_TWICE)
			return no_column(request, name, found, error);
		if (found == FOUND)
			add_pick(mapping, (int)i, &pick);
	}
	return STATUS_OK;
}

static enum status check_needed(const struct mapping *mapping,
				const struct mapping_request *request,
				struct error *error)
{
	const struct kind_info *info = kind_info(request->kind);
	struct buf columns = { 0 };

	for (size_t i = 0; i < info->role_count; i++) {
		const bool sayable = !constant_problem(request->kind, (int)i);

		if (!info->roles[i].needed || is_settled(mapping, i))
			continue;
		say_columns(request, &columns);
		(void)error_set(error, STATUS_USAGE,
				"%s: kind %s needs role %s, and no column plays it: "
				"say -m %s=COLUMN%s%s%s%s; %s", request->shown, info->name,
				info->roles[i].name, info->roles[i].name,
				info->roles[i].filled
					? ""
					: ", or nothing after the = if the dump has none",
				sayable ? ", or -m " : "", sayable ? info->roles[i].name : "",
				sayable ? "==VALUE if it is the same in all rows" : "",
				buf_view(&columns).data);
		buf_release(&columns);
		return error->status;
	}
	return STATUS_OK;
}

enum status mapping_resolve(struct mapping *mapping,
			    const struct mapping_request *request,
			    struct error *error)
{
	enum status status = STATUS_OK;

	memset(mapping, 0, sizeof(*mapping));
	mapping->kind = request->kind;
	for (size_t i = 0; i < request->mapping_count && status == STATUS_OK; i++)
		status = take_mapping(mapping, request, request->mappings[i], error);
	if (status == STATUS_OK)
		status = take_profile(mapping, request, error);
	if (status == STATUS_OK)
		status = take_header(mapping, request, error);
	mapping_settle(mapping);
	return status == STATUS_OK ? check_needed(mapping, request, error) : status;
}

/* Whether a mapping given names this role. */
static bool is_mapped(const struct mapping_request *request, struct text role)
{
	for (size_t i = 0; i < request->mapping_count; i++)
		if (text_equal(split(request->mappings[i]).role, role))
			return true;
	return false;
}

unsigned mapping_fit(const struct mapping_request *request, unsigned *needed)
{
	const struct kind_info *info = kind_info(request->kind);
	unsigned roles = 0;

	*needed = 0;
	for (size_t i = 0; i < request->mapping_count; i++)
		if (kind_role(request->kind, split(request->mappings[i]).role) < 0)
			return 0;
	for (size_t i = 0; i < info->role_count; i++) {
		struct text name = text_of(info->roles[i].name);
		size_t column;
		bool has = is_mapped(request, name) ||
			   find_column(request->header, name, &column) !=
				   FOUND_NONE;

		if (info->roles[i].needed && !has)
			return 0;
		*needed += info->roles[i].needed;
		roles += has;
	}
	return roles;
}
