/* SPDX-License-Identifier: Apache-2.0 */
/* The ground floor of synth: random numbers, memory, text, times, output. */
#include "synth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct rng rng_make(uint64_t seed, uint64_t stream)
{
	struct rng rng = {seed};
	rng.state = rng_next(&rng) ^ (stream * UINT64_C(0xd6e8feb86659fd93));
	return rng;
}

/* SplitMix64, after Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. */
uint64_t rng_next(struct rng *rng)
{
	rng->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = rng->state;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

uint32_t rng_below(struct rng *rng, uint64_t n)
{
	return (uint32_t)(((rng_next(rng) >> 32) * n) >> 32);
}

bool rng_take(struct rng *rng, uint64_t left, uint64_t need)
{
	return rng_below(rng, left) < need;
}

_Noreturn void die(const char *what, const char *detail)
{
	fprintf(stderr, "synth: %s: %s\n", what, detail);
	exit(EXIT_FAILURE);
}

void *make(size_t count, size_t size)
{
	void *items = calloc(count > 0 ? count : 1, size);
	if (items == NULL)
		die("memory", strerror(ENOMEM));
	return items;
}

void *room(void *items, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return items;
	size_t more = *cap < 64 ? 64 : *cap * 2;
	void *grown = more > SIZE_MAX / size ? NULL : realloc(items, more * size);
	if (grown == NULL)
		die("memory", strerror(ENOMEM));
	*cap = more;
	return grown;
}

char *put_text(char *p, const char *text, size_t len)
{
	memcpy(p, text, len);
	return p + len;
}

char *put_word(char *p, const char *word)
{
	return put_text(p, word, strlen(word));
}

char *put_uint(char *p, uint64_t value)
{
	char digits[20];
	size_t n = 0;
	do {
		digits[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	while (n > 0)
		*p++ = digits[--n];
	return p;
}

char *put_digits(char *p, uint64_t value, unsigned width)
{
	for (unsigned i = width; i > 0; i--) {
		p[i - 1] = (char)('0' + value % 10);
		value /= 10;
	}
	return p + width;
}

char *put_decimal(char *p, uint64_t value, unsigned scale, unsigned least)
{
	uint64_t unit = 1;
	for (unsigned i = 0; i < scale; i++)
		unit *= 10;
	p = put_uint(p, value / unit);
	uint64_t rest = value % unit;
	if (rest == 0 && least == 0)
		return p;
	unsigned width = scale;
	for (; width > least && rest % 10 == 0; width--)
		rest /= 10;
	*p++ = '.';
	return put_digits(p, rest, width);
}

uint32_t day_number(unsigned year, unsigned month, unsigned day)
{
	static const unsigned before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	uint32_t days = 0;
	for (unsigned y = 1970; y < year; y++)
		days += y % 4 == 0 ? 366 : 365; /* holds from 1901 to 2099 */
	days += before[month - 1] + day - 1;
	return days + (month > 2 && year % 4 == 0 ? 1 : 0);
}

static char *put_date(char *p, uint32_t days)
{
	static const unsigned lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	unsigned year = 1970, month = 0;
	for (; days >= (year % 4 == 0 ? 366U : 365U); year++)
		days -= year % 4 == 0 ? 366U : 365U;
	for (;; month++) {
		unsigned length = lengths[month] + (month == 1 && year % 4 == 0 ? 1 : 0);
		if (days < length)
			break;
		days -= length;
	}
	p = put_digits(p, year, 4);
	*p++ = '-';
	p = put_digits(p, month + 1, 2);
	*p++ = '-';
	return put_digits(p, days + 1, 2);
}

char *put_time(char *p, uint32_t at, char between)
{
	uint32_t second = at % DAY;
	p = put_date(p, at / DAY);
	*p++ = between;
	p = put_digits(p, second / 3600, 2);
	*p++ = ':';
	p = put_digits(p, second / 60 % 60, 2);
	*p++ = ':';
	return put_digits(p, second % 60, 2);
}

int compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
	if (order != 0)
		return order;
	return (a_len > b_len) - (a_len < b_len);
}

void out_open(struct out *out, const char *dir, const char *name, char separator, bool strict)
{
	size_t size = strlen(dir) + strlen(name) + 2;
	*out = (struct out){.fresh = true, .strict = strict, .separator = separator};
	out->path = make(size, 1);
	snprintf(out->path, size, "%s/%s", dir, name);
	out->bytes = make(OUT_BYTES, 1);
	out->file = fopen(out->path, "wb");
	if (out->file == NULL)
		die(out->path, strerror(errno));
}

static void out_flush(struct out *out)
{
	if (fwrite(out->bytes, 1, out->len, out->file) != out->len)
		die(out->path, strerror(errno));
	out->len = 0;
}

char *out_room(struct out *out)
{
	if (out->len + ROW_BYTES > OUT_BYTES)
		out_flush(out);
	return out->bytes + out->len;
}

void out_close(struct out *out)
{
	out_flush(out);
	if (fclose(out->file) != 0)
		die(out->path, strerror(errno));
	free(out->bytes);
	free(out->path);
}

bool must_quote(const struct out *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == out->separator || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
			return true;
	if (!out->strict || len == 0)
		return false;
	return text[0] == ' ' || text[0] == '\t' || text[len - 1] == ' ' || text[len - 1] == '\t';
}

char *put_quoted(char *p, const char *text, size_t len)
{
	*p++ = '"';
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			*p++ = '"';
		*p++ = text[i];
	}
	*p++ = '"';
	return p;
}

void out_field(struct out *out, const char *text, size_t len)
{
	/* Lists have no bound, so a long field goes round the buffer. */
	size_t most = 2 * len + 3;
	if (out->len + most > OUT_BYTES)
		out_flush(out);
	char *wide = most > OUT_BYTES ? make(most, 1) : NULL, *from = wide != NULL ? wide : out->bytes + out->len, *p = from;
	if (!out->fresh)
		*p++ = out->separator;
	out->fresh = false;
	p = must_quote(out, text, len) ? put_quoted(p, text, len) : put_text(p, text, len);
	if (wide == NULL)
		out->len += (size_t)(p - from);
	else if (fwrite(wide, 1, (size_t)(p - from), out->file) != (size_t)(p - from))
		die(out->path, strerror(errno));
	free(wide);
}

void out_word(struct out *out, const char *word)
{
	out_field(out, word, strlen(word));
}

void out_uint(struct out *out, uint64_t value)
{
	char text[20];
	out_field(out, text, (size_t)(put_uint(text, value) - text));
}

void out_pence(struct out *out, uint64_t pence)
{
	char text[24];
	out_field(out, text, (size_t)(put_decimal(text, pence, 2, 2) - text));
}

void out_moment(struct out *out, uint32_t at, bool known)
{
	char text[24], *p = text;
	if (known) {
		p = put_time(p, at, 'T');
		*p++ = 'Z';
	}
	out_field(out, text, (size_t)(p - text));
}

void out_end(struct out *out)
{
	char *p = out_room(out);
	*p = '\n';
	out->len++;
	out->line++;
	out->fresh = true;
}
