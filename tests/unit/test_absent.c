/* SPDX-License-Identifier: Apache-2.0 */
/* Words that are no value: the list, what it finds, and what profiles make of it. */
#include <stdlib.h>
#include <string.h>

#include "base/absent.h"
#include "ingest/plan/profile.h"
#include "number/read/number_withheld.h"
#include "casefile/record/no_call.h"
#include "tap.h"

static struct absents builtin(void)
{
	struct absents absents = { 0 };

	if (!absents_read(&absents, text_of(absent_builtin)))
		abort();
	return absents;
}

static void finds(struct tap *tap, const struct absents *absents)
{
	static const char *const words[] = { "NULL", "\\N", "null", "None", "nil", "nan", "NaN", "(null)", "undefined", "-", "unknown",
					     "n/a", "N/A", "#N/A", "NA", "<nil>", "<NA>", "NaT", " \t NuLl \r\n", "\xc2\xa0NULL\xe3\x80\x80",
					     "\xe2\x80\x94", "''", "\"\"", "#NULL!", "." };
	static const char *const values[] = { "0", "-1", "no", "nul", "NULLs", "N", "nano", "--x", "noname", "anna", "naN1", "\\n\\", "NULL NULL",
					      "unknown person", "#", "\xff", "\xc2", "NULL\xc2" };
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (absents_find(absents, text_of(words[i])) < 2 && ++wrong)
			printf("# not found: %s\n", words[i]);
	OK(tap, wrong == 0, "words, trimmed and case folded");
	for (size_t i = wrong = 0; i < sizeof values / sizeof *values; i++)
		if (absents_find(absents, text_of(values[i])) && ++wrong)
			printf("# found: %s\n", values[i]);
	OK(tap, wrong == 0, "what is a value, or not the whole field");
	OK(tap, !absents_find(absents, text_of("")) && !absents_find(absents, text_of(" \t")) && !absents_find(absents, text_of(NULL)),
	   "an empty field is no word");
	OK(tap, absents_find(absents, text_of("\xc2\xa0 \xe2\x80\x8b")) == ABSENT_BLANKS, "blanks of other alphabets alone");
}

/* In the roles of a presented number the words that withhold it are values, and no others. */
static void withhold(struct tap *tap, const struct absents *absents)
{
	unsigned wrong = 0;

	for (size_t i = 1; i < absents->count; i++) {
		const struct text word = text_of(absents->words[i].word);
		const bool withheld = number_withheld_words(word);

		if ((absents_in(absents, "presented", word) == 0) != withheld ||
		    (absents_in(absents, "presented_name", word) == 0) != withheld || absents_in(absents, "ip", word) != i + 1) {
			printf("# %s\n", absents->words[i].word);
			wrong++;
		}
	}
	OK(tap, wrong == 0, "words that withhold a presented number are values there");
	OK(tap, !absents_in(absents, "country", text_of("NA")) && absents_in(absents, "email", text_of("NA")), "NA is a country");
	OK(tap, !absents_in(absents, "name", text_of("na")) && absents_in(absents, "names", text_of("na")) &&
			absents_in(absents, "nam", text_of("na")), "roles are whole words");
}

static void write_and_read(struct tap *tap, const struct absents *absents)
{
	struct absents other = { 0 };
	struct buf first = { 0 }, second = { 0 };

	absents_write(absents, &first);
	if (!absents_read(&other, buf_view(&first)))
		abort();
	absents_write(&other, &second);
	OK(tap, absents->count > 30 && text_equal(buf_view(&first), buf_view(&second)), "a list that is written is read back as it was");
	buf_release(&first);
	buf_release(&second);
	absents_release(&other);
	absents_release(&other);
}

static void digits(struct tap *tap)
{
	struct absents absents = { 0 };

	OK(tap, absents_add(&absents, text_of("00-1"), text_of("")) && absents.digits && absents_may(&absents, text_of("00-0")) &&
			!absents_may(&absents, text_of("00-")) && !absents_may(&absents, text_of("000-0")) &&
			absents_find(&absents, text_of("00-1")) && !absents_find(&absents, text_of("00-2")), "a word with digits");
	OK(tap, absents_cut(&absents, text_of(" 00-1")) && !absents_cut(&absents, text_of("00-1")) && !absents.digits &&
			!absents_may(&absents, text_of("00-0")), "taken out again");
	OK(tap, !absents_cut(&absents, text_of("\xc2\xa0")) && !absents_can(text_of("# x")) && absents_can(text_of("#")) &&
			!absents_can(text_of(" ")) && !absents_can(text_of("a\tb")), "what can be a word");
	absents_release(&absents);
}

static const char profile_start[] = "name x\nkind call\nrole started 1\nrole account 2\nrole presented 3\nrole dialled 4\n";

/* A profile with a line, and what is said of it; NULL: nothing. */
static struct profile with(struct tap *tap, const char *line, const char *said)
{
	struct profile profile;
	struct error error = { .status = STATUS_OK };
	struct buf text = { 0 };
	enum status status;

	buf_text(&text, profile_start);
	buf_text(&text, line);
	status = profile_parse(&profile, buf_view(&text), (struct text){ NULL, 0 }, "p", &error);
	OK(tap, said ? status == STATUS_USAGE && tap_same(error.text, said) : status == STATUS_OK, "a profile with %s", line);
	buf_release(&text);
	return profile;
}

static void profiles(struct tap *tap)
{
	struct profile profile = with(tap, "absent  no value given \nnot-absent null\nabsent Anonymous\n", NULL);

	OK(tap, absents_in(&profile.absents, "account", text_of("No Value Given")) && !absents_find(&profile.absents, text_of("NULL")) &&
			absents_find(&profile.absents, text_of("nil")), "its words are added and taken out");
	OK(tap, absents_in(&profile.absents, "account", text_of("anonymous")) && !absents_in(&profile.absents, "presented", text_of("anonymous")),
	   "a word that withholds a number still does");
	profile_release(&profile);
	profile = with(tap, "absent\n", "p:7: '': no word of a field");
	profile_release(&profile);
	profile = with(tap, "absent # x\n", "p:7: '# x': no word of a field");
	profile_release(&profile);
	profile = with(tap, "not-absent nothing\n", "p:7: 'nothing': it stands for a value already: there is nothing to take out");
	profile_release(&profile);
}

static void shown(struct tap *tap, const struct absents *absents)
{
	char out[40];

	OK(tap, tap_same(absents_show(absents, absents_find(absents, text_of("\\n")), out, sizeof out), "'\\N'") &&
			tap_same(absents_show(absents, ABSENT_BLANKS, out, sizeof out), "blanks alone"), "as people read it");
	OK(tap, tap_same(absents_word(absents, absents_find(absents, text_of("NIL")))->reason, "needed, and 'nil' is no value"), "a reason");
}

/* Words that say that a row is no call. */
static void no_calls(struct tap *tap)
{
	static const char *const say[] = { "SMS", "*sms", "sms-mo", "GPRS session", "Data", "MMS/in", "voice,ussd" };
	static const char *const are_none[] = { "", "voice", "database", "smsc1", "ANSWERED", "asked for the data of somebody", "dat" };
	bool good = true;

	for (size_t i = 0; i < sizeof(say) / sizeof(say[0]); i++)
		good = good && no_call_says(text_of(say[i]));
	OK(tap, good, "words that say that a row is no call");
	for (size_t i = 0; i < sizeof(are_none) / sizeof(are_none[0]); i++)
		good = good && !no_call_says(text_of(are_none[i]));
	OK(tap, good && !no_call_says((struct text){ NULL, 0 }), "and others");
}

int main(void)
{
	struct absents absents = builtin();
	struct tap tap = { 0 };

	finds(&tap, &absents);
	withhold(&tap, &absents);
	write_and_read(&tap, &absents);
	shown(&tap, &absents);
	digits(&tap);
	profiles(&tap);
	no_calls(&tap);
	absents_release(&absents);
	return tap_done(&tap);
}
