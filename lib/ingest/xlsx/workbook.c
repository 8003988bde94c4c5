/* SPDX-License-Identifier: Apache-2.0 */
/* What a workbook has: its sheets, its texts and styles (ECMA-376 part 1, 18.2). */
#include "ingest/xlsx/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define ROOT_RELATIONS "_rels/.rels"

static void add(struct buf *out, struct text text)
{
	if (text.len > 0)
		buf_add(out, text.data, text.len);
}

static void take_nothing(void *context, struct text text)
{
	(void)context, (void)text;
}

static void end_nothing(void *context, struct part *part, const char *name)
{
	(void)context, (void)part, (void)name;
}

/* ---- relations: part 2, 6.5 ---- */

static void start_relation(void *context, struct part *part, const char *name,
			   const struct attributes *attributes)
{
	struct relations *relations = context;
	void *items = relations->items;
	struct relation *relation;

	if (strcmp(name, "Relationship") != 0 || relations->count == WORKBOOK_RELATIONS)
		return;
	if (!memory_room(&items, &relations->capacity, relations->count + 1, sizeof(*relations->items))) {
		relations->failed = true;
		part_stop(part);
		return;
	}
	relations->items = items;
	relation = &relations->items[relations->count++];
	memset(relation, 0, sizeof(*relation));
	add(&relation->id, attribute(attributes, "Id"));
	add(&relation->target, attribute(attributes, "Target"));
	add(&relation->type, attribute(attributes, "Type"));
	relations->failed = relations->failed || relation->id.failed || relation->target.failed ||
			    relation->type.failed;
}

static const struct part_handler relations_handler = { start_relation, end_nothing, take_nothing };

static void relations_release(struct relations *relations)
{
	for (size_t i = 0; i < relations->count; i++) {
		buf_release(&relations->items[i].id);
		buf_release(&relations->items[i].target);
		buf_release(&relations->items[i].type);
	}
	free(relations->items);
	memset(relations, 0, sizeof(*relations));
}

/* The last part of a type, which is a URI of one of two kinds. */
static bool is_type(const struct relation *relation, const char *last)
{
	const struct text type = buf_view(&relation->type);
	const size_t len = strlen(last);

	return type.len > len && type.data[type.len - len - 1] == '/' &&
	       !memcmp(type.data + type.len - len, last, len);
}

/* A target beside a part of this name, or from the root on. Names that go up are none. */
static void resolve(struct text target, const char *beside, struct buf *out)
{
	const char *slash = strrchr(beside, '/');

	buf_clear(out);
	if (target.len > 0 && target.data[0] == '/')
		add(out, (struct text){ target.data + 1, target.len - 1 });
	else if (slash)
		buf_add(out, beside, (size_t)(slash - beside) + 1);
	if (target.len > 0 && target.data[0] != '/')
		add(out, target);
}

/* The part that has the relations of another. */
static void relations_of(const char *part, struct buf *out)
{
	const char *slash = strrchr(part, '/');
	const size_t folder = slash ? (size_t)(slash - part) + 1 : 0;

	buf_add(out, part, folder);
	buf_format(out, "_rels/%s.rels", part + folder);
}

/* ---- the workbook ---- */

static void start_workbook(void *context, struct part *part, const char *name,
			   const struct attributes *attributes)
{
	struct workbook *workbook = context;
	void *sheets = workbook->sheets;
	struct sheet_entry *sheet;
	struct text state;

	if (!strcmp(name, "workbookPr"))
		workbook->since_1904 = attribute_is_true(attributes, "date1904");
	if (strcmp(name, "sheet") != 0 || workbook->count == WORKBOOK_SHEETS)
		return;
	if (!memory_room(&sheets, &workbook->capacity, workbook->count + 1, sizeof(*workbook->sheets))) {
		workbook->failed = true;
		part_stop(part);
		return;
	}
	workbook->sheets = sheets;
	sheet = &workbook->sheets[workbook->count++];
	memset(sheet, 0, sizeof(*sheet));
	state = attribute(attributes, "state");
	add(&sheet->name, attribute(attributes, "name"));
	/* r:id, beside a sheetId that is another name. */
	add(&sheet->relation, attribute(attributes, "id"));
	sheet->hidden = state.len > 0 && !text_is(state, "visible");
	workbook->failed = workbook->failed || sheet->name.failed || sheet->relation.failed;
}

static const struct part_handler workbook_handler = { start_workbook, end_nothing, take_nothing };

static enum status none(const struct workbook *workbook, struct error *error)
{
	return error_set(error, STATUS_SKIP, "%s: a document of Microsoft Office or the like that has no workbook in it",
			 workbook->package.shown);
}

/* The name of the part that the file is about. */
static enum status find_main(struct workbook *workbook, struct buf *name, struct error *error)
{
	struct relations relations = { 0 };
	enum status status = package_read(&workbook->package, ROOT_RELATIONS, &relations_handler, &relations, error);

	if (status == STATUS_END)
		status = STATUS_OK;
	buf_text(name, "xl/workbook.xml");
	for (size_t i = 0; i < relations.count && status == STATUS_OK; i++)
		if (is_type(&relations.items[i], "officeDocument"))
			resolve(buf_view(&relations.items[i].target), "", name);
	if (status == STATUS_OK && (relations.failed || name->failed))
		status = error_memory(error);
	relations_release(&relations);
	return status;
}

static void find_sheets(struct workbook *workbook, const struct relations *relations, const char *main)
{
	for (size_t k = 0; k < workbook->count; k++)
		for (size_t i = 0; i < relations->count; i++)
			if (is_type(&relations->items[i], "worksheet") &&
			    text_equal(buf_view(&workbook->sheets[k].relation), buf_view(&relations->items[i].id)))
				resolve(buf_view(&relations->items[i].target), main, &workbook->sheets[k].part);
}

static enum status too_many(const struct workbook *workbook, struct error *error)
{
	return error_set(error, STATUS_SKIP,
			 "%s: a workbook with more than 1 GiB of shared texts (save its sheets as CSV, with all columns "
			 "as text)", workbook->package.shown);
}

/* Texts and styles, which a workbook may do without. */
static enum status read_common(struct workbook *workbook, const struct relations *relations, const char *main,
			       struct error *error)
{
	struct buf part = { 0 };
	enum status status = STATUS_OK;

	for (size_t i = 0; i < relations->count && status == STATUS_OK; i++) {
		const struct relation *relation = &relations->items[i];

		resolve(buf_view(&relation->target), main, &part);
		if (part.failed)
			status = error_memory(error);
		else if (is_type(relation, "sharedStrings") && workbook->strings.count == 0)
			status = package_read(&workbook->package, part.data, &shared_strings_handler,
					      &workbook->strings, error);
		else if (is_type(relation, "styles") && workbook->styles.count == 0)
			status = package_read(&workbook->package, part.data, &styles_handler, &workbook->styles,
					      error);
		status = status == STATUS_END ? STATUS_OK : status;
	}
	buf_release(&part);
	if (status == STATUS_OK && workbook->strings.too_large)
		return too_many(workbook, error);
	return status == STATUS_OK && (workbook->strings.failed || workbook->strings.bytes.failed ||
				       workbook->styles.failed)
		       ? error_memory(error)
		       : status;
}

static enum status read_related(struct workbook *workbook, const char *main, struct error *error)
{
	struct relations relations = { 0 };
	struct buf name = { 0 };
	enum status status;

	relations_of(main, &name);
	status = name.failed ? error_memory(error)
			     : package_read(&workbook->package, name.data, &relations_handler, &relations, error);
	if (status == STATUS_END)
		status = none(workbook, error);
	if (status == STATUS_OK) {
		find_sheets(workbook, &relations, main);
		status = relations.failed ? error_memory(error) : read_common(workbook, &relations, main, error);
	}
	relations_release(&relations);
	buf_release(&name);
	return status;
}

enum status workbook_open(struct workbook *workbook, struct dump *dump, const char *shown, struct error *error)
{
	struct buf main = { 0 };
	enum status status;

	memset(workbook, 0, sizeof(*workbook));
	workbook->package = (struct package){ dump, shown };
	status = find_main(workbook, &main, error);
	if (status == STATUS_OK)
		status = package_read(&workbook->package, main.data, &workbook_handler, workbook, error);
	if (status == STATUS_END)
		status = none(workbook, error);
	if (status == STATUS_OK && workbook->failed)
		status = error_memory(error);
	if (status == STATUS_OK)
		status = read_related(workbook, main.data, error);
	buf_release(&main);
	return status;
}

void workbook_release(struct workbook *workbook)
{
	for (size_t i = 0; i < workbook->count; i++) {
		buf_release(&workbook->sheets[i].name);
		buf_release(&workbook->sheets[i].relation);
		buf_release(&workbook->sheets[i].part);
	}
	free(workbook->sheets);
	shared_strings_release(&workbook->strings);
	styles_release(&workbook->styles);
	memset(workbook, 0, sizeof(*workbook));
}
