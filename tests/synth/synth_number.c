/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: made, and written in the forms that dumps hold. */
#include "synth.h"

#include <string.h>

/*
 * The ranges kept for fiction come first: Ofcom's numbers for drama, NANP 555-0100 to 0199, ARCEP's 01 99 00 and 02 61 91,
 * the Bundesnetzagentur's media numbers, ACMA's 5550 and 7010. Two hundred thousand numbers called and a million others
 * need more room than fiction has: British ones are made in the 071 range of the plan, American and Irish ones in 555
 * exchanges. All are made by arithmetic; none is taken from anybody.
 */

static const char *const country_codes[COUNTRIES] = {"44", "1", "1", "33", "49", "353", "61"};
static const char *const country_names[COUNTRIES] = {"GB", "US", "CA", "FR", "DE", "IE", "AU"};

struct area {
	const char *digits;
	uint8_t head;
};

static const struct area gb_areas[] = {
	{"2079460", 2}, {"1134960", 3}, {"1144960", 3}, {"1164960", 3}, {"1174960", 3}, {"1184960", 3}, {"1214960", 3},
	{"1314960", 3}, {"1414960", 3}, {"1514960", 3}, {"1614960", 3}, {"8081570", 3}, {"3069990", 3},
};
static const struct area fr_areas[] = {{"19900", 1}, {"26191", 1}};
static const struct area de_areas[] = {{"3023125", 2}, {"6990009", 2}, {"4066969", 2}, {"2214710", 3}, {"8999998", 2}};
static const struct area au_areas[] = {{"25550", 1}, {"27010", 1}, {"35550", 1}, {"37010", 1}, {"75550", 1}, {"77010", 1}};
static const char *const us_areas[] = {
	"201", "202", "203", "205", "206", "207", "208", "209", "210", "212", "213", "214", "215", "216", "217", "218", "219",
	"224", "225", "228", "229", "231", "234", "239", "240", "248", "251", "252", "253", "254", "256", "260", "262", "267",
	"269", "270", "276", "281", "301", "302", "303", "304", "305", "307", "308", "309", "310", "312", "313", "314", "315",
	"316", "317", "318", "319", "320", "321", "323", "325", "330", "334", "336", "337", "339", "346", "347", "351", "352",
	"360", "361", "385", "386", "401", "402", "404", "405", "406", "407", "408", "409", "410", "412", "413", "414", "415",
	"417", "419", "423", "424", "425", "430", "432", "434", "435", "440", "443", "469", "470", "478", "479",
};
static const char *const ca_areas[] = {"204", "250", "306", "403", "416", "418", "506", "514", "604", "613"};

enum {
	GB_AREAS = sizeof gb_areas / sizeof gb_areas[0],
	US_AREAS = sizeof us_areas / sizeof us_areas[0],
	CA_AREAS = sizeof ca_areas / sizeof ca_areas[0],
	FR_AREAS = sizeof fr_areas / sizeof fr_areas[0],
	DE_AREAS = sizeof de_areas / sizeof de_areas[0],
	AU_AREAS = sizeof au_areas / sizeof au_areas[0],
	ORGANISATION_LINES = 200, /* of each British area, of 1,000 */
	GB_MOBILES = 100000000
};

const char *country_name(enum country country)
{
	return country_names[country];
}

uint32_t country_room(enum country country)
{
	static const uint32_t rooms[COUNTRIES] = {
		GB_MOBILES, US_AREAS * 10000, CA_AREAS * 100, FR_AREAS * 10000, DE_AREAS * 1000, 10000, AU_AREAS * 10000,
	};
	return rooms[country];
}

/* `digits` and then `line` in `width` digits. */
static struct number number_in(enum country country, const char *digits, uint8_t head, uint64_t line, unsigned width)
{
	struct number number = {.country = country, .head = head};
	char *p = put_word(number.nsn, digits);
	p = put_digits(p, line, width);
	number.len = (uint8_t)(p - number.nsn);
	return number;
}

/* In every forty ids one of 07700 900, which the plan has no range for, and two of the areas for fiction, while they last. */
static struct number gb_number(uint32_t id, uint64_t key)
{
	uint32_t turn = id / 20, area = turn % GB_AREAS, line = turn / GB_AREAS;
	if (id % 40 == 7 && id / 40 < 1000)
		return number_in(GB, "7700900", 4, id / 40, 3);
	if (id % 20 == 3 && line < 1000 - ORGANISATION_LINES)
		return number_in(GB, gb_areas[area].digits, gb_areas[area].head, ORGANISATION_LINES + line, 3);
	uint64_t factor = key % 9999999 * 10 + 7; /* prime to 10, so one to one */
	return number_in(GB, "71", 4, (id * factor + key % GB_MOBILES) % GB_MOBILES, 8);
}

static struct number us_number(uint32_t id, uint64_t key)
{
	const char *area = us_areas[(id + key % US_AREAS) % US_AREAS];
	uint32_t turn = id / US_AREAS, line = turn < 9900 ? turn + 100 : turn - 9900;
	struct number number = number_in(US, area, 3, 555, 3);
	number.len = (uint8_t)(put_digits(number.nsn + number.len, line, 4) - number.nsn);
	return number;
}

static struct number area_number(enum country country, const struct area *areas, uint32_t n, uint32_t id, unsigned width)
{
	const struct area *area = &areas[id % n];
	return number_in(country, area->digits, area->head, id / n, width);
}

struct number number_make(enum country country, uint32_t id, uint64_t key)
{
	switch (country) {
	case GB:
		return gb_number(id, key);
	case US:
		return us_number(id, key);
	case CA: {
		struct number number = number_in(CA, ca_areas[id % CA_AREAS], 3, 55501, 5);
		number.len = (uint8_t)(put_digits(number.nsn + number.len, id / CA_AREAS, 2) - number.nsn);
		return number;
	}
	case FR:
		return area_number(FR, fr_areas, FR_AREAS, id, 4);
	case DE:
		return area_number(DE, de_areas, DE_AREAS, id, 3);
	case IE:
		return number_in(IE, "85555", 2, id, 4);
	default:
		return area_number(AU, au_areas, AU_AREAS, id, 4);
	}
}

struct number number_organisation(unsigned area, unsigned line)
{
	const struct area *at = &gb_areas[area % GB_AREAS];
	return number_in(GB, at->digits, at->head, line % ORGANISATION_LINES, 3);
}

static char *put_all(char *p, const struct number *number)
{
	p = put_word(p, country_codes[number->country]);
	return put_text(p, number->nsn, number->len);
}

char *put_e164(char *p, const struct number *number)
{
	*p++ = '+';
	return put_all(p, number);
}

/* The first group, a mark, the rest. */
static char *put_groups(char *p, const struct number *number, char mark)
{
	p = put_text(p, number->nsn, number->head);
	*p++ = mark;
	return put_text(p, number->nsn + number->head, (size_t)(number->len - number->head));
}

static char *put_gb(char *p, const struct number *number, enum form form)
{
	const char *rest = number->nsn + number->head;
	size_t rest_len = (size_t)(number->len - number->head);
	*p = '0';
	switch (form) {
	case FORM_NATIONAL:
		return put_text(p + 1, number->nsn, number->len);
	case FORM_NATIONAL_SPACED:
		return put_groups(p + 1, number, ' ');
	case FORM_BRACKETS:
		p = put_text(put_word(p, "(0"), number->nsn, number->head);
		return put_text(put_word(p, ") "), rest, rest_len);
	default:
		return put_groups(put_word(p, "+44 (0)"), number, ' ');
	}
}

static char *put_spaced(char *p, const struct number *number)
{
	p = put_word(put_word(p, "+"), country_codes[number->country]);
	*p++ = ' ';
	if (number->country != US && number->country != CA)
		return put_groups(p, number, ' ');
	p = put_text(put_word(p, "("), number->nsn, 3);
	p = put_text(put_word(p, ") "), number->nsn + 3, 3);
	return put_text(put_word(p, "-"), number->nsn + 6, 4);
}

/* Abroad has no form without its calling code: that would be read as British. */
static enum form form_abroad(enum form form)
{
	switch (form) {
	case FORM_NATIONAL:
		return FORM_BARE;
	case FORM_NATIONAL_SPACED:
	case FORM_BRACKETS:
	case FORM_ZERO:
		return FORM_SPACED;
	default:
		return form;
	}
}

char *put_form(char *p, const struct number *number, enum form form)
{
	switch (number->country == GB ? form : form_abroad(form)) {
	case FORM_PLUS:
		return put_e164(p, number);
	case FORM_IDD:
		return put_all(put_word(p, "00"), number);
	case FORM_BARE:
		return put_all(p, number);
	case FORM_SPACED:
		return put_spaced(p, number);
	case FORM_SIP:
		return put_word(put_e164(put_word(p, "sip:"), number), "@gw.example;user=phone");
	case FORM_TEL:
		p = put_word(put_word(p, "tel:+"), country_codes[number->country]);
		return put_groups(put_word(p, "-"), number, '-');
	default:
		return put_gb(p, number, form);
	}
}

enum form pick_form(struct rng *rng)
{
	static const uint8_t plain[4] = {FORM_PLUS, FORM_IDD, FORM_NATIONAL, FORM_BARE};
	uint32_t turn = rng_below(rng, 64);
	if (turn < 8)
		return (enum form)(FORM_SPACED + turn % (FORMS - FORM_SPACED));
	return (enum form)plain[turn % 4];
}
