/* SPDX-License-Identifier: Apache-2.0 */
/* numgen: the ways in which a number is dialled and written down. */
#include "numgen.h"

/* The digits in groups, cut anywhere. */
static void add_groups(struct draft *out, struct chance *chance, const char *digits, size_t len)
{
	static const char *const separators[] = { " ", " ", "-", ".", "/", "" };
	const char *separator = CHANCE_PICK(chance, separators);

	for (size_t at = 0, step; at < len; at += step) {
		step = 2 + chance_below(chance, 3);
		if (step > len - at)
			step = len - at;
		if (at)
			draft_word(out, separator);
		draft_add(out, digits + at, step);
	}
}

static void add_bracketed(struct draft *out, struct chance *chance, const struct draft *nsn)
{
	size_t area = 1 + chance_below(chance, 4);

	if (area > nsn->len)
		area = nsn->len;
	draft_byte(out, '(');
	draft_add(out, nsn->at, area);
	draft_byte(out, ')');
	if (chance_of(chance, 50))
		draft_byte(out, ' ');
	add_groups(out, chance, nsn->at + area, nsn->len - area);
}

static void add_number(struct draft *out, struct chance *chance, const struct draft *nsn)
{
	if (chance_of(chance, 60))
		draft_add(out, nsn->at, nsn->len);
	else if (chance_of(chance, 75))
		add_groups(out, chance, nsn->at, nsn->len);
	else
		add_bracketed(out, chance, nsn);
}

static void add_pluses(struct draft *out, struct chance *chance)
{
	static const char *const odd[] = { "++", "\xef\xbc\x8b", "+\xef\xbc\x8b", "+ ", "+(", "+00", "00+", "+0",
		"(+" };

	draft_word(out, chance_of(chance, 90) ? "+" : CHANCE_PICK(chance, odd));
}

static void add_trunk(const struct world_row *row, struct chance *chance, struct draft *out)
{
	static const char *const others[] = { "0", "1", "8", "9", "00", "06" };

	if (chance_of(chance, 60))
		draft_word(out, row->row->trunk);
	else if (chance_of(chance, 70))
		world_national(row, chance, out);
	else
		draft_word(out, CHANCE_PICK(chance, others));
}

static void add_international(const struct world_row *row, struct chance *chance, struct draft *out)
{
	draft_word(out, row->code);
	if (chance_of(chance, 20))
		draft_byte(out, ' ');
	if (chance_of(chance, 12)) {
		draft_byte(out, '(');
		add_trunk(row, chance, out);
		draft_byte(out, ')');
	} else if (chance_of(chance, 12)) {
		add_trunk(row, chance, out);
	} else if (chance_of(chance, 4)) {
		draft_word(out, row->code);
	}
}

/* RFC 3966, well and not so well. */
static void add_context(const struct world_row *row, struct chance *chance, const struct draft *nsn, struct draft *out)
{
	static const char *const contexts[] = { ";phone-context=+", ";phone-context=", ";ext=12;phone-context=+",
		";isub=12;phone-context=+", ";phone-context=example.com", ";phone-context=+;x=" };

	if (chance_of(chance, 80))
		draft_word(out, "tel:");
	if (chance_of(chance, 30))
		add_trunk(row, chance, out);
	draft_add(out, nsn->at, nsn->len);
	draft_word(out, CHANCE_PICK(chance, contexts));
	draft_word(out, row->code);
	if (chance_of(chance, 15))
		draft_word(out, ";x=1");
	if (chance_of(chance, 5))
		draft_word(out, "tel:123");
}

void numgen_form(const struct world_row *row, const struct world_row *home, struct chance *chance, const struct draft *nsn,
	struct draft *out)
{
	size_t way = chance_below(chance, 100);

	if (way < 4) {
		add_context(row, chance, nsn, out);
		return;
	}
	if (way < 34) {
		add_pluses(out, chance);
		add_international(row, chance, out);
	} else if (way < 48) {
		if (home && chance_of(chance, 70))
			world_idd(home, chance, out);
		else
			draft_word(out, chance_of(chance, 50) ? "00" : "011");
		add_international(row, chance, out);
	} else if (way < 60) {
		add_international(row, chance, out);
	} else if (way < 85) {
		add_trunk(row, chance, out);
	}
	add_number(out, chance, nsn);
}
