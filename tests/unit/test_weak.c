/* SPDX-License-Identifier: Apache-2.0 */
/* What ties nothing: the lists that are built in, patterns, ranges of IP addresses, e-mail addresses as they are
 * compared, and the list of an analyst. */
#include "correlate/persons/weak.h"

#include "correlate/persons/email_twins.h"
#include "correlate/persons/never.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct tap tap;

/* ---- patterns ---- */

static const struct {
	const char *pattern, *text;
	bool fits;
} patterns[] = {
	{ "", "", true },      { "", "a", false },       { "*", "", true },       { "*", "anything", true },
	{ "a@a.*", "A@a.com", true }, { "a@a.*", "ba@a.com", false }, { "*b", "abab", true }, { "*b", "aba", false },
	{ "a*b*c", "axbxbxc", true }, { "a*b*c", "axcxb", false }, { "**", "", true },   { "test#@*", "test7@x", true },
	{ "test#@*", "test@x", false }, { "?@?.*", "q@w.e", true }, { "?@?.*", "qq@w.e", false }, { "?@?.*", "@@@.e", false },
	{ "*/#.*", "Unit/1.2", true }, { "*/#.*", "mZ/3kf9+aa==", false }, { "a", "", false },
};

static void test_patterns(void)
{
	for (size_t i = 0; i < COUNT(patterns); i++)
		OK(&tap, weak_pattern_fits(text_of(patterns[i].pattern), text_of(patterns[i].text)) == patterns[i].fits,
		   "'%s' and '%s': %s", patterns[i].pattern, patterns[i].text, patterns[i].fits ? "fits" : "fits not");
}

/* What begins again at every letter must not take long. */
static void test_long_texts(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < 200000; i++)
		buf_byte(&text, 'a');
	OK(&tap, !text.failed && !weak_pattern_fits(text_of("*aaaaaaaab*ab"), buf_view(&text)), "a long text of one letter");
	buf_release(&text);
}

/* ---- IP addresses ---- */

static const struct {
	const char *range, *text;
	bool has;
} ranges[] = {
	{ "10.0.0.0/8", "10.255.255.255", true },   { "10.0.0.0/8", "11.0.0.0", false },
	{ "172.16.0.0/12", "172.31.0.1", true },    { "172.16.0.0/12", "172.32.0.0", false },
	{ "100.64.0.0/10", "100.127.255.255", true }, { "100.64.0.0/10", "100.128.0.0", false },
	{ "10.0.0.0/8", " 010.000.000.001 ", true }, { "10.0.0.0/8", "10.0.0.1:5060", true },
	{ "10.0.0.0/8", "::ffff:10.0.0.1", true },  { "10.0.0.0/8", "[::FFFF:a00:1]:5060", true },
	{ "0.0.0.0/0", "255.1.2.3", true },         { "0.0.0.0/0", "::1", false },
	{ "255.255.255.255/32", "255.255.255.255", true }, { "255.255.255.255/32", "255.255.255.254", false },
	{ "::/128", "::", true },                   { "::/128", "::1", false },
	{ "::1/128", "0:0:0:0:0:0:0:1", true },     { "fc00::/7", "fdff::", true },
	{ "fc00::/7", "fe00::", false },            { "fe80::/10", "fe80::1%eth0", true },
	{ "fe80::/10", "febf::", true },            { "fe80::/10", "fec0::", false },
	{ "::/0", "2001:db8::1", true },
};

static const char *const no_addresses[] = {
	"", " ", "10", "10.0.0", "10.0.0.0.0", "10.0.0.256", "10.0.0.-1", "10.0.0.0001", "10.0.0.1:", "10.0.0.1:65536",
	"10.0.0.1:x", "[::1", "[::1]x", "[::1]:", ":::", "g::", "1:2:3:4:5:6:7:8:9", "unknown", "10.0.0.1, 10.0.0.2",
	"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000",
};

static void test_ranges(void)
{
	static const char *const bad[] = { "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/129", "::1", "/8", "x/8", "::/-1", "" };
	struct ip_address address;
	struct ip_range range;

	for (size_t i = 0; i < COUNT(ranges); i++)
		OK(&tap, ip_range_read(text_of(ranges[i].range), &range) && ip_address_read(text_of(ranges[i].text), &address) &&
				 ip_range_has(&range, &address) == ranges[i].has,
		   "%s %s %s", ranges[i].range, ranges[i].has ? "has" : "has not", ranges[i].text);
	for (size_t i = 0; i < COUNT(no_addresses); i++)
		OK(&tap, !ip_address_read(text_of(no_addresses[i]), &address), "'%s' is no address", no_addresses[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		OK(&tap, !ip_range_read(text_of(bad[i]), &range), "'%s' is no range", bad[i]);
}

/* ---- lists ---- */

static const struct {
	enum link_rule rule;
	const char *value;
	int verdict;               /* 1: weak, 0: a note, -1: neither */
} built_in[] = {
	{ LINK_EMAIL, "test@test.com", 1 },      { LINK_EMAIL, "a@a.com", 1 },         { LINK_EMAIL, "none@none.com", 1 },
	{ LINK_EMAIL, "no-reply@shop.example", 1 }, { LINK_EMAIL, "asdf@asdf.com", 1 }, { LINK_EMAIL, "root@localhost", 1 },
	{ LINK_EMAIL, "kim@example.com", 0 },    { LINK_EMAIL, "kim@a.example", 0 },   { LINK_EMAIL, "kim@test.com", -1 },
	{ LINK_EMAIL, "nina@nina.fr", -1 },      { LINK_EMAIL, "nonet@example1.com", -1 },
	{ LINK_IP, "192.168.0.1", 1 },           { LINK_IP, "203.0.113.9", 0 },        { LINK_IP, "2001:db8::7", 0 },
	{ LINK_IP, "9.9.9.9", -1 },              { LINK_IP, "no address", -1 },
	{ LINK_DEVICE, "Mozilla/5.0 (X11)", 1 }, { LINK_DEVICE, "curl/7.58.0", 1 },    { LINK_DEVICE, "python-requests/2.1", 1 },
	{ LINK_DEVICE, "Brian's phone", -1 },    { LINK_DEVICE, "9f86d081/884c7d65", -1 }, { LINK_DEVICE, "iPhone 7 of Kim", -1 },
	{ LINK_ADDRESS, "test@test.com", -1 },   { LINK_TXID, "192.168.0.1", -1 },
};

static void test_built_in(void)
{
	struct email_providers providers;
	struct weak_list list = { 0 };
	struct error error = { 0 };
	uint8_t mark;

	OK(&tap, weak_list_parse(&list, "weak.tsv", weak_builtin, &error) == STATUS_OK && list.count > 100, "weak.tsv: %s", error.text);
	OK(&tap, email_providers_parse(&providers, "providers.tsv", providers_builtin, &error) == STATUS_OK && providers.count == 2,
	   "providers.tsv: %s", error.text);
	for (size_t i = 0; i < COUNT(built_in); i++) {
		const struct weak_row *row = weak_list_find(&list, built_in[i].rule, text_of(built_in[i].value));

		OK(&tap, (row ? row->weak : -1) == built_in[i].verdict, "%s %s: %.*s", link_rule_name(built_in[i].rule),
		   built_in[i].value, row ? (int)row->note.len : 1, row ? row->note.data : "-");
	}
	mark = weak_list_phone(&list, text_of("ofcom-fiction,repeated-digits"));
	OK(&tap, mark && weak_list_marked(&list, mark)->weak, "the first row of a mark decides");
	mark = weak_list_phone(&list, text_of("not-in-plan,ofcom-fiction"));
	OK(&tap, mark && !weak_list_marked(&list, mark)->weak, "fiction is a note");
	OK(&tap, weak_list_phone(&list, text_of("toll-free")) == 0 && weak_list_phone(&list, text_of("")) == 0 &&
			 !weak_list_marked(&list, 0), "a number like others");
	weak_list_release(&list);
	weak_list_release(&list);
}

static void refused(const char *text, const char *expected)
{
	struct weak_list list = { 0 };
	struct error error = { 0 };

	OK(&tap, weak_list_parse(&list, "w", text, &error) == STATUS_FAILED && strstr(error.text, expected), "%s", error.text);
	weak_list_release(&list);
}

static void test_refused(void)
{
	static char many[4096];
	struct email_providers providers;
	struct error error = { 0 };

	refused("#\n\nfax\tweak\ta\tb\n", "w:3: no rule");
	refused("ip\tbad\t::/0\tb", "w:1: neither weak nor note");
	refused("email\tweak\ta\n", "w:1: a pattern or a note is missing");
	refused("email\tweak\t\tb\n", "a pattern or a note is missing");
	refused("ip\tweak\t10.0.0.1\tb\n", "no range of IP addresses");
	for (int i = 0; i < 9; i++)
		(void)strncat(many, "phone\tweak\ta\tb\n", sizeof(many) - strlen(many) - 1);
	refused(many, "w:9: too many patterns of telephones");
	OK(&tap, email_providers_parse(&providers, "p", "#\na.com\n", &error) == STATUS_FAILED && strstr(error.text, "p:2: "), "%s", error.text);
	OK(&tap, email_providers_parse(&providers, "p", "a.com\t", &error) == STATUS_FAILED, "no second domain");
}

/* ---- e-mail ---- */

static const struct {
	const char *email, *identity, *bare;
} emails[] = {
	{ "j.o.e+x@gmail.com", "joe@gmail.com", "joe@gmail.com" }, { "joe@googlemail.com", "joe@gmail.com", "" },
	{ "joe@gmail.com", "joe@gmail.com", "" },   { "j.o@post.example", "", "jo@post.example" },
	{ "jo+x+y@post.example", "", "jo@post.example" }, { "jo@post.example", "", "" }, { "jo", "", "" }, { "@gmail.com", "", "" },
	{ "joe@", "", "" }, { "", "", "" }, { "+x@gmail.com", "", "" }, { "...@gmail.com", "", "" },
	{ "\"a@b\".c@gmail.com", "\"a@b\"c@gmail.com", "\"a@b\"c@gmail.com" }, { "joe@gmail.com.example", "", "" },
};

static void test_emails(void)
{
	struct email_providers providers;
	struct error error = { 0 };
	char out[200];

	(void)email_providers_parse(&providers, "p", providers_builtin, &error);
	for (size_t i = 0; i < COUNT(emails); i++) {
		const struct text email = text_of(emails[i].email);
		struct text identity = { out, email_identity(&providers, email, out) };

		OK(&tap, text_is(identity, emails[i].identity), "'%s' is compared as '%.*s'", emails[i].email, (int)identity.len, out);
		identity.len = email_bare(email, out);
		OK(&tap, text_is(identity, emails[i].bare), "and bare '%.*s'", (int)identity.len, out);
	}
}

static bool add_emails(struct identifiers *ids)
{
	static const char *const texts[] = { "j.o@p", "jo@p", "jo+x@p", "kim@p", "a.b@p", "jo@p" };
	bool good = true;

	for (uint32_t i = 0; i < COUNT(texts) && good; i++)
		good = identifiers_add_marked(ids, text_of(texts[i]), (struct occurrence){ .slot = i + 1 }, i == 3);
	return good && identifiers_arrange(ids);
}

static bool find_twins(void *context)
{
	struct identifiers ids = { 0 }, twins = { 0 };
	const bool good = add_emails(&ids) && email_twins_find(&twins, &ids);
	bool *right = context;

	if (right && good)
		*right = twins.shared_count == 1 && text_is(twins.shared[0].value, "jo@p") && twins.shared[0].count == 3 &&
			 twins.items[twins.shared[0].first].slot == 1 && twins.items[twins.shared[0].first + 1].slot == 2 &&
			 twins.items[twins.shared[0].first + 2].slot == 3 && identifiers_mark(&ids, 3) == 1 && identifiers_mark(&ids, 2) == 0;
	identifiers_release(&ids);
	identifiers_release(&twins);
	return good;
}

/* ---- the list of an analyst ---- */

#define HEX64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static bool parse_never(void *context)
{
	static const char text[] =
		"\xef\xbb\xbf# wallets\n\naddress 0xABCDEF0123456789abcdef0123456789abcdef01 # one\r\n"
		"email Jo.E+x@GoogleMail.com\nphone +44 (20) 7946-0102\n+44 20 7946 0103\n\ttxid\t" HEX64 ":7\n"
		"ip 192.0.2.1\ndevice my phone\n0xabcdef0123456789abcdef0123456789abcdef01\njo@post.example";
	struct never never = { 0 };
	struct email_providers providers;
	struct error error = { 0 };
	bool *right = context;
	const bool good = email_providers_parse(&providers, "p", providers_builtin, &error) == STATUS_OK &&
			  never_parse(&never, &providers, "n", text, &error) == STATUS_OK;

	if (right && good)
		*right = never_has(&never, LINK_ADDRESS, text_of("0xabcdef0123456789abcdef0123456789abcdef01")) &&
			 never_has(&never, LINK_EMAIL, text_of("joe@gmail.com")) && never_has(&never, LINK_PHONE, text_of("+442079460102")) &&
			 never_has(&never, LINK_PHONE, text_of("+442079460103")) && never_has(&never, LINK_TXID, text_of(HEX64)) &&
			 never_has(&never, LINK_IP, text_of("192.0.2.1")) && never_has(&never, LINK_DEVICE, text_of("my phone")) &&
			 never_has(&never, LINK_EMAIL, text_of("jo@post.example")) && !never_has(&never, LINK_DEVICE, text_of("my")) &&
			 !never_has(&never, LINK_EMAIL, text_of("0xabcdef0123456789abcdef0123456789abcdef01")) && never.count == 9;
	never_release(&never);
	return good;
}

static void test_starved(void)
{
	bool right = false;
	int count;

	OK(&tap, find_twins(&right) && right, "e-mail addresses that differ by dots and tags");
	count = starve(find_twins, NULL);
	OK(&tap, count > 5, "%d allocations refused, each a failure", count);
	right = false;
	OK(&tap, parse_never(&right) && right, "a list of what ties nothing");
	count = starve(parse_never, NULL);
	OK(&tap, count > 5, "%d allocations refused, each a failure", count);
}

int main(void)
{
	test_patterns();
	test_long_texts();
	test_ranges();
	test_built_in();
	test_refused();
	test_emails();
	test_starved();
	return tap_done(&tap);
}
