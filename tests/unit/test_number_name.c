/* SPDX-License-Identifier: Apache-2.0 */
/* Names that are presented without a number. */
#include <string.h>

#include "number/read/number_name.h"
#include "tap.h"

static bool is(const char *text, const char *name, const char *shown)
{
	struct unwrapped room;
	const struct text got = number_name(text_of(text), &room);
	const bool same = name ? got.data && text_is(got, name) : !got.data;

	return same && text_is(number_shown(text_of(text), &room), shown);
}

int main(void)
{
	struct tap tap = { 0 };
	char longest[NUMBER_TEXT_MAX + 2];
	struct unwrapped room;

	OK(&tap, is("\"HMRC\" <>", "HMRC", "HMRC") && is("\"HMRC\"", "HMRC", "HMRC") && is("HMRC", "HMRC", "HMRC") &&
			is("<HMRC>", "HMRC", "HMRC") && is("HMRC <>", "HMRC", "HMRC") && is("\"HMRC\" <", "HMRC", "HMRC"), "one name");
	OK(&tap, is("\" Bank, \xc3\x84 \" <>", "Bank, \xc3\x84", "Bank, \xc3\x84") && is(" HMRC ", "HMRC", "HMRC"), "blanks within count");
	OK(&tap, is("\"\" <>", "", "\"\" <>") && is("<>", "", "<>") && is("", "", "") && is(" ", "", " "), "nothing is shown");
	OK(&tap, is("\"HMRC\" <foo>", NULL, "\"HMRC\" <foo>") && is("sip:HMRC@example.net", NULL, "sip:HMRC@example.net"), "more than a name");
	OK(&tap, is("\"Anonymous\" <>", "Anonymous", "\"Anonymous\" <>") && is("\"12\"", "12", "\"12\""), "what withholds, and digits, stay as found");
	memset(longest, 'a', sizeof(longest));
	OK(&tap, !number_name((struct text){ longest, sizeof(longest) }, &room).data, "a text that is too long");
	return tap_done(&tap);
}
