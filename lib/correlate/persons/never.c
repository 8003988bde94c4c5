/* SPDX-License-Identifier: Apache-2.0 */
/* The list of what ties nothing read: each value in the form in which it is compared. */
#include "correlate/persons/never.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/address.h"
#include "base/scan.h"
#include "base/net/ip_range.h"

#define E164_MOST 15           /* digits, ITU-T E.164 section 6.1 */
#define ANY_RULE ((1u << LINK_RULES) - 1)

struct reading {
	struct never *never;
	const struct email_providers *providers;
	const char *name;
	struct error *error;
	unsigned line;
	struct buf room;           /* where values are made */
};

static enum status refuse(const struct reading *reading, struct text word, const char *reason)
{
	char name[300];
	char shown[100];

	return error_set(reading->error, STATUS_FAILED, "%s:%u: '%s': %s",
			 text_escape(text_of(reading->name), name, sizeof(name)), reading->line,
			 text_escape(word, shown, sizeof(shown)), reason);
}

/* ---- a value as it is compared; empty: it is none of the rule ---- */

static struct text phone(struct text value, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < value.len; i++) {
		const char c = value.data[i];

		if (scan_is_digit(c) || (c == '+' && len == 0))
			out[len++] = c;
		else if (len == 0 || !memchr(" -.()/", c, 6))
			return (struct text){ NULL, 0 };
	}
	if (len < 2 || len > E164_MOST + 1 || out[0] != '+' || out[1] == '0')
		len = 0;
	return (struct text){ out, len };
}

static struct text email(const struct email_providers *providers, struct text value, char *out)
{
	char *lower = out + value.len + EMAIL_IDENTITY_ROOM;
	struct text text = { lower, value.len };
	size_t len;

	if (!memchr(value.data, '@', value.len))
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < value.len; i++)
		lower[i] = scan_lower(value.data[i]);
	len = email_identity(providers, text, out);
	return len ? (struct text){ out, len } : text;
}

static struct text ip(struct text value)
{
	struct ip_address address;

	return ip_address_read(value, &address) ? value : (struct text){ NULL, 0 };
}

/* out has room for it. */
static struct text compared(const struct reading *reading, enum link_rule rule, struct text value, char *out)
{
	const size_t size = value.len + 1;
	enum address_kind kind;
	int64_t output;

	switch (rule) {
	case LINK_ADDRESS:
		return (struct text){ out, address_identity(value.data, value.len, out, size, &kind) };
	case LINK_EMAIL:
		return email(reading->providers, value, out);
	case LINK_IP:
		return ip(value);
	case LINK_PHONE:
		return phone(value, out);
	case LINK_TXID:
		return (struct text){ out, txid_identity(value.data, value.len, out, size, &output) };
	case LINK_DEVICE:
	case LINK_RULES:
		break;
	}
	return value;
}

/* ---- lines ---- */

static enum status keep(const struct reading *reading, const struct never_entry *entry)
{
	struct never *never = reading->never;
	void *entries = never->entries;

	if (!memory_room(&entries, &never->capacity, never->count + 1, sizeof(*never->entries)))
		return error_memory(reading->error);
	never->entries = entries;
	never->entries[never->count++] = *entry;
	return STATUS_OK;
}

/* The number of a value among those of a rule; DICTIONARY_NONE: no memory. */
static uint32_t number_of(struct reading *reading, unsigned rule, struct text text)
{
	struct never *never = reading->never;
	const size_t before = never->values[rule].count;
	const uint32_t number = dictionary_add(&never->values[rule], text);
	void *lines = never->lines[rule];

	if (number == DICTIONARY_NONE || never->values[rule].count == before)
		return number;
	if (!memory_room(&lines, &never->lines_capacity[rule], never->values[rule].count, sizeof(unsigned)))
		return DICTIONARY_NONE;
	never->lines[rule] = lines;
	never->lines[rule][number] = reading->line;
	return number;
}

/* A value of some rules. One that is on the list already is passed over. */
static enum status take(struct reading *reading, struct text value, unsigned rules)
{
	struct never_entry entry = { .line = reading->line };
	bool fresh = false;

	buf_clear(&reading->room);
	if (!buf_room(&reading->room, 2 * value.len + EMAIL_IDENTITY_ROOM))
		return error_memory(reading->error);
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		const size_t before = reading->never->values[rule].count;
		struct text text = { NULL, 0 };

		if (rules >> rule & 1)
			text = compared(reading, (enum link_rule)rule, value, reading->room.data);
		if (text.len == 0)
			continue;
		entry.values[rule] = number_of(reading, rule, text);
		if (entry.values[rule] == DICTIONARY_NONE)
			return error_memory(reading->error);
		fresh |= reading->never->values[rule].count > before;
		entry.rules |= 1u << rule;
	}
	if (entry.rules == 0)
		return refuse(reading, value, rules & 1u << LINK_PHONE ? "no telephone number in E.164, as +442079460101"
				      : rules & 1u << LINK_EMAIL     ? "no e-mail address"
								     : "no IP address");
	return fresh ? keep(reading, &entry) : STATUS_OK;
}

/* Without a comment, which begins at a # in front or behind a blank. */
static struct text strip(struct text line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] == '#' && (i == 0 || line.data[i - 1] == ' ' || line.data[i - 1] == '\t'))
			line.len = i;
	return text_trim(line);
}

static bool has_blank(struct text text)
{
	return memchr(text.data, ' ', text.len) || memchr(text.data, '\t', text.len);
}

static enum status read_line(struct reading *reading, struct text line)
{
	struct text word = line, value, digits;
	unsigned rule = 0;

	word.len = 0;
	while (word.len < line.len && line.data[word.len] != ' ' && line.data[word.len] != '\t')
		word.len++;
	value = text_trim((struct text){ line.data + word.len, line.len - word.len });
	while (rule < LINK_RULES && !text_is(word, link_rule_name((enum link_rule)rule)))
		rule++;
	if (rule < LINK_RULES && value.len == 0)
		return refuse(reading, word, "a rule without a value");
	if (rule < LINK_RULES && rule != LINK_DEVICE && rule != LINK_PHONE && has_blank(value))
		return refuse(reading, value, "more than one value; give one a line");
	if (rule < LINK_RULES)
		return take(reading, value, 1u << rule);
	if (value.len == 0)
		return take(reading, line, ANY_RULE);
	if (!buf_room(&reading->room, line.len))
		return error_memory(reading->error);
	digits = phone(line, reading->room.data);
	return digits.len ? take(reading, line, 1u << LINK_PHONE)
			  : refuse(reading, word, "no rule; the rules are address, device, email, ip, phone, txid");
}

static enum status read_all(struct reading *reading, const char *text)
{
	enum status status = STATUS_OK;

	while (*text && status == STATUS_OK) {
		const size_t len = strcspn(text, "\n");
		struct text line = strip((struct text){ text, len });

		reading->line++;
		/* A mark of byte order is what some editors begin a text with. */
		if (reading->line == 1 && line.len >= 3 && !memcmp(line.data, "\xef\xbb\xbf", 3))
			line = strip((struct text){ text + 3, len - 3 });
		if (line.len)
			status = read_line(reading, line);
		text += len + (text[len] == '\n');
	}
	return status;
}

enum status never_parse(struct never *never, const struct email_providers *providers,
			const char *name, const char *text, struct error *error)
{
	struct reading reading = { never, providers, name, error, 0, { 0 } };
	const enum status status = read_all(&reading, text);

	buf_release(&reading.room);
	return status;
}

void never_release(struct never *never)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		dictionary_release(&never->values[rule]);
		free(never->lines[rule]);
	}
	free(never->entries);
	memset(never, 0, sizeof(*never));
}

bool never_has(const struct never *never, enum link_rule rule, struct text value)
{
	return dictionary_find(&never->values[rule], value) != DICTIONARY_NONE;
}
