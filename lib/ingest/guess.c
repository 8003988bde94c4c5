/* SPDX-License-Identifier: Apache-2.0 */
/* What a column that plays no role may be. */
#include "ingest/guess.h"

#include <string.h>

#include "base/time/moment.h"
#include "number/read/number_text.h"

#define WORD_MOST 24
/* Digits of a telephone number. */
#define DIGITS_LEAST 7
#define DIGITS_MOST 15

/* Words that headers have for roles, of any kind. Of two that fit, the one that comes first. */
static const struct {
	const char *role;
	const char *words;          /* with blanks around each */
} words[] = {
	{ "ip", " ip ipaddress ipaddr remoteip hostip " },
	{ "email", " email mail emailaddress " },
	{ "txid", " txid transaction txhash hash " },
	{ "currency", " currency coin cur " },
	{ "country", " country nation " },
	{ "billed", " billed billable billsec charged " },
	{ "talk", " talk talktime conversation speech " },
	{ "duration", " duration seconds length elapsed " },
	{ "cost", " cost price charge rate fee " },
	{ "status", " status disposition result state cause outcome reason " },
	{ "answered_at", " answer answered connect connected pickup " },
	{ "ended", " end ended stop hangup disconnect finish finished " },
	{ "paid", " paid payment date time timestamp created datetime " },
	{ "started", " start started begin began calldate setup date time timestamp datetime created " },
	{ "registered", " registered created signup joined since " },
	{ "at", " at date time timestamp datetime when " },
	{ "call_id", " callid uniqueid uuid linkedid " },
	{ "payment_id", " paymentid invoice order " },
	{ "presented_name", " callername cnam clidname displayname " },
	{ "presented", " presented callerid cli clid ani source src from caller calling anumber spoofed displayed " },
	{ "dialled", " dialled dialed destination dest dst called callee to dnis bnumber target " },
	{ "victim", " victim callee complainant phone number " },
	{ "phone", " phone telephone mobile cell msisdn contact " },
	{ "trunk", " trunk gateway carrier route peer " },
	{ "account", " account accountcode user username userid customer client subscriber member " },
	{ "login", " login username nick nickname " },
	{ "amount", " amount sum value total " },
	{ "loss", " loss lost amount damage " },
	{ "device", " device useragent agent imei fingerprint " },
	{ "organisation", " organisation organization company bank " },
};

/* ---- by name ---- */

static char letter_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	return (c >= 'a' && c <= 'z') ? c : '\0';
}

/* Whether one of the words is that; it has letters alone. */
static bool has_word(const char *list, const char *word, size_t len)
{
	char padded[WORD_MOST + 3];

	if (len == 0 || len > WORD_MOST)
		return false;
	padded[0] = padded[len + 1] = ' ';
	memcpy(padded + 1, word, len);
	padded[len + 2] = '\0';
	return strstr(list, padded) != NULL;
}

/* Whether the words of a name, or all its letters together, are among those of a list. */
static bool fits_name(const char *list, struct text name)
{
	char word[WORD_MOST + 1], whole[WORD_MOST + 1];
	size_t len = 0, all = 0;

	for (size_t i = 0; i <= name.len; i++) {
		const char c = i < name.len ? letter_of(name.data[i]) : '\0';

		if (c && len <= WORD_MOST)
			word[len < WORD_MOST ? len : WORD_MOST - 1] = c;
		if (c && all < WORD_MOST)
			whole[all] = c;
		len += c != '\0';
		all += c != '\0';
		if (c)
			continue;
		if (has_word(list, word, len))
			return true;
		len = 0;
	}
	return has_word(list, whole, all);
}

/* ---- by values ---- */

/* A time that is written as one; digits alone may be anything. */
static bool is_time(struct text text)
{
	struct moment moment;
	bool marked = false;

	for (size_t i = 0; i < text.len; i++)
		marked |= text.data[i] == ':' || text.data[i] == '-' || text.data[i] == '/';
	return marked && !moment_parse(text.data, text.len, MOMENT_ORDER_UNKNOWN, &moment);
}

static bool is_number(struct text text)
{
	struct number_text digits;

	return number_text_plain(text.data, text.len, &digits) && digits.len >= DIGITS_LEAST &&
	       digits.len <= DIGITS_MOST && !is_time(text);
}

static bool are_all(const struct sniff_column *column, bool (*is)(struct text text))
{
	for (size_t i = 0; i < column->sample_count; i++)
		if (!is(column->samples[i]))
			return false;
	return column->sample_count > 0;
}

/* ---- both ---- */

static bool is_played(const struct sniff_column *columns, size_t count, const char *role)
{
	for (size_t i = 0; i < count; i++) {
		if (columns[i].guess && !strcmp(columns[i].guess, role))
			return true;
		for (size_t k = 0; k < columns[i].role_count; k++)
			if (!strcmp(columns[i].roles[k], role))
				return true;
	}
	return false;
}

/* The role of the kind, if none plays it; else NULL. */
static const char *open_role(const struct sniff_column *columns, size_t count, enum kind kind, const char *name)
{
	const int role = kind_role(kind, text_of(name));

	return role >= 0 && !is_played(columns, count, name) ? kind_info(kind)->roles[role].name : NULL;
}

/* Whether what a column has can be what a role of that type has. */
static bool may_be(const struct sniff_column *column, enum role_type type)
{
	if (column->sample_count == 0)
		return true;
	if (type == ROLE_TIME)
		return are_all(column, is_time);
	return type == ROLE_NUMBER || !are_all(column, is_time);
}

static const char *by_name(const struct sniff_column *columns, size_t count, size_t at, enum kind kind)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *role = fits_name(words[i].words, columns[at].name)
					   ? open_role(columns, count, kind, words[i].role)
					   : NULL;

		if (role && may_be(&columns[at], kind_info(kind)->roles[kind_role(kind, text_of(role))].type))
			return role;
	}
	return NULL;
}

/* The role of a type that nobody plays, where there is one, or the first where that is enough. */
static const char *only_role(const struct sniff_column *columns, size_t count, enum kind kind,
			     enum role_type type, bool first)
{
	const struct kind_info *info = kind_info(kind);
	const char *found = NULL;

	for (size_t i = 0; i < info->role_count; i++) {
		if (info->roles[i].type != type || is_played(columns, count, info->roles[i].name))
			continue;
		if (found)
			return first ? found : NULL;
		found = info->roles[i].name;
	}
	return found;
}

static const char *by_values(const struct sniff_column *columns, size_t count, size_t at, enum kind kind)
{
	const char *role;

	if (are_all(&columns[at], is_time)) {
		role = only_role(columns, count, kind, ROLE_TIME, true);
		return role ? role : "time";
	}
	if (!are_all(&columns[at], is_number))
		return NULL;
	role = only_role(columns, count, kind, ROLE_NUMBER, false);
	return role ? role : "number";
}

void guess_roles(struct sniff_column *columns, size_t count, enum kind kind)
{
	for (size_t i = 0; i < count; i++)
		if (columns[i].role_count == 0)
			columns[i].guess = by_name(columns, count, i, kind);
	for (size_t i = 0; i < count; i++)
		if (columns[i].role_count == 0 && !columns[i].guess)
			columns[i].guess = by_values(columns, count, i, kind);
}
