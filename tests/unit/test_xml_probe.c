/* SPDX-License-Identifier: Apache-2.0 */
/* Members that are one row: which are alike, and that the row of one is at hand. */
#include "ingest/xml/xml_probe.h"

#include "tap.h"

static struct tap tap;

#define FIRST "<?xml version=\"1.0\"?><cdr><a>1</a><b x=\"2\">3</b></cdr>\n"

static const struct {
	const char *member, *name;
	bool known, row;            /* like the first; one row */
} cases[] = {
	{ FIRST, "the same", true, true },
	{ "<!-- c --><cdr ><a>9</a><b x=\"\">8</b></cdr>", "other values", true, true },
	{ "<cdr><b x=\"2\">3</b><a>1</a></cdr>", "another order", false, true },
	{ "<cdr><a>1</a><b>3</b></cdr>", "without an attribute", false, true },
	{ "<cdr><a>1</a><b x=\"2\">3</b><a>1</a></cdr>", "one twice", false, true },
	{ "<cdr><a>1</a><b x=\"2\">3</b><c><d>1</d></c></cdr>", "one more, with one inside", false, true },
	{ "<cdr><a>1</a><b x=\"2\">3</b><c><d/>1</c></cdr>", "the same with a text", false, true },
	{ "<cdr><a>1</a><b x=\"2\"><c/></b></cdr>", "an element for a text", false, true },
	{ "<cdr><a>1</a><b x=\"2\">3</b></cdr><cdr/>", "two rows", false, false },
	{ "<cdr><a>1</a><b x=\"2\">&no;</b></cdr>", "a row that is wrong", false, false },
	{ "<cdr><a>1</a><b x=\"2\">3</b>", "one that is cut off", false, false },
	{ "", "nothing", false, false },
};

static bool learn(struct json_columns *columns, struct text row)
{
	struct xml_row one = { 0 };
	bool good = json_columns_open(columns) && xml_row_open(&one, columns);

	one.learn = columns;
	good = good && xml_row_read(&one, row);
	xml_row_close(&one);
	json_columns_settle(columns);
	return good;
}

static void check(struct xml_probe *probe, const struct xml_place *place, size_t i)
{
	const struct text member = text_of(cases[i].member);
	bool known = true;

	OK(&tap, xml_probe_read(probe, place, member, &known) && known == cases[i].known, "%s: known %d", cases[i].name, known);
	OK(&tap, (xml_probe_row(probe) != NULL) == cases[i].row, "%s: its row", cases[i].name);
	if (cases[i].row && !cases[i].known) {
		OK(&tap, xml_probe_take(probe) && xml_probe_read(probe, place, member, &known) && known, "%s: once taken it is known",
		   cases[i].name);
	}
}

int main(void)
{
	struct xml_probe probe = { 0 };
	struct json_columns columns = { 0 };
	struct xml_place place;
	struct xml_row *row;
	bool known = true;

	OK(&tap, xml_place_of(text_of(FIRST), &place) && learn(&columns, text_of("<cdr><a>1</a><b x=\"2\">3</b></cdr>")) &&
	   xml_probe_open(&probe, &columns, NULL), "it opens");
	OK(&tap, xml_probe_row(&probe) == NULL && xml_probe_row(NULL) == NULL, "there is no row yet");
	OK(&tap, xml_probe_read(&probe, &place, text_of(FIRST), &known) && !known && xml_probe_take(&probe), "the first is not known");
	row = xml_probe_row(&probe);
	OK(&tap, row && row->count == 3 && text_is(row->fields[0], "1") && xml_row_read(row, text_of("<cdr><a>1</a><b x=\"2\">3</b></cdr>")) &&
	   text_is(row->fields[0], "1"), "its row is at hand");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&probe, &place, i);
	xml_probe_close(&probe);
	json_columns_release(&columns);
	return tap_done(&tap);
}
