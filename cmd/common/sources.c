/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what a SOURCE is, for the commands that read one. */
#include "cmd/common/sources.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "cmd/common/options.h"
#include "ingest/delimited/dialect.h"
#include "ingest/encoding/encoding.h"
#include "number/read/number_carrier.h"

#define PLACE(member) offsetof(struct source_options, member)

const struct step_option options_of_source[] = {
	{ 'k', "kind", "KIND", HELP_KINDS, OPTION_TEXT, PLACE(ingest.kind), NULL, NULL, NULL },
	{ 'p', "profile", "PROFILE", "a known kind of dump, or a file", OPTION_TEXT, PLACE(ingest.profile), NULL, NULL, NULL },
	{ 't', "table", "NAME", "the only table, or file of a folder or archive, to take", OPTION_TEXT, PLACE(ingest.table),
	  NULL, NULL, NULL },
	{ 'm', "map", "ROLE=COLUMN", "a column by name or position; may be given again", OPTION_LIST, PLACE(mappings),
	  NULL, NULL, NULL },
	{ 'r', "region", "[KIND=]REGION", "the region of national numbers, as GB", OPTION_LIST, PLACE(regions),
	  "region of national numbers, as GB", NULL, NULL },
	{ 0, "tech-prefix", "LIST", "what carriers put before numbers, as 9#,77788", OPTION_TEXT,
	  PLACE(ingest.tech_prefixes), RUN_SAME, NULL, NULL },
	{ 0, "bare", "READING", "of digits alone: own-code, national, international", OPTION_TEXT, PLACE(ingest.bare),
	  RUN_SAME, NULL, NULL },
	{ 'z', "zone", "[KIND=]ZONE", "the zone of times without one (UTC)", OPTION_LIST, PLACE(zones),
	  "zone of times without one (UTC)", NULL, NULL },
	/* To correlate --currency is another thing; to `run` it is that one. */
	{ 'c', "currency", "[KIND=]CODE", "the currency of amounts without one", OPTION_LIST, PLACE(currencies),
	  "currency of amounts without one", "source-currency", "[KIND=]CODE" },
	{ 'w', "word", "MEANING=WORD", "a status: paid=WORD, unpaid=, answered=, unanswered=", OPTION_LIST,
	  PLACE(words), RUN_SAME, NULL, NULL },
	{ 0, "service", "NAME", "the name of the service", OPTION_TEXT, PLACE(ingest.service), "name of the service",
	  NULL, NULL },
	{ 0, "date-order", "ORDER", "dmy or mdy, for dates like 1/6/2022", OPTION_TEXT, PLACE(ingest.date_order), NULL,
	  NULL, NULL },
	{ 0, "decimal", "MARK", "comma or point, for amounts like 1.000 or 1,234", OPTION_TEXT, PLACE(ingest.decimal), NULL,
	  NULL, NULL },
	{ 0, "separator", "C", "comma, semicolon, bar, tab, or another character", OPTION_TEXT, PLACE(separator), NULL,
	  NULL, NULL },
	{ 0, "quote", "C", "the quote, or none", OPTION_TEXT, PLACE(quote), NULL, NULL, NULL },
	{ 0, "inner-quotes", "HOW", "inside fields: doubled, bare, or around a part", OPTION_TEXT, PLACE(inner), NULL, NULL,
	  NULL },
	{ 0, "escape", "HOW", "none, backslash, or quote as in \"N for no value", OPTION_TEXT, PLACE(escape), NULL, NULL,
	  NULL },
	{ 0, "guard", "HOW", "none, or excel: =\"0044\" is 0044", OPTION_TEXT, PLACE(guard), NULL, NULL, NULL },
	{ 0, "skip-head", "N", "go over N lines before the table", OPTION_TEXT, PLACE(head), NULL, NULL, NULL },
	{ 0, "keep-foot", NULL, "lines like (12 rows) are rows, good or bad", OPTION_FLAG, PLACE(ingest.keep_foot), NULL,
	  NULL, NULL },
	{ 0, "header", NULL, "the first row names the columns", OPTION_FLAG, PLACE(header), NULL, NULL, NULL },
	{ 0, "no-header", NULL, "it does not", OPTION_FLAG, PLACE(no_header), NULL, NULL, NULL },
	{ 0, "with-wal", NULL, "an SQLite database with its -wal or -journal", OPTION_FLAG, PLACE(ingest.with_wal),
	  RUN_SAME, NULL, NULL },
	{ 0, "trim", NULL, "drop blanks around fields", OPTION_FLAG, PLACE(ingest.trim), NULL, NULL, NULL },
	{ 0, "encoding", "NAME", "of texts that do not say it, as latin-1, windows-1252", OPTION_TEXT, PLACE(encoding), NULL,
	  NULL, NULL },
	{ 0, "password-file", "FILE", HELP_PASSWORD_FILE, OPTION_TEXT, PLACE(dumps.password_file), RUN_SAME, NULL, NULL },
	{ 0, "max-expand", "SIZE[:RATIO]", HELP_MAX_EXPAND, OPTION_TEXT, PLACE(dumps.max_expand), RUN_SAME, NULL, NULL },
	{ 0, "files-from", "FILE", "a list of further sources, a path a line", OPTION_TEXT, PLACE(dumps.files_from),
	  RUN_SAME, NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_source, SOURCE_ROWS_MOST);

static bool is_separator(int byte)
{
	return byte > 0 && byte < 0x80 && !strchr("\r\n\"", byte);
}

static bool take_bytes(const struct invocation *inv,
		       const struct source_options *given,
		       struct ingest_options *options, enum status *status)
{
	if (given->separator) {
		options->separator = dialect_byte(text_of(given->separator));
		if (!is_separator(options->separator)) {
			*status = command_usage(inv, "--separator takes comma, "
						     "semicolon, bar, tab, or one "
						     "character");
			return false;
		}
	}
	if (given->quote) {
		options->quote = dialect_byte(text_of(given->quote));
		if (options->quote != 0 &&
		    (options->quote < 0 || options->quote >= 0x80 ||
		     options->quote == options->separator)) {
			*status = command_usage(inv, "--quote takes one character "
						     "that is not the separator, "
						     "or none");
			return false;
		}
	}
	return true;
}

static bool refuse(const struct invocation *inv, const char *given, const char *wanted,
		   enum status *status)
{
	char shown[80];

	*status = command_usage(inv, "%s, not '%s'", wanted,
				text_escape(text_of(given), shown, sizeof(shown)));
	return false;
}

static bool take_head(const struct invocation *inv, const char *given,
		      struct ingest_options *options, enum status *status)
{
	uint64_t lines;

	if (!given)
		return true;
	if (!text_to_u64(text_of(given), &lines) || lines > DIALECT_HEAD_MOST)
		return refuse(inv, given, "--skip-head takes a number of lines, at most "
					  "10000", status);
	options->head = (long)lines;
	return true;
}

/* A quote that there is not cannot be escaped, doubled or be around a part. */
static bool check_manner(const struct invocation *inv,
			 const struct ingest_options *options, enum status *status)
{
	if (options->quote != 0 ||
	    (options->escape != ESCAPE_QUOTE && options->inner <= 0))
		return true;
	*status = command_usage(inv, "--quote none goes with neither --escape quote nor "
				     "--inner-quotes bare or part");
	return false;
}

static bool take_manner(const struct invocation *inv, const struct source_options *given,
			struct ingest_options *options, enum status *status)
{
	if (given->escape &&
	    (options->escape = dialect_escape(text_of(given->escape))) < 0)
		return refuse(inv, given->escape, "--escape takes none, backslash or quote",
			      status);
	if (given->inner && (options->inner = dialect_inner(text_of(given->inner))) < 0)
		return refuse(inv, given->inner, "--inner-quotes takes doubled, bare or part",
			      status);
	if (given->guard && (options->guard = dialect_guard(text_of(given->guard))) < 0)
		return refuse(inv, given->guard, "--guard takes none or excel", status);
	return check_manner(inv, options, status) &&
	       take_head(inv, given->head, options, status);
}

static bool check_prefixes(const struct invocation *inv, const char *list,
			   enum status *status)
{
	const char *problem = list ? number_prefixes_problem(list) : NULL;
	char shown[80];

	if (!problem)
		return true;
	*status = command_usage(inv, "--tech-prefix '%s': %s",
				text_escape(text_of(list), shown, sizeof(shown)),
				problem);
	return false;
}

static bool take_encoding(const struct invocation *inv, const char *given, struct dump_settings *dumps,
			  enum status *status)
{
	bool known = true;
	char shown[80];

	if (given)
		dumps->encoding = encoding_find(text_of(given), &known);
	if (known)
		return true;
	*status = command_usage(inv, "--encoding takes %s, not '%s'", encoding_names(),
				text_escape(text_of(given), shown, sizeof(shown)));
	return false;
}

/* A terminal would be waited for without a word. */
static bool check_operands(const struct invocation *inv, int first,
			   enum status *status)
{
	bool seen = false;

	for (int i = first; i < inv->operand_count; i++) {
		if (strcmp(inv->operands[i], "-") != 0)
			continue;
		if (seen)
			*status = command_usage(inv, "standard input can be read "
						     "once only");
		else if (isatty(STDIN_FILENO))
			*status = command_usage(inv, "standard input is a terminal: "
						     "give a file, or a pipe");
		else
			*status = STATUS_OK;
		if (*status != STATUS_OK)
			return false;
		seen = true;
	}
	return true;
}

static bool check_all(const struct invocation *inv,
		      const struct ingest_options *options, enum status *status)
{
	struct error error = { .status = STATUS_OK };

	*status = ingest_check(options, &error);
	if (*status == STATUS_USAGE)
		(void)command_usage(inv, "%s", error.text);
	else if (*status != STATUS_OK)
		(void)command_error(inv, &error);
	return *status == STATUS_OK;
}

/* Those with a kind come first, in their order; of the others the last holds. */
static void part_by_kind(struct option_list *list, const char **all, struct kind_values *values)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (strchr(list->items[i], '='))
			list->items[count++] = list->items[i];
		else
			*all = list->items[i];
	}
	*values = (struct kind_values){ list->items, count };
}

bool source_options_take(const struct invocation *inv,
			 struct source_options *given, int first,
			 enum status *status)
{
	struct ingest_options *options = &given->ingest;

	options->mappings = given->mappings.items;
	options->mapping_count = given->mappings.count;
	options->words = given->words.items;
	options->word_count = given->words.count;
	part_by_kind(&given->regions, &options->region, &options->regions);
	part_by_kind(&given->zones, &options->zone, &options->zones);
	part_by_kind(&given->currencies, &options->currency, &options->currencies);
	if (given->header && given->no_header) {
		*status = command_usage(inv, "--header and --no-header cannot both "
					     "be");
		return false;
	}
	if (given->header || given->no_header)
		options->header = given->header;
	return take_bytes(inv, given, options, status) &&
	       take_manner(inv, given, options, status) &&
	       check_prefixes(inv, options->tech_prefixes, status) &&
	       take_encoding(inv, given->encoding, &options->dumps, status) &&
	       dump_options_take(inv, &given->dumps, &options->dumps, status) &&
	       check_all(inv, options, status) &&
	       check_operands(inv, first, status);
}

void source_options_set_room(struct source_options *given, const char *case_path)
{
	const char *told = getenv("TMPDIR");
	const char *slash = case_path ? strrchr(case_path, '/') : NULL;

	free(given->room);
	given->room = NULL;
	if (slash)
		given->room = memory_text(case_path, (size_t)(slash - case_path) + (slash == case_path));
	if (case_path)
		given->ingest.room = given->room ? given->room : ".";
	else
		given->ingest.room = told && *told ? told : NULL;
}

void source_options_release(struct source_options *given)
{
	dump_options_release(&given->dumps);
	free(given->room);
	given->room = NULL;
	free(given->mappings.items);
	free(given->words.items);
	free(given->regions.items);
	free(given->zones.items);
	free(given->currencies.items);
	given->mappings = given->words = given->regions = given->zones = given->currencies =
		(struct option_list){ NULL, 0 };
}
