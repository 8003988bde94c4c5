/* SPDX-License-Identifier: Apache-2.0 */
/* XML, good and bad: what comes of it, the same in blocks of every size, and cut at every byte. */
#include "ingest/xml/xml_items.h"
#define PIECES_STARVED
#include "pieces.h"
#include "sweep.h"
#include "tap.h"

static const struct {
	const char *name, *text, *wanted;
} cases[] = {
	{ "inside a root", "<?xml version=\"1.0\"?>\n<users>\n<user><account>a</account><login>l</login></user>\n<user><account>b</account><email/></user>\n</users>\n",
	  "= user: account login email\n3+30+49 a|l|NULL\n4+80+41 b|NULL|\nend 6+131\n" },
	{ "documents one after another", "<cdr><account>a</account></cdr><?xml version='1.0'?>\n<!-- <cdr> -->\n<cdr account='c'><account>b</account>\n</cdr>",
	  "= cdr: account @account\n1+0+31 a|NULL|NULL\n3+68+44 b|NULL|NULL\nend 4+112\n" },
	{ "characters, references, comments, repeated elements",
	  "<r><u><account>a&amp;&#65;<!-- x --><![CDATA[</u>]]></account><login>1</login><login>2</login></u><u><account>b</account></u></r>",
	  "= u: account login login.2\n1+3+95 a&A</u>|1|NULL\n1+98+27 b|NULL|NULL\nend 1+129\n" },
	{ "what is wrong", "<r><u><account>a</account></u><u><account>b</wrong></u>x<u><account>&e;</account></u><o/><u><account>c</account></u></account>"
			   "<u><account>d</account></u></r>",
	  "= u: account\n1+3+27 a|NULL|NULL\n! 1+30+25 not XML: tags or attributes are not as they have to be\n"
	  "! 1+56+29 not read: an entity, and none is ever expanded\n! 1+85+4 an element of another name than the rows have\n"
	  "1+89+27 c|NULL|NULL\n! 1+116+10 an end tag that nothing opened\n1+126+27 d|NULL|NULL\nend 1+157\n" },
	{ "cut off", "<r><u><account>a</account></u><u><account>b",
	  "= u: account\n1+3+27 a|NULL|NULL\n! 1+30+13 is cut off: the file ends within it\nend 1+43\n"
	  "note: the file ends before its XML does: what follows is missing\n" },
	{ "a document type", "<!DOCTYPE r [<!ENTITY a \"]>\"> <!ENTITY b \"&a;&a;\">]>\n<r><u><account>a</account></u><u><account>&b;</account></u></r>",
	  "= u: account\n2+56+27 a|NULL|NULL\n! 2+83+29 not read: an entity, and none is ever expanded\nend 2+116\n"
	  "note: it has a document type, which is not read: no entity is ever expanded\n" },
	{ "another encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r><u><account>\xe9</account></u><u><account>\xc3\xa9</account></u></r>",
	  "= u: account\n1+46+27 \xc3\xa9|NULL|NULL\n1+73+28 \xc3\xa9|NULL|NULL\nend 1+105\n" },
};

static struct ingest_options accounts(void)
{
	struct ingest_options options = ingest_options_none();

	options.kind = "account";
	return options;
}

static void test_cases(struct tap *tap)
{
	const struct ingest_options options = accounts();

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct text text = text_of(cases[i].text);
		struct buf out = { 0 };

		(void)pieces_read(&format_xml, &options, text, 1 << 20, 1, &out);
		OK(tap, tap_same(out.data, cases[i].wanted), "%s", cases[i].name);
		if (!tap_same(out.data, cases[i].wanted))
			printf("# got\n%s\n", out.data);
		OK(tap, pieces_differ(&format_xml, &options, text, text.len) == 0, "%s: the same in pieces", cases[i].name);
		buf_release(&out);
	}
}

static void test_cut(struct tap *tap)
{
	const struct ingest_options options = accounts();
	const unsigned stride = sweep(7, 1);
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t len = 1 + i % stride; len < strlen(cases[i].text); len += stride)
			wrong += pieces_differ(&format_xml, &options, (struct text){ cases[i].text, len }, 5) != 0;
	OK(tap, wrong == 0, "cut at every byte: the same in all pieces");
}

static void fill(struct buf *text, const char *part, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_text(text, part);
}

/* What has no bounds: depth, length, and expansion. */
static void test_hostile(struct tap *tap)
{
	const struct ingest_options options = accounts();
	struct buf text = { 0 }, first = { 0 }, out = { 0 };

	buf_text(&text, "<r><u><account>a</account></u>\n<u><account>b</account>");
	fill(&text, "<x>", 100000);
	fill(&text, "</x>", 100000);
	buf_text(&text, "</u>\n<u><account>c</account><x>");
	fill(&text, "0123456789abcdef", 500000);
	buf_text(&text, "</x></u>\n<u><account>d</account><x>");
	fill(&text, "0123456789abcde\n", 1200000);
	buf_text(&text, "</x></u>\n<u><account>e</account></u></r>");
	(void)pieces_read(&format_xml, &options, buf_view(&text), PARSE_BLOCK, 1, &first);
	(void)pieces_read(&format_xml, &options, buf_view(&text), 100000, 2, &out);
	OK(tap, text_equal(buf_view(&first), buf_view(&out)) && strstr(first.data, "+27 e|NULL|NULL\n"), "hostile rows: the same in all blocks");
	OK(tap, strstr(first.data, " nested deeper than 256\n"), "nested 100,000 deep: named");
	OK(tap, strstr(first.data, "an element of more than 4 MiB"), "too long: named");
	if (!text_equal(buf_view(&first), buf_view(&out)) || !strstr(first.data, "deeper"))
		printf("# %s# %s\n", first.data, out.data);
	buf_release(&text);
	buf_release(&first);
	buf_release(&out);
}

/* Rows of which each has names of its own do not wear out what reads the others. */
static void test_names(struct tap *tap)
{
	const struct ingest_options options = accounts();
	struct buf text = { 0 }, out = { 0 };

	buf_text(&text, "<r>");
	for (unsigned i = 0; i < 3000; i++) {
		buf_format(&text, "<u><account>a%u</account>", i);
		for (unsigned k = 0; k < 100; k++)
			buf_format(&text, "<name-that-is-not-short-at-all-%u-%u/>", i, k);
		buf_text(&text, "</u>\n");
	}
	buf_text(&text, "</r>");
	(void)pieces_read(&format_xml, &options, buf_view(&text), PARSE_BLOCK, 1, &out);
	OK(tap, strstr(out.data, " a2999|NULL|NULL\n") && !strstr(out.data, "\n! "), "300,000 names of elements");
	buf_release(&text);
	buf_release(&out);
}

static void is_place(struct tap *tap, const char *text, const char *name, unsigned depth)
{
	struct xml_place place;
	const bool found = xml_place_of(text_of(text), &place);

	OK(tap, found ? name && text_is((struct text){ place.name, place.len }, name) && place.depth == depth : !name, "rows of %s", text);
}

static void test_places(struct tap *tap)
{
	is_place(tap, "<cdr><a/><a/></cdr>", "cdr", 0);
	is_place(tap, "<cdrs><cdr><a/></cdr></cdrs>", "cdr", 1);
	is_place(tap, "<call><from>1</from><to>2</to></call>", "call", 0);
	is_place(tap, "<x><calls><call><from/><to/></call><call>", "call", 2);
	is_place(tap, "<x><head/><call/><call/></x>", "call", 1);
	is_place(tap, "<!-- <a> -->", NULL, 0);
}

static void test_memory(struct tap *tap)
{
	const struct ingest_options options = accounts();
	long tried = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += 4)
		OK(tap, pieces_starve(&format_xml, &options, text_of(cases[i].text), &tried) == 0 && tried > 20,
		   "%s: with an allocation that fails: an error, or the same rows", cases[i].name);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_cases(&tap);
	test_cut(&tap);
	test_hostile(&tap);
	test_names(&tap);
	test_places(&tap);
	test_memory(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
