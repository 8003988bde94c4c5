/* SPDX-License-Identifier: Apache-2.0 */
/* Text to E.164, with region, type and validity: the same answers as libphonenumber gives (C++, see numplan_version). */
#ifndef UNSPOOF_NUMBER_NUMBER_H
#define UNSPOOF_NUMBER_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "number/plan/numplan.h"
#include "number/read/number_text.h"

/* What became of a text; the names are libphonenumber's. */
enum number_status {
	NUMBER_OK,                   /* read; says nothing of validity */
	NUMBER_NOT_A_NUMBER,         /* does not look like a number */
	NUMBER_INVALID_COUNTRY_CODE, /* international without a known calling code, or national without a region */
	NUMBER_TOO_SHORT_AFTER_IDD,  /* nothing to speak of after the international prefix */
	NUMBER_TOO_SHORT_NSN,        /* fewer than 2 digits */
	NUMBER_TOO_LONG_NSN          /* more than 17 digits after the calling code */
};

/* What a valid number is used for; UNKNOWN exactly when it is not valid. */
enum number_type {
	NUMBER_TYPE_UNKNOWN,
	NUMBER_TYPE_PREMIUM_RATE,
	NUMBER_TYPE_TOLL_FREE,
	NUMBER_TYPE_SHARED_COST,
	NUMBER_TYPE_VOIP,
	NUMBER_TYPE_PERSONAL_NUMBER,
	NUMBER_TYPE_PAGER,
	NUMBER_TYPE_UAN,
	NUMBER_TYPE_VOICEMAIL,
	NUMBER_TYPE_FIXED_LINE,
	NUMBER_TYPE_MOBILE,
	NUMBER_TYPE_FIXED_LINE_OR_MOBILE
};

/* A text read as a number. Everything after status is 0, false and empty unless status is NUMBER_OK. */
struct number {
	enum number_status status;
	enum number_type type;
	uint16_t country_code; /* the calling code, 1 to 999 */
	uint16_t region;       /* the region the digits belong to (numplan_region_name), 0 when none claims them */
	bool possible;         /* the length occurs in the plan of the calling code's main region */
	bool valid;            /* the digits occur in the plan of the region */
	uint8_t digits_len;    /* up to 20: a number that was only read may exceed the 15 of E.164 */
	char digits[24];       /* calling code and national significant number, no '+', NUL-terminated */
};

/* How the calling code of a number was found. */
enum number_origin {
	NUMBER_ORIGIN_NATIONAL, /* not in the text: the region's own */
	NUMBER_ORIGIN_PLUS,     /* after a plus */
	NUMBER_ORIGIN_IDD,      /* after the region's international prefix */
	NUMBER_ORIGIN_OWN_CODE  /* the digits begin with the region's own code */
};

/* Reads raw[0..len) as a number dialled in the region (numplan_region), 0 for none: then only an international number
 * with a plus can be read. Any bytes are allowed. Never fails: out says what became of it.
 * Follows PhoneNumberUtil::Parse, Format(E164), GetRegionCodeForNumber, IsPossibleNumber, IsValidNumber, GetNumberType
 * of libphonenumber, but for texts longer than NUMBER_TEXT_MAX. */
void number_parse(const struct numplan *plan, const char *raw, size_t len, int region, struct number *out);

/* How many of the digits of a text were looked at: whatever digits follow them, as many as they are, all else is the same,
 * and they stay at the end of the number. */
struct number_depth {
	const struct numplan_settled *settled; /* borrowed */
	size_t digits;                         /* not less than before */
};

/* The second half of number_parse: what the digits of a text (number_text_read) mean in the region. *origin is set when
 * the status is NUMBER_OK. depth NULL: not asked for. */
void number_resolve(const struct numplan *plan, const struct number_text *text, int region, struct number *out,
	enum number_origin *origin, struct number_depth *depth);

/* The same for digits that are to begin with the region's own calling code, whether or not they are a national number as
 * well. False, and then out is no number: they do not. */
bool number_resolve_own(const struct numplan *plan, const struct number_text *text, int region, struct number *out,
	struct number_depth *depth);

/* "OK", "NOT_A_NUMBER" ...: libphonenumber's names. Static. */
const char *number_status_name(enum number_status status);

/* "FIXED_LINE", "MOBILE" ...: libphonenumber's names. Static. */
const char *number_type_name(enum number_type type);

#endif
