/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic as it is taught at school; slow, and plain. */
#include "big.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct big trimmed(struct big value)
{
	while (value.size > 0 && value.digit[value.size - 1] == 0)
		value.size--;
	if (value.size == 0)
		value.negative = false;
	return value;
}

static void room_for(int digits)
{
	if (digits <= BIG_DIGITS)
		return;
	fputs("model: a number has more digits than the model has room for\n", stderr);
	exit(2);
}

struct big big_small(long value)
{
	struct big result = {.negative = value < 0};
	for (unsigned long rest = value < 0 ? 0UL - (unsigned long)value : (unsigned long)value; rest > 0; rest /= 10)
		result.digit[result.size++] = (uint8_t)(rest % 10);
	return result;
}

struct big big_read(const char *text, int *places)
{
	struct big result = {.negative = *text == '-'};
	bool behind = false;
	room_for((int)strlen(text));
	*places = 0;
	for (int i = (int)strlen(text); i-- > result.negative;)
		if (text[i] != '.')
			result.digit[result.size++] = (uint8_t)(text[i] - '0');
	for (const char *at = text; *at != '\0'; at++) {
		*places += behind;
		behind = behind || *at == '.';
	}
	return trimmed(result);
}

void big_write(struct big value, int places, char text[BIG_TEXT])
{
	int digits = value.size > places ? value.size : places + 1;
	room_for(digits);
	if (value.negative)
		*text++ = '-';
	for (int i = digits; i-- > 0;) {
		*text++ = (char)('0' + (i < value.size ? value.digit[i] : 0));
		if (i == places && places > 0)
			*text++ = '.';
	}
	*text = '\0';
}

static int compare_sizes(const struct big *a, const struct big *b)
{
	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	for (int i = a->size; i-- > 0;)
		if (a->digit[i] != b->digit[i])
			return a->digit[i] < b->digit[i] ? -1 : 1;
	return 0;
}

int big_compare(struct big a, struct big b)
{
	if (a.negative != b.negative)
		return a.negative ? -1 : 1;
	return a.negative ? -compare_sizes(&a, &b) : compare_sizes(&a, &b);
}

bool big_is_zero(struct big value)
{
	return value.size == 0;
}

struct big big_negated(struct big value)
{
	value.negative = !value.negative;
	return trimmed(value);
}

static struct big sizes_added(const struct big *a, const struct big *b)
{
	struct big sum = {0};
	int carry = 0;
	for (int i = 0; i < a->size || i < b->size || carry > 0; i++) {
		room_for(i + 1);
		carry += (i < a->size ? a->digit[i] : 0) + (i < b->size ? b->digit[i] : 0);
		sum.digit[sum.size++] = (uint8_t)(carry % 10);
		carry /= 10;
	}
	return sum;
}

/* a is not smaller than b. */
static struct big sizes_subtracted(const struct big *a, const struct big *b)
{
	struct big difference = {0};
	int borrow = 0;
	for (int i = 0; i < a->size; i++) {
		int digit = a->digit[i] - (i < b->size ? b->digit[i] : 0) - borrow;
		borrow = digit < 0;
		difference.digit[difference.size++] = (uint8_t)(digit + 10 * borrow);
	}
	return trimmed(difference);
}

struct big big_plus(struct big a, struct big b)
{
	bool a_is_larger = compare_sizes(&a, &b) >= 0;
	struct big sum;
	if (a.negative == b.negative)
		sum = sizes_added(&a, &b);
	else
		sum = a_is_larger ? sizes_subtracted(&a, &b) : sizes_subtracted(&b, &a);
	sum.negative = a_is_larger ? a.negative : b.negative;
	return trimmed(sum);
}

struct big big_times(struct big a, struct big b)
{
	struct big product = {0};
	room_for(a.size + b.size);
	for (int i = 0; i < a.size; i++) {
		int carry = 0;
		for (int k = 0; k < b.size || carry > 0; k++) {
			carry += product.digit[i + k] + a.digit[i] * (k < b.size ? b.digit[k] : 0);
			product.digit[i + k] = (uint8_t)(carry % 10);
			carry /= 10;
		}
	}
	product.size = a.size + b.size;
	product.negative = a.negative != b.negative;
	return trimmed(product);
}

struct big big_shift(struct big value, int places)
{
	room_for(value.size + places);
	memmove(value.digit + places, value.digit, (size_t)value.size);
	memset(value.digit, 0, (size_t)places);
	value.size += places;
	return trimmed(value);
}

/* Whether what is cut off is less than a half, a half, or more: -1, 0, 1. */
static int against_half(const struct big *value, int places)
{
	struct big cut = {.size = places};
	struct big half = {.size = places};
	for (int i = 0; i < places; i++)
		cut.digit[i] = i < value->size ? value->digit[i] : 0;
	half.digit[places - 1] = 5;
	return compare_sizes(&cut, &half);
}

struct big big_round(struct big value, int places)
{
	struct big kept = {.negative = value.negative};
	const struct big one = {.negative = value.negative, .size = 1, .digit = {1}};
	if (places == 0)
		return value;
	for (int i = places; i < value.size; i++)
		kept.digit[kept.size++] = value.digit[i];
	int half = against_half(&value, places);
	bool odd = kept.size > 0 && kept.digit[0] % 2 == 1;
	return half > 0 || (half == 0 && odd) ? big_plus(kept, one) : trimmed(kept);
}

struct big big_over(struct big a, struct big b, struct big *rest)
{
	struct big quotient = {.size = a.size};
	*rest = big_small(0);
	for (int i = a.size; i-- > 0;) {
		*rest = big_plus(big_shift(*rest, 1), big_small(a.digit[i]));
		while (compare_sizes(rest, &b) >= 0) {
			*rest = sizes_subtracted(rest, &b);
			quotient.digit[i]++;
		}
	}
	return trimmed(quotient);
}
