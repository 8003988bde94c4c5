/* SPDX-License-Identifier: Apache-2.0 */
/* Members whose columns differ: which are read as one that is open, and what is remembered of them. */
#include <string.h>

#include "ingest/format/format.h"
#include "ingest/plan/plan.h"
#include "starve.h"
#include "sweep.h"
#include "tap.h"

#define JSON_FIRST "{\"account\":\"a\",\"login\":\"l\",\"x\":{\"y\":1}}"
#define XML_FIRST "<u><account>a</account><login>l</login><x><y>1</y></x></u>"

static const struct {
	const char *name;
	const struct format *format;
	const char *first, *other;
	bool alike;
} cases[] = {
	{ "the same columns", &format_json, JSON_FIRST, "{\"account\":\"b\",\"login\":\"m\",\"x\":{\"y\":2}}", true },
	{ "another order", &format_json, JSON_FIRST, "{\"login\":\"m\",\"account\":\"b\",\"x\":{\"y\":2}}", true },
	{ "a key less", &format_json, JSON_FIRST, "{\"account\":\"b\",\"login\":\"m\"}", true },
	{ "a key more", &format_json, JSON_FIRST, "{\"account\":\"b\",\"login\":\"m\",\"z\":{\"a\":[1]}}", true },
	{ "a role in a key more", &format_json, JSON_FIRST, "{\"account\":\"b\",\"login\":\"m\",\"email\":\"e\"}", false },
	{ "a value where an object stands", &format_json, JSON_FIRST, "{\"account\":\"b\",\"login\":\"m\",\"x\":1}", true },
	{ "a role where an object stands", &format_json, "{\"account\":\"a\",\"login\":{\"at\":1}}", "{\"account\":\"b\",\"login\":\"m\"}", false },
	{ "an array around it", &format_json, JSON_FIRST, "[{\"account\":\"b\",\"login\":\"m\"}]", false },
	{ "a byte order mark", &format_json, JSON_FIRST, "\xef\xbb\xbf{\"account\":\"b\",\"login\":\"m\"}", false },
	{ "the same elements", &format_xml, XML_FIRST, "<u><account>b</account><login>m</login><x><y>2</y></x></u>", true },
	{ "an element less", &format_xml, XML_FIRST, "<u><account>b</account><x><y>2</y></x></u>", true },
	{ "an element and an attribute more", &format_xml, XML_FIRST, "<u z='1'><account>b</account><login>m</login><w><v/></w></u>", true },
	{ "a role in an element more", &format_xml, XML_FIRST, "<u><account>b</account><email>e</email></u>", false },
	{ "rows of another name", &format_xml, XML_FIRST, "<v><account>b</account><login>m</login></v>", false },
	{ "rows in a root", &format_xml, XML_FIRST, "<r><u><account>b</account></u><u><account>c</account></u></r>", false },
	{ "another encoding", &format_xml, XML_FIRST, "<?xml version='1.0' encoding='latin1'?><u><account>b</account><login>m</login></u>", false },
};

/* A member that is open, with room behind its text. */
struct open {
	char room[1000 + RECORD_READ];
	struct ingest_options options;
	struct format_input input;
	struct plan plan;
	struct layout *layout;
};

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct open *open = context;

	stream->plan = &open->plan;
	return plan_make(&open->plan, &open->options, "text", stream, error);
}

static enum status open_it(struct open *open, const struct format *format, const char *text, struct error *error)
{
	memset(open, 0, sizeof(*open));
	memcpy(open->room, text, strlen(text));
	open->options = ingest_options_none();
	open->options.kind = "account";
	open->input = (struct format_input){ .shown = "text", .options = &open->options, .announce = announce, .context = open };
	open->input.peek = (struct peek){ { open->room, strlen(text) }, true };
	return format->open(&open->layout, &open->input, error);
}

static void close_it(struct open *open, const struct format *format)
{
	format->close(open->layout);
	plan_release(&open->plan);
}

struct found {
	bool before, alike, after;
};

static enum status compare(size_t i, struct found *found)
{
	static struct open first, other;
	const struct format *format = cases[i].format;
	struct error error = { 0 };
	enum status status = open_it(&first, format, cases[i].first, &error);

	memset(&other, 0, sizeof(other));
	if (status == STATUS_OK)
		status = open_it(&other, format, cases[i].other, &error);
	if (status == STATUS_OK)
		status = format->join(first.layout, &other.input.peek, &found->before, &error);
	if (status == STATUS_OK)
		status = format->alike(first.layout, other.layout, &other.plan, &found->alike, &error);
	if (status == STATUS_OK)
		status = format->join(first.layout, &other.input.peek, &found->after, &error);
	close_it(&first, format);
	close_it(&other, format);
	return status;
}

static void test_alike(struct tap *tap)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct found found = { false, false, false };
		const enum status status = compare(i, &found);

		OK(tap, status == STATUS_OK && found.alike == cases[i].alike, "%s: %s", cases[i].name,
		   cases[i].alike ? "alike" : "not alike");
		OK(tap, found.after == cases[i].alike, "%s: it joins then, or does not", cases[i].name);
		OK(tap, found.before == !strncmp(cases[i].name, "the same", 8), "%s: before, only with the same columns", cases[i].name);
	}
}

/* Without memory: an error, or the same answers. A part of the sweep refuses one allocation in some, not the same in each case. */
static void test_memory(struct tap *tap)
{
	const long stride = sweep(5, 1);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		unsigned wrong = 0;
		long tried = (long)i % stride;

		for (bool ended = false; !ended && tried < 20000; tried += stride) {
			struct found found = { false, false, false };
			enum status status;

			starve_failed = false;
			starve_left = tried;
			status = compare(i, &found);
			starve_left = -1;
			ended = !starve_failed;
			wrong += status == STATUS_OK && (found.alike != cases[i].alike || found.after != cases[i].alike);
		}
		OK(tap, wrong == 0 && tried > 20, "%s: with an allocation that fails", cases[i].name);
	}
}

int main(void)
{
	struct tap tap = { 0 };

	test_alike(&tap);
	test_memory(&tap);
	return tap_done(&tap);
}
