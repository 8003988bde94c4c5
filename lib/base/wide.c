/* SPDX-License-Identifier: Apache-2.0 */
/* Products and quotients of 256 bits, by limbs of 64. */
#include "base/wide.h"

#include <stdint.h>

#define LIMBS 4
#define STEP 19                               /* 10^19 is the largest power of ten in 64 bits */
#define MOST_PLACES 78                        /* 10^78 is more than eight times any value of 256 bits */

struct wide wide_product(u128 a, u128 b)
{
	const u128 a_low = (uint64_t)a, a_high = a >> 64, b_low = (uint64_t)b, b_high = b >> 64;
	const u128 low = a_low * b_low, one = a_low * b_high, other = a_high * b_low;
	const u128 middle = (low >> 64) + (uint64_t)one + (uint64_t)other;

	return (struct wide){ a_high * b_high + (one >> 64) + (other >> 64) + (middle >> 64),
			      middle << 64 | (uint64_t)low };
}

u128 wide_quotient(struct wide a, u128 b, u128 *rest)
{
	u128 left = a.high, quotient = 0;

	if (left == 0) {
		*rest = a.low % b;
		return a.low / b;
	}
	for (unsigned bit = 128; bit-- > 0;) {
		const bool carry = left >> 127;

		left = left << 1 | (a.low >> bit & 1);
		quotient <<= 1;
		if (carry || left >= b) {
			left -= b;
			quotient |= 1;
		}
	}
	*rest = left;
	return quotient;
}

/* Divides in place, and returns what is left over. */
static uint64_t divide(struct wide *value, uint64_t by)
{
	const uint64_t limbs[LIMBS] = { (uint64_t)(value->high >> 64), (uint64_t)value->high,
					(uint64_t)(value->low >> 64), (uint64_t)value->low };
	uint64_t quotient[LIMBS];
	u128 rest = 0;

	for (unsigned i = 0; i < LIMBS; i++) {
		rest = rest << 64 | limbs[i];
		quotient[i] = (uint64_t)(rest / by);
		rest %= by;
	}
	value->high = (u128)quotient[0] << 64 | quotient[1];
	value->low = (u128)quotient[2] << 64 | quotient[3];
	return (uint64_t)rest;
}

static uint64_t power(int places)
{
	uint64_t power = 1;

	while (places-- > 0)
		power *= 10;
	return power;
}

/* The last place decides, and whether anything was behind it. */
static bool shift_down(struct wide value, int places, u128 *out)
{
	bool more = false;
	uint64_t last;

	for (int left = places - 1; left > 0; left -= STEP)
		more |= divide(&value, power(left < STEP ? left : STEP)) != 0;
	last = divide(&value, 10);
	if (value.high)
		return false;
	if (last > 5 || (last == 5 && (more || (value.low & 1)))) {
		if (value.low == ~(u128)0)
			return false;
		value.low++;
	}
	*out = value.low;
	return true;
}

bool wide_shift(struct wide value, int places, u128 *out)
{
	if (value.high == 0 && value.low == 0)
		places = 0;
	if (places < 0)
		return shift_down(value, places < -MOST_PLACES ? MOST_PLACES + 1 : -places, out);
	if (value.high || places > MOST_PLACES)
		return false;
	for (; places > 0; places--) {
		if (value.low > ~(u128)0 / 10)
			return false;
		value.low *= 10;
	}
	*out = value.low;
	return true;
}
