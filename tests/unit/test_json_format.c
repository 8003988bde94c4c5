/* SPDX-License-Identifier: Apache-2.0 */
/* JSON in all its shapes, good and bad: what comes of it, the same in blocks of every size, and cut at every byte. */
#include "ingest/json/json_text.h"
#define PIECES_STARVED
#include "pieces.h"
#include "sweep.h"
#include "tap.h"

static const struct {
	const char *name, *text, *wanted;
} cases[] = {
	{ "lines", "{\"account\":\"a\",\"login\":\"l\",\"email\":\"e\"}\n{\"email\":\"f\",\"account\":\"b\",\"login\":null}\r\n",
	  "= : account login email\n1+0+40 a|l|e\n2+40+42 b|NULL|f\nend 3+82\n" },
	{ "no line end, a byte order mark", "\xef\xbb\xbf{\"account\":\"a\",\"login\":12}\n {\"account\":\"b\",\"login\":-1.50e3}",
	  "= : account login\n1+3+27 a|12|NULL\n2+31+31 b|-1.50e3|NULL\nend 2+62\n" },
	{ "blank lines, two in a line, a comma behind", "{\"account\":\"a\",\"login\":1}\n\n{\"account\":\"b\"} {\"account\":\"c\"}\n{\"account\":\"d\"},\n",
	  "= : account login\n1+0+26 a|1|NULL\n-\n3+27+15 b|NULL|NULL\n3+43+16 c|NULL|NULL\n4+59+17 d|NULL|NULL\nend 5+76\n" },
	{ "a line that is cut, one that is none, a duplicate",
	  "{\"account\":\"a\",\"login\":1}\n{\"account\":\"b\",\"login\":\n{\"account\":\"c\" \"login\":1}\n{\"account\":\"d\",\"account\":\"e\"}\n"
	  "[1]\n7\n{\"account\":\"f\"} x\n{\"account\":\"g\",}\n{\"account\":g}\n{account:\"h\"}\n{\"account\":\"i\"}\n",
	  "= : account login\n1+0+26 a|1|NULL\n! 2+26+24 is cut off: the line ends within it\n"
	  "! 3+50+26 not JSON: brackets, commas or colons are not where they have to be\n! 4+76+30 a key stands twice in one object\n"
	  "! 5+106+4 an array, where the rows are objects\n! 6+110+2 neither an object nor an array\n"
	  "! 7+112+18 not JSON: something stands behind the row\n! 8+130+17 not JSON: a key without quotes\n"
	  "! 9+147+14 not JSON: a value that is none\n! 10+161+14 not JSON: a key without quotes\n11+175+16 i|NULL|NULL\nend 12+191\n" },
	{ "nested values", "{\"account\":\"a\",\"login\":{\"x\":1,\"y\":[true,{\"z\":\"q\"}]},\"email\":[]}\n",
	  "= : account login.x login.y.0 login.y.1.z login.y email\n1+0+64 a|NULL|[]\nend 2+64\n" },
	{ "an array", "[{\"account\":\"a\",\"login\":1},\n {\"account\":\"b\"}, {\"account\":\n\"c\"}\n]\n",
	  "= : account login\n1+1+25 a|1|NULL\n2+29+15 b|NULL|NULL\n2+46+16 c|NULL|NULL\nend 5+65\n" },
	{ "an array that is cut off", "[{\"account\":\"a\",\"login\":1},{\"account\":\"b\"",
	  "= : account login\n1+1+25 a|1|NULL\n! 1+27+14 is cut off: the file ends within it\nend 1+41\n"
	  "note: the file ends before its JSON does: what follows is missing\n" },
	{ "an array that is cut off behind a row", "[{\"account\":\"a\",\"login\":1},",
	  "= : account login\n1+1+25 a|1|NULL\nend 1+27\nnote: the file ends before its JSON does: what follows is missing\n" },
	{ "what is wrong in an array", "[{\"account\":\"a\",\"login\":1},5,\"x\",{\"account\":}, {\"account\":\"b\"} 7, [1,2], {\"account\":\"c\"}]",
	  "= : account login\n1+1+25 a|1|NULL\n! 1+27+1 neither an object nor an array\n! 1+29+3 neither an object nor an array\n"
	  "! 1+33+12 not JSON: a value that is none\n! 1+47+17 not JSON: something stands behind the row\n"
	  "! 1+66+5 an array, where the rows are objects\n1+73+15 c|NULL|NULL\nend 1+89\n" },
	{ "arrays one after another, and something else", "[{\"account\":\"a\",\"login\":1}]\n[{\"account\":\"b\"}]\n{\"total\":[2]}",
	  "= : account login\n1+1+25 a|1|NULL\n2+29+15 b|NULL|NULL\nend 3+59\nnote: 1 value beside the rows is no row\n" },
	{ "by a key", "{\n \"x\\u0041\": {\"account\":\"a\",\"login\":1},\n \"y\": {\"account\":\"b\"} }",
	  "= : _key account login\n2+3+36 a|1|NULL\n3+42+20 b|NULL|NULL\nend 3+64\n" },
	{ "tables by their paths", "{\"ok\":true,\"data\":{\"users\":[{\"account\":\"a\",\"email\":1},{\"account\":\"b\",\"email\":2}],\"none\":[],\"n\":[1,2]},"
	  "\"calls\":[{\"started\":1}],\"more\":[{\"account\":\"c\",\"email\":\"d\"}]}",
	  "= data.users: account email\n= calls: started\n= more: account email\n1+28+25 a|NULL|1\n1+54+25 b|NULL|2\n1+134+27 c|NULL|d\nend 1+163\n"
	  "note: 2 values beside the rows are no row\n" },
	{ "documents over several lines", "{\n \"account\": \"a\",\n \"login\": 1\n}\n{\n \"account\": \"b\"\n}\n]\n{ \"account\": \"c\" }",
	  "= : account login\n1+0+32 a|1|NULL\n5+33+19 b|NULL|NULL\n! 8+53+2 neither an object nor an array\n9+55+18 c|NULL|NULL\nend 9+73\n" },
	{ "a call of FreeSWITCH", "{\"account\":\"a\",\"login\":\"l\",\"variables\":{\"uuid\":\"u\"},\"callflow\":[{\"caller_profile\":{\"ani\":\"1\"}}]}",
	  "= : account login variables.uuid callflow.0.caller_profile.ani callflow\n1+0+96 a|l|NULL\nend 1+96\n" },
	{ "escapes", "{\"account\":\"a\\n\\\"\\u00e9\\ud83d\\ude00\\ud800x\\q\\/\",\"login\":\"\\u0041\",\"email\":\"\xff\x01\"}\n",
	  "= : account login email\n1+0+79 a\\x0a\"\xc3\xa9\xf0\x9f\x98\x80\\\\ud800x\\\\q/|A|\\xff\\x01\nend 2+79\n" },
	{ "NUL is no value", "{\"account\":\"a\",\"login\":\"x\\u0000\"}\n{\"account\":\"b\",\"login\":\"x\",\"nul\":\"\\u0000\"}\n",
	  "= : account login nul\n! 1+0+34 holds a NUL byte\n2+34+43 b|x|NULL\nend 3+77\n" },
};

static struct ingest_options accounts(void)
{
	struct ingest_options options = ingest_options_none();

	options.kind = "account";
	return options;
}

static void test_cases(struct tap *tap)
{
	struct ingest_options options = accounts();

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct text text = text_of(cases[i].text);
		struct buf out = { 0 };

		/* Which tables are accounts is found out. */
		options.kind = strstr(cases[i].name, "tables") ? NULL : "account";
		(void)pieces_read(&format_json, &options, text, 1 << 20, 1, &out);
		OK(tap, tap_same(out.data, cases[i].wanted), "%s", cases[i].name);
		if (!tap_same(out.data, cases[i].wanted))
			printf("# got\n%s\n", out.data);
		OK(tap, pieces_differ(&format_json, &options, text, text.len) == 0, "%s: the same in pieces", cases[i].name);
		buf_release(&out);
	}
}

/* The lines of a text that begin with a byte that is none of these. */
static unsigned count_rows(const struct buf *text, const char *but)
{
	unsigned rows = 0;
	struct text rest = buf_view(text);

	while (rest.len > 0) {
		const struct text line = text_take_line(&rest);

		rows += line.len > 0 && !strchr(but, line.data[0]);
	}
	return rows;
}

/* Cut anywhere, what was whole is there, and half of a row never is. A part of the sweep has some of the lengths, and always
 * all but one byte. */
static void test_cut(struct tap *tap)
{
	const struct ingest_options options = accounts();
	const unsigned stride = sweep(7, 1);
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t len = 1; len < strlen(cases[i].text); len++) {
			if (len % stride != i % stride && len + 1 < strlen(cases[i].text))
				continue;
			struct buf out = { 0 };
			const struct text text = { cases[i].text, len };
			const enum status status = pieces_read(&format_json, &options, text, 1 << 20, 1, &out);

			if (status == STATUS_OK && pieces_differ(&format_json, &options, text, 7) != 0)
				wrong++;
			if (status == STATUS_OK && len + 1 == strlen(cases[5].text) && i == 5 && count_rows(&out, "=!-?en") != 3)
				wrong++;
			buf_release(&out);
		}
	OK(tap, wrong == 0, "cut at every byte: the same in all pieces");
}

static void test_by_place(struct tap *tap)
{
	static const char rows[] = "[[\"a\",\"l\",1],[\"b\",null],[[1],{\"x\":2},3],5]";
	static const char named[] = "{\"rows\":[[\"account\",\"login\"],[\"a\",\"l\"],[\"account\",\"login\"],[\"b\",\"\"]]}";
	static const char *const mappings[] = { "account=1", "login=2" };
	struct ingest_options options = accounts();
	struct buf out = { 0 };

	(void)pieces_read(&format_json, &options, text_of(named), 1 << 20, 1, &out);
	OK(tap, tap_same(out.data, "= rows: account login\n-\n1+29+9 a|l|NULL\n-\n1+59+8 b||NULL\nend 1+69\n"), "arrays with a header");
	OK(tap, pieces_differ(&format_json, &options, text_of(named), 80) == 0, "the same in pieces");
	options.mappings = mappings;
	options.mapping_count = 2;
	options.header = 0;
	buf_clear(&out);
	(void)pieces_read(&format_json, &options, text_of(rows), 1 << 20, 1, &out);
	OK(tap, out.data && strstr(out.data, "1+1+11 a|l|NULL\n") && strstr(out.data, "neither an object nor an array"), "without one");
	OK(tap, pieces_differ(&format_json, &options, text_of(rows), 80) == 0, "the same in pieces");
	buf_release(&out);
}

/* Columns that come late are counted; those of a profile are read. */
static void test_late(struct tap *tap)
{
	struct ingest_options options = accounts();
	struct buf text = { 0 }, out = { 0 };

	for (unsigned i = 0; i < 3000; i++)
		buf_format(&text, "{\"account\":\"a%04u\",\"login\":\"someone\"}\n", i);
	buf_text(&text, "{\"account\":\"z\",\"login\":\"l\",\"email\":\"e\",\"other\":{\"x\":1}}\n");
	(void)pieces_read(&format_json, &options, buf_view(&text), 1 << 20, 1, &out);
	OK(tap, strstr(out.data, "? 3001+114000+56 email\n3001+114000+56 z|l|NULL\n"), "a late column is noted");
	OK(tap, pieces_differ(&format_json, &options, buf_view(&text), 0) == 0 &&
			scratch_write("p.profile", "name p\nkind account\nrole account account\nrole login login\nrole email email\n", 75),
	   "a profile");
	options.kind = NULL;
	options.profile = "./p.profile";
	buf_clear(&out);
	(void)pieces_read(&format_json, &options, buf_view(&text), 1 << 20, 1, &out);
	OK(tap, strstr(out.data, "= : account login email\n") && strstr(out.data, "? 3001+114000+56 other\n3001+114000+56 z|l|e\n"),
	   "what a profile names is read, the rest noted");
	OK(tap, pieces_differ(&format_json, &options, buf_view(&text), 70000) == 0, "the same in pieces");
	buf_release(&text);
	buf_release(&out);
}

static void fill(struct buf *text, char byte, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_byte(text, byte);
}

/* What has no bounds: one that is nested a million deep, and rows of 16 MiB and more. */
static void test_hostile(struct tap *tap)
{
	static const char *const shapes[] = { "", "[" };
	const struct ingest_options options = accounts();
	static const size_t blocks[] = { PARSE_BLOCK, 100000 };

	for (size_t i = 0; i < 2; i++) {
		struct buf text = { 0 }, first = { 0 }, out = { 0 };

		buf_format(&text, "%s{\"account\":\"a\",\"login\":1}%s\n{\"account\":\"b\",\"login\":", shapes[i], i ? "," : "");
		fill(&text, '[', 1000000);
		fill(&text, ']', 1000000);
		buf_format(&text, "}%s\n{\"account\":\"c\",\"login\":\"", i ? "," : "");
		fill(&text, 'x', ((size_t)15 << 20));
		buf_format(&text, "\"}%s\n{\"account\":\"d\",\"login\":\"", i ? "," : "");
		fill(&text, 'y', 3 * ((size_t)15 << 20) / 2);
		buf_format(&text, "\"}%s\n{\"account\":\"e\",\"login\":\"l\"}\n", i ? "," : "");
		for (size_t n = 0; n < 2; n++) {
			buf_clear(n ? &out : &first);
			(void)pieces_read(&format_json, &options, buf_view(&text), blocks[n], n ? 2 : 1, n ? &out : &first);
		}
		OK(tap, text_equal(buf_view(&first), buf_view(&out)), "hostile rows, shape '%s': the same in all blocks", shapes[i]);
		OK(tap, strstr(first.data, " nested deeper than 512\n") && strstr(first.data, " e|l|NULL\n"), "nested a million deep: named");
		OK(tap, strstr(first.data, "is longer than 65536 bytes") && strstr(first.data, "an object of more than 16 MiB"),
		   "too long: named");
		if (!text_equal(buf_view(&first), buf_view(&out)) || !strstr(first.data, "16 MiB"))
			printf("# %s\n# %s\n", first.data, out.data);
		buf_release(&text);
		buf_release(&first);
		buf_release(&out);
	}
}

static void test_unescape(struct tap *tap)
{
	char out[40];
	bool zeros = false;
	size_t len = json_unescape(text_of("\\u0000\\udc00\\ud83d\\u0041\\u12g4\\"), out, &zeros);

	OK(tap, zeros && len == 21 && !memcmp(out, "\0\\udc00\\ud83dA\\u12g4\\", 21), "halves of pairs stay: %zu", len);
}

static void test_memory(struct tap *tap)
{
	const struct ingest_options options = accounts();
	long tried = 0;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i += 4)
		OK(tap, pieces_starve(&format_json, &options, text_of(cases[i].text), &tried) == 0 && tried > 20,
		   "%s: with an allocation that fails: an error, or the same rows", cases[i].name);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_cases(&tap);
	test_cut(&tap);
	test_by_place(&tap);
	test_late(&tap);
	test_hostile(&tap);
	test_unescape(&tap);
	test_memory(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
