/* SPDX-License-Identifier: Apache-2.0 */
/* Unwrapping: from what a log wrote to the part that may be a number. */
#include "number/read/number_unwrap.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "number/read/number_damage.h"
#include "number/read/number_read.h"

/* Digits of a number behind which there may be tones. */
#define TONES_LEAST 7

/* The technologies of Asterisk's and FreeSWITCH's channel names and dial strings. */
static const char *const technologies[] = { "capi", "console", "dahdi", "dongle", "freetdm", "gateway", "h323", "iax", "iax2",
	"khomp", "local", "loopback", "mgcp", "misdn", "motif", "ooh323", "openzap", "pjsip", "sccp", "sip", "skinny", "sofia",
	"user", "verto", "zap" };

/* The bytes of the longest, and its slash. */
#define TECHNOLOGY_MOST 9

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct text head(struct text text, size_t len)
{
	return (struct text){ text.data, len };
}

static struct text tail(struct text text, size_t from)
{
	return (struct text){ text.data + from, text.len - from };
}

/* Where the byte first occurs, or the length. */
static size_t first_of(struct text text, char c)
{
	const char *hit = text.len ? memchr(text.data, c, text.len) : NULL;

	return hit ? (size_t)(hit - text.data) : text.len;
}

static size_t last_of(struct text text, char c)
{
	size_t at = text.len;

	while (at > 0 && text.data[at - 1] != c)
		at--;
	return at > 0 ? at - 1 : text.len;
}

static bool begins(struct text text, const char *word)
{
	size_t len = strlen(word);

	return text.len >= len && text_is_fold(head(text, len), word);
}

/* Characters that show nothing: soft hyphen, joiners, directions, variation selectors, byte order mark. */
static bool is_invisible(uint32_t point)
{
	return point == 0xad || point == 0x34f || point == 0x61c || point == 0x180e || (point >= 0x200b && point <= 0x200f) ||
		(point >= 0x202a && point <= 0x202e) || (point >= 0x2060 && point <= 0x206f) ||
		(point >= 0xfe00 && point <= 0xfe0f) || point == 0xfeff;
}

static bool is_odd_space(uint32_t point)
{
	return point == 0xa0 || (point >= 0x2000 && point <= 0x200a) || point == 0x202f || point == 0x205f || point == 0x3000;
}

/* Copies a character beyond ASCII if it can be seen, a space as ASCII's; a byte that is not UTF-8 stays, but 0xA0,
 * Latin-1's space. Gives the bytes it takes. */
static size_t copy_wide(struct unwrapped *out, const char *text, size_t len, size_t *used)
{
	uint32_t point = 0;
	size_t step = utf8_next(text, len, &point);

	if (step == 0) {
		step = 1;
		point = text[0] == (char)0xa0 ? 0xa0 : 0;
	}
	if (is_invisible(point) || is_odd_space(point)) {
		out->flags |= NUMBER_FLAG_INVISIBLE;
		if (is_odd_space(point))
			out->room[(*used)++] = ' ';
		return step;
	}
	memcpy(out->room + *used, text, step);
	*used += step;
	return step;
}

/* The NUL padding of a fixed field, and what exporters put in front to keep a leading zero; no blank, no line's end. */
static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && (c < '\t' || c > '\r')) || c == 0x7f;
}

/* Copies what can be seen, without control bytes at the ends. */
static void copy_visible(struct unwrapped *out, const char *text, size_t len)
{
	size_t used = 0;

	while (len > 0 && is_control(text[len - 1])) {
		len--;
		out->flags |= NUMBER_FLAG_INVISIBLE;
	}
	while (len > 0 && is_control(text[0])) {
		text++;
		len--;
		out->flags |= NUMBER_FLAG_INVISIBLE;
	}
	for (size_t at = 0; at < len;) {
		if ((unsigned char)text[at] >= 0x80) {
			at += copy_wide(out, text + at, len - at, &used);
			continue;
		}
		out->room[used++] = text[at] == '\t' ? ' ' : text[at];
		at++;
	}
	out->text = text_trim((struct text){ out->room, used });
}

static void strip_quotes(struct unwrapped *out)
{
	struct text *text = &out->text;

	while (text->len >= 2 && (text->data[0] == '"' || text->data[0] == '\'') && text->data[text->len - 1] == text->data[0]) {
		*text = text_trim((struct text){ text->data + 1, text->len - 2 });
		out->flags |= NUMBER_FLAG_QUOTES;
	}
	if (number_damage_unquote(text)) {
		out->flags |= NUMBER_FLAG_SPREADSHEET;
		*text = text_trim(*text);
	}
}

/* "Name" <number>: the last angle bracket counts, for names may hold one; a field cut short lacks the closing one. */
static void strip_name(struct unwrapped *out)
{
	size_t open = last_of(out->text, '<');
	struct text inner;

	if (open == out->text.len)
		return;
	out->name = text_trim(head(out->text, open));
	inner = tail(out->text, open + 1);
	out->text = text_trim(head(inner, first_of(inner, '>')));
	out->flags |= NUMBER_FLAG_NAME;
}

static bool is_technology(struct text word)
{
	for (size_t i = 0; i < sizeof(technologies) / sizeof(technologies[0]); i++)
		if (text_is_fold(word, technologies[i]))
			return true;
	return false;
}

/* Where hexadecimal digits begin that end the text behind a dash, or the length; *count says how many they are. */
static size_t hex_suffix(struct text text, size_t *count)
{
	size_t dash = last_of(text, '-');

	if (dash == text.len)
		return text.len;
	*count = text.len - dash - 1;
	for (size_t i = dash + 1; i < text.len; i++)
		if (hex_value(text.data[i]) < 0)
			return text.len;
	return dash;
}

/* The length without what makes the name of a channel unique: "-0000a1f2" behind a peer, and behind digits alone "-1f",
 * "-4711". A dial string that names a trunk first has at most the shortest. */
static size_t without_suffix(struct text text, bool trunk)
{
	size_t count = 0, dash = hex_suffix(text, &count);

	if (dash == text.len || (count == 8 && !trunk))
		return dash;
	for (size_t i = 0; i < dash; i++)
		if (!is_digit(text.data[i]) && text.data[i] != '+')
			return text.len;
	return count >= 1 && count <= (trunk ? 2 : 4) ? dash : text.len;
}

/* PJSIP/44...@trunk, SIP/trunk/44..., SIP/44...-0000a1f2, sofia/gateway/name/44...: what is dialled comes last. */
static void strip_channel(struct unwrapped *out)
{
	size_t slash = first_of(out->text, '/'), at;
	struct text rest;
	bool trunk;

	if (slash == out->text.len || !is_technology(head(out->text, slash)))
		return;
	rest = tail(out->text, slash + 1);
	rest = head(rest, first_of(rest, ','));
	rest = head(rest, first_of(rest, '|'));
	at = first_of(rest, '@');
	slash = last_of(head(rest, at), '/');
	trunk = slash < at;
	if (trunk)
		rest = tail(rest, slash + 1);
	at = first_of(rest, '@');
	rest = head(rest, at < rest.len ? at : without_suffix(rest, trunk));
	out->text = text_trim(rest);
	out->flags |= NUMBER_FLAG_CHANNEL;
}

static size_t decode_percent(char *data, size_t len)
{
	size_t used = 0;

	for (size_t at = 0; at < len; at++) {
		if (data[at] == '%' && at + 2 < len && hex_value(data[at + 1]) >= 0 && hex_value(data[at + 2]) >= 0) {
			data[used++] = (char)(hex_value(data[at + 1]) * 16 + hex_value(data[at + 2]));
			at += 2;
		} else {
			data[used++] = data[at];
		}
	}
	return used;
}

/* Puts context and number, both in the room's first half, into its second half, escapes undone. */
static void compose(struct unwrapped *out, struct text context, struct text number)
{
	char *place = out->room + NUMBER_TEXT_MAX;
	size_t front = 0, back;

	if (context.len) {
		memcpy(place, context.data, context.len);
		front = decode_percent(place, context.len);
	}
	if (number.len)
		memcpy(place + front, number.data, number.len);
	back = decode_percent(place + front, number.len);
	if (front + back < context.len + number.len)
		out->flags |= NUMBER_FLAG_PERCENT;
	if (front > 1 && place[0] == '+' && back > 0 && place[front] != '+') {
		out->context = true;
		out->text = text_trim((struct text){ place, front + back });
	} else {
		out->text = text_trim((struct text){ place + front, back });
	}
}

/* The value of the parameter phone-context among ";a=b;c=d", or an empty text. */
static struct text context_of(struct text parameters)
{
	static const char name[] = "phone-context=";

	while (parameters.len) {
		struct text one;

		parameters = tail(parameters, 1);
		one = head(parameters, first_of(parameters, ';'));
		parameters = tail(parameters, one.len);
		if (begins(one, name))
			return tail(one, strlen(name));
	}
	return (struct text){ NULL, 0 };
}

/* Whether it is four numbers up to 255 with full stops between: an address. */
static bool is_address(struct text text)
{
	unsigned parts = 0;

	for (size_t at = 0; at <= text.len; parts++) {
		struct text part = tail(text, at);
		uint64_t value;

		part = head(part, first_of(part, '.'));
		if (!text_to_u64(part, &value) || value > 255 || (part.len > 1 && part.data[0] == '0'))
			return false;
		at += part.len + 1;
	}
	return parts == 4;
}

/* "number:5060", when nothing but digits and plain separators come before the colon. */
static size_t without_port(struct text text)
{
	size_t colon = first_of(text, ':');

	if (colon == 0 || text.len - colon < 2 || text.len - colon > 6)
		return text.len;
	for (size_t i = colon + 1; i < text.len; i++)
		if (!is_digit(text.data[i]))
			return text.len;
	for (size_t i = 0; i < colon; i++)
		if (!is_digit(text.data[i]) && !memchr("+-. ()", text.data[i], 6))
			return text.len;
	return colon;
}

/* The scheme of a URI: its length with the colon and slashes, 0 for none. */
static size_t scheme_len(struct text text)
{
	static const char *const schemes[] = { "sip:", "sips:", "tel:" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t len = strlen(schemes[i]);

		if (!begins(text, schemes[i]))
			continue;
		while (len < text.len && text.data[len] == '/')
			len++;
		return len;
	}
	return 0;
}

bool number_unwrap_begins(struct text text)
{
	const struct text start = head(text, text.len < TECHNOLOGY_MOST ? text.len : TECHNOLOGY_MOST);
	const size_t slash = first_of(start, '/');

	return text.len > 0 && (text.data[0] == '<' || text.data[0] == '"' || scheme_len(text) > 0 ||
				(slash < start.len && is_technology(head(start, slash))));
}

/* URI, user@host, ;parameters, :port, %escapes. */
static void strip_uri(struct unwrapped *out)
{
	struct text text = out->text, context;
	size_t scheme = scheme_len(text), at, semicolon;

	text = tail(text, scheme);
	at = first_of(text, '@');
	semicolon = first_of(head(text, at), ';');
	context = context_of(tail(head(text, at), semicolon));
	if (scheme)
		out->flags |= NUMBER_FLAG_URI;
	if (at < text.len)
		out->flags |= NUMBER_FLAG_HOST;
	if (semicolon < at)
		out->flags |= NUMBER_FLAG_PARAMETERS;
	text = head(text, semicolon);
	if (scheme) {
		text = head(text, first_of(text, '?'));
		text = head(text, first_of(text, ':'));
		if (at == out->text.len - scheme && is_address(text))
			text.len = 0;
	} else if (without_port(text) < text.len) {
		text = head(text, without_port(text));
		out->flags |= NUMBER_FLAG_HOST;
	}
	compose(out, context, text);
}

void number_unwrap(const char *text, size_t len, struct unwrapped *out)
{
	out->name = (struct text){ NULL, 0 };
	out->context = false;
	out->flags = 0;
	copy_visible(out, text, len);
	strip_quotes(out);
	strip_name(out);
	strip_quotes(out);
	strip_channel(out);
	strip_uri(out);
}

static size_t count_digits(struct text text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += is_digit(text.data[i]);
	return count;
}

static bool is_mark(char c)
{
	return c == '*' || c == '#';
}

/* "*67" and "*82" of North America need no mark behind them. */
static bool is_vertical_code(struct text text, size_t at)
{
	return at == 3 && (begins(text, "*67") || begins(text, "*82")) && count_digits(tail(text, at)) >= 7;
}

bool number_unwrap_prefix(struct text *text)
{
	size_t at = 0, digits, marks;
	struct text rest;

	while (at < text->len && at < 2 && is_mark(text->data[at]))
		at++;
	digits = at;
	while (at < text->len && is_digit(text->data[at]))
		at++;
	digits = at - digits;
	if (is_vertical_code(*text, 3) && at > 3)
		at = 3;
	marks = at;
	while (at < text->len && is_mark(text->data[at]))
		at++;
	if (digits == 0 || (!is_vertical_code(*text, at) && (digits > 6 || at == marks)))
		return false;
	rest = text_trim(tail(*text, at));
	if (rest.len == 0 || !(is_digit(rest.data[0]) || rest.data[0] == '+' || rest.data[0] == '('))
		return false;
	if (count_digits(rest) < 3 || (digits <= 6 && count_digits(rest) <= digits))
		return false;
	*text = rest;
	return true;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || c == ' ' || c == '.' || c == '-';
}

static bool is_among(char c, const char *marks)
{
	return c && strchr(marks, c);
}

bool number_unwrap_words(struct text *text)
{
	size_t at = text->len, digits = 0;

	if (at < 3 || !is_among(text->data[at - 1], ")]"))
		return false;
	for (at--; at > 0 && is_word(text->data[at - 1]);)
		at--;
	if (at == 0 || at + 1 == text->len || text->data[at - 1] != (text->data[text->len - 1] == ')' ? '(' : '['))
		return false;
	for (size_t i = 0; i < at; i++)
		digits += is_digit(text->data[i]);
	if (digits < 3)
		return false;
	*text = text_trim((struct text){ text->data, at - 1 });
	return true;
}

bool number_unwrap_tones(struct text *text)
{
	size_t at = 0, digits = 0;

	for (; at < text->len && (is_digit(text->data[at]) || is_among(text->data[at], "+-. ()")); at++)
		digits += is_digit(text->data[at]);
	if (digits < TONES_LEAST || at == text->len ||
	    !(is_among(text->data[at], "*wWpP") || begins(tail(*text, at), ",,")))
		return false;
	for (size_t i = at; i < text->len; i++)
		if (!is_digit(text->data[i]) && !is_among(text->data[i], "*#wWpP,; "))
			return false;
	*text = text_trim((struct text){ text->data, at });
	return true;
}
