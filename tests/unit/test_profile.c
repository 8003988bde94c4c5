/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: their text, the known ones, the columns they give, and which dumps are theirs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/format/format.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/plan.h"
#include "ingest/plan/profile.h"
#include "scratch.h"
#include "tap.h"

/* ---- the text ---- */

static void wrong(struct tap *tap, const char *name, const char *text, const char *said)
{
	struct profile profile;
	struct error error = { .status = STATUS_OK };
	enum status status = profile_parse(&profile, text_of(text), (struct text){ NULL, 0 }, "p", &error);

	OK(tap, status == STATUS_USAGE && tap_same(error.text, said), "%s: %s", name, error.text);
	profile_release(&profile);
}

static void test_wrong(struct tap *tap)
{
	wrong(tap, "an unknown keyword", "name x\ncolour red\n", "p:2: 'colour': no keyword of a profile");
	wrong(tap, "an empty text", "", "p:1: a profile needs a line `name` and a line `kind`");
	wrong(tap, "no name", "# nothing\n", "p:1: a profile needs a line `name` and a line `kind`");
	wrong(tap, "no kind", "name x\nkind calls\n", "p:2: 'calls': no kind");
	wrong(tap, "a name twice", "name x\nname y\n", "p:2: said twice");
	wrong(tap, "a role before the kind", "role account 1\n", "p:1: a line `kind` that names one must come first");
	wrong(tap, "an unknown role", "kind call\nrole caller 1\n", "p:2: 'caller': no role of this kind");
	wrong(tap, "no column", "kind call\nrole account\n", "p:2: a column is missing: a position or a name");
	wrong(tap, "column 0", "kind call\nrole account 0\n", "p:2: '0': no number from 1 up, or too large");
	wrong(tap, "an open name", "kind call\nrole account \"a\n", "p:2: a \" is not closed");
	wrong(tap, "an open pattern", "kind call\nsniff 1 /a\\/ 5\n", "p:2: a / is not closed");
	wrong(tap, "a wrong pattern", "kind call\nsniff 1 /a(/ 5\n", "p:2: the pattern is wrong: missing closing parenthesis, at byte 2");
	wrong(tap, "no points", "kind call\nsniff 1 /a/\n", "p:2: '': no number from 1 up, or too large");
	wrong(tap, "widths the wrong way round", "widths 9-3\n", "p:1: '9-3': the widths are the wrong way round");
	wrong(tap, "an unknown condition", "kind call\nrole account 1 if 2\n", "p:2: 'if': not known here");
	wrong(tap, "a separator that is none", "separator many\n", "p:1: 'many': no separator");
	wrong(tap, "a header that is neither", "header maybe\n", "p:1: 'maybe': neither yes nor no");
	wrong(tap, "an order that is neither", "date-order ymd\n", "p:1: 'ymd': neither dmy nor mdy");
	wrong(tap, "a status without a word", "answered\n", "p:1: nothing follows the keyword");
	wrong(tap, "any kind, but positions", "name x\nkind any\n", "p:2: `kind any` needs `roles header`");
	wrong(tap, "a table without a name", "name x\ntable\n", "p:2: names of tables, or one pattern, are wanted");
	wrong(tap, "a filter without a pattern", "kind call\nkeep 1\n", "p:2: a pattern between slashes is missing");
	wrong(tap, "a join without a table", "kind call\njoin account\n", "p:2: the name of a table is missing");
	wrong(tap, "a join of a time", "kind call\njoin started t\n", "p:2: what stands in role started cannot be joined");
	wrong(tap, "a join twice", "kind call\njoin account t\njoin account u\n", "p:3: role account is joined twice");
	wrong(tap, "an address of no kind", "kind call\naddress ip proxy\n", "p:2: 'proxy': not transport, claimed or switch");
	wrong(tap, "a code that is not known", "kind call\ndecode account base64\n", "p:2: 'base64': only `url` is known");
	wrong(tap, "a unit of a text", "kind call\nunit account ms\n",
	      "p:2: 'ms': no unit of this role; durations have s, ms, us, ns and hms, times epoch, epoch-ms, epoch-us and epoch-ns, "
	      "amounts cents, thousandths and millionths; satoshi are told by `currency SAT`");
	wrong(tap, "a zone of a text", "kind call\nzone-of account UTC\n", "p:2: role account is no time");
	wrong(tap, "an epoch of payments", "kind payment\nepoch 1\n", "p:2: a line `kind call` must come first");
	wrong(tap, "columns without points", "kind call\nsniff columns a\n", "p:2: names of columns, and points, are wanted");
	wrong(tap, "a table's points without a table", "kind call\nsniff table 5\n", "p:2: a line `table` must come first");
	wrong(tap, "a layout that is not confirmed, among calls", "kind call\nunconfirmed no real file was seen\n",
	      "p:2: a word of kind payment; that the layout is not confirmed is said with `unconfirmed-layout`");
	wrong(tap, "a needed role without a line", "name x\nkind account\n", "p:2: role account is needed, and has no line");
}

static void test_right(struct tap *tap)
{
	static const char text[] = "# a comment\r\nname x y\nabout it\nkind login\nheader yes\nseparator tab\nquote none\nblanks yes\n"
				   "widths 3-5\n\n role account \"User Name\" width 4\nrole at 2 width 3-4 when 1 /^\\d\\/$/\n"
				   "legs ip width 5\nfallback ip /^$/ 3 /(\\d+)/\nsniff 2 /x/ 7\nzone Europe/London\ndate-order mdy\n"
				   "currency EUR\nregion GB\nanswered YES\nunanswered NOT AT ALL\n";
	struct profile profile;
	struct error error = { .status = STATUS_OK };

	OK(tap, profile_parse(&profile, text_of(text), (struct text){ NULL, 0 }, "p", &error) == STATUS_OK, "every keyword %s", error.text);
	OK(tap, tap_same(profile.name, "x y") && tap_same(profile.about, "it") && profile.kind == KIND_LOGIN, "name, about, kind");
	OK(tap, profile.header == 1 && profile.separator == '\t' && profile.quote == 0 && profile.blanks, "dialect");
	OK(tap, profile.width.least == 3 && profile.width.most == 5, "widths");
	OK(tap, profile.role_count == 2 && tap_same(profile.roles[0].column.name, "User Name") && profile.roles[0].width.most == 4,
	   "a column by name");
	OK(tap, profile.roles[1].column.position == 2 && profile.roles[1].width.least == 3 && profile.roles[1].when,
	   "a column by position, with conditions");
	OK(tap, profile.legs == 2 && profile.legs_width.least == 5, "legs");
	OK(tap, profile.fallback_count == 1 && profile.sniff_count == 1 && profile.sniffs[0].points == 7, "fallback, sniff");
	OK(tap, tap_same(profile.zone, "Europe/London") && tap_same(profile.date_order, "mdy") && tap_same(profile.currency, "EUR") &&
			tap_same(profile.region, "GB"), "settings");
	OK(tap, tap_same(profile.words.data, "answered=YES\nunanswered=NOT AT ALL\n"), "words");
	profile_release(&profile);
	profile_release(&profile);
}

static const char sections[] = "name s\nzone Europe/London\nseparator comma\ntable cdr calls\nkind call\nrole started 1\nrole account 2\n"
			       "role presented 3\nrole dialled 4\nzone UTC\njoin account users\nkeep 5 /^t/\ndrop 6 /x/\nunit talk ms\n"
			       "role talk 7\ndecode presented url\naddress ip claimed\nepoch 8 ms /(\\d+)/\nzone-of started UTC\n"
			       "sniff columns a \"b c\" 5\nsniff table 4\ncannot-say much\ncannot-say more\n"
			       "table /^pay/\nkind payment\nrole account 1\nrole paid 2\nrole amount 3\nunconfirmed OPEN\n"
			       "table users\nkind account\nrole account 1\nrole key 2\n";

/* The kind that holds for a table and its zone; `none`: nothing does. */
static void section_is(struct tap *tap, const char *table, const char *wanted)
{
	struct profile profile;
	struct error error = { .status = STATUS_OK };
	char got[80];
	const enum status status = profile_parse(&profile, text_of(sections), text_of(table), "p", &error);

	(void)snprintf(got, sizeof(got), "%s %s", profile_holds(&profile) ? kind_info(profile.kind)->name : "none", profile.zone);
	OK(tap, status == STATUS_OK && tap_same(got, wanted), "table %s: %s %s", table ? table : "(none)", got, error.text);
	profile_release(&profile);
	OK(tap, profile_sniffs(&profile, text_of(sections), text_of(table), "p", &error) == STATUS_OK && profile_holds(&profile) == (strncmp(wanted, "none", 4) != 0) &&
			!profile.zone, "and what it is known by alone");
	profile_release(&profile);
}

static void test_sections(struct tap *tap)
{
	struct profile profile;
	struct error error = { .status = STATUS_OK };
	unsigned kinds = 0;

	section_is(tap, "cdr", "call UTC");
	section_is(tap, "Db.CALLS", "call UTC");
	section_is(tap, "a.b.cdr", "call UTC");
	section_is(tap, "xcdr", "none Europe/London");
	section_is(tap, "payments", "payment Europe/London");
	section_is(tap, "repay", "none Europe/London");
	section_is(tap, NULL, "none Europe/London");
	OK(tap, profile_check(text_of(sections), "p", &kinds, &error) == STATUS_OK && kinds == (1u << KIND_CALL | 1u << KIND_PAYMENT | 1u << KIND_ACCOUNT),
	   "all sections are sound: %s", error.text);
	OK(tap, profile_check(text_of("name x\ntable a\nkind call\ncolour red\n"), "p", &kinds, &error) == STATUS_USAGE &&
			tap_same(error.text, "p:4: 'colour': no keyword of a profile"), "a section that is not: %s", error.text);
	OK(tap, profile_check(text_of("name x\ntable a\nkind login\nrole account 1\nrole at 2\njoin account b\ntable b\nkind account\nrole account 1\n"),
			      "p", &kinds, &error) == STATUS_USAGE &&
			tap_same(error.text, "p:6: 'b': no table of this profile is of kind account with a line `role key`, or of kind lookup, "
					     "and called so"), "a join of a table without keys: %s", error.text);
	OK(tap, profile_check(text_of("name x\ntable a\nrole account 1\n"), "p", &kinds, &error) == STATUS_USAGE, "one without a kind: %s", error.text);
	OK(tap, profile_parse(&profile, text_of(sections), text_of("cdr"), "p", &error) == STATUS_OK && profile.join_count == 1 &&
			tap_same(profile.joins[0].table, "users") && profile.joins[0].role == CALL_ACCOUNT, "a join");
	OK(tap, profile.filter_count == 2 && profile.filters[0].keep && !profile.filters[1].keep && profile.filters[1].column.position == 6,
	   "filters");
	OK(tap, profile.units[CALL_TALK] == UNIT_MILLI && profile.url[CALL_PRESENTED] && profile.addresses[CALL_IP] == ADDRESS_CLAIMED &&
			tap_same(profile.zones[CALL_STARTED], "UTC"), "what stands in roles");
	OK(tap, profile.epoch.said && profile.epoch.unit == UNIT_MILLI && profile.epoch.take, "an epoch");
	OK(tap, profile.sniff_count == 2 && tap_same(profile.sniffs[0].columns.data, "a\nb c\n") && profile.sniffs[1].points == 4 &&
			tap_same(profile.cannot_say.data, "much\nmore\n"), "how it is known, and what it cannot say");
	profile_release(&profile);
}

static void test_known(struct tap *tap)
{
	unsigned kinds;
	struct profile profile;
	struct error error = { .status = STATUS_OK };

	for (size_t i = 0; i < profiles_builtin_count; i++) {
		OK(tap, profile_load(&profile, profiles_builtin[i].name, (struct text){ NULL, 0 }, &error) == STATUS_OK &&
				tap_same(profile.name, profiles_builtin[i].name) && profile.about &&
			profile_load_check(profiles_builtin[i].name, &kinds, &error) == STATUS_OK && kinds != 0,
		   "%s is sound and has its name %s", profiles_builtin[i].name, error.text);
		profile_release(&profile);
	}
	OK(tap, profile_load(&profile, "none", (struct text){ NULL, 0 }, &error) == STATUS_USAGE && strstr(error.text, "asterisk-cdr-csv, asterisk-cdr-custom"),
	   "an unknown name: %s", error.text);
	profile_release(&profile);
	OK(tap, profile_load(&profile, "./absent", (struct text){ NULL, 0 }, &error) == STATUS_USAGE && strstr(error.text, "No such file"),
	   "a file that is not there: %s", error.text);
	profile_release(&profile);
	OK(tap, scratch_write("own.profile", "name own\nkind account\nrole account 1\n", 37) &&
			profile_load(&profile, "own.profile", (struct text){ NULL, 0 }, &error) == STATUS_OK, "a file");
	profile_release(&profile);
}

/* ---- Asterisk's rows ---- */

#define FIELDS 24

/* A row of cdr_csv: the 16 columns that all have, dst and lastdata as given, and more. */
static void asterisk_row(struct text *fields, const char *dst, const char *lastdata)
{
	static const char *const row[16] = { "acct", "02079460101", "", "ctx", "\"N\" <02079460101>", "SIP/a-1", "SIP/b-2", "Dial", "",
					     "2022-03-27 00:59:58", "", "2022-03-27 01:00:09", "11", "9", "ANSWERED", "BILLING" };

	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = text_of(i < 16 ? row[i] : "");
	fields[2] = text_of(dst);
	fields[8] = text_of(lastdata);
}

static void resolve(struct tap *tap, struct profile *profile, struct mapping *mapping, const char *const *mappings, size_t count)
{
	struct mapping_request request = { .shown = "f", .profile = profile, .kind = KIND_CALL, .mappings = mappings,
					   .mapping_count = count, .width = 21 };
	struct error error = { .status = STATUS_OK };

	OK(tap, profile_load(profile, "asterisk-cdr-csv", (struct text){ NULL, 0 }, &error) == STATUS_OK &&
			mapping_resolve(mapping, &request, &error) == STATUS_OK, "Asterisk's columns are found %s", error.text);
}

/* mapping_apply() with a matcher of its own. */
static enum status apply(const struct mapping *mapping, const struct text *fields, size_t count, struct text *values)
{
	struct matcher *matcher = matcher_new();
	struct mapping_room room = { .absents = NULL };
	enum status status = matcher ? mapping_apply(mapping, matcher, &room, fields, count, values) : STATUS_FAILED;

	matcher_free(matcher);
	return status;
}

/* The call id of a row that is `width` fields wide and holds `text` in field `at` (from 1). */
static const char *call_id(const struct mapping *mapping, size_t width, size_t at, const char *text)
{
	struct text fields[FIELDS], values[ROLES_MOST];

	asterisk_row(fields, "07700900123", "");
	fields[at - 1] = text_of(text);
	if (apply(mapping, fields, width, values) != STATUS_OK)
		return "failed";
	return values[CALL_ID].data;
}

static bool dials(const struct mapping *mapping, const char *dst, const char *lastdata, const char *wanted)
{
	struct text fields[FIELDS], values[ROLES_MOST];

	asterisk_row(fields, dst, lastdata);
	return apply(mapping, fields, 16, values) == STATUS_OK && text_is(values[CALL_DIALLED], wanted);
}

static void test_asterisk(struct tap *tap)
{
	struct profile profile;
	struct mapping mapping;
	struct text fields[FIELDS], values[ROLES_MOST];

	resolve(tap, &profile, &mapping, NULL, 0);
	asterisk_row(fields, "07700900123", "");
	OK(tap, apply(&mapping, fields, 16, values) == STATUS_OK && text_is(values[CALL_ACCOUNT], "acct") &&
			text_is(values[CALL_PRESENTED], "02079460101") && text_is(values[CALL_TALK], "9") &&
			text_is(values[CALL_STATUS], "ANSWERED") && !values[CALL_COST].data, "the roles of 16 columns");
	OK(tap, call_id(&mapping, 16, 16, "x") == NULL, "16 columns have no call id");
	OK(tap, tap_same(call_id(&mapping, 17, 17, "1648342798.412"), "1648342798.412"), "17: uniqueid");
	OK(tap, tap_same(call_id(&mapping, 17, 17, "pbx-1.a-1648342798.412"), "pbx-1.a-1648342798.412"), "17: uniqueid with a system's name");
	OK(tap, call_id(&mapping, 17, 17, "ip=203.0.113.9") == NULL, "17: userfield");
	OK(tap, tap_same(call_id(&mapping, 18, 17, "odd"), "odd"), "18: uniqueid, whatever it is");
	OK(tap, tap_same(call_id(&mapping, 19, 18, "l"), "l") && tap_same(call_id(&mapping, 20, 19, "l"), "l") &&
			tap_same(call_id(&mapping, 21, 20, "l"), "l"), "19 to 21: linkedid");
	OK(tap, !widths_have(&profile.legs_width, 18) && widths_have(&profile.legs_width, 19) && profile.legs == CALL_ID, "and its legs");
	OK(tap, dials(&mapping, "s", "SIP/trunk/447700900123,60", "447700900123"), "s: the digits behind the trunk");
	OK(tap, dials(&mapping, "h", "PJSIP/+447700900123@carrier,60", "+447700900123"), "h: the digits before the carrier");
	OK(tap, dials(&mapping, "i", "SIP/447700900123", "447700900123"), "i: nothing behind the digits");
	OK(tap, dials(&mapping, "t", "Console/dsp", "t"), "t: no digits, so it stays");
	OK(tap, dials(&mapping, "sales", "SIP/trunk/447700900123", "sales"), "another extension stays");
	profile_release(&profile);
}

static void test_override(struct tap *tap)
{
	static const char *const mappings[] = { "dialled=5", "trunk=6" };
	struct profile profile;
	struct mapping mapping;
	struct buf said = { 0 };

	resolve(tap, &profile, &mapping, mappings, 2);
	mapping_describe(&mapping, NULL, &said);
	OK(tap, strstr(said.data, "dialled=5\n") && strstr(said.data, "trunk=6\n") && !strstr(said.data, "fallback"),
	   "-m is stronger than a profile, and its fallback goes");
	OK(tap, strstr(said.data, "call_id=17 in rows of 17, by its form\n") && strstr(said.data, "call_id=20 in rows of 21\n"),
	   "columns of some widths are described");
	buf_release(&said);
	profile_release(&profile);
}

/* ---- plans ---- */

/* A plan being made of a text. */
struct planning {
	struct format_input input;
	struct plan plan;
};

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct planning *planning = context;

	return plan_make(&planning->plan, planning->input.options, "f", stream, error);
}

/* The plan keeps no view of what the layout has but the header, of which is asked whether it is there. */
static enum status plan_text(struct planning *planning, struct error *error)
{
	const struct format *format;
	struct layout *layout = NULL;
	enum status status = format_choose(formats, &planning->input, &format, error);

	if (status == STATUS_OK)
		status = format->open(&layout, &planning->input, error);
	if (layout)
		layout->format->close(layout);
	return status;
}

static void plan_is(struct tap *tap, const char *name, const struct ingest_options *options, const char *text, enum status wanted,
		    const char *said)
{
	struct planning planning = { { .shown = "f", .options = options, .peek = { text_of(text), true }, .announce = announce,
				       .context = &planning }, { .has_profile = false } };
	const struct plan *plan = &planning.plan;
	struct error error = { .status = STATUS_OK };
	char got[300];
	enum status status = plan_check(options, &error);

	if (status == STATUS_OK)
		status = plan_text(&planning, &error);
	if (status == STATUS_OK)
		(void)snprintf(got, sizeof(got), "%s %s %s %zu", kind_info(plan->kind)->name, plan->profile.name,
			       plan->header ? "header" : "rows", plan->width.most);
	OK(tap, status == wanted && (status == STATUS_OK ? tap_same(got, said) : strstr(error.text, said) != NULL), "%s: %s", name,
	   status == STATUS_OK ? got : error.text);
	plan_release(&planning.plan);
}

static struct ingest_options with(const char *kind, const char *const *mappings, size_t count)
{
	struct ingest_options options = ingest_options_none();

	options.kind = kind;
	options.mappings = mappings;
	options.mapping_count = count;
	return options;
}

#define CALLS "started,account,presented,dialled,talk\n2022-03-01 10:00:00,u1,02079460101,07700900123,70\n"
#define ROWS "2022-03-01 10:00:00,u1,02079460101,07700900123,70\n2022-03-01 10:00:01,u2,02079460101,07700900124,0\n"

static void test_found_out(struct tap *tap)
{
	struct ingest_options none = ingest_options_none();

	plan_is(tap, "calls", &none, CALLS, STATUS_OK, "call canonical header 5");
	plan_is(tap, "accounts", &none, "account,login,email,phone,ip\na,b,c,d,e\n", STATUS_OK, "account canonical header 5");
	plan_is(tap, "logins", &none, "account,at,ip,device\na,2022-03-01,i,d\n", STATUS_OK, "login canonical header 4");
	plan_is(tap, "rates", &none, "Date,Base,Quote,Rate\n2022-03-01,BTC,GBP,1\n", STATUS_OK, "rate canonical header 4");
	plan_is(tap, "a header alone", &none, "number,organisation,sector\n", STATUS_OK, "organisation canonical header 3");
	plan_is(tap, "two kinds", &none, "reference,victim,at,account,paid,amount,currency\n", STATUS_USAGE, "could be kind");
	plan_is(tap, "no kind", &none, "alpha,beta\n1,2\n", STATUS_NOTHING, "its header is: alpha, beta");
	plan_is(tap, "no header, no profile", &none, ROWS, STATUS_NOTHING, "its rows have 5 columns, and no header");
	plan_is(tap, "nothing", &none, "", STATUS_SKIP, "is empty");
	plan_is(tap, "a database", &none, "PGDMP...", STATUS_SKIP, "a PostgreSQL dump");
	plan_is(tap, "Asterisk", &none,
		"\"a\",\"1\",\"2\",\"c\",\"\",\"x\",\"y\",\"Dial\",\"\",\"2022-03-27 00:59:58\",,\"2022-03-27 01:00:00\",2,0,\"BUSY\",\"BILLING\"\n",
		STATUS_OK, "call asterisk-cdr-csv rows 21");
	plan_is(tap, "one faulty row of Asterisk's", &none,
		"\"a\",\"1\",\"2\",\"c\",\"\",\"x\",\"y\",\"Dial\",\"\",\"2022-03-27 00:59:58\",,\"2022-03-27 01:00:00\",2,0,\"BUSY\",\"BILLING\",\"\n",
		STATUS_OK, "call asterisk-cdr-csv rows 21");
}

static void test_said(struct tap *tap)
{
	static const char *const positions[] = { "started=1", "account=2", "presented=3", "dialled=4" };
	static const char *const names[] = { "started=when", "account=who", "presented=4", "dialled=to" };
	static const char *const half[] = { "started=1" };
	static const char *const beyond[] = { "talk=9" };
	static const char *const twice[] = { "account=2", "account=3" };
	static const char *const role[] = { "caller=2" };
	static const char *const formless[] = { "caller" };
	struct ingest_options options = with(NULL, positions, 4);

	plan_is(tap, "positions, kind clear", &options, ROWS, STATUS_OK, "call canonical rows 5");
	options = with("call", positions, 4);
	options.header = 1;
	plan_is(tap, "a header said", &options, ROWS, STATUS_OK, "call canonical header 5");
	options = with("call", names, 4);
	plan_is(tap, "names and a position", &options, "when,who,x,cli,to\n1,2,3,4,5\n", STATUS_OK, "call canonical header 5");
	options = with("call", half, 1);
	plan_is(tap, "a needed role", &options, ROWS, STATUS_USAGE,
		"f: kind call needs role account, and no column plays it: say -m account=COLUMN, or nothing after the = if the dump has none, "
		"or -m account==VALUE if it is the same in all rows; the rows have 5 columns, and no header");
	options = with("call", beyond, 1);
	plan_is(tap, "a column too far", &options, CALLS, STATUS_USAGE, "f: there is no column '9'; the header has: started, account");
	options = with("call", twice, 2);
	plan_is(tap, "a role twice", &options, CALLS, STATUS_USAGE, "role account is mapped twice");
	options = with("call", role, 1);
	plan_is(tap, "an unknown role", &options, CALLS, STATUS_USAGE, "kind call has no role 'caller'; its roles are call_id, started");
	options = with("call", formless, 1);
	plan_is(tap, "no column", &options, CALLS, STATUS_USAGE, "mapping 'caller': not of the form ROLE=COLUMN");
	options = with("calls", NULL, 0);
	plan_is(tap, "an unknown kind", &options, CALLS, STATUS_USAGE, "there is no kind 'calls'; the kinds are call, account");
	options = with("call", NULL, 0);
	plan_is(tap, "a name twice in the header", &options, "started,account,presented,dialled,account\n", STATUS_USAGE,
		"the header has column 'account' twice");
	options = with("login", NULL, 0);
	options.profile = "asterisk-cdr-csv";
	plan_is(tap, "a profile of another kind", &options, CALLS, STATUS_USAGE, "profile asterisk-cdr-csv is of kind call, not login");
}

static void test_settings(struct tap *tap)
{
	struct ingest_options options = ingest_options_none();

	plan_is(tap, "payments without a currency", &options, "account,paid,amount\nu,2022-03-01,1\n", STATUS_USAGE, "say -c CURRENCY");
	plan_is(tap, "losses without a currency", &options, "reference,victim,at,loss\nr,1,2022-03-01,1\n", STATUS_USAGE, "say -c CURRENCY");
	plan_is(tap, "reports without losses", &options, "reference,victim,at\nr,1,2022-03-01\n", STATUS_OK, "report canonical header 3");
	options.currency = "BTC";
	plan_is(tap, "payments with one", &options, "account,paid,amount\nu,2022-03-01,1\n", STATUS_OK, "payment canonical header 3");
	options.currency = "pounds";
	plan_is(tap, "no currency", &options, CALLS, STATUS_USAGE, "currency 'pounds'");
	options = ingest_options_none();
	options.region = "UK1";
	plan_is(tap, "no region", &options, CALLS, STATUS_USAGE, "region 'UK1'");
	options = ingest_options_none();
	options.zone = "not a zone";
	plan_is(tap, "no zone", &options, CALLS, STATUS_USAGE, "zone 'not a zone'");
	options.zone = "+01:00";
	plan_is(tap, "an offset", &options, CALLS, STATUS_OK, "call canonical header 5");
	options.date_order = "ymd";
	plan_is(tap, "no order", &options, CALLS, STATUS_USAGE, "date order 'ymd'");
}

static void test_patterns(struct tap *tap)
{
	char why[160];
	struct pattern *pattern = pattern_new(text_of("^(a+)+$"), why, sizeof(why));
	struct matcher *matcher = matcher_new();
	struct text group = { NULL, 0 }, empty = { NULL, 0 };
	struct buf hostile = { 0 };

	OK(tap, pattern && matcher && pattern_match(pattern, matcher, text_of("aaa"), &group) == MATCH_YES && text_is(group, "aaa"), "a group");
	OK(tap, pattern_match(pattern, matcher, text_of("b"), NULL) == MATCH_NO && pattern_match(pattern, matcher, empty, NULL) == MATCH_NO, "no match");
	for (int i = 0; i < 5000; i++)
		buf_byte(&hostile, 'a');
	buf_byte(&hostile, 'b');
	OK(tap, pattern_match(pattern, matcher, buf_view(&hostile), NULL) == MATCH_FAILED, "work without end is no match, and no loop");
	buf_release(&hostile);
	pattern_free(pattern);
	pattern_free(NULL);
	matcher_free(matcher);
	matcher_free(NULL);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_wrong(&tap);
	test_right(&tap);
	test_sections(&tap);
	test_known(&tap);
	test_asterisk(&tap);
	test_override(&tap);
	test_found_out(&tap);
	test_said(&tap);
	test_settings(&tap);
	test_patterns(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
