/* SPDX-License-Identifier: Apache-2.0 */
/* Free text by the patterns of a profile: lines, records over several, and what is none. */
#include "ingest/pattern/groups.h"
#include "pieces.h"
#include "tap.h"

#define KIND "name p\nkind account\nrole account a\nrole login b\n"

static enum status read_by(const char *profile, struct text text, struct buf *out)
{
	struct ingest_options options = ingest_options_none();

	options.profile = "./p.profile";
	buf_clear(out);
	return scratch_write("p.profile", profile, strlen(profile)) ? pieces_read(&format_pattern, &options, text, 1 << 20, 1, out)
								    : STATUS_FAILED;
}

static const struct {
	const char *name, *profile, *text, *wanted;
} cases[] = {
	{ "lines", KIND "record /^(?<a>\\w+)=(?<b>\\w+)?/\n", "x=1\nnothing\r\ny=2\r\n\nz=",
	  "= : a b\n1+0+4 x|1|NULL\n-\n3+13+5 y|2|NULL\n-\n5+19+2 z|NULL|NULL\nend 6+21\n"
	  "note: what the pattern in line 5 of the profile does not match is skipped, first in line 2\n" },
	{ "over several lines", KIND "record-begin /^> /\nrecord /(?s)^> (?<a>\\w+).*?\\Rto (?<b>\\w+)/\n",
	  "head\n> x\r\nfrom y\r\nto 1\r\n\r\n> y\nto 2\n> z\n",
	  "= : a b\n-\n2+5+21 x|1|NULL\n6+26+9 y|2|NULL\n-\nend 9+39\n"
	  "note: what the pattern in line 6 of the profile does not match is skipped, first in line 1\n" },
	{ "NUL bytes and names out of order", KIND "record /^(?<b>[^,]*),(?<a>[^,]*)/\n", "1,x\n2,y\n", "= : b a\n1+0+4 x|1|NULL\n2+4+4 y|2|NULL\nend 3+8\n" },
};

static void test_cases(struct tap *tap)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = { 0 };

		OK(tap, read_by(cases[i].profile, text_of(cases[i].text), &out) == STATUS_OK && tap_same(out.data, cases[i].wanted), "%s",
		   cases[i].name);
		if (!tap_same(out.data, cases[i].wanted))
			printf("# got\n%s\n", buf_view(&out).data);
		buf_release(&out);
	}
}

static void test_bounds(struct tap *tap)
{
	struct buf text = { 0 }, out = { 0 };

	buf_text(&text, "a=1\nb=");
	for (unsigned i = 0; i < 1100000; i++)
		buf_byte(&text, 'x');
	buf_text(&text, "\nc=3\n");
	OK(tap, read_by(KIND "record /^(?<a>\\w+)=(?<b>\\w+)/\n", buf_view(&text), &out) == STATUS_OK &&
			tap_same(out.data, "= : a b\n1+0+4 a|1|NULL\n! 2+4+1100003 a record of more than 1 MiB\n3+1100007+4 c|3|NULL\nend 4+1100011\n"),
	   "a line that is too long");
	buf_clear(&text);
	buf_text(&text, "> a 1\n");
	for (unsigned i = 0; i < 200000; i++)
		buf_text(&text, "  more\n");
	buf_text(&text, "> c 3\n");
	OK(tap, read_by(KIND "record-begin /^>/\nrecord /^> (?<a>\\w+) (?<b>\\w+)/\n", buf_view(&text), &out) == STATUS_OK &&
			strstr(out.data, "! 1+0+1400006 a record of more than 1 MiB\n200002+1400006+6 c|3|NULL\nend 200003+1400012\n"),
	   "a record that is too long");
	buf_release(&text);
	buf_release(&out);
}

#define ENDLESS KIND "record /^(?<a>(x+)+)(?<b>=)/\n"

/* What runs for ever is rejected; where it does so again and again, all ends. */
static void test_endless(struct tap *tap)
{
	struct buf text = { 0 }, out = { 0 };

	buf_text(&text, "x=\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy=\nx=\n");
	OK(tap, read_by(ENDLESS, buf_view(&text), &out) == STATUS_OK &&
			strstr(out.data, "! 2+3+47 the pattern in line 5 of profile p takes too many steps for it\n3+50+3 x|=|NULL\n"),
	   "a pattern that runs for ever");
	buf_clear(&text);
	for (unsigned i = 0; i < 1002; i++)
		buf_text(&text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy=\n");
	OK(tap, read_by(ENDLESS, buf_view(&text), &out) == STATUS_FAILED && strstr(out.data, "in more than 1000 records: make the pattern simpler"),
	   "at more than 1000 records it is given up");
	buf_release(&text);
	buf_release(&out);
}

static void is_wrong(struct tap *tap, const char *profile, const char *wanted)
{
	struct buf out = { 0 };

	OK(tap, read_by(profile, text_of("x=1\n"), &out) == STATUS_USAGE && strstr(buf_view(&out).data, wanted), "refused: %s", wanted);
	buf_release(&out);
}

static void test_wrong(struct tap *tap)
{
	is_wrong(tap, KIND "record /x/\n", "p.profile:5: the pattern is wrong: it has no named group");
	is_wrong(tap, KIND "record /(?J)(?<a>x)|(?<a>y)/\n", "p.profile:5: the pattern is wrong: two of its groups have one name");
	is_wrong(tap, KIND "record /(?<a>x/\n", "p.profile:5: the pattern is wrong: missing closing parenthesis");
	is_wrong(tap, KIND "record /(?<a>x)/\nrecord /(?<a>x)/\n", "p.profile:6: said twice");
	is_wrong(tap, KIND "record (?<a>x)\n", "p.profile:5: ");
	is_wrong(tap, KIND "record /(?<a>x)/ more\n", "nothing may follow here");
	is_wrong(tap, KIND "record-begin /x/\n", "`record-begin` needs a line `record`");
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_cases(&tap);
	test_bounds(&tap);
	test_endless(&tap);
	test_wrong(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
