/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile for what only some versions have: `optional`, `without`; and a header where there is to be none. */
#include <stdio.h>
#include <string.h>

#include "ingest/plan/bid.h"
#include "ingest/plan/mapping.h"
#include "ingest/plan/profile.h"
#include "tap.h"

static const char versions[] = "name v\nkind call\nrole started calldate optional\nrole started start when kind /./ optional\n"
			       "role started at\nrole account user\nrole presented shown optional\nwithout presented\n"
			       "role dialled called\nrole talk talk\n";

/* What a profile says of a header, or the error. */
static void describes(struct tap *tap, const char *name, const char *text, const struct text *fields, size_t count,
		      const char *const *mappings, const char *wanted)
{
	struct sample_row header = { fields, count };
	struct profile profile;
	struct mapping_request request = { .shown = "f", .profile = &profile, .kind = KIND_CALL, .header = &header,
					   .width = count, .mappings = mappings, .mapping_count = mappings ? 1 : 0 };
	struct mapping mapping;
	struct error error = { .status = STATUS_OK };
	struct buf said = { 0 };

	if (profile_parse(&profile, text_of(text), (struct text){ NULL, 0 }, "p", &error) == STATUS_OK &&
	    mapping_resolve(&mapping, &request, &error) == STATUS_OK)
		mapping_describe(&mapping, &header, &said);
	OK(tap, tap_same(said.len ? said.data : error.text, wanted), "%s: %s", name, said.len ? said.data : error.text);
	buf_release(&said);
	profile_release(&profile);
}

#define T(text) { text, sizeof(text) - 1 }

static void test_versions(struct tap *tap)
{
	static const struct text all[] = { T("CallDate"), T("start"), T("kind"), T("at"), T("user"), T("shown"), T("called"), T("talk") };
	static const struct text few[] = { T("start"), T("at"), T("user"), T("called"), T("talk") };
	static const char *const shown[] = { "presented=user" };
	char text[sizeof(versions) + 80];

	describes(tap, "every version's columns", versions, all, 8, NULL,
		  "started=CallDate\nstarted=start, by its form\nstarted=at\naccount=user\npresented=shown\n"
		  "dialled=called\ntalk=talk\n");
	describes(tap, "a line whose second column is not there goes too", versions, few, 5, NULL,
		  "started=at\naccount=user\npresented=\ndialled=called\ntalk=talk\n");
	describes(tap, "-m is stronger than without", versions, few, 5, shown,
		  "started=at\naccount=user\npresented=user\ndialled=called\ntalk=talk\n");
	(void)snprintf(text, sizeof(text), "%srole status result\n", versions);
	describes(tap, "a line that is not optional must have its column", text, few, 5, NULL,
		  "f: there is no column 'result'; the header has: start, at, user, called, talk");
}

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
	wrong(tap, "what every row must have", "name x\nkind call\nwithout started\n", "p:3: role started cannot be left out");
	wrong(tap, "optional twice", "kind call\nrole talk 1 optional optional\n", "p:2: 'optional': not known here");
	wrong(tap, "legs that are optional", "kind call\nlegs call_id optional\n", "p:2: 'optional': not known here");
	wrong(tap, "without, and more", "kind call\nwithout account x\n", "p:2: 'x': nothing may follow here");
	wrong(tap, "without a role", "kind call\nwithout caller\n", "p:2: 'caller': no role of this kind");
	wrong(tap, "columns without a name", "name x\ncolumns\n", "p:2: names of columns are wanted");
	wrong(tap, "a pattern for a name", "name x\ncolumns a /b/\n", "p:2: names of columns are wanted");
	wrong(tap, "columns twice", "name x\ncolumns a\ncolumns b\n", "p:3: said twice for as many columns");
	wrong(tap, "without is no line for another role", "name x\nkind call\nrole started 1\nwithout account\nwithout presented\n",
	      "p:5: role dialled is needed, and has no line");
}

/* Rows of a table without names, which the profile names if they are as many. */
static void test_named(struct tap *tap)
{
	static const char text[] = "name x\nkind call\ncolumns at who\ncolumns at who more last\nrole started at\nrole account who\nwithout presented\n"
				   "without dialled\nsniff columns who 10\nsniff at /^\\d+$/ 10\n";
	struct text fields[4] = { T("1654092131"), T("u1"), T("x"), T("y") };
	struct profile profile;
	struct error error = { .status = STATUS_OK };

	OK(tap, profile_parse(&profile, text_of(text), (struct text){ NULL, 0 }, "p", &error) == STATUS_OK, "columns %s", error.text);
	for (size_t width = 1; width <= 4; width++) {
		struct sample sample = { .rows = { { fields, width } }, .row_count = 1, .width = width };
		struct mapping_request request = { .shown = "f", .width = width };
		struct bids bids = { .count = 0 };

		OK(tap, bid_profile(&bids, &profile, &sample, &request, -1, &error) == STATUS_OK &&
			bids.count == (width == 2 || width == 4), "rows of %zu fields", width);
	}
	profile_release(&profile);
}

/* The bids of a profile without a header for rows whose first one is taken for a header. */
static size_t bids_for(const char *first)
{
	static const char text[] = "name x\nkind call\nheader no\nrole started 1\nwithout account\nwithout presented\n"
				   "without dialled\nsniff 1 /^\\d+$/ 10\n";
	struct text rows[2][1] = { { text_of(first) }, { text_of("1654092131") } };
	struct sample sample = { .rows = { { rows[0], 1 }, { rows[1], 1 } }, .row_count = 2, .width = 1 };
	struct mapping_request request = { .shown = "f", .header = &sample.rows[0], .width = 1 };
	struct bids bids = { .count = 0 };
	struct profile profile;
	struct error error = { .status = STATUS_OK };

	if (profile_parse(&profile, text_of(text), (struct text){ NULL, 0 }, "p", &error) == STATUS_OK)
		(void)bid_profile(&bids, &profile, &sample, &request, -1, &error);
	profile_release(&profile);
	return bids.count;
}

int main(void)
{
	struct tap tap = { 0 };

	test_versions(&tap);
	test_wrong(&tap);
	test_named(&tap);
	OK(&tap, bids_for("started") == 0, "a profile without a header leaves what has one alone");
	OK(&tap, bids_for("1654092130") == 1, "unless that is a row");
	return tap_done(&tap);
}
